"""The compiled calendar: worked examples, edges, and properties against a plain walk."""

import pickle
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.business_calendar import (
	END_OF_DAY,
	BusinessCalendar,
	CalendarRules,
	HorizonError,
	WorkingPeriod,
	open_intervals,
)

from .calendar_oracle import (
	DURATIONS,
	END_OF_SPAN,
	FIRST_DAY,
	HALF_DAY,
	HOLIDAYS,
	LAST_DAY,
	MOMENTS,
	OFFICE,
	OFFICE_HOURS,
	RULES,
	SHARES,
	plain_add,
	plain_add_days,
	plain_between,
	plain_intervals,
	works,
)

WEEKDAYS = CalendarRules({day: OFFICE_HOURS for day in range(5)})
WEEK = BusinessCalendar.compile(WEEKDAYS, FIRST_DAY, LAST_DAY)
NEVER_OPEN = BusinessCalendar.compile(CalendarRules({}), FIRST_DAY, LAST_DAY)

MONDAY_9 = datetime(2026, 3, 2, 9)


def compiled(rules: CalendarRules) -> BusinessCalendar:
	return BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)


def intervals(rules: CalendarRules) -> list:
	return list(plain_intervals(rules, FIRST_DAY, LAST_DAY))


def answer(function, *arguments):
	try:
		return function(*arguments)
	except HorizonError:
		return None


@pytest.mark.parametrize(
	("moment", "is_open", "next_opening"),
	[
		(datetime(2026, 3, 2, 8, 59, 59), False, datetime(2026, 3, 2, 9)),
		(datetime(2026, 3, 2, 9), True, datetime(2026, 3, 2, 9)),
		(datetime(2026, 3, 2, 11, 59, 59), True, datetime(2026, 3, 2, 11, 59, 59)),
		(datetime(2026, 3, 2, 12), False, datetime(2026, 3, 2, 13, 30)),
		(datetime(2026, 3, 6, 18), False, datetime(2026, 3, 9, 9)),
		(datetime(2026, 3, 8, 10), False, datetime(2026, 3, 9, 9)),
	],
)
def test_opening_is_half_open(moment, is_open, next_opening):
	assert WEEK.is_open(moment) is is_open
	assert WEEK.next_opening(moment) == next_opening


@pytest.mark.parametrize(
	("start", "hours", "end"),
	[
		(MONDAY_9, 0, MONDAY_9),
		(MONDAY_9, 3, datetime(2026, 3, 2, 12)),
		(MONDAY_9, 3.5, datetime(2026, 3, 2, 14)),
		(MONDAY_9, 7.5, datetime(2026, 3, 2, 18)),
		(MONDAY_9, 8, datetime(2026, 3, 3, 9, 30)),
		(datetime(2026, 3, 2, 12, 30), 1, datetime(2026, 3, 2, 14, 30)),
		(datetime(2026, 3, 6, 17), 2, datetime(2026, 3, 9, 10)),
		(datetime(2026, 3, 7, 20), 0, datetime(2026, 3, 7, 20)),
	],
)
def test_adding_working_time(start, hours, end):
	assert WEEK.add_working_time(start, timedelta(hours=hours)) == end


@pytest.mark.parametrize(
	("end", "hours", "start"),
	[
		(datetime(2026, 3, 2, 14), 0, datetime(2026, 3, 2, 14)),
		(datetime(2026, 3, 2, 14), 1, datetime(2026, 3, 2, 11, 30)),
		(datetime(2026, 3, 2, 14), 0.5, datetime(2026, 3, 2, 13, 30)),
		(datetime(2026, 3, 9, 10), 2, datetime(2026, 3, 6, 17)),
		(datetime(2026, 3, 3, 18), 15, MONDAY_9),
	],
)
def test_subtracting_working_time_gives_the_latest_start(end, hours, start):
	assert WEEK.subtract_working_time(end, timedelta(hours=hours)) == start


