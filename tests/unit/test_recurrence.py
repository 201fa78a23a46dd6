"""Duties that come back: no drift, nothing skipped, nothing twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.recurrence import Every, month_of, next_due, period_before, year_of

from .test_figures_periods import CALENDAR

DATES = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LENGTHS = st.builds(Every, days=st.integers(1, 60)) | st.builds(Every, months=st.integers(1, 24))


@given(DATES, LENGTHS, st.integers(0, 20))
def test_each_turn_is_later_than_the_one_before(anchor, every, times):
	assert every.after(anchor, times) < every.after(anchor, times + 1)
	assert every.after(anchor, 0) == anchor


@given(DATES, st.integers(1, 24), st.integers(1, 20))
def test_months_do_not_drift_to_the_end_of_a_short_month(anchor, months, times):
	day = Every(months=months).after(anchor, times)
	assert day == Every(months=months * times).after(anchor)
	assert day.day == anchor.day or (day + timedelta(days=1)).day == 1


def test_last_day_of_the_month_comes_back():
	every = Every(months=1)
	days = [every.after(date(2026, 1, 31), times) for times in range(1, 4)]
	assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@given(st.dates(date(2026, 1, 1), date(2026, 10, 31)), st.integers(1, 90))
def test_due_day_is_worked_and_never_earlier(last_done, days):
	every = Every(days=days)
	due = next_due(every, last_done, calendar=CALENDAR)
	assert due >= next_due(every, last_done)
	assert next_due(Every(days=1), due - timedelta(days=1), calendar=CALENDAR) == due


@given(DATES)
def test_periods_follow_each_other_without_a_gap(day):
	for period in (month_of(day), year_of(day)):
		assert period.holds(day)
		assert period_before(period).last_day + timedelta(days=1) == period.first_day
		assert not period_before(period).holds(day)


@pytest.mark.parametrize("values", [{}, {"days": 1, "months": 1}, {"days": -1}, {"months": -1}])
def test_lengths_that_make_no_sense_raise_value_error(values):
	with pytest.raises(ValueError):
		Every(**values)
