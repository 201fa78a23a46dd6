"""Public holidays proposed for a calendar: what a country and year would add, and writing it.

Holidays go into the calendar's Holiday List, which ERPNext owns, where the user may write it; otherwise, and on a
date that the list holds as a weekly day off, they stand on the calendar as exceptions of the kind Holiday.
Make-up workdays are always exceptions.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from complaint_handling.domain.announcement import DayKind
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar import calendar_days, calendar_years, public_holidays
from complaint_handling.services.calendar.calendar_days import HOLIDAY_LIST, PROPOSED
from complaint_handling.services.calendar.public_holidays import PublicDay

NEW, THERE, KEPT, REMOVED = "New", "Already There", "Kept", "Removed"


@dataclass(frozen=True)
class Proposal:
	"""What a country and year mean for a calendar; each day with what happens to it."""

	country: str
	subdivision: str | None
	year: int
	status: str
	days: tuple[tuple[PublicDay, str], ...]

	def of(self, change: str, kind: DayKind | None = None) -> list[PublicDay]:
		"""Return the days that a change happens to, of one kind if it is given."""
		return [day for day, happens in self.days if happens == change and kind in (None, day.kind)]

	def as_rows(self) -> list[dict[str, Any]]:
		"""Return the days as rows of a table."""
		return [
			{"date": str(day.date), "kind": str(day.kind), "note": day.name, "change": change}
			for day, change in self.days
		]


def propose(calendar: Document, country: str, subdivision: str | None, year: int) -> Proposal:
	"""Return what the library knows of a year, compared with the calendar; nothing is written."""
	found = public_holidays.public_days(country, subdivision, year, frappe.local.lang or "en")
	listed = calendar_days.holidays_of(calendar.holiday_list)
	kinds = calendar_days.kinds_by_date(calendar)
	days = [(day, _change(day, kinds.get(day.date), listed.get(day.date))) for day in found]
	days += [
		(PublicDay(getdate(row.date), DayKind(row.kind), row.note or ""), REMOVED)
		for row in calendar.exceptions
		if row.origin == PROPOSED
		and getdate(row.date).year == year
		and getdate(row.date) not in {day.date for day in found}
	]
	published = public_holidays.is_published(country, subdivision, year)
	status = calendar_years.PUBLISHED if published else calendar_years.PROVISIONAL
	return Proposal(country, subdivision, year, status, tuple(sorted(days, key=lambda pair: pair[0].date)))


def write(calendar: Document, proposal: Proposal) -> None:
	"""Write a proposal: Holiday List, exceptions and the status of the year, all or nothing."""
	add(calendar, proposal, _write_to_list(calendar, proposal))
	calendar_years.record(
		calendar,
		proposal.year,
		proposal.status,
		public_holidays.source(),
		proposal.country,
		proposal.subdivision,
	)
	calendar.save()


def add(calendar: Document, proposal: Proposal, holidays: list[PublicDay]) -> None:
	"""Bring holidays, and the proposed make-up workdays, to the calendar's form as exceptions."""
	gone = {day.date for day in proposal.of(REMOVED)}
	calendar_days.remove(calendar, lambda row, day: row.origin == PROPOSED and day in gone)
	for day in [*holidays, *proposal.of(NEW, DayKind.MAKE_UP_WORKDAY)]:
		calendar_days.add_day(calendar, day.date, day.kind, day.name, PROPOSED)


def written_to(calendar: Document) -> str:
	"""Tell the user where the holidays of a proposal would be written."""
	if not _may_write_list(calendar):
		return _("Holidays are written to the calendar itself: you may not write its Holiday List.")
	if calendar.holiday_list:
		return _("Holidays are written to the Holiday List {0}.").format(calendar.holiday_list)
	return _("Holidays are written to a new Holiday List.")


def _change(day: PublicDay, there: DayKind | None, weekly_off: bool | None) -> str:
	if there is not None:
		return THERE if there.is_closed == day.kind.is_closed else KEPT
	if day.kind is DayKind.HOLIDAY and weekly_off is False:
		return THERE
	return NEW


def _may_write_list(calendar: Document) -> bool:
	if calendar.holiday_list:
		return bool(frappe.has_permission(HOLIDAY_LIST, "write", doc=calendar.holiday_list))
	return bool(frappe.has_permission(HOLIDAY_LIST, "create"))


def _write_to_list(calendar: Document, proposal: Proposal) -> list[PublicDay]:
	"""Write the new holidays to the Holiday List and return those that it does not take."""
	new = proposal.of(NEW, DayKind.HOLIDAY)
	if not new or not _may_write_list(calendar):
		return new
	holiday_list = _list_of(calendar, proposal.year)
	listed = {getdate(row.holiday_date) for row in holiday_list.holidays}
	taken = [day for day in new if day.date not in listed]
	for day in taken:
		holiday_list.append("holidays", {"holiday_date": day.date, "description": day.name, "weekly_off": 0})
	# The host's own checks and rights hold: the list belongs to ERPNext.
	holiday_list.save()
	calendar.holiday_list = holiday_list.name
	return [day for day in new if day.date in listed]


def _list_of(calendar: Document, year: int) -> Document:
	first, last = date(year, 1, 1), date(year, 12, 31)
	if not calendar.holiday_list:
		holiday_list = frappe.new_doc(HOLIDAY_LIST)
		name = _("{0} Public Holidays").format(calendar.name)
		if frappe.db.exists(HOLIDAY_LIST, name):
			frappe.throw(
				_("There is a Holiday List {0} already. Choose it on the calendar first.").format(name),
				CalendarError,
			)
		holiday_list.update({"holiday_list_name": name, "from_date": first, "to_date": last})
		return holiday_list
	holiday_list = frappe.get_doc(HOLIDAY_LIST, calendar.holiday_list)
	holiday_list.from_date = min(getdate(holiday_list.from_date), first)
	holiday_list.to_date = max(getdate(holiday_list.to_date), last)
	return holiday_list
