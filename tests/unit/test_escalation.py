"""Escalation: moments of a clock, each raised once and in order, and the line above a person."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.clocks import Target, Unit
from complaint_handling.domain.escalation import (
	BREACH_LEVEL,
	WARNING_LEVEL,
	Handled,
	LadderStep,
	Moment,
	MomentKind,
	after,
	climb_to,
	due_moments,
	escalation_key,
	moments,
	next_action_after,
	notice_time,
	reporting_line,
	superior_at,
)

from .calendar_oracle import FIRST_DAY, LAST_DAY, OFFICE

CALENDAR = BusinessCalendar.compile(OFFICE, FIRST_DAY, LAST_DAY)
DUE = datetime(2026, 3, 6, 17)  # a Friday
WARN = datetime(2026, 3, 6, 16)
SECOND = timedelta(seconds=1)
LADDER = (
	LadderStep(1, Target(0, Unit.HOURS)),
	LadderStep(2, Target(2, Unit.WORKING_HOURS)),
	LadderStep(3, Target(1, Unit.WORKING_DAYS)),
)
TIMELINE = moments(DUE, WARN, LADDER, CALENDAR)


def levels(found) -> list[int]:
	return [moment.level for moment in found]


def test_moments_are_warning_breach_and_levels():
	expected = (
		Moment(MomentKind.WARNING, WARNING_LEVEL, WARN),
		Moment(MomentKind.BREACH, BREACH_LEVEL, DUE),
		Moment(MomentKind.ESCALATION, 1, DUE),
		Moment(MomentKind.ESCALATION, 2, datetime(2026, 3, 9, 10)),
		Moment(MomentKind.ESCALATION, 3, datetime(2026, 3, 9, 17)),
	)
	assert moments(DUE, WARN, LADDER, CALENDAR) == expected


def test_moments_without_a_warning_or_with_one_after_the_due_time():
	assert levels(moments(DUE, None, ())) == [BREACH_LEVEL]
	assert levels(moments(DUE, DUE + SECOND, ())) == [BREACH_LEVEL]
	assert levels(moments(DUE, DUE, ())) == [WARNING_LEVEL, BREACH_LEVEL]


def test_a_higher_level_waits_for_the_lower_one():
	ladder = (LadderStep(2, Target(4, Unit.HOURS)), LadderStep(1, Target(2, Unit.WORKING_HOURS)))
	monday = datetime(2026, 3, 9, 10)
	found = moments(DUE, None, ladder, CALENDAR)
	assert [(moment.level, moment.at) for moment in found] == [(0, DUE), (1, monday), (2, monday)]


@pytest.mark.parametrize(
	"mistake",
	[
		lambda: LadderStep(0, Target(0, Unit.HOURS)),
		lambda: moments(DUE, None, (LADDER[0], LADDER[0])),
		lambda: moments(DUE, None, LADDER),
		lambda: escalation_key(
			"Customer Complaint", "CC-1", "First Answer", 1, DUE.replace(tzinfo=timezone.utc)
		),
		lambda: superior_at(0, ("leader",)),
	],
)
def test_what_makes_no_sense_raises_value_error(mistake):
	with pytest.raises(ValueError):
		mistake()


@pytest.mark.parametrize(
	("handled", "level"),
	[
		(Handled(), WARNING_LEVEL),
		(Handled(warned=True), BREACH_LEVEL),
		(Handled(warned=False, breached=True), 1),
		(Handled(warned=True, breached=True, level=1), 2),
		(Handled(warned=True, breached=True, level=2), 3),
		(Handled(warned=True, breached=True, level=3), None),
	],
)
def test_next_action_is_the_earliest_not_handled(handled, level):
	upcoming = next_action_after(TIMELINE, handled)
	assert (upcoming.level if upcoming else None) == level


@pytest.mark.parametrize(
	("now", "handled", "raised"),
	[
		(WARN - SECOND, Handled(), []),
		(WARN, Handled(), [WARNING_LEVEL]),
		(DUE, Handled(), [WARNING_LEVEL]),
		(DUE, Handled(warned=True), []),
		(DUE + SECOND, Handled(warned=True), [BREACH_LEVEL, 1]),
		(DUE + SECOND, Handled(), [BREACH_LEVEL, 1]),
		(datetime(2026, 3, 9, 10), Handled(True, True, 1), [2]),
		(datetime(2026, 3, 9, 10) - SECOND, Handled(True, True, 1), []),
		(datetime(2026, 3, 20), Handled(), [BREACH_LEVEL, 1, 2, 3]),
		(datetime(2026, 3, 20), Handled(True, True, 3), []),
	],
)
def test_due_moments_around_the_limits(now, handled, raised):
	assert levels(due_moments(TIMELINE, now, handled)) == raised


def test_elapsed_levels_count_through_a_change_of_daylight_saving_time():
	due = datetime(2026, 3, 28, 20)  # the clocks in Berlin go forward during the night
	ladder = (LadderStep(1, Target(12, Unit.HOURS)),)
	assert moments(due, None, ladder)[-1].at == datetime(2026, 3, 29, 8)
	assert moments(due, None, ladder, zone=ZoneInfo("Europe/Berlin"))[-1].at == datetime(2026, 3, 29, 9)


@pytest.mark.parametrize(
	("now", "at_any_time", "told"),
	[
		(DUE, False, DUE),
		(DUE, True, DUE),
		(datetime(2026, 3, 6, 18), False, datetime(2026, 3, 9, 9)),
		(datetime(2026, 3, 6, 18), True, datetime(2026, 3, 6, 18)),
		(datetime(2026, 3, 7, 12), False, datetime(2026, 3, 9, 9)),
	],
)
def test_recipients_are_told_in_working_time_unless_it_is_urgent(now, at_any_time, told):
	assert notice_time(now, CALENDAR, at_any_time) == told
	assert notice_time(now, None) == now


@given(st.lists(st.integers(0, 10 * 24 * 60), min_size=1).map(sorted))
def test_sweeps_at_any_times_raise_every_moment_once_and_in_order(minutes):
	handled, raised = Handled(), []
	for minute in [*minutes, 14 * 24 * 60]:
		now = WARN - timedelta(hours=1) + timedelta(minutes=minute)
		upcoming = next_action_after(TIMELINE, handled)
		found = due_moments(TIMELINE, now, handled)
		assert not found or upcoming.at <= now
		raised += levels(found)
		handled = after(handled, found)
	assert raised in ([WARNING_LEVEL, 0, 1, 2, 3], [0, 1, 2, 3])
	assert next_action_after(TIMELINE, handled) is None


def test_key_is_the_same_for_the_same_second_and_differs_otherwise():
	facts = ("Customer Complaint", "CC-2026-00001", "First Answer", 1, DUE)
	key = escalation_key(*facts)
	# Names of rows that exist on sites: this value must never change.
	assert key == "b4ee610c2c78993ab917f9e15fac5925bb250e7ae22e18e3894128ec2fe84368"
	assert escalation_key(*facts[:4], DUE.replace(microsecond=999_999, fold=1)) == key
	others = [
		("Complaint Handling Slip", *facts[1:]),
		(facts[0], "CC-2026-00002", *facts[2:]),
		(*facts[:2], "Solution", *facts[3:]),
		(*facts[:3], 2, DUE),
		(*facts[:4], DUE + SECOND),
		("Customer ComplaintCC-2026-00001", "", *facts[2:]),
	]
	assert len({key, *(escalation_key(*other) for other in others)}) == 7


REPORTS_TO = {
	"agent": "leader",
	"leader": "manager",
	"manager": "vice president",
	"vice president": "general manager",
	"general manager": None,
	"one": "two",
	"two": "three",
	"three": "one",
	"himself": "himself",
	"blank": "",
}


@pytest.mark.parametrize(
	("user", "excluded", "line"),
	[
		("agent", (), ("leader", "manager", "vice president", "general manager")),
		("agent", ("manager",), ("leader", "vice president", "general manager")),
		("general manager", (), ()),
		("nobody", (), ()),
		("one", (), ("two", "three")),
		("one", ("two",), ("three",)),
		("himself", (), ()),
		("blank", (), ()),
	],
)
def test_reporting_line_climbs_past_the_excluded(user, excluded, line):
	assert reporting_line(user, REPORTS_TO, frozenset(excluded)) == line


@pytest.mark.parametrize(
	("level", "user"), [(1, "leader"), (4, "general manager"), (5, "general manager"), (9, "general manager")]
)
def test_above_the_top_of_the_line_the_top_keeps_being_told(level, user):
	assert superior_at(level, reporting_line("agent", REPORTS_TO)) == user


@pytest.mark.parametrize(
	("level", "superiors", "taken_over_at", "steps"),
	[
		(1, (1, 2, 3), 0, 1),
		(3, (1, 2, 3), 0, 3),
		(2, (2,), 0, 1),
		(3, (1, 3), 0, 2),
		(2, (1, 2), 1, 1),
		(3, (1, 3), 2, 1),
		(2, (1,), 0, 1),
		(1, (1,), 1, 1),
	],
)
def test_climb_counts_the_steps_for_superiors_since_the_holder_took_over(
	level, superiors, taken_over_at, steps
):
	assert climb_to(level, superiors, taken_over_at) == steps


def test_a_line_of_nobody_has_no_superior():
	assert superior_at(1, ()) is None


@given(
	st.dictionaries(st.integers(0, 8).map(str), st.integers(0, 8).map(str) | st.none()),
	st.frozensets(st.integers(0, 8).map(str)),
)
def test_any_reporting_line_ends_and_names_nobody_twice(reports_to, excluded):
	line = reporting_line("0", reports_to, excluded)
	assert len(line) == len(set(line))
	assert not set(line) & (excluded | {"0"})
