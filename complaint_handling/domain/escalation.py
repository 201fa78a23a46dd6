"""Escalation: which moments a clock has after its start, which of them are reached, and who is above whom.

A clock has at most one warning, exactly one breach (its due time) and a ladder of levels counted from the
due time. Each is raised once, in order, however long the sweep slept; `escalation_key` names each so that a
primary key can guarantee it.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.clocks import Target, due_at
from complaint_handling.domain.words import Word

WARNING_LEVEL = -1
BREACH_LEVEL = 0
# Beyond every ladder: an agreed time passed unsolved once too often, the case is taken over.
TAKE_OVER_LEVEL = 1000

_SEPARATOR = "\x1f"


class MomentKind(Word):
	"""What a moment of a clock is."""

	WARNING = "Warning"
	BREACH = "Breach"
	ESCALATION = "Escalation"


@dataclass(frozen=True)
class LadderStep:
	"""A level (1 is the first) and the time after the due time at which it is reached.

	A step after zero is reached with the breach. Raises ValueError for a level below 1.
	"""

	level: int
	after: Target

	def __post_init__(self) -> None:
		if self.level < 1:
			raise ValueError(f"Levels of a ladder start at 1, not {self.level}")


@dataclass(frozen=True)
class Moment:
	"""A moment that a sweep has to handle. Its level tells moments of one clock apart."""

	kind: MomentKind
	level: int
	at: datetime


@dataclass(frozen=True)
class Handled:
	"""What the sweep has already done about a clock."""

	warned: bool = False
	breached: bool = False
	level: int = BREACH_LEVEL


def moments(
	due: datetime,
	warn: datetime | None,
	ladder: Sequence[LadderStep],
	calendar: BusinessCalendar | None = None,
	zone: tzinfo | None = None,
) -> tuple[Moment, ...]:
	"""Return the moments of a clock: the warning if there is one, the breach, then the levels in order.

	Elapsed units count through UTC when the zone is given. A level is never earlier than the one below it: where
	units differ (a weekend lies between), it waits. A warning after the due time is dropped. Raises ValueError
	for a repeated level or a missing calendar, HorizonError when a level leaves the compiled calendar.
	"""
	found = [Moment(MomentKind.BREACH, BREACH_LEVEL, due)]
	if warn is not None and warn <= due:
		found.insert(0, Moment(MomentKind.WARNING, WARNING_LEVEL, warn))
	for step in _climbing(ladder):
		at = max(found[-1].at, due_at(calendar, due, step.after, zone))
		found.append(Moment(MomentKind.ESCALATION, step.level, at))
	return tuple(found)


def next_action_after(timeline: Sequence[Moment], handled: Handled) -> Moment | None:
	"""Return the earliest moment not handled yet, or None when nothing is left to do.

	Its `at` is the clock's `next_action_at`. A warning lapses with the breach. A paused, done or cancelled
	clock has no next action; the caller knows that.
	"""
	return next((moment for moment in timeline if _is_open(moment, handled)), None)


def due_moments(timeline: Sequence[Moment], now: datetime, handled: Handled) -> tuple[Moment, ...]:
	"""Return the moments to raise now, in order; each once, however many the sweep slept over.

	A warning is reached at its moment and lapses after the due time. The breach, and the levels with it, are
	reached after the due time, not at it: at the due time itself a reply is still in time.
	"""
	due = next(moment.at for moment in timeline if moment.kind is MomentKind.BREACH)
	overdue = now > due
	return tuple(
		moment
		for moment in timeline
		if _is_open(moment, handled)
		and moment.at <= now
		and overdue == (moment.kind is not MomentKind.WARNING)
	)


def after(handled: Handled, raised: Iterable[Moment]) -> Handled:
	"""Return what is handled once these moments are raised as well; whoever is overdue needs no warning."""
	for moment in raised:
		if moment.kind is MomentKind.WARNING:
			handled = replace(handled, warned=True)
		else:
			handled = Handled(True, True, max(handled.level, moment.level))
	return handled


def notice_time(now: datetime, calendar: BusinessCalendar | None, at_any_time: bool = False) -> datetime:
	"""Return when a recipient may be told of what is raised now: in working time, not before now.

	Urgent cases are told at any time where the procedure says so, and so is everything without a calendar.
	Raises HorizonError when the calendar never opens again.
	"""
	if at_any_time or calendar is None:
		return now
	return calendar.next_opening(now)


def escalation_key(
	reference_doctype: str, reference_name: str, milestone: str, level: int, deadline: datetime
) -> str:
	"""Return the name of an escalation: 64 hexadecimal characters, the same for the same facts.

	The deadline counts to the second. Raises ValueError for an aware deadline.
	"""
	if deadline.tzinfo is not None:
		raise ValueError(f"An escalation takes a naive deadline, not {deadline.isoformat()}")
	second = deadline.replace(microsecond=0, fold=0).isoformat()
	facts = (reference_doctype, reference_name, milestone, str(level), second)
	return hashlib.sha256(_SEPARATOR.join(facts).encode()).hexdigest()


def reporting_line(
	user: str, reports_to: Mapping[str, str | None], excluded: Collection[str] = frozenset()
) -> tuple[str, ...]:
	"""Return everybody above the user, nearest first, without those excluded.

	An excluded person (the one complained about) is passed over, not the end of the line. A line that runs
	in a circle ends where it would repeat itself; nobody is his own superior.
	"""
	line: list[str] = []
	seen = {user}
	above = reports_to.get(user)
	while above and above not in seen:
		seen.add(above)
		if above not in excluded:
			line.append(above)
		above = reports_to.get(above)
	return tuple(line)


def superior_at(level: int, line: Sequence[str]) -> str | None:
	"""Return who stands `level` steps up a reporting line (1 is the nearest), or None where there is no line.

	Above the top of the line the top keeps being told. Raises ValueError for a level below 1.
	"""
	if level < 1:
		raise ValueError(f"The nearest superior is level 1, not {level}")
	return line[min(level, len(line)) - 1] if line else None


def climb_to(level: int, levels_of_superiors: Iterable[int], taken_over_at: int = 0) -> int:
	"""Return how many steps up the reporting line a level tells: those for a superior up to it, itself included.

	Counted from the level at which the present holder took the case over (0 is the start); 1 at the least.
	"""
	return max(1, sum(taken_over_at < step <= level for step in levels_of_superiors))


def _climbing(ladder: Sequence[LadderStep]) -> list[LadderStep]:
	levels = {step.level for step in ladder}
	if len(levels) < len(ladder):
		raise ValueError("A ladder holds each level once")
	return sorted(ladder, key=lambda step: step.level)


def _is_open(moment: Moment, handled: Handled) -> bool:
	if moment.kind is MomentKind.WARNING:
		return not (handled.warned or handled.breached)
	if moment.kind is MomentKind.BREACH:
		return not handled.breached
	return moment.level > handled.level
