from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.services import calendars


class ComplaintCalendar(Document):
	def validate(self) -> None:
		if self.time_zone and self.time_zone not in available_timezones():
			frappe.throw(
				_("{0} is not a time zone. Choose one such as Asia/Shanghai.").format(self.time_zone)
			)
		calendars.rules_of(self)

	def on_update(self) -> None:
		calendars.forget_compiled()
