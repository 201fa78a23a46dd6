"""Rates: numbers first, percentages from them, and what is open apart."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.rates import Rate, Reply, frozen_from, rate_of, timely_reply_rate

MOMENTS = st.integers(0, 200).map(lambda hours: datetime(2026, 3, 2) + timedelta(hours=hours))
REPLIES = st.lists(st.builds(Reply, MOMENTS, st.none() | MOMENTS), max_size=20)
LATER = timedelta(seconds=1)


@given(REPLIES, MOMENTS)
def test_every_slip_is_counted_once(replies, now):
	rate = timely_reply_rate(replies, now)
	assert rate.denominator + rate.open == len(replies)


@given(REPLIES, MOMENTS)
def test_after_the_last_due_time_the_rate_is_frozen(replies, later):
	last = frozen_from(replies) or later
	frozen = timely_reply_rate(replies, last + LATER)
	assert frozen.open == 0
	assert timely_reply_rate(replies, max(later, last) + LATER) == frozen


@given(REPLIES, REPLIES, MOMENTS)
def test_rates_of_two_cohorts_add_to_the_rate_of_both(one, other, now):
	assert timely_reply_rate(one, now) + timely_reply_rate(other, now) == timely_reply_rate(one + other, now)


@given(st.lists(st.booleans(), min_size=1))
def test_whole_percent_is_the_nearest_to_the_share(reached):
	rate = rate_of(reached)
	assert abs(rate.whole_percent - rate.share * 100) <= Fraction(1, 2)
	assert 0 <= rate.whole_percent <= 100


def test_share_is_unrounded_and_blank_without_cases():
	assert Rate(5, 6).share == Fraction(5, 6)
	assert Rate(0, 0).share is None
	assert frozen_from([]) is None


@pytest.mark.parametrize("numbers", [(-1, 1), (2, 1), (0, 0, -1)])
def test_numbers_that_make_no_rate_raise_value_error(numbers):
	with pytest.raises(ValueError):
		Rate(*numbers)
