from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.services import calendars


class ComplaintCalendar(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_calendar_exception.complaint_calendar_exception import (
			ComplaintCalendarException,
		)
		from complaint_handling.complaint_handling.doctype.complaint_calendar_period.complaint_calendar_period import (
			ComplaintCalendarPeriod,
		)

		calendar_name: DF.Data
		company: DF.Link | None
		exceptions: DF.Table[ComplaintCalendarException]
		holiday_list: DF.Link | None
		periods: DF.Table[ComplaintCalendarPeriod]
		time_zone: DF.Autocomplete | None

	# end: auto-generated types
	def validate(self) -> None:
		if self.time_zone and self.time_zone not in available_timezones():
			frappe.throw(
				_("{0} is not a time zone. Choose one such as Asia/Shanghai.").format(self.time_zone)
			)
		calendars.rules_of(self)

	def on_update(self) -> None:
		calendars.forget_compiled()
