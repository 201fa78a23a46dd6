"""Authority: limits below, at and above the amount, and the role that a refusal names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.authority import (
	Limit,
	Refusal,
	dearest_total,
	may_approve,
	refusal,
	required_role,
	total_of,
)

LADDER = (
	Limit("Complaint Department Manager", Decimal(1000)),
	Limit("Complaint Vice President", Decimal(50000)),
	Limit("Complaint General Manager", None),
)
CAPPED = LADDER[:2]
COUNTER = (Limit("Counter Staff", Decimal(10), below=True), Limit("Supervisor", None))


@pytest.mark.parametrize(
	("limits", "total", "role"),
	[
		(LADDER, "0", "Complaint Department Manager"),
		(LADDER, "999.99", "Complaint Department Manager"),
		(LADDER, "1000", "Complaint Department Manager"),
		(LADDER, "1000.01", "Complaint Vice President"),
		(LADDER, "50000", "Complaint Vice President"),
		(LADDER, "50000.01", "Complaint General Manager"),
		(CAPPED, "50000.01", None),
		((), "0", None),
		(COUNTER, "9.99", "Counter Staff"),  # R-001E-05
		(COUNTER, "10", "Supervisor"),
		(COUNTER, "10.01", "Supervisor"),
	],
)
def test_required_role_is_the_lowest_that_covers_the_total(limits, total, role):
	assert required_role(limits, Decimal(total)) == role


@pytest.mark.parametrize(
	("roles", "total", "refused"),
	[
		(("Complaint Department Manager",), "1000", None),
		(("Complaint Department Manager",), "1000.01", "Complaint Vice President"),
		(("Complaint Department Manager", "Complaint General Manager"), "70000", None),
		(("Complaint Agent",), "0", "Complaint Department Manager"),
		((), "0", "Complaint Department Manager"),
	],
)
def test_refusal_names_the_role_that_may(roles, total, refused):
	expected = Refusal(Decimal(total), refused) if refused else None
	assert refusal(LADDER, roles, Decimal(total)) == expected
	assert may_approve(LADDER, roles, Decimal(total)) is (refused is None)


@given(st.lists(st.decimals(0, 100000, places=2), min_size=1))
def test_splitting_a_remedy_does_not_help(remedies):
	total = total_of(remedies)
	assert total_of([total]) == total
	assert all(may_approve(LADDER, [LADDER[0].role], amount) for amount in remedies) or not may_approve(
		LADDER, [LADDER[0].role], total
	)


def test_no_remedies_are_nothing():
	assert total_of([]) == Decimal(0)


@pytest.mark.parametrize(
	("error", "mistake"),
	[
		(ValueError, lambda: total_of([Decimal(100), Decimal(-1)])),
		(ValueError, lambda: may_approve(LADDER, (), Decimal(-1))),
		(ValueError, lambda: required_role(LADDER, Decimal(-1))),
		(TypeError, lambda: total_of([1.5])),
		(TypeError, lambda: may_approve(LADDER, (), 1)),
	],
)
def test_amounts_are_decimals_from_zero_on(error, mistake):
	with pytest.raises(error):
		mistake()


AMOUNTS = st.decimals(min_value=0, max_value=100000, places=2)
REMEDIES = st.lists(st.tuples(st.integers(min_value=0, max_value=3), AMOUNTS), max_size=8)


@pytest.mark.parametrize(
	("remedies", "chosen", "total"),
	[
		([], 0, "0"),
		([(0, "10")], 0, "10"),
		([(0, "10"), (1, "5"), (2, "7")], 0, "17"),
		([(0, "10"), (1, "5"), (2, "7")], 1, "15"),
		([(0, "10"), (1, "5"), (2, "7")], 9, "17"),
		([(1, "5"), (1, "5"), (2, "7")], 0, "10"),
		([(1, "0"), (2, "7")], 1, "0"),
	],
)
def test_dearest_option_counts_until_one_is_chosen(remedies, chosen, total):
	"""R-001F-01, R-003A-15."""
	amounts = [(option, Decimal(amount)) for option, amount in remedies]
	assert dearest_total(amounts, chosen) == Decimal(total)


@given(remedies=REMEDIES, data=st.data())
def test_splitting_a_remedy_within_its_option_changes_no_total(remedies, data):
	if not remedies:
		return
	index = data.draw(st.integers(min_value=0, max_value=len(remedies) - 1))
	option, amount = remedies[index]
	part = data.draw(st.decimals(min_value=0, max_value=amount, places=2))
	split = [*remedies[:index], (option, part), (option, amount - part), *remedies[index + 1 :]]
	for chosen in range(4):
		assert dearest_total(split, chosen) == dearest_total(remedies, chosen)


@given(remedies=REMEDIES, chosen=st.integers(min_value=0, max_value=3))
def test_choice_never_costs_more_than_what_was_approved(remedies, chosen):
	assert dearest_total(remedies, chosen) <= dearest_total(remedies) <= total_of(a for _o, a in remedies)


@given(remedies=REMEDIES, option=st.integers(min_value=1, max_value=4), amount=AMOUNTS)
def test_further_option_never_lowers_what_has_to_be_approved(remedies, option, amount):
	assert dearest_total([*remedies, (option, amount)]) >= dearest_total(remedies)


def test_negative_remedy_of_an_option_is_refused():
	with pytest.raises(ValueError, match="must not be negative"):
		dearest_total([(1, Decimal(5)), (1, Decimal(-5))])