@pytest.mark.parametrize(
	("start", "days", "end"),
	[
		(datetime(2026, 3, 6, 10), 0, datetime(2026, 3, 6, 10)),
		(datetime(2026, 3, 6, 10), 2, datetime(2026, 3, 10, 10)),
		(datetime(2026, 3, 6, 18), 1, datetime(2026, 3, 10, 9)),
		(datetime(2026, 3, 7, 11), 1, datetime(2026, 3, 10, 9)),
		(datetime(2026, 3, 6, 12, 30), 1, datetime(2026, 3, 9, 13, 30)),
	],
)
def test_adding_working_days_keeps_the_clock_time(start, days, end):
	assert WEEK.add_working_days(start, days) == end


@pytest.mark.parametrize(
	("periods", "received", "due_at"),
	[
		(HALF_DAY, time(16), time(12)),  # nothing opens any more: the closing time
		(HALF_DAY, time(9, 30), time(9, 30)),
		((WorkingPeriod(time(15), time(17)),), time(10), time(15)),  # not open yet: the opening
		(
			(WorkingPeriod(time(9), time(10)), WorkingPeriod(time(15), time(17))),
			time(11),
			time(15),
		),  # in a gap: the next opening
	],
)
def test_clock_time_not_open_on_the_day_reached_stays_on_that_day(periods, received, due_at):
	friday = date(2026, 3, 6)
	rules = CalendarRules(WEEKDAYS.weekly, exceptions={friday: periods})
	start = datetime.combine(date(2026, 3, 5), received)
	assert compiled(rules).add_working_days(start, 1) == datetime.combine(friday, due_at)


def test_clock_time_after_the_last_closing_of_the_span_is_that_closing():
	rules = CalendarRules(WEEKDAYS.weekly, exceptions={date(2026, 3, 20): HALF_DAY})
	assert compiled(rules).add_working_days(datetime(2026, 3, 19, 16), 1) == datetime(2026, 3, 20, 12)


def test_clock_time_that_is_the_closing_time_of_the_day_reached_stays():
	whole_day = (WorkingPeriod(time(9), time(18)),)
	rules = CalendarRules({3: whole_day, 4: HALF_DAY, 5: whole_day})
	assert compiled(rules).add_working_days(datetime(2026, 3, 5, 12), 1) == datetime(2026, 3, 6, 12)


def test_first_and_last_day_belong_to_the_span():
	monday, sunday = FIRST_DAY, LAST_DAY
	assert WEEK.is_working_day(monday)
	assert not WEEK.is_working_day(sunday)
	one_day = BusinessCalendar.compile(WEEKDAYS, monday, monday)
	assert one_day.is_working_day(monday)
	assert one_day.add_working_time(MONDAY_9, timedelta(hours=7.5)) == datetime(2026, 3, 2, 18)


def test_exception_wins_over_holiday_and_weekday():
	saturday, monday, tuesday, friday = (date(2026, 3, day) for day in (7, 9, 10, 13))
	rules = CalendarRules(
		WEEKDAYS.weekly,
		holidays=frozenset({monday, tuesday}),
		exceptions={saturday: OFFICE_HOURS, tuesday: HALF_DAY, friday: ()},
	)
	calendar = compiled(rules)
	working = {day: calendar.is_working_day(day) for day in (saturday, monday, tuesday, friday)}
	assert working == {saturday: True, monday: False, tuesday: True, friday: False}
	assert not calendar.is_open(datetime(2026, 3, 10, 14))


def test_period_until_midnight_joins_the_next_day():
	night = CalendarRules({0: (WorkingPeriod(time(22), END_OF_DAY),), 1: (WorkingPeriod(time(0), time(6)),)})
	calendar = compiled(night)
	assert len(calendar.starts) == 3
	assert calendar.is_open(datetime(2026, 3, 3, 0))
	assert calendar.add_working_time(datetime(2026, 3, 2, 20), timedelta(hours=5)) == datetime(2026, 3, 3, 3)
	assert calendar.add_working_days(datetime(2026, 3, 2, 23), 1) == datetime(2026, 3, 3, 6)


