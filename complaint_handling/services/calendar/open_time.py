"""Open time as people look at it: intervals and named days of a calendar, and due times by a draft of one.

A calendar that is being edited is compiled from the document itself; nothing of it is cached.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_system_timezone, getdate

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import CalendarRules, open_intervals
from complaint_handling.domain.clocks import Target, due_at
from complaint_handling.services.calendar import calendars

# Nobody looks at more than this; a span beyond it is cut.
MAXIMUM_DAYS = 400
HORIZON_DAYS = 800


def due_by(calendar: Document, start: datetime, value: float, unit: str) -> datetime:
	"""Return when a length of time is over that begins at `start` (naive, system zone, as is the answer).

	Raises ValueError for a length that is none, HorizonError when it leaves the calendar's horizon.
	"""
	zone = _zone_of(calendar)
	begun = calendars.between_zones(start, get_system_timezone(), zone)
	first = begun.date() - timedelta(days=1)
	compiled = BusinessCalendar.compile(
		calendars.rules_of(calendar), first, first + timedelta(days=HORIZON_DAYS)
	)
	due = due_at(compiled, begun, Target(value, unit), ZoneInfo(zone))
	return calendars.between_zones(due, zone, get_system_timezone())


def shown_calendar(calendar: Document, first: datetime, last: datetime) -> dict[str, Any]:
	"""Return the open intervals [start, end) of whole weeks around two moments, and the days with a name.

	Moments and intervals are naive and of the system's zone; the days are the calendar's own.
	"""
	zone = _zone_of(calendar)
	first_day = _monday_before(calendars.between_zones(first, get_system_timezone(), zone).date())
	last_day = _sunday_after(calendars.between_zones(last, get_system_timezone(), zone).date())
	last_day = min(last_day, first_day + timedelta(days=MAXIMUM_DAYS))
	rules = calendars.rules_of(calendar)
	return {
		"name": calendar.name,
		"zone": zone,
		"first_day": first_day,
		"last_day": last_day,
		"open": [
			[calendars.between_zones(moment, zone, get_system_timezone()) for moment in interval]
			for interval in open_intervals(rules, first_day, last_day)
		],
		"days": dict(_named_days(calendar, rules, first_day, last_day)),
	}


def _named_days(
	calendar: Document, rules: CalendarRules, first_day: date, last_day: date
) -> Iterator[tuple[str, dict[str, str]]]:
	names = _holiday_names(calendar.holiday_list, first_day, last_day)
	for day in rules.holidays:
		if first_day <= day <= last_day:
			yield str(day), {"kind": "Holiday", "note": names.get(day, "")}
	for row in calendar.exceptions:
		if first_day <= getdate(row.date) <= last_day:
			yield str(getdate(row.date)), {"kind": row.kind, "note": row.note or ""}


def _holiday_names(holiday_list: str | None, first_day: date, last_day: date) -> dict[date, str]:
	if not holiday_list:
		return {}
	rows = frappe.get_all(  # names of public holidays, which are no secret
		"Holiday",
		filters={"parent": holiday_list, "holiday_date": ("between", (first_day, last_day))},
		fields=["holiday_date", "description"],
		order_by="holiday_date asc",
	)
	return {getdate(row.holiday_date): frappe.utils.strip_html(row.description or "") for row in rows}


def _zone_of(calendar: Document) -> str:
	return calendar.time_zone or get_system_timezone()


def _monday_before(day: date) -> date:
	return day - timedelta(days=day.weekday())


def _sunday_after(day: date) -> date:
	return day + timedelta(days=6 - day.weekday())
