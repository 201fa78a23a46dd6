"""Options offered to the customer, and what the counter decides itself (R-001F-01, R-001E-05)."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import flt, now_datetime

from complaint_handling.api import workflow as workflow_api
from complaint_handling.constants import CATEGORY, COMPLAINT
from complaint_handling.exceptions import (
	AuthorityError,
	FieldLockedError,
	MissingInputError,
	PreconditionError,
	TransitionRefusedError,
)
from complaint_handling.services.solution import remedies
from complaint_handling.services.workflow import workflow_steps
from tests.factories import as_user, make_complaint, press
from tests.integration import cases, ladders

CONSENT = {"consent_by": "Manager Wang", "consent_method": "Telephone"}
REFUSED = (AuthorityError, TransitionRefusedError, frappe.ValidationError)


def remedy(rate: float, option: int = 0, kind: str = "Refund", **values: Any) -> dict[str, Any]:
	return {"remedy_type": kind, "quantity": 1, "rate": rate, "option_number": option, **values}


def offered(cast: dict[str, str], *rows: dict[str, Any], **procedure: Any) -> Document:
	"""Return a complaint in handling whose plan offers these remedies."""
	named = ladders.make_procedure(**procedure) if procedure else None
	complaint = cases.solved(cast, **({"procedure": named} if named else {}))
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.no_compensation = 0
		complaint.set("remedies", list(rows))
		return complaint.save()


def explained(cast: dict[str, str], *rows: dict[str, Any]) -> Document:
	"""Return a complaint whose options are approved."""
	proposed = press(offered(cast, *rows), "Propose Solution", cast["coordinator"])
	return press(proposed, "Approve Solution", cast["general_manager"])


def consent(complaint: Document, cast: dict[str, str], **values: Any) -> Document:
	return press(complaint, "Record Consent", cast["agent"], consent_on=now_datetime(), **CONSENT, **values)


@pytest.mark.parametrize(
	("rows", "is_enough"),
	[
		([], False),
		([remedy(100)], False),
		([remedy(100, 1)], False),
		([remedy(100, 1), remedy(50, 1)], False),
		([remedy(100, 1), remedy(0, 2, "Exchange")], True),
	],
)
def test_mall_offers_at_least_two_options(cast, rows, is_enough):
	"""R-001F-01: at least two handling options; two remedies of one number are one option."""
	complaint = offered(cast, *rows, minimum_remedy_options=2)
	if is_enough:
		assert press(complaint, "Propose Solution", cast["coordinator"]).remedy_options == 2
	else:
		with pytest.raises(PreconditionError, match="at least 2 options"):
			press(complaint, "Propose Solution", cast["coordinator"])


def test_dearest_option_decides_who_approves_before_the_customer_has_chosen(cast):
	"""R-003A-15: whoever approves answers for each option; splitting one over rows does not help."""
	rows = [remedy(1000), remedy(200, 1), remedy(60000, 2), remedy(60000, 2)]
	proposed = press(offered(cast, *rows), "Propose Solution", cast["coordinator"])
	assert proposed.total_remedy_amount == 121000
	assert proposed.next_approver_role == "Complaint General Manager"
	with pytest.raises(REFUSED):
		press(proposed, "Approve Solution", cast["vice_president"])


def test_chosen_option_alone_counts_after_the_consent(cast):
	complaint = explained(cast, remedy(1000), remedy(200, 1), remedy(60000, 2))
	assert remedies.to_be_given(complaint) == [complaint.remedies[0]]
	agreed = consent(complaint, cast, chosen_option=1)
	assert (agreed.workflow_state, agreed.total_remedy_amount) == ("Executing", 1200)
	assert [row.rate for row in remedies.to_be_given(agreed)] == [1000, 200]
	assert agreed.approved_by == cast["general_manager"]


def test_option_that_costs_nothing_can_be_chosen(cast):
	complaint = explained(cast, remedy(0, 1, "Exchange"), remedy(300, 2))
	assert consent(complaint, cast, chosen_option=1).total_remedy_amount == 0


def test_choice_is_asked_for_and_must_be_one_of_those_offered(cast):
	complaint = explained(cast, remedy(200, 1), remedy(300, 2))
	with as_user(cast["agent"]):
		asked = {field.fieldname for field in workflow_steps.asked_by(complaint, "Record Consent")}
	assert "chosen_option" in asked
	with pytest.raises(MissingInputError, match="Chosen Option"):
		consent(complaint, cast)
	with pytest.raises(PreconditionError, match="1, 2"):
		consent(complaint, cast, chosen_option=3)


def test_no_choice_is_asked_for_without_options(cast):
	complaint = explained(cast, remedy(200))
	with pytest.raises(FieldLockedError):
		consent(complaint, cast, chosen_option=1)
	assert consent(complaint, cast).workflow_state == "Executing"


def test_choice_is_not_changed_past_the_consent(cast):
	agreed = consent(explained(cast, remedy(200, 1), remedy(60000, 2)), cast, chosen_option=1)
	with as_user(cast["agent"]), pytest.raises(FieldLockedError):
		agreed = frappe.get_doc(COMPLAINT, agreed.name)
		agreed.chosen_option = 2
		agreed.save()


def test_new_round_offers_all_options_again(cast):
	complaint = explained(cast, remedy(200, 1), remedy(60000, 2))
	refused = press(
		complaint,
		"Record Refusal",
		cast["agent"],
		consent_on=now_datetime(),
		refusal_reason="Neither helps",
		**CONSENT,
	)
	assert not refused.chosen_option
	assert refused.total_remedy_amount == 60000


def test_option_in_a_foreign_currency_is_approved_by_the_highest_only(cast):
	"""A rate that somebody typed could bring any sum under a lower limit."""
	rows = [remedy(100, 1), remedy(10, 2, currency="USD", conversion_rate=7.1)]
	proposed = press(offered(cast, *rows), "Propose Solution", cast["coordinator"])
	assert proposed.total_remedy_amount == 100
	assert proposed.next_approver_role == "Complaint General Manager"
	approved = press(proposed, "Approve Solution", cast["general_manager"])
	assert consent(approved, cast, chosen_option=2).total_remedy_amount == 71


# What the counter decides


@pytest.fixture
def counter(cast: dict[str, str]) -> dict[str, Any]:
	"""A category whose counter decides below ten yuan, and a procedure that lets a first answer end the case."""
	category = frappe.get_doc(
		{
			"doctype": CATEGORY,
			"category_name": "Change of a Drink",
			"parent_complaint_category": frappe.db.get_value(CATEGORY, {"is_group": 1}),
			"counter_limit": 10,
			"below_limit_only": 1,
			"currency": "CNY",
			"above_limit_role": "Complaint Vice President",
			"above_limit_post": "Shop Supervisor",
		}
	).insert()
	severities = [
		{"severity": "Routine", "rank": 1, "definition": "A drink is changed", "requires_revisit": 0}
	]
	procedure = ladders.make_procedure(allows_direct_close=1, severities=severities, targets=[])
	return {"category": category.name, "procedure": procedure}


def at_the_counter(cast: dict[str, str], counter: dict[str, Any], *rows: dict[str, Any]) -> Document:
	with as_user(cast["agent"]):
		complaint = make_complaint(**counter)
	complaint = press(complaint, "Assess", cast["agent"])
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.set("remedies", list(rows))
		return complaint.save()


def close_with_answer(complaint: Document, cast: dict[str, str]) -> Document:
	return press(
		complaint,
		"Close with Answer",
		cast["agent"],
		answer_to_customer="We changed the drink at once",
		closing_summary="Changed",
		consent_on=now_datetime(),
		**CONSENT,
	)


def test_below_ten_yuan_the_counter_decides_alone(cast, counter):
	"""R-001E-05, R-000K-12: amount < 10 yuan: change it; answered at once, result and opinion recorded."""
	complaint = at_the_counter(cast, counter, remedy(9.99, kind="Exchange"))
	closed = close_with_answer(complaint, cast)
	assert (closed.workflow_state, closed.approved_by) == ("Closed", None)
	assert closed.consent_by == "Manager Wang"


@pytest.mark.parametrize("amounts", [(10,), (10.01,), (5, 5), (9.99, 0.01)])
def test_exactly_ten_yuan_is_not_below_and_names_the_supervisor(cast, counter, amounts):
	"""R-001E-05: otherwise report to the supervisor; splitting the amount does not help."""
	complaint = at_the_counter(cast, counter, *(remedy(amount, kind="Exchange") for amount in amounts))
	with pytest.raises(PreconditionError, match=r"Complaint Vice President \(Shop Supervisor\)"):
		close_with_answer(complaint, cast)


@pytest.mark.parametrize(("amount", "is_enough"), [(9.99, True), (10, False), (10.01, False)])
def test_above_the_counter_the_named_role_approves_at_least(cast, counter, amount, is_enough):
	"""R-001E-05: the department manager's own limit does not reach over what the category says."""
	proposed = press(
		_in_handling(cast, counter, remedy(amount, kind="Exchange")), "Propose Solution", cast["coordinator"]
	)
	with as_user("Administrator"):
		frappe.get_doc("User", cast["reviewer"]).add_roles("Complaint Department Manager")
	if is_enough:
		assert press(proposed, "Approve Solution", cast["reviewer"]).workflow_state == "With Customer"
		return
	assert proposed.next_approver_role == "Complaint Vice President"
	with pytest.raises(REFUSED):
		press(proposed, "Approve Solution", cast["reviewer"])
	with as_user(cast["reviewer"]), pytest.raises(REFUSED):
		remedies.check_authority(proposed)
	assert press(proposed, "Approve Solution", cast["vice_president"]).approved_by == cast["vice_president"]


