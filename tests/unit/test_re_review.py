"""Re-review: who takes which round (R-000C-07)."""

import pytest

from complaint_handling.domain.re_review import is_beyond, role_for_round

ROLES = ("Complaint Reviewer", "Complaint Vice President", "Complaint General Manager")


@pytest.mark.parametrize(
	("round_number", "rounds", "role"),
	[
		(1, 1, ROLES[0]),
		(2, 1, ROLES[1]),
		(3, 1, ROLES[2]),
		(9, 1, ROLES[2]),
		(2, 2, ROLES[0]),
		(3, 2, ROLES[1]),
		(1, 0, ROLES[1]),
	],
)
def test_rounds_beyond_the_procedures_number_go_up(round_number, rounds, role):
	assert role_for_round(round_number, rounds, ROLES) == role
	assert is_beyond(round_number, rounds) is (role != ROLES[0])


@pytest.mark.parametrize("arguments", [(0, 1, ROLES), (1, -1, ROLES), (1, 1, ())])
def test_what_makes_no_sense_raises_value_error(arguments):
	with pytest.raises(ValueError):
		role_for_round(*arguments)
