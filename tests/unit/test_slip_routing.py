"""Whom a slip goes to and who is next above, told without a host."""

import pytest

from complaint_handling.domain.slip_kinds import round_after
from complaint_handling.domain.slip_routing import (
	Position,
	Recipient,
	is_above,
	next_superior,
	route_for,
	rung_of,
)

LADDER = ("Manager", "Vice", "Head")


@pytest.mark.parametrize(
	("position", "first"),
	[
		(Position.UNIT, Recipient.DEPARTMENT_MANAGER),
		(Position.EMPLOYEE, Recipient.DIRECT_LEADER),
		(Position.SERVICE_STAFF, Recipient.REVIEWER),
		(Position.CUSTOMER_REPRESENTATIVE, Recipient.GENERAL_MANAGER),
		(Position.DEPARTMENT_MANAGER, Recipient.VICE_PRESIDENT),
		(Position.VICE_PRESIDENT, Recipient.GENERAL_MANAGER),
		(Position.GENERAL_MANAGER, Recipient.ESCALATION_OWNER),
	],
)
def test_complaint_about_a_person_goes_to_who_is_above(position, first):
	"""R-000K-03, R-000K-04, R-000K-05, R-000K-06, R-000K-13: and, where nobody is found there, further up to the named owner."""
	route = route_for(position)
	assert route[0] == first
	assert route[-1] == Recipient.ESCALATION_OWNER


def test_without_a_person_the_follow_up_owner_and_the_post_come_first():
	"""R-003A-09, R-003A-14."""
	assert route_for(None) == (
		Recipient.FOLLOW_UP_OWNER,
		Recipient.POST_HOLDER,
		Recipient.DEPARTMENT_MANAGER,
	)


def test_every_position_has_a_route():
	assert all(route_for(position) for position in Position)


def test_rung_is_the_highest_that_a_role_stands_on():
	assert [rung_of(roles, LADDER) for roles in ((), ("Other",), ("Manager",), ("Vice", "Manager"))] == [
		0,
		0,
		1,
		2,
	]


RUNGS = (("m1", "m2"), ("v1",), ("h1",))


@pytest.mark.parametrize(
	("line", "present_rung", "excluded", "expected"),
	[
		(("m1", "v1"), 0, (), "m1"),
		(("m1", "v1"), 0, ("m1",), "v1"),
		((), 0, (), "m1"),
		((), 0, ("m1",), "m2"),
		((), 1, (), "v1"),
		((), 1, ("v1",), "h1"),
		((), 3, (), None),
		(("h1",), 2, ("h1",), None),
	],
)
def test_next_superior_is_one_level_up(line, present_rung, excluded, expected):
	"""R-000K-14, R-003A-15: level by level; the reporting line first, else the ladder of roles."""
	assert next_superior(line, RUNGS, present_rung, excluded) == expected


def test_above_is_who_stands_in_the_line_or_on_a_higher_rung():
	assert is_above("v1", ("m1", "v1"), 0, 3)
	assert is_above("x", (), 2, 1)
	assert not is_above("x", (), 1, 1)
	assert not is_above("x", ("m1",), 0, 1)


def test_rounds_are_first_second_and_then_repeated():
	"""R-003A-04: second and repeat slips are told apart from the first."""
	assert [round_after(earlier) for earlier in range(4)] == ["First", "Second", "Repeated", "Repeated"]
	with pytest.raises(ValueError, match="-1 slips"):
		round_after(-1)
