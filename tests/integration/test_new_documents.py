"""What a new document may bring along: nothing that a later step asks for, whatever the request or the copy says."""

from decimal import Decimal
from typing import Any

import pytest

import frappe
from frappe.utils import now_datetime

from complaint_handling.constants import CATEGORY, COMPLAINT, SLIP
from complaint_handling.patches.v0_2 import complete_complaint_workflow
from complaint_handling.services import playbooks
from tests.factories import as_user, make_complaint, make_slip
from tests.integration import cases, ladders

LATER: dict[str, Any] = {
	"chosen_option": 1,
	"remedies": [{"remedy_type": "Refund", "quantity": 1, "rate": 100, "option_number": 1}],
	"no_compensation": 1,
	"consent_by": "Nobody",
	"consent_on": "2026-03-02 10:00:00",
	"signature_result": "Signed",
	"written_answer_on": "2026-03-02",
	"closing_summary": "Done before it began",
	"not_justified_reason": "Decided beforehand",
}
QUESTION = {"purpose": "Acceptance", "question": "Is the reason sufficient?", "is_required": 1}


def test_a_new_complaint_brings_no_answer_of_a_later_step(cast):
	with as_user(cast["agent"]):
		complaint = make_complaint(handled_directly=1, **LATER)
	stored = frappe.get_doc(COMPLAINT, complaint.name)
	assert {name: stored.get(name) for name in LATER if stored.get(name)} == {}


def test_a_new_slip_brings_neither_opinion_nor_report(cast):
	"""R-000K-17: the opinion from above is asked for, not brought along."""
	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]):
		slip = make_slip(
			complaint,
			frappe.db.get_value("Employee", {"user_id": cast["handler"]}, "department"),
			higher_instruction="Go on",
			finding="Found beforehand",
			cause="Known beforehand",
		)
	stored = frappe.get_doc(SLIP, slip.name)
	assert (stored.higher_instruction, stored.finding, stored.cause) == (None, None, None)


def test_a_copy_carries_no_decision_of_another_case(cast):
	with as_user(cast["agent"]):
		complaint = make_complaint(
			receipt_time=now_datetime(), payment_kind="Cash", widespread="No", widespread_reason="One machine"
		)
		copy = frappe.copy_doc(frappe.get_doc(COMPLAINT, complaint.name), ignore_no_copy=False)
	assert (copy.receipt_time, copy.payment_kind, copy.widespread, copy.checks) == (None, None, None, [])


def test_nobody_makes_a_required_question_optional(cast):
	"""R-000H-03: the questions are the procedure's, only the answers are the assessor's."""
	procedure = ladders.make_procedure(checks=[QUESTION])
	with as_user(cast["agent"]):
		complaint = make_complaint(
			procedure=procedure, checks=[{**QUESTION, "is_required": 0, "answer": "Yes"}]
		)
	row = frappe.get_doc(COMPLAINT, complaint.name).checks[0]
	assert (row.is_required, row.answer) == (1, "Yes")


@pytest.mark.parametrize(("amount", "decides"), [("9.99", True), ("10", True), ("10.01", False)])
def test_the_counter_decides_up_to_its_amount_whoever_stands_above(amount, decides):
	"""R-001E-05: a category that names nobody above the counter gives it no free hand."""
	category = frappe.get_doc(
		{"doctype": CATEGORY, "category_name": "Test Counter", "counter_limit": 10, "currency": "CNY"}
	).insert()
	category.db_set({"below_limit_only": 0, "above_limit_role": None})
	assert playbooks.counter_decides(category.name, Decimal(amount)) is decides


def test_patch_completes_the_workflow_of_existing_sites_and_keeps_what_was_made_of_it():
	"""R-000H-06: a site of 0.1 had neither the endorsement nor the ways to close at once."""
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	steps = _steps(workflow)
	new = {"Archive Imported Complaint", "Close with Answer", "Endorse Solution"}
	workflow.set(
		"transitions",
		[
			row
			for row in workflow.transitions
			if row.action not in new
			and row.state != "Solution Endorsed"
			and (row.state, row.action, row.allowed)
			not in {
				("Solution Proposed", "Send Back", "Quality Manager"),
				("Solution Proposed", "Send Back", "Complaint Reviewer"),
			}
		],
	)
	workflow.set("states", [row for row in workflow.states if row.state != "Solution Endorsed"])
	for row in workflow.transitions:
		if row.condition and row.condition.startswith("not doc.needs_endorsement"):
			row.condition = row.condition.removeprefix("not doc.needs_endorsement").removeprefix(" and ")
	workflow.save()
	assert _steps(workflow) < steps or _steps(workflow) != steps
	for _time in range(2):
		complete_complaint_workflow.execute()
		workflow.reload()
		assert _steps(workflow) == steps
		assert len(workflow.transitions) == len(steps)


def _steps(workflow) -> set[tuple]:
	return {
		(row.state, row.action, row.next_state, row.allowed, row.condition or None)
		for row in workflow.transitions
	}