def test_around_the_clock_extends_over_holidays_only():
	rules = CalendarRules.around_the_clock(HOLIDAYS)
	calendar = BusinessCalendar.compile(rules, date(2026, 9, 1), date(2026, 10, 31))
	due = calendar.add_working_time(datetime(2026, 9, 30, 17), timedelta(hours=24))
	assert due == datetime(2026, 10, 8, 17)
	assert calendar.add_working_time(datetime(2026, 9, 19, 17), timedelta(hours=24)) == datetime(
		2026, 9, 20, 17
	)


def test_make_up_workdays_of_a_year_are_working_days():
	calendar = BusinessCalendar.compile(OFFICE, date(2026, 1, 1), date(2026, 12, 31))
	assert calendar.is_working_day(date(2026, 2, 14))
	assert calendar.is_working_day(date(2026, 9, 20))
	assert not calendar.is_working_day(date(2026, 2, 16))


@pytest.mark.parametrize(
	"question",
	[
		lambda: WEEK.is_open(MONDAY_9 - timedelta(days=1)),
		lambda: WEEK.is_open(datetime(2026, 3, 23)),
		lambda: WEEK.is_working_day(date(2026, 3, 1)),
		lambda: WEEK.is_working_day(date(2026, 3, 23)),
		lambda: WEEK.next_opening(datetime(2026, 3, 20, 18)),
		lambda: WEEK.add_working_time(MONDAY_9, timedelta(hours=7.5 * 15, microseconds=1)),
		lambda: WEEK.subtract_working_time(MONDAY_9, timedelta(microseconds=1)),
		lambda: WEEK.working_time_between(MONDAY_9, datetime(2026, 4, 1)),
		lambda: WEEK.add_working_days(MONDAY_9, 15),
		lambda: WEEK.add_working_days(datetime(2026, 4, 1), 0),
		lambda: NEVER_OPEN.next_opening(MONDAY_9),
		lambda: NEVER_OPEN.add_working_time(MONDAY_9, timedelta(minutes=1)),
		lambda: NEVER_OPEN.add_working_days(MONDAY_9, 1),
	],
)
def test_leaving_the_compiled_span_raises_horizon_error(question):
	with pytest.raises(HorizonError):
		question()


def test_answers_at_the_very_end_of_the_span_are_given():
	assert WEEK.add_working_time(MONDAY_9, timedelta(hours=7.5 * 15)) == datetime(2026, 3, 20, 18)
	assert WEEK.working_time_between(MONDAY_9, datetime(2026, 3, 23)) == timedelta(hours=7.5 * 15)
	always = compiled(CalendarRules.around_the_clock())
	assert always.add_working_time(datetime(2026, 3, 22, 12), timedelta(hours=12)) == datetime(2026, 3, 23)
	assert NEVER_OPEN.working_time_between(MONDAY_9, datetime(2026, 3, 23)) == timedelta(0)


