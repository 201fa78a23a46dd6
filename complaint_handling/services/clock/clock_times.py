"""When a clock is due, warns and escalates: the domain's answers in the system's zone.

The calendar of a target is its own, else the procedure's. Everything here computes and nothing is written, so
that the simulator, the report of recomputed due times and the clocks themselves share one answer.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.clocks import (
	Target,
	Unit,
	due_at,
	elapsed_minutes,
	resumed_due,
	target_of,
	warn_at,
	warn_before,
)
from complaint_handling.domain.escalation import Moment, moments
from complaint_handling.services import procedures
from complaint_handling.services.calendar import calendars

ELAPSED_UNITS = (str(Unit.MINUTES), str(Unit.HOURS))
# Share of the working time after which the warning of an agreed time comes; targets bring their own.
WARN_OF_AGREED_AFTER = 0.75


def calendar_of(target: Document, procedure: Document) -> str:
	"""Return the name of the calendar that a target counts by."""
	return target.calendar or procedure.default_calendar


def due_of(
	target: Document, procedure: Document, at: datetime, demand_deadline: Any = None
) -> datetime | None:
	"""Return when a target is due whose clock starts at `at`; None for a demand without a deadline."""
	if target.from_demand:
		return get_datetime(demand_deadline) if demand_deadline else None
	calendar = calendar_of(target, procedure)
	start = calendars.to_calendar_time(at, calendar)
	length, counted = _counted_by(target, calendar, start)
	return calendars.to_system_time(due_at(counted, start, length, _zone(calendar)), calendar)


def due_anew(milestone: dict) -> datetime:
	"""Return when a milestone would be due if its clock had counted by today's calendar from the same start."""
	target = frappe._dict(milestone, from_demand=0)
	return due_of(target, frappe._dict(), get_datetime(milestone["started_at"]))


def warn_of(target: Document, procedure: Document, at: datetime, due: datetime) -> datetime | None:
	"""Return when to warn of a target: a time before it is due, else a share of its time; None for never."""
	calendar = calendar_of(target, procedure)
	start, end = (calendars.to_calendar_time(moment, calendar) for moment in (at, due))
	if end <= start:
		return None
	warn = _warn_in_calendar_time(target, calendar, start, end)
	return calendars.to_system_time(warn, calendar) if warn else None


def timeline(milestone: dict, procedure: Document) -> tuple[Moment, ...]:
	"""Return the moments of a milestone in the system's zone: warning, breach, levels of the ladder."""
	calendar = milestone["calendar"] or procedure.default_calendar
	due = calendars.to_calendar_time(get_datetime(milestone["due_at"]), calendar)
	warn = milestone["warn_at"] and calendars.to_calendar_time(get_datetime(milestone["warn_at"]), calendar)
	ladder, compiled = procedures.ladder_of(procedure), calendars.compiled(calendar, due)
	return tuple(
		Moment(moment.kind, moment.level, calendars.to_system_time(moment.at, calendar))
		for moment in moments(due, warn, ladder, compiled, _zone(calendar))
	)


def resumed_due_of(milestone: dict, due: datetime, resumed_at: datetime) -> datetime:
	"""Return the due time of a paused milestone that goes on; the pause counts in the clock's own time."""
	calendar = milestone["calendar"]
	due, paused_at, resumed_at = (
		calendars.to_calendar_time(moment, calendar)
		for moment in (due, get_datetime(milestone["paused_at"]), resumed_at)
	)
	counted = _own_calendar(milestone, min(due, paused_at), max(due, resumed_at))
	return calendars.to_system_time(
		resumed_due(due, paused_at, resumed_at, counted, _zone(calendar)), calendar
	)


def warn_of_agreed(calendar: str, at: datetime, due: datetime) -> datetime | None:
	"""Return when to warn of a time that people agreed on: after three quarters of the working time to it."""
	start, end = (calendars.to_calendar_time(moment, calendar) for moment in (at, due))
	if end <= start:
		return None
	compiled = calendars.compiled(calendar, start)
	return calendars.to_system_time(warn_at(start, end, WARN_OF_AGREED_AFTER, compiled), calendar)


def elapsed_hours(milestone: dict, until: datetime) -> float:
	"""Return the hours that a clock has run, in its own time and without its pauses."""
	until = get_datetime(milestone["paused_at"]) if milestone["paused_at"] else until
	minutes = _own_minutes(milestone, get_datetime(milestone["started_at"]), until)
	return max(0.0, minutes / 60 - (milestone["paused_hours"] or 0))


def paused_hours(milestone: dict, resumed_at: datetime) -> float:
	"""Return how long a paused clock has stood, in its own time."""
	return _own_minutes(milestone, get_datetime(milestone["paused_at"]), resumed_at) / 60


def later_by(milestone: dict, moment: datetime, hours: float) -> datetime:
	"""Return the moment so many hours later, in a clock's own time."""
	calendar = milestone["calendar"]
	begun = calendars.to_calendar_time(moment, calendar)
	counted = _own_calendar(milestone, begun, begun)
	unit = Unit.WORKING_HOURS if counted else Unit.HOURS
	later = due_at(counted, begun, Target(hours, unit), _zone(calendar))
	return calendars.to_system_time(later, calendar)


def _own_minutes(milestone: dict, start: datetime, end: datetime) -> int:
	calendar = milestone["calendar"]
	start, end = (calendars.to_calendar_time(moment, calendar) for moment in (start, end))
	return elapsed_minutes(start, end, _own_calendar(milestone, start, end), _zone(calendar))


def _counted_by(target: Document, calendar: str, around: datetime) -> tuple[Target, BusinessCalendar | None]:
	length = target_of(target.target_value, target.target_unit)
	if length.unit.needs_calendar:
		return length, calendars.compiled(calendar, around)
	if target.extend_over_holidays:
		# Elapsed time that stands still on statutory holidays is working time of a calendar open day and night.
		return length.as_working_hours(), calendars.around_the_clock(calendar, around)
	return length, None


def _own_calendar(milestone: dict, around: datetime, until: datetime) -> BusinessCalendar | None:
	"""Return the calendar whose open time a clock counts, or None when it runs elapsed."""
	calendar, unit = milestone["calendar"], milestone["target_unit"]
	if unit in ELAPSED_UNITS:
		over_holidays = milestone["extend_over_holidays"]
		return calendars.around_the_clock(calendar, around, until) if over_holidays else None
	return calendars.compiled(calendar, around, until)


def _warn_in_calendar_time(
	target: Document, calendar: str, start: datetime, end: datetime
) -> datetime | None:
	compiled = calendars.compiled(calendar, start)
	if target.warn_before_value and target.warn_before_unit:
		before = Target(target.warn_before_value, target.warn_before_unit)
		return max(start, warn_before(end, before, compiled, _zone(calendar)))
	if not target.warn_at_percent:
		return None
	works = Target(target.target_value, target.target_unit).unit.needs_calendar
	return warn_at(start, end, target.warn_at_percent / 100, compiled if works else None)


def _zone(calendar: str) -> ZoneInfo:
	return calendars.zone_of(calendar)
