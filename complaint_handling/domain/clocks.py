"""Clocks: when something is due, when to warn of it, and how it stands.

A target is a value and a unit; the caller chooses both (targets under 24 hours run in working hours unless
the case is urgent, longer ones run elapsed: requirements, section e.2.2). `now` is always a parameter. All
moments are naive times of the calendar's zone. Elapsed units run on the wall clock; given `zone`, they are
counted through UTC, so that a change of daylight-saving time neither adds nor loses an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cached_property, lru_cache
from math import inf

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.words import Word


class Unit(Word):
	"""The unit of a target; the first two are elapsed, the others count working time and need a calendar."""

	MINUTES = "Minutes"
	HOURS = "Hours"
	WORKING_HOURS = "Working Hours"
	WORKING_DAYS = "Working Days"

	def __init__(self, word: str) -> None:
		self.needs_calendar = word.startswith("Working")


class MilestoneState(Word):
	"""How a clock stands."""

	ON_TRACK = "On Track"
	DUE_SOON = "Due Soon"
	OVERDUE = "Overdue"
	PAUSED = "Paused"
	MET = "Met"
	MISSED = "Missed"
	CANCELLED = "Cancelled"


@dataclass(frozen=True)
class Target:
	"""A length of time: a value in a unit, the unit also by its word.

	Raises ValueError for an unknown unit, a negative value, and working days that are not whole.
	"""

	value: float
	unit: Unit

	def __post_init__(self) -> None:
		object.__setattr__(self, "unit", Unit(self.unit))
		if not 0 <= self.value < inf:
			raise ValueError(f"A target is a length of time from 0 on: {self.value} {self.unit}")
		if self.unit is Unit.WORKING_DAYS and self.value != int(self.value):
			raise ValueError(f"Working days are whole: {self.value}")

	@cached_property
	def duration(self) -> timedelta:
		"""The length as a time span; ValueError for working days, which have none."""
		if self.unit is Unit.WORKING_DAYS:
			raise ValueError("Working days are no span of time; ask the calendar")
		if self.unit is Unit.MINUTES:
			return timedelta(minutes=self.value)
		return timedelta(hours=self.value)

	def as_working_hours(self) -> "Target":
		"""Return the same span of time, to be counted by a calendar; ValueError for working days."""
		return Target(self.duration / timedelta(hours=1), Unit.WORKING_HOURS)


@lru_cache(maxsize=1024)
def target_of(value: float, unit: str) -> Target:
	"""Return the target of a value and the word of a unit; procedures name few, so each is made once."""
	return Target(value, Unit(unit))


def due_at(
	calendar: BusinessCalendar | None, start: datetime, target: Target, zone: tzinfo | None = None
) -> datetime:
	"""Return when the target runs out that began at the start; a target of zero is due at once.

	Working units need the calendar and count a start outside working time from the next opening
	(R-003A-04); elapsed units ignore the calendar. Raises ValueError for an aware start or a missing
	calendar, HorizonError when the due time leaves the compiled calendar.
	"""
	if not target.unit.needs_calendar:
		return _add_elapsed(start, target.duration, zone)
	if calendar is None:
		raise ValueError(f"A target in {target.unit} needs a calendar")
	if target.unit is Unit.WORKING_DAYS:
		return calendar.add_working_days(start, int(target.value))
	return calendar.add_working_time(start, target.duration)


def warn_at(
	start: datetime, due: datetime, fraction: float, calendar: BusinessCalendar | None = None
) -> datetime:
	"""Return the moment at which the fraction (0 to 1) of the time from start to due has passed.

	With a calendar the fraction is of the working time between them, so that nobody is warned at night.
	Raises ValueError for a fraction outside 0 to 1, a due time before the start, or aware moments.
	"""
	_refuse_aware(start, due)
	if not 0 <= fraction <= 1:
		raise ValueError(f"The warning comes after a fraction from 0 to 1 of the time, not {fraction}")
	if due < start:
		raise ValueError(f"The due time {due} is before the start {start}")
	if calendar is None:
		return start + (due - start) * fraction
	return calendar.add_working_time(start, calendar.working_time_between(start, due) * fraction)


def warn_before(
	due: datetime, before: Target, calendar: BusinessCalendar | None = None, zone: tzinfo | None = None
) -> datetime:
	"""Return the moment from which the span `before` is left until the due time.

	Working hours need the calendar; elapsed units ignore it. Raises ValueError for working days, which are
	no span, or a missing calendar, HorizonError when the moment leaves the compiled calendar.
	"""
	if not before.unit.needs_calendar:
		return _add_elapsed(due, -before.duration, zone)
	if calendar is None:
		raise ValueError(f"A warning in {before.unit} needs a calendar")
	return calendar.subtract_working_time(due, before.duration)


def state_of(
	now: datetime,
	due: datetime,
	warn: datetime | None = None,
	done_at: datetime | None = None,
	paused_at: datetime | None = None,
	cancelled: bool = False,
) -> MilestoneState:
	"""Return how a clock stands now.

	The due time itself is still in time: done then is Met, and Overdue begins after it. A done clock stays
	Met or Missed even when it is cancelled later. A paused clock stands where it stopped: one that was past
	due by then is Overdue and not Paused, and what is done during a pause counts as of its beginning.
	"""
	_refuse_aware(now, due, warn, done_at, paused_at)
	if done_at is not None:
		return MilestoneState.MET if _stopped(done_at, paused_at) <= due else MilestoneState.MISSED
	if cancelled:
		return MilestoneState.CANCELLED
	if _stopped(now, paused_at) > due:
		return MilestoneState.OVERDUE
	if paused_at is not None:
		return MilestoneState.PAUSED
	if warn is not None and now >= warn:
		return MilestoneState.DUE_SOON
	return MilestoneState.ON_TRACK


def resumed_due(
	due: datetime,
	paused_at: datetime,
	resumed_at: datetime,
	calendar: BusinessCalendar | None = None,
	zone: tzinfo | None = None,
) -> datetime:
	"""Return the due time of a clock that stood from paused_at to resumed_at; never an earlier one.

	With a calendar the pause counts in working time (never the seconds of a night), without one it counts
	elapsed. A clock already past due when it was paused keeps its due time. Raises ValueError when the pause
	ends before it began, HorizonError when the due time leaves the compiled calendar.
	"""
	_refuse_aware(due, paused_at, resumed_at)
	if resumed_at < paused_at:
		raise ValueError(f"The pause from {paused_at} ends before it began, at {resumed_at}")
	if paused_at > due:
		return due
	if calendar is None:
		return _add_elapsed(due, _elapsed_between(paused_at, resumed_at, zone), zone)
	return calendar.add_working_time(due, calendar.working_time_between(paused_at, resumed_at))


def elapsed_minutes(
	start: datetime,
	end: datetime,
	calendar: BusinessCalendar | None = None,
	zone: tzinfo | None = None,
) -> int:
	"""Return the whole minutes from start to end for figures: of working time with a calendar, else elapsed.

	Part minutes are dropped; an end before the start gives none (a clock that was set back).
	"""
	if calendar is None:
		elapsed = _elapsed_between(start, end, zone)
	else:
		elapsed = calendar.working_time_between(start, end)
	return max(0, elapsed // timedelta(minutes=1))


def _stopped(moment: datetime, paused_at: datetime | None) -> datetime:
	return moment if paused_at is None else min(moment, paused_at)


def _add_elapsed(start: datetime, duration: timedelta, zone: tzinfo | None) -> datetime:
	_refuse_aware(start)
	if zone is None:
		return start + duration
	moment = start.replace(tzinfo=zone).astimezone(timezone.utc) + duration
	return moment.astimezone(zone).replace(tzinfo=None)


def _elapsed_between(start: datetime, end: datetime, zone: tzinfo | None) -> timedelta:
	_refuse_aware(start, end)
	if zone is None:
		return end - start
	utc = timezone.utc
	return end.replace(tzinfo=zone).astimezone(utc) - start.replace(tzinfo=zone).astimezone(utc)


def _refuse_aware(*moments: datetime | None) -> None:
	for moment in moments:
		if moment is not None and moment.tzinfo is not None:
			raise ValueError(f"Clocks take naive times, not {moment.isoformat()}")
