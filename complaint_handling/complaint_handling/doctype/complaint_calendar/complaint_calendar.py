from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.services.calendar import calendar_cache, calendar_days, calendar_years, calendars


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
		from complaint_handling.complaint_handling.doctype.complaint_calendar_year.complaint_calendar_year import (
			ComplaintCalendarYear,
		)

		calendar_name: DF.Data
		company: DF.Link | None
		exceptions: DF.Table[ComplaintCalendarException]
		holiday_list: DF.Link | None
		periods: DF.Table[ComplaintCalendarPeriod]
		time_zone: DF.Autocomplete | None
		warned_on: DF.Date | None
		years: DF.Table[ComplaintCalendarYear]

	# end: auto-generated types
	def _set_defaults(self) -> None:
		# The host fills every empty time of a new document with the current one; here empty has a meaning.
		empty = [
			(row, fieldname)
			for row in self.exceptions
			for fieldname in ("start_time", "end_time")
			if row.get(fieldname) is None
		]
		super()._set_defaults()
		for row, fieldname in empty:
			row.set(fieldname, None)

	def before_insert(self) -> None:
		if not self.time_zone and self.company:
			self.time_zone = calendars.only_zone_of(self.company)

	def onload(self) -> None:
		self.set_onload("shortcomings", calendar_years.shortcomings_in_use(self))

	def validate(self) -> None:
		if self.time_zone and self.time_zone not in available_timezones():
			frappe.throw(
				_("{0} is not a time zone. Choose one such as Asia/Shanghai.").format(self.time_zone)
			)
		calendar_days.complete(self)
		calendar_years.refuse_repeated(self)
		calendars.rules_of(self)

	def on_update(self) -> None:
		calendar_cache.look_again()
