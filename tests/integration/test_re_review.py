"""Rounds of re-review: a new plan, explained anew; reasons and plans of every round stay (R-000C-05 to R-000C-07)."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import COMPLAINT, PROCEDURE, RE_REVIEW_ROUND
from complaint_handling.exceptions import PreconditionError, TransitionRefusedError
from complaint_handling.services.workflow import system_steps
from complaint_handling.services.workflow.step_actors import PortalContact
from complaint_handling.services.workflow.system_steps import Evidence
from tests import factories
from tests.factories import as_user, employee_of, press
from tests.integration import cases, ladders

ANSWER = {"consent_by": "Manager Wang", "consent_method": "Telephone"}
FIRST_REASON = "Our line cannot wait a week"


def declined(cast: dict[str, str], reason: str = FIRST_REASON, **overrides: Any) -> Document:
	return decline(cases.with_customer(cast, **overrides), cast, reason)


def decline(complaint: Document, cast: dict[str, str], reason: str) -> Document:
	return press(
		complaint, "Record Refusal", cast["agent"], consent_on=now_datetime(), refusal_reason=reason, **ANSWER
	)


def resume(complaint: Document, user: str, **values: Any) -> Document:
	return press(complaint, "Resume Handling", user, re_review_opinion="Lend a spindle meanwhile", **values)


def revise(complaint: Document, cast: dict[str, str], text: str = "Lend a spindle") -> Document:
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		measure = factories.make_measure(employee_of(cast["handler"]), "Short-term", description=text)
		complaint.append("measures", measure)
		return complaint.save()


def approved_anew(complaint: Document, cast: dict[str, str]) -> Document:
	press(complaint, "Propose Solution", cast["coordinator"])
	return press(complaint, "Approve Solution", cast["general_manager"])


def consent(complaint: Document, cast: dict[str, str]) -> Document:
	return press(complaint, "Record Consent", cast["agent"], consent_on=now_datetime(), **ANSWER)


def rounds_of(complaint: Document) -> list[frappe._dict]:
	return frappe.get_all(RE_REVIEW_ROUND, {"complaint": complaint.name}, "*", order_by="round asc")


def test_plan_that_was_not_accepted_stays_readable_with_the_customers_reason(cast):
	"""R-000C-05: not satisfied opens the re-review; its row keeps plan and reason when the plan is replaced."""
	complaint = declined(cast, rate=800)
	(opened,) = rounds_of(complaint)
	assert (opened.round, opened.cause_of_round, opened.reason) == (1, "Solution Declined", FIRST_REASON)
	assert opened.opened_by == cast["agent"]
	assert "Bearing fitted without preload" in opened.previous_cause
	assert "Replace the spindle bearing" in opened.previous_measures
	assert "800.00" in opened.previous_remedies
	assert opened.previous_amount == 800
	resumed = resume(complaint, cast["reviewer"])
	with as_user(cast["coordinator"]):
		resumed = frappe.get_doc(COMPLAINT, resumed.name)
		resumed.cause = "Spindle bent in transport"
		resumed.save()
	(kept,) = rounds_of(complaint)
	assert (kept.previous_cause, kept.opinion) == (
		"Bearing fitted without preload",
		"Lend a spindle meanwhile",
	)
	assert kept.resumed_by == cast["reviewer"]


def test_same_plan_is_not_proposed_again(cast):
	"""R-000C-06: the reviewer has it revised or made anew; doing the measures meanwhile is no new plan."""
	resumed = resume(declined(cast), cast["reviewer"])
	with pytest.raises(PreconditionError, match="did not accept this plan"):
		press(resumed, "Propose Solution", cast["coordinator"])
	revised = revise(resumed, cast)
	assert press(revised, "Propose Solution", cast["coordinator"]).workflow_state == "Solution Proposed"


def test_plan_stays_where_the_reviewer_says_so_with_a_reason(cast):
	"""R-000C-06: re-assessed and found right; the opinion is the reason and stands in the round."""
	resumed = resume(declined(cast), cast["reviewer"], re_review_keeps_plan=1)
	assert press(resumed, "Propose Solution", cast["coordinator"]).workflow_state == "Solution Proposed"
	(row,) = rounds_of(resumed)
	assert (row.keeps_plan, row.opinion) == (1, "Lend a spindle meanwhile")


def test_word_of_the_reviewer_holds_for_one_round(cast):
	resumed = resume(declined(cast), cast["reviewer"], re_review_keeps_plan=1)
	again = decline(approved_anew(resumed, cast), cast, "Still too late")
	assert not again.re_review_keeps_plan
	resumed = resume(again, cast["vice_president"])
	with pytest.raises(PreconditionError, match="did not accept this plan"):
		press(resumed, "Propose Solution", cast["coordinator"])


def test_coordinator_cannot_let_the_plan_stay(cast):
	resumed = resume(declined(cast), cast["reviewer"])
	with as_user(cast["coordinator"]), pytest.raises(frappe.ValidationError):
		written = frappe.get_doc(COMPLAINT, resumed.name)
		written.re_review_keeps_plan = 1
		written.save()


def test_new_plan_is_explained_before_the_customer_agrees(cast):
	"""R-000C-07: the handler explains the new plan; an explanation of the old one does not pass for it."""
	complaint = cases.with_customer(cast)
	cases.explain(cast, complaint)
	resumed = resume(decline(complaint, cast, FIRST_REASON), cast["reviewer"])
	approved = approved_anew(revise(resumed, cast), cast)
	frappe.db.set_value(COMPLAINT, approved.name, "approved_on", add_to_date(now_datetime(), minutes=2))
	with pytest.raises(PreconditionError, match="not explained"):
		consent(approved, cast)
	frappe.db.set_value(COMPLAINT, approved.name, "approved_on", add_to_date(now_datetime(), minutes=-2))
	frappe.db.set_value(
		"Complaint Contact",
		{"complaint": approved.name, "purpose": "Solution Explained"},
		"contacted_on",
		add_to_date(now_datetime(), minutes=-10),
	)
	with pytest.raises(PreconditionError, match="not explained"):
		consent(approved, cast)
	cases.explain(cast, approved)
	assert consent(approved, cast).workflow_state == "Executing"
	assert rounds_of(approved)[0].new_plan_approved_on


def test_first_plan_needs_no_contact_of_its_own(cast):
	assert consent(cases.with_customer(cast), cast).workflow_state == "Executing"


def test_customer_who_answers_on_the_portal_has_read_the_new_plan(cast):
	resumed = resume(declined(cast), cast["reviewer"])
	approved = approved_anew(revise(resumed, cast), cast)
	user = frappe.get_doc(
		{"doctype": "User", "email": "li.wei@customer.example", "first_name": "Li", "send_welcome_email": 0}
	).insert(ignore_permissions=True)
	listing = frappe.get_doc("Customer", approved.customer)
	listing.append("portal_users", {"user": user.name})
	listing.save(ignore_permissions=True)
	with as_user(user.name):
		moved = system_steps.take_for(
			approved, "Executing", PortalContact(user.name), Evidence("answer of round 1")
		)
	assert moved.workflow_state == "Executing"


@pytest.mark.parametrize(("code", "rounds"), [("000-C", 1)])
def test_second_re_review_of_document_000_c_is_a_level_higher(cast, code, rounds):
	"""R-000C-07: still not satisfied: second re-review or a higher level; with two rounds, the third is."""
	procedure = frappe.get_doc(PROCEDURE, {"code": code, "docstatus": 1})
	assert procedure.maximum_re_review_rounds == rounds
	complaint = declined(cast, procedure=ladders.make_procedure(maximum_re_review_rounds=rounds))
	assert complaint.re_review_level == 1
	again = decline(
		approved_anew(revise(resume(complaint, cast["reviewer"]), cast), cast), cast, "Not enough"
	)
	assert (again.re_review_round, again.re_review_level) == (2, 2)
	with pytest.raises(TransitionRefusedError):
		resume(again, cast["reviewer"])
	assert resume(again, cast["vice_president"]).workflow_state == "In Handling"
	assert [row.reason for row in rounds_of(again)] == [FIRST_REASON, "Not enough"]


def test_rounds_are_kept_apart_by_why_they_were_opened(cast):
	"""R-000C-08: data to analyse: each round is a row that reports can count."""
	complaint = cases.awaiting_revisit(cast)
	press(complaint, "Request Re-review", cast["agent"], re_review_reason="It vibrates again")
	(row,) = rounds_of(complaint)
	assert (row.cause_of_round, row.reason) == ("Unsatisfied", "It vibrates again")


def test_nobody_writes_the_rounds_and_the_person_complained_about_reads_none(cast):
	complaint = declined(cast, complained_about_employee=employee_of(cast["reviewer"]))
	name = rounds_of(complaint)[0].name
	with as_user(cast["reviewer"]):
		assert not frappe.has_permission(RE_REVIEW_ROUND, "read", doc=name)
		assert name not in frappe.get_list(RE_REVIEW_ROUND, pluck="name", limit=0)
	with as_user(cast["general_manager"]):
		assert name in frappe.get_list(RE_REVIEW_ROUND, pluck="name", limit=0)
		row = frappe.get_doc(RE_REVIEW_ROUND, name)
		row.reason = "Nothing"
		with pytest.raises(frappe.PermissionError):
			row.save()