def _in_handling(cast: dict[str, str], counter: dict[str, Any], row: dict[str, Any]) -> Document:
	complaint = cases.solved(cast, **counter)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.no_compensation = 0
		complaint.append("remedies", row)
		return complaint.save()


def test_counter_decides_nothing_in_a_foreign_currency(cast, counter):
	row = remedy(1, kind="Exchange", currency="USD", conversion_rate=7.1)
	complaint = at_the_counter(cast, counter, row)
	assert flt(complaint.total_remedy_amount) == 7.1
	with pytest.raises(PreconditionError):
		close_with_answer(complaint, cast)


def test_counter_says_nothing_where_its_amount_is_in_another_currency(cast, counter):
	frappe.db.set_value(CATEGORY, counter["category"], "currency", "USD")
	frappe.clear_document_cache(CATEGORY, counter["category"])
	complaint = at_the_counter(cast, counter, remedy(5, kind="Exchange"))
	with pytest.raises(PreconditionError):
		close_with_answer(complaint, cast)


def test_options_cannot_bring_a_sum_below_the_counters_amount(cast, counter):
	complaint = at_the_counter(cast, counter, remedy(5, 1, "Exchange"), remedy(20, 2))
	with pytest.raises(PreconditionError):
		close_with_answer(complaint, cast)


def test_dialog_shows_what_each_option_consists_of(cast):
	"""R-001F-01: the customer agrees to one of the options; the agent picks it by its words."""
	complaint = explained(cast, remedy(200, 1, description="In cash"), remedy(0, 2, "Exchange"))
	with as_user(cast["agent"]):
		fields = workflow_api.get_dialog_fields(COMPLAINT, complaint.name, "Record Consent")
	(choice,) = (field for field in fields if field["fieldname"] == "chosen_option")
	assert choice["options"].split("\n") == ["", "1", "2"]
	assert "1: Refund In cash" in choice["description"]
	assert consent(complaint, cast, chosen_option="2").chosen_option == 2
