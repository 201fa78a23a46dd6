"""Clocks: every duration of the documents under its requirement number, warnings, states and pauses."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.business_calendar import BusinessCalendar, CalendarRules, HorizonError
from complaint_handling.domain.clocks import (
	MilestoneState,
	Target,
	Unit,
	due_at,
	elapsed_minutes,
	resumed_due,
	state_of,
	target_of,
	warn_at,
	warn_before,
)

from .calendar_oracle import (
	END_OF_SPAN,
	FIRST_DAY,
	HOLIDAYS,
	LAST_DAY,
	MOMENTS,
	OFFICE,
	OFFICE_WITH_SATURDAY,
	RULES,
	SHARES,
)

YEARS = (date(2026, 1, 1), date(2027, 12, 31))
FIVE_DAYS = BusinessCalendar.compile(OFFICE, *YEARS)
SIX_DAYS = BusinessCalendar.compile(OFFICE_WITH_SATURDAY, *YEARS)
NOT_ON_HOLIDAYS = BusinessCalendar.compile(CalendarRules.around_the_clock(HOLIDAYS), *YEARS)

BERLIN = ZoneInfo("Europe/Berlin")

ONE_DAY = Target(1, Unit.WORKING_DAYS)
TWO_DAYS = Target(2, Unit.WORKING_DAYS)
THREE_DAYS = Target(3, Unit.WORKING_DAYS)
SEVEN_DAYS = Target(7, Unit.WORKING_DAYS)
TWO_WORKING_HOURS = Target(2, Unit.WORKING_HOURS)
TWO_HOURS = Target(2, Unit.HOURS)
A_DAY = Target(24, Unit.HOURS)
THREE_DAYS_ELAPSED = Target(72, Unit.HOURS)


def at(day: str, clock_time: str = "00:00") -> datetime:
	return datetime.fromisoformat(f"{day} {clock_time}")


@pytest.mark.parametrize(
	("requirement", "calendar", "target", "start", "due"),
	[
		(
			"R-000A-07 at once",
			None,
			Target(0, Unit.MINUTES),
			at("2026-03-07", "23:00"),
			at("2026-03-07", "23:00"),
		),
		("R-000A-10 inside hours", FIVE_DAYS, ONE_DAY, at("2026-03-02", "10:00"), at("2026-03-03", "10:00")),
		(
			"R-000A-10 over a weekend",
			FIVE_DAYS,
			ONE_DAY,
			at("2026-03-06", "17:30"),
			at("2026-03-09", "17:30"),
		),
		("R-000A-10 outside hours", FIVE_DAYS, ONE_DAY, at("2026-03-02", "20:00"), at("2026-03-04", "09:00")),
		(
			"R-000A-12 over a weekend",
			FIVE_DAYS,
			TWO_DAYS,
			at("2026-03-05", "16:00"),
			at("2026-03-09", "16:00"),
		),
		(
			"R-000A-12 over a make-up Saturday",
			FIVE_DAYS,
			TWO_DAYS,
			at("2026-02-12", "10:00"),
			at("2026-02-14", "10:00"),
		),
		(
			"R-000A-12 over a holiday",
			FIVE_DAYS,
			TWO_DAYS,
			at("2026-02-13", "10:00"),
			at("2026-02-24", "10:00"),
		),
		(
			"R-000A-12 across a year end",
			FIVE_DAYS,
			TWO_DAYS,
			at("2026-12-31", "16:00"),
			at("2027-01-05", "16:00"),
		),
		(
			"R-000A-14 over a weekend",
			FIVE_DAYS,
			THREE_DAYS,
			at("2026-03-06", "17:00"),
			at("2026-03-11", "17:00"),
		),
		("R-000E-08 accept, elapsed", None, A_DAY, at("2026-03-06", "17:00"), at("2026-03-07", "17:00")),
		(
			"R-000E-08 accept, extended over holidays",
			NOT_ON_HOLIDAYS,
			Target(24, Unit.WORKING_HOURS),
			at("2026-09-30", "17:00"),
			at("2026-10-08", "17:00"),
		),
		("R-000E-08 result", FIVE_DAYS, SEVEN_DAYS, at("2026-03-02", "09:30"), at("2026-03-11", "09:30")),
		(
			"R-000E-09 outside hours",
			FIVE_DAYS,
			THREE_DAYS,
			at("2026-03-07", "11:00"),
			at("2026-03-12", "09:00"),
		),
		("R-002A-10 over a weekend", None, A_DAY, at("2026-03-07", "02:00"), at("2026-03-08", "02:00")),
		(
			"R-002A-12 over a weekend",
			None,
			THREE_DAYS_ELAPSED,
			at("2026-03-06", "17:00"),
			at("2026-03-09", "17:00"),
		),
		(
			"R-003A-04 the example of the document",
			SIX_DAYS,
			TWO_DAYS,
			at("2026-03-06", "10:00"),
			at("2026-03-09", "10:00"),
		),
		("R-003A-04 outside hours", SIX_DAYS, TWO_DAYS, at("2026-03-06", "18:00"), at("2026-03-10", "09:00")),
		(
			"R-003A-04 a Saturday that is a holiday",
			SIX_DAYS,
			TWO_DAYS,
			at("2026-09-30", "10:00"),
			at("2026-10-09", "10:00"),
		),
		(
			"R-003A-04 a make-up Sunday",
			SIX_DAYS,
			TWO_DAYS,
			at("2026-09-19", "10:00"),
			at("2026-09-21", "10:00"),
		),
		("R-003A-09 owner list", FIVE_DAYS, TWO_DAYS, at("2026-01-05", "09:00"), at("2026-01-07", "09:00")),
		(
			"R-003A-17 inside hours",
			FIVE_DAYS,
			TWO_WORKING_HOURS,
			at("2026-03-02", "14:00"),
			at("2026-03-02", "16:00"),
		),
		(
			"R-003A-17 over lunch",
			FIVE_DAYS,
			TWO_WORKING_HOURS,
			at("2026-03-02", "11:00"),
			at("2026-03-02", "14:30"),
		),
		(
			"R-003A-17 over a weekend",
			FIVE_DAYS,
			TWO_WORKING_HOURS,
			at("2026-03-06", "17:00"),
			at("2026-03-09", "10:00"),
		),
		(
			"R-004A-02 in service hours",
			FIVE_DAYS,
			TWO_WORKING_HOURS,
			at("2026-03-02", "17:30"),
			at("2026-03-03", "10:30"),
		),
		("R-004A-02 urgent", None, TWO_HOURS, at("2026-03-02", "17:30"), at("2026-03-02", "19:30")),
		("R-004A-04 verified", FIVE_DAYS, ONE_DAY, at("2026-03-03", "09:40"), at("2026-03-04", "09:40")),
		("R-004A-05 solution", FIVE_DAYS, TWO_DAYS, at("2026-03-03", "09:40"), at("2026-03-05", "09:40")),
		(
			"R-004A-06 on site, from the approval",
			None,
			A_DAY,
			at("2026-03-05", "15:00"),
			at("2026-03-06", "15:00"),
		),
	],
)
def test_due_time_of_the_documents(requirement, calendar, target, start, due):
	assert due_at(calendar, start, target) == due, requirement


# China 2026, six working days: Friday 10:00 and what the working days after it are.
@pytest.mark.parametrize(
	("received", "days", "due"),
	[
		(at("2026-03-06", "10:00"), 1, at("2026-03-07", "10:00")),  # Saturday is worked
		(at("2026-03-06", "10:00"), 2, at("2026-03-09", "10:00")),  # the example of the document
		(at("2026-03-06", "10:00"), 3, at("2026-03-10", "10:00")),
		(at("2026-03-07", "17:59"), 1, at("2026-03-09", "17:59")),
		(at("2026-03-06", "08:59"), 2, at("2026-03-09", "09:00")),  # before the opening of the same day
		(at("2026-03-06", "12:00"), 2, at("2026-03-09", "13:30")),  # at lunch: the next opening
		(at("2026-03-06", "18:00"), 2, at("2026-03-10", "09:00")),  # at the closing time
		(at("2026-03-08", "10:00"), 2, at("2026-03-11", "09:00")),  # Sunday
		(at("2026-09-18", "10:00"), 2, at("2026-09-20", "10:00")),  # a make-up Sunday counts
		(at("2026-09-19", "10:00"), 1, at("2026-09-20", "10:00")),
		(at("2026-09-20", "10:00"), 1, at("2026-09-21", "10:00")),  # received on the make-up Sunday
		(at("2026-10-01", "10:00"), 1, at("2026-10-09", "09:00")),  # received on a holiday
		(at("2026-09-30", "10:00"), 1, at("2026-10-08", "10:00")),  # over seven holidays
		(at("2026-09-30", "10:00"), 3, at("2026-10-10", "10:00")),  # Saturday, made up for, worked anyway
		(at("2026-01-02", "10:00"), 1, at("2026-01-06", "09:00")),  # on a Friday that is a holiday
		(at("2025-12-31", "10:00"), 1, None),  # before the calendar
		(at("2026-12-31", "10:00"), 1, at("2027-01-02", "10:00")),  # over New Year to a worked Saturday
		(at("2026-02-13", "10:00"), 1, at("2026-02-14", "10:00")),
		(at("2026-02-14", "10:00"), 1, at("2026-02-24", "10:00")),  # a Saturday that is a holiday does not
	],
)
def test_working_days_at_the_same_clock_time_r_003a_04(received, days, due):
	target = Target(days, Unit.WORKING_DAYS)
	if due is None:
		with pytest.raises(HorizonError):
			due_at(SIX_DAYS, received, target)
	else:
		assert due_at(SIX_DAYS, received, target) == due


@pytest.mark.parametrize(
	("before", "calendar", "zone", "warn"),
	[
		(TWO_HOURS, None, None, at("2026-03-09", "08:00")),
		(Target(90, Unit.MINUTES), None, None, at("2026-03-09", "08:30")),
		(TWO_HOURS, FIVE_DAYS, None, at("2026-03-09", "08:00")),  # elapsed units ignore the calendar
		(TWO_WORKING_HOURS, FIVE_DAYS, None, at("2026-03-06", "17:00")),
		(Target(1, Unit.WORKING_HOURS), FIVE_DAYS, None, at("2026-03-09", "09:00")),
		(Target(0, Unit.WORKING_HOURS), FIVE_DAYS, None, at("2026-03-09", "10:00")),
		(TWO_WORKING_HOURS, SIX_DAYS, None, at("2026-03-07", "17:00")),
	],
)
def test_warning_a_span_before_the_due_time(before, calendar, zone, warn):
	assert warn_before(at("2026-03-09", "10:00"), before, calendar, zone) == warn


def test_warning_before_counts_through_utc():
	# Summer time began at 2:00 that day.
	assert warn_before(at("2026-03-29", "12:00"), A_DAY, zone=BERLIN) == at("2026-03-28", "11:00")


@pytest.mark.parametrize(("before", "calendar"), [(ONE_DAY, FIVE_DAYS), (TWO_WORKING_HOURS, None)])
def test_a_warning_needs_a_span_and_a_calendar_to_count_it(before, calendar):
	with pytest.raises(ValueError):
		warn_before(at("2026-03-09", "10:00"), before, calendar)


def test_a_warning_before_the_calendar_raises_horizon_error():
	with pytest.raises(HorizonError):
		warn_before(at("2026-01-05", "10:00"), Target(2, Unit.WORKING_HOURS), FIVE_DAYS)


@pytest.mark.parametrize(
	("target", "hours"),
	[(A_DAY, 24), (Target(90, Unit.MINUTES), 1.5), (TWO_WORKING_HOURS, 2)],
)
def test_the_same_span_counted_by_a_calendar(target, hours):
	assert target.as_working_hours() == Target(hours, Unit.WORKING_HOURS)


def test_working_days_are_no_span():
	with pytest.raises(ValueError):
		ONE_DAY.as_working_hours()


def test_a_target_by_its_words_is_made_once():
	assert target_of(72, "Working Hours") == Target(72, Unit.WORKING_HOURS)
	assert target_of(72, "Working Hours") is target_of(72, "Working Hours")
	with pytest.raises(ValueError):
		target_of(1, "Weeks")


@pytest.mark.parametrize(
	("unit", "text", "needs_calendar"),
	[
		(Unit.MINUTES, "Minutes", False),
		(Unit.HOURS, "Hours", False),
		(Unit.WORKING_HOURS, "Working Hours", True),
		(Unit.WORKING_DAYS, "Working Days", True),
	],
)
def test_unit_is_the_word_of_the_record(unit, text, needs_calendar):
	assert (unit == text, str(unit), f"{unit}") == (True, text, text)
	assert Target(1, text).unit is unit
	assert unit.needs_calendar is needs_calendar


@pytest.mark.parametrize(
	"mistake",
	[
		lambda: Target(-1, Unit.HOURS),
		lambda: Target(float("nan"), Unit.HOURS),
		lambda: Target(float("inf"), Unit.WORKING_DAYS),
		lambda: Target(1.5, Unit.WORKING_DAYS),
		lambda: Target(1, "Weeks"),
		lambda: Target(1, Unit.WORKING_DAYS).duration,
		lambda: due_at(None, at("2026-03-02"), TWO_DAYS),
		lambda: due_at(None, at("2026-03-02"), TWO_WORKING_HOURS),
		lambda: due_at(None, at("2026-03-02").replace(tzinfo=timezone.utc), TWO_HOURS),
		lambda: warn_at(at("2026-03-02"), at("2026-03-03"), 1.01),
		lambda: warn_at(at("2026-03-02"), at("2026-03-03"), -0.01),
		lambda: warn_at(at("2026-03-03"), at("2026-03-02"), 0.5),
		lambda: state_of(at("2026-03-02").replace(tzinfo=timezone.utc), at("2026-03-02")),
		lambda: resumed_due(at("2026-03-05"), at("2026-03-04"), at("2026-03-03")),
	],
)
def test_what_makes_no_sense_raises_value_error(mistake):
	with pytest.raises(ValueError):
		mistake()


def test_due_time_beyond_the_calendar_raises_horizon_error():
	with pytest.raises(HorizonError):
		due_at(FIVE_DAYS, at("2027-12-31", "10:00"), TWO_DAYS)


@pytest.mark.parametrize(
	("start", "due"),
	[
		(at("2026-03-28", "12:00"), at("2026-03-29", "13:00")),  # the hour from 2 to 3 is left out
		(at("2026-10-24", "12:00"), at("2026-10-25", "11:00")),  # the hour from 2 to 3 comes twice
		(at("2026-03-02", "12:00"), at("2026-03-03", "12:00")),
	],
)
def test_elapsed_hours_are_counted_through_utc(start, due):
	assert due_at(None, start, A_DAY, BERLIN) == due
	assert elapsed_minutes(start, due, zone=BERLIN) == 24 * 60


@pytest.mark.parametrize(
	("calendar", "fraction", "warn"),
	[
		(None, 0.5, at("2026-03-08", "01:30")),
		(FIVE_DAYS, 0, at("2026-03-06", "17:00")),
		(FIVE_DAYS, 0.5, at("2026-03-06", "18:00")),
		(FIVE_DAYS, 0.75, at("2026-03-09", "09:30")),
		(FIVE_DAYS, 1, at("2026-03-09", "10:00")),
	],
)
def test_warning_comes_after_a_fraction_of_the_time(calendar, fraction, warn):
	assert warn_at(at("2026-03-06", "17:00"), at("2026-03-09", "10:00"), fraction, calendar) == warn


DUE = at("2026-03-09", "10:00")
WARN = at("2026-03-09", "09:00")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
	("now", "facts", "state"),
	[
		(WARN - SECOND, {}, MilestoneState.ON_TRACK),
		(WARN, {}, MilestoneState.DUE_SOON),
		(DUE - SECOND, {}, MilestoneState.DUE_SOON),
		(DUE - SECOND, {"warn": None}, MilestoneState.ON_TRACK),
		(DUE, {}, MilestoneState.DUE_SOON),
		(DUE + SECOND, {}, MilestoneState.OVERDUE),
		(DUE + SECOND, {"done_at": DUE - SECOND}, MilestoneState.MET),
		(DUE + SECOND, {"done_at": DUE}, MilestoneState.MET),
		(DUE + SECOND, {"done_at": DUE + SECOND}, MilestoneState.MISSED),
		(DUE + SECOND, {"done_at": DUE + SECOND, "cancelled": True}, MilestoneState.MISSED),
		(DUE + SECOND, {"done_at": DUE + SECOND, "paused_at": DUE}, MilestoneState.MET),
		(DUE + SECOND, {"cancelled": True}, MilestoneState.CANCELLED),
		(WARN, {"paused_at": WARN - SECOND}, MilestoneState.PAUSED),
		(DUE + SECOND, {"paused_at": DUE}, MilestoneState.PAUSED),
		(DUE + 2 * SECOND, {"paused_at": DUE + SECOND}, MilestoneState.OVERDUE),
	],
)
def test_state_around_the_limits(now, facts, state):
	assert state_of(now, DUE, **{"warn": WARN, **facts}) is state


@pytest.mark.parametrize(
	("calendar", "paused_at", "resumed_at", "due"),
	[
		(None, at("2026-03-06", "12:00"), at("2026-03-07", "12:00"), at("2026-03-10", "10:00")),
		(FIVE_DAYS, at("2026-03-06", "17:00"), at("2026-03-09", "09:00"), at("2026-03-09", "11:00")),
		(FIVE_DAYS, at("2026-03-06", "18:00"), at("2026-03-09", "08:00"), DUE),
		(FIVE_DAYS, DUE + SECOND, at("2026-03-11", "10:00"), DUE),
		(FIVE_DAYS, DUE, at("2026-03-09", "12:00"), at("2026-03-09", "12:00")),
	],
)
def test_a_pause_moves_the_due_time_by_what_it_took(calendar, paused_at, resumed_at, due):
	assert resumed_due(DUE, paused_at, resumed_at, calendar) == due


@pytest.mark.parametrize(
	("calendar", "start", "end", "minutes"),
	[
		(None, at("2026-03-06", "17:00"), at("2026-03-09", "10:00"), 65 * 60),
		(FIVE_DAYS, at("2026-03-06", "17:00"), at("2026-03-09", "10:00"), 120),
		(FIVE_DAYS, at("2026-03-06", "17:00"), at("2026-03-06", "17:01") - SECOND, 0),
		(None, at("2026-03-09", "10:00"), at("2026-03-09", "09:00"), 0),
	],
)
def test_elapsed_minutes_for_figures(calendar, start, end, minutes):
	assert elapsed_minutes(start, end, calendar) == minutes


@given(RULES, MOMENTS, MOMENTS, SHARES)
def test_a_warning_lies_between_start_and_due(rules, one, other, fraction):
	start, due = sorted((one, other))
	for calendar in (None, BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)):
		assert start <= warn_at(start, due, fraction, calendar) <= due


@given(RULES, st.lists(MOMENTS, min_size=3, max_size=3).map(sorted), SHARES)
def test_a_pause_takes_nothing_and_never_shortens(rules, three_moments, share):
	start, paused_at, resumed_at = three_moments
	calendar = BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)
	pause = calendar.working_time_between(paused_at, resumed_at)
	duration = (calendar.working_time_between(start, END_OF_SPAN) - pause) * share
	due = calendar.add_working_time(start, duration)
	later = resumed_due(due, paused_at, resumed_at, calendar)
	assert later >= due
	if paused_at > due:
		assert later == due
		return
	worked = calendar.working_time_between(start, paused_at)
	worked += calendar.working_time_between(resumed_at, max(later, resumed_at))
	assert worked == duration


@given(RULES, MOMENTS, SHARES)
def test_a_warning_before_and_the_due_time_are_inverse(rules, due, share):
	calendar = BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)
	span = calendar.working_time_between(datetime.combine(FIRST_DAY, datetime.min.time()), due) * share
	before = Target(span / timedelta(hours=1), Unit.WORKING_HOURS)
	warn = warn_before(due, before, calendar)
	assert warn <= due
	assert calendar.working_time_between(warn, due) == before.duration


@given(RULES, st.lists(MOMENTS, min_size=4, max_size=4).map(sorted), SHARES)
def test_two_pauses_are_one_as_long_as_both(rules, four_moments, share):
	first, second, third, last = four_moments
	calendar = BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)
	pauses = calendar.working_time_between(first, second) + calendar.working_time_between(third, last)
	left = calendar.working_time_between(last, END_OF_SPAN) * share
	due = calendar.add_working_time(first, calendar.working_time_between(second, third) + left)
	moved = resumed_due(due, first, second, calendar)
	if third > moved:
		assert resumed_due(moved, third, last, calendar) == moved
		return
	assert resumed_due(moved, third, last, calendar) == calendar.add_working_time(due, pauses)


@given(RULES, st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_working_time_is_split_at_any_moment(rules, three_moments):
	start, middle, end = three_moments
	calendar = BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)
	parts = calendar.working_time_between(start, middle) + calendar.working_time_between(middle, end)
	assert parts == calendar.working_time_between(start, end)


@given(MOMENTS, MOMENTS, st.sampled_from([None, BERLIN]))
def test_an_elapsed_pause_never_shortens(one, other, zone):
	paused_at, resumed_at = sorted((one, other))
	due = paused_at + timedelta(hours=5)
	assert resumed_due(due, paused_at, resumed_at, zone=zone) >= due
