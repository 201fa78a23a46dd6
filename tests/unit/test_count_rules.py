"""Counts: bounds, and what more than one of them would break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.count_rules import Breach, CountRule, exactly

COUNTS = st.integers(0, 30)


@given(COUNTS, COUNTS, COUNTS)
def test_a_rule_is_kept_from_its_minimum_to_its_maximum(minimum, more, count):
	breach = CountRule("R", minimum, minimum + more).breach(count)
	assert (breach is None) is (minimum <= count <= minimum + more)
	assert (breach is Breach.TOO_FEW) is (count < minimum)


@given(COUNTS, COUNTS)
def test_nothing_more_is_allowed_when_one_more_would_break_the_rule(maximum, count):
	rule = CountRule("R", 0, maximum)
	assert rule.is_reached(count) is (rule.breach(count + 1) is Breach.TOO_MANY)


@given(COUNTS)
def test_without_a_maximum_there_is_never_too_much(count):
	rule = CountRule("R", 2)
	assert not rule.is_reached(count)
	assert rule.breach(count) is (Breach.TOO_FEW if count < 2 else None)


def test_exactly_has_one_answer():
	assert [count for count in range(10) if exactly("R", 8).breach(count) is None] == [8]


@pytest.mark.parametrize("bounds", [(-1, None), (3, 2)])
def test_bounds_that_no_number_keeps_raise_value_error(bounds):
	with pytest.raises(ValueError):
		CountRule("R", *bounds)