@pytest.mark.parametrize(
	"mistake",
	[
		lambda: WorkingPeriod(time(12), time(12)),
		lambda: WorkingPeriod(time(9, tzinfo=timezone.utc), time(12)),
		lambda: WorkingPeriod(time(9), time(12, tzinfo=timezone.utc)),
		lambda: WorkingPeriod.from_offsets(timedelta(hours=24), timedelta(hours=24)),
		lambda: WorkingPeriod.from_offsets(timedelta(hours=9), timedelta(hours=25)),
		lambda: WorkingPeriod.from_offsets(timedelta(hours=9), timedelta(hours=8)),
		lambda: CalendarRules({7: OFFICE_HOURS}),
		lambda: CalendarRules({0: (WorkingPeriod(time(9), time(12)), WorkingPeriod(time(11), time(18)))}),
		lambda: BusinessCalendar.compile(WEEKDAYS, LAST_DAY, FIRST_DAY),
		lambda: WEEK.add_working_time(MONDAY_9, timedelta(seconds=-1)),
		lambda: WEEK.subtract_working_time(MONDAY_9, timedelta(seconds=-1)),
		lambda: WEEK.add_working_days(MONDAY_9, -1),
		lambda: WEEK.is_open(MONDAY_9.replace(tzinfo=timezone.utc)),
		lambda: WEEK.add_working_time(MONDAY_9.replace(tzinfo=timezone.utc), timedelta(0)),
		lambda: WEEK.working_time_between(MONDAY_9, MONDAY_9.replace(tzinfo=timezone.utc)),
	],
)
def test_what_makes_no_sense_raises_value_error(mistake):
	with pytest.raises(ValueError) as caught:
		mistake()
	assert not isinstance(caught.value, HorizonError)


@pytest.mark.parametrize(
	("start", "end", "period"),
	[
		(timedelta(hours=9), timedelta(hours=12), WorkingPeriod(time(9), time(12))),
		(timedelta(hours=22), timedelta(0), WorkingPeriod(time(22), END_OF_DAY)),
		(timedelta(0), timedelta(hours=24), WorkingPeriod(time(0), END_OF_DAY)),
		(
			timedelta(hours=9),
			timedelta(hours=23, minutes=59, seconds=59),
			WorkingPeriod(time(9), END_OF_DAY),
		),
		(timedelta(hours=9), timedelta(hours=23, minutes=59), WorkingPeriod(time(9), time(23, 59))),
	],
)
def test_periods_from_the_offsets_of_a_database(start, end, period):
	assert WorkingPeriod.from_offsets(start, end) == period


def test_periods_of_a_day_are_put_in_order():
	assert CalendarRules({0: OFFICE_HOURS[::-1]}) == CalendarRules({0: OFFICE_HOURS})


def test_compiled_calendar_survives_a_cache():
	assert pickle.loads(pickle.dumps(WEEK)) == WEEK


@given(RULES)
def test_open_intervals_equal_the_plain_reading(rules):
	assert list(open_intervals(rules, FIRST_DAY, LAST_DAY)) == intervals(rules)


@given(RULES, MOMENTS, DURATIONS)
def test_adding_equals_the_plain_walk(rules, start, duration):
	assert answer(compiled(rules).add_working_time, start, duration) == plain_add(
		intervals(rules), start, duration
	)


@given(RULES, MOMENTS, MOMENTS)
def test_elapsed_equals_the_plain_sum(rules, one, other):
	start, end = sorted((one, other))
	calendar = compiled(rules)
	assert calendar.working_time_between(start, end) == plain_between(intervals(rules), start, end)
	assert calendar.working_time_between(end, start) == -calendar.working_time_between(start, end)


@given(RULES, MOMENTS, st.integers(0, 12))
def test_working_days_equal_the_plain_count(rules, start, days):
	assert answer(compiled(rules).add_working_days, start, days) == plain_add_days(
		intervals(rules), start, days
	)


@given(RULES, MOMENTS)
def test_next_opening_is_open_and_nothing_opens_before_it(rules, moment):
	calendar = compiled(rules)
	opening = answer(calendar.next_opening, moment)
	if opening is None:
		assert not calendar.working_time_between(moment, END_OF_SPAN)
		return
	assert calendar.is_open(opening)
	assert (opening == moment) == calendar.is_open(moment)
	assert not calendar.working_time_between(moment, opening)


@given(works())
def test_elapsed_is_the_inverse_of_adding(work):
	end = work.calendar.add_working_time(work.start, work.duration)
	assert work.calendar.working_time_between(work.start, end) == work.duration
	begin = work.calendar.subtract_working_time(end, work.duration)
	assert begin >= work.start
	assert work.calendar.add_working_time(begin, work.duration) == end


