"""Agreed reply times: the cap of changes, who agrees the last one, and when a case is taken over (R-000K-21)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.promise_rules import (
	Agreement,
	ChangeRefusal,
	change_refusal,
	is_last_change,
	is_taken_over,
	passed_unsolved,
)

DUE = datetime(2026, 3, 4, 10)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
	("changes_made", "maximum", "may_agree_last", "expected"),
	[
		(0, 2, False, None),
		(1, 2, False, ChangeRefusal.LAST_CHANGE_IS_HIGHER),
		(1, 2, True, None),
		(2, 2, True, ChangeRefusal.NO_CHANGE_LEFT),
		(3, 2, True, ChangeRefusal.NO_CHANGE_LEFT),
		(0, 1, False, ChangeRefusal.LAST_CHANGE_IS_HIGHER),
		(0, 1, True, None),
		(99, 0, False, None),
	],
)
def test_changes_are_refused_at_the_cap_and_the_last_below_its_role(
	changes_made, maximum, may_agree_last, expected
):
	assert change_refusal(changes_made, maximum, may_agree_last) is expected


@pytest.mark.parametrize(
	("changes_made", "maximum", "expected"), [(0, 2, False), (1, 2, True), (2, 2, False), (0, 0, False)]
)
def test_last_change_is_the_one_before_the_cap(changes_made, maximum, expected):
	assert is_last_change(changes_made, maximum) is expected


@pytest.mark.parametrize(
	("solved_at", "now", "expected"),
	[
		(None, DUE - SECOND, 0),
		(None, DUE, 0),
		(None, DUE + SECOND, 1),
		(DUE, DUE + SECOND, 0),
		(DUE + SECOND, DUE + 2 * SECOND, 1),
	],
)
def test_agreed_time_passes_unsolved_after_its_second(solved_at, now, expected):
	assert passed_unsolved([Agreement(DUE, solved_at)], now) == expected


def test_renegotiated_times_count_once_they_passed():
	agreements = [Agreement(DUE), Agreement(DUE + timedelta(days=2))]
	assert passed_unsolved(agreements, DUE + timedelta(days=1)) == 1
	assert passed_unsolved(agreements, DUE + timedelta(days=3)) == 2


@pytest.mark.parametrize(
	("passed", "limit", "expected"),
	[(0, 2, False), (1, 2, False), (2, 2, True), (3, 2, True), (9, 0, False)],
)
def test_case_is_taken_over_at_the_limit(passed, limit, expected):
	assert is_taken_over(passed, limit) is expected


@given(
	st.lists(st.integers(min_value=0, max_value=1000), max_size=6),
	st.integers(min_value=0, max_value=1000),
	st.integers(min_value=0, max_value=100),
)
def test_what_passed_never_becomes_less(minutes, now, later):
	agreements = [Agreement(DUE + timedelta(minutes=value)) for value in minutes]
	moment = DUE + timedelta(minutes=now)
	assert passed_unsolved(agreements, moment) <= passed_unsolved(
		agreements, moment + timedelta(minutes=later)
	)
