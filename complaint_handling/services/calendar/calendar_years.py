"""Which years a Complaint Calendar knows, carrying one forward, and what it lacks."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import format_date, getdate, today

from complaint_handling.constants import MILESTONE, PROCEDURE
from complaint_handling.domain.announcement import DayKind
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar import calendar_days
from complaint_handling.services.clock.clock_copies import OPEN

PROVISIONAL, PUBLISHED = "Provisional", "Published"
# From this day on the year ahead should be known, and this far ahead some day should be.
LOOKS_AHEAD_FROM = (11, 1)
DAYS_AHEAD = timedelta(days=60)
# What moves from year to year and is announced, so that it is never copied.
_MOVES = (DayKind.HOLIDAY, DayKind.MAKE_UP_WORKDAY)


def record(
	calendar: Document,
	year: int,
	status: str,
	source: str,
	country: str | None = None,
	subdivision: str | None = None,
) -> None:
	"""Note on the calendar's form how well a year is known; the caller saves it.

	What was published stays published.
	"""
	row = next((row for row in calendar.years if row.year == year), None) or calendar.append("years", {})
	row.update(
		{
			"year": year,
			"status": PUBLISHED if row.status == PUBLISHED and row.year == year else status,
			"source": source[:140],
			"country": country or row.country,
			"subdivision": subdivision or row.subdivision,
			"checked_on": today(),
		}
	)
	calendar.years.sort(key=lambda row: row.year)
	for index, row in enumerate(calendar.years, start=1):
		row.idx = index


def refuse_repeated(calendar: Document) -> None:
	"""Refuse a year that has two rows."""
	repeated = [year for year, rows in Counter(row.year for row in calendar.years).items() if rows > 1]
	if repeated:
		frappe.throw(_("The year {0} has two rows. Remove one of them.").format(repeated[0]), CalendarError)


def days_to_copy(calendar: Document, from_year: int, to_year: int) -> list[dict[str, Any]]:
	"""Return the exceptions of one year that another one lacks, at the same day of the month.

	Public holidays and make-up workdays, and whatever was proposed or announced, are left to the other
	year's own; a date that has an exception already, or does not exist, is left out.
	"""
	taken = calendar_days.kinds_by_date(calendar)
	return [
		{"from_date": getdate(row.date), "to_date": day, "row": row}
		for row in calendar.exceptions
		if getdate(row.date).year == from_year
		and DayKind(row.kind) not in _MOVES
		and row.origin in (None, "", calendar_days.COPIED)
		and (day := _in_year(getdate(row.date), to_year))
		and day not in taken
	]


def copy(calendar: Document, from_year: int, to_year: int) -> int:
	"""Copy the exceptions of one year to another and save; return how many. Harmless when repeated."""
	copied = add_copies(calendar, from_year, to_year)
	if copied:
		calendar.save()
	return copied


def add_copies(calendar: Document, from_year: int, to_year: int) -> int:
	"""Copy the exceptions of one year to another on the calendar's form; return how many."""
	copied = days_to_copy(calendar, from_year, to_year)
	for day in copied:
		row = day["row"]
		times = row.start_time, row.end_time
		calendar_days.add_day(
			calendar, day["to_date"], DayKind(row.kind), row.note or "", calendar_days.COPIED, times
		)
	return len(copied)


def calendars_in_use() -> list[str]:
	"""Return the calendars by which a submitted procedure or an open clock counts."""
	procedure, target = DocType(PROCEDURE), DocType("Complaint Procedure Target")
	milestone = DocType(MILESTONE)
	queries = (
		frappe.qb.from_(procedure).select(procedure.default_calendar).where(procedure.docstatus == 1),
		frappe.qb.from_(target)
		.join(procedure)
		.on(target.parent == procedure.name)
		.select(target.calendar)
		.where(procedure.docstatus == 1),
		frappe.qb.from_(milestone).select(milestone.calendar).where(milestone.state.isin(OPEN)),
	)
	return sorted({name for query in queries for (name,) in query.distinct().run() if name})


def shortcomings(calendar: Document, on: date) -> list[str]:
	"""Return in the user's language what the calendar does not know and clocks will need soon."""
	found = []
	years = {row.year: row.status for row in calendar.years}
	known_until = _known_until(calendar)
	for year in (on.year, on.year + 1) if (on.month, on.day) >= LOOKS_AHEAD_FROM else (on.year,):
		if years.get(year) == PROVISIONAL:
			found.append(_("The public holidays of {0} are provisional: check them again.").format(year))
		elif year not in years and (known_until is None or known_until.year < year):
			found.append(_("No public holidays are known for {0}.").format(year))
	if known_until and known_until < on + DAYS_AHEAD and not found:
		found.append(_("No public holidays are known after {0}.").format(format_date(known_until)))
	return found


def shortcomings_in_use(calendar: Document) -> list[str]:
	"""Return the shortcomings of a calendar by which something counts, none for any other."""
	return shortcomings(calendar, getdate()) if calendar.name in calendars_in_use() else []


def _known_until(calendar: Document) -> date | None:
	"""Return the last day for which somebody looked after the holidays, None when nobody ever did."""
	ends = [date(row.year, 12, 31) for row in calendar.years]
	ends += list(calendar_days.kinds_by_date(calendar))
	listed = calendar_days.holidays_of(calendar.holiday_list)
	if not all(listed.values()):
		ends.append(getdate(frappe.db.get_value("Holiday List", calendar.holiday_list, "to_date")))
	return max(ends, default=None)


def _in_year(day: date, year: int) -> date | None:
	try:
		return day.replace(year=year)
	except ValueError:
		return None