@given(works(), SHARES)
def test_adding_is_additive_and_monotone(work, share):
	part = work.duration * share
	middle = work.calendar.add_working_time(work.start, part)
	whole = work.calendar.add_working_time(work.start, work.duration)
	assert work.start <= middle <= whole
	assert work.calendar.add_working_time(middle, work.duration - part) == whole


@given(RULES, MOMENTS, MOMENTS, DURATIONS, st.integers(0, 5))
def test_a_later_start_is_never_due_earlier(rules, one, other, duration, days):
	calendar = compiled(rules)
	early, late = sorted((one, other))
	for due_early, due_late in (
		(
			answer(calendar.add_working_time, early, duration),
			answer(calendar.add_working_time, late, duration),
		),
		(answer(calendar.add_working_days, early, days), answer(calendar.add_working_days, late, days)),
	):
		assert due_late is None or due_early <= due_late


@given(RULES, MOMENTS, DURATIONS, st.integers(1, 95))
def test_splitting_a_period_changes_nothing(rules, start, duration, quarter):
	split = (datetime.min + timedelta(minutes=15 * quarter)).time()
	halves = CalendarRules(
		{day: _split(periods, split) for day, periods in rules.weekly.items()},
		rules.holidays,
		{day: _split(periods, split) for day, periods in rules.exceptions.items()},
	)
	assert compiled(halves) == compiled(rules)
	assert answer(compiled(halves).add_working_time, start, duration) == answer(
		compiled(rules).add_working_time, start, duration
	)


def _split(periods: tuple[WorkingPeriod, ...], at: time) -> tuple[WorkingPeriod, ...]:
	parts = []
	for period in periods:
		if period.start < at < period.end:
			parts += [WorkingPeriod(period.start, at), WorkingPeriod(at, period.end)]
		else:
			parts.append(period)
	return tuple(parts)


@given(RULES, MOMENTS, st.integers(0, 6), st.integers(0, 6))
def test_working_days_are_additive_from_a_moment_that_is_open_every_working_day(rules, start, one, other):
	"""A clock time that each working day is open at: then n days and m days are n + m days."""
	whole_days = CalendarRules.around_the_clock(rules.holidays)
	calendar = compiled(whole_days)
	begun = answer(calendar.next_opening, start)
	middle = answer(calendar.add_working_days, begun, one) if begun else None
	if middle is not None:
		together = answer(calendar.add_working_days, begun, one + other)
		assert answer(calendar.add_working_days, middle, other) == together


@given(RULES, MOMENTS, DURATIONS)
def test_a_start_outside_working_time_counts_from_the_next_opening(rules, start, duration):
	calendar = compiled(rules)
	opening = answer(calendar.next_opening, start)
	if duration and opening is not None:
		assert answer(calendar.add_working_time, start, duration) == answer(
			calendar.add_working_time, opening, duration
		)
		assert answer(calendar.add_working_days, start, 1) == answer(calendar.add_working_days, opening, 1)


@given(RULES, DURATIONS, st.integers(1, 30))
def test_what_lies_beyond_the_calendar_raises(rules, duration, days):
	calendar = compiled(rules)
	total = calendar.working_time_between(datetime.combine(FIRST_DAY, time.min), END_OF_SPAN)
	for beyond in (
		lambda: calendar.add_working_time(END_OF_SPAN, duration + timedelta(microseconds=1)),
		lambda: calendar.add_working_time(
			datetime.combine(FIRST_DAY, time.min), total + duration + timedelta(1)
		),
		lambda: calendar.subtract_working_time(END_OF_SPAN, total + timedelta(microseconds=1)),
		lambda: calendar.add_working_days(END_OF_SPAN, days),
		lambda: calendar.next_opening(END_OF_SPAN),
		lambda: calendar.working_time_between(END_OF_SPAN, END_OF_SPAN + timedelta(days=days)),
	):
		with pytest.raises(HorizonError):
			beyond()
