from datetime import date, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate, today


class HolidayList(Document):
	def validate(self) -> None:
		self.validate_days()
		self.total_holidays = len(self.holidays)
		self.refuse_repeated_dates()
		self.sort_holidays()

	def validate_days(self) -> None:
		if getdate(self.from_date) > getdate(self.to_date):
			frappe.throw(_("To Date cannot be before From Date"))
		for row in self.holidays:
			if not getdate(self.from_date) <= getdate(row.holiday_date) <= getdate(self.to_date):
				frappe.throw(
					_("The holiday on {0} is not between From Date and To Date").format(
						formatdate(row.holiday_date)
					)
				)

	def refuse_repeated_dates(self) -> None:
		seen = set()
		for row in self.holidays:
			day = getdate(row.holiday_date)
			if day in seen:
				frappe.throw(_("Holiday Date {0} added multiple times").format(formatdate(day)))
			seen.add(day)

	def sort_holidays(self) -> None:
		self.holidays.sort(key=lambda row: getdate(row.holiday_date))
		for index, row in enumerate(self.holidays, start=1):
			row.idx = index

	@frappe.whitelist()
	def get_weekly_off_dates(self) -> None:
		"""Add a row for every weekly day off that is not in the list yet; the document stays unsaved."""
		if not self.weekly_off:
			frappe.throw(_("Please select weekly off day"))
		listed = {getdate(row.holiday_date) for row in self.holidays}
		for day in self.weekly_off_dates():
			if day not in listed:
				self.append(
					"holidays", {"description": _(self.weekly_off), "holiday_date": day, "weekly_off": 1}
				)

	def weekly_off_dates(self) -> list[date]:
		first, last = getdate(self.from_date), getdate(self.to_date)
		days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
		return [day for day in days if day.strftime("%A") == self.weekly_off]


def is_holiday(holiday_list: str | None, date: str | date | None = None) -> bool:
	"""Tell whether the date, today when none is given, is in the holiday list."""
	if not holiday_list:
		return False
	return bool(
		frappe.db.exists("Holiday", {"parent": holiday_list, "holiday_date": getdate(date or today())})
	)
