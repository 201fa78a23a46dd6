"""Steps at which no person is at a button: whose right counts, what is written, what is refused (R-000C-05)."""

import json

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import get_fullname, now_datetime

from complaint_handling.constants import COMPLAINT, REVISIT, SYSTEM_USER
from complaint_handling.exceptions import MissingInputError, PreconditionError, TransitionRefusedError
from complaint_handling.jobs import solutions
from complaint_handling.services.access.portal_customers import customers_of
from complaint_handling.services.staff import people
from complaint_handling.services.workflow import system_steps
from complaint_handling.services.workflow.step_actors import (
	REOPEN_UNSATISFIED,
	Job,
	PortalContact,
	RevisitAnswer,
)
from complaint_handling.services.workflow.system_steps import Evidence
from complaint_handling.setup import system_user
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

ANSWER = Evidence("answer-1", "Accepted on the portal")
UNSATISFIED_ANSWER = {
	"method": "Telephone",
	"contacted_person": "Manager Wang",
	"satisfaction_with_result": "Unsatisfied",
	"satisfaction_with_process": "Neutral",
	"comments": "The machine still vibrates",
}


def portal_user(email: str, customer: str | None, by_contact: bool = False) -> str:
	"""Return a user of the website who speaks for a customer, by its list of portal users or by a Contact."""
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": email.split("@")[0].title(),
			"send_welcome_email": 0,
			"user_type": "Website User",
		}
	).insert(ignore_permissions=True)
	if not customer:
		return user.name
	if by_contact:
		contact = frappe.get_doc({"doctype": "Contact", "first_name": email, "user": user.name})
		contact.append("links", {"link_doctype": "Customer", "link_name": customer})
		contact.insert(ignore_permissions=True)
		return user.name
	listing = frappe.get_doc("Customer", customer)
	listing.append("portal_users", {"user": user.name})
	listing.save(ignore_permissions=True)
	return user.name


def records_of(doc: Document) -> list[str]:
	filters = {"reference_name": doc.name, "owner": SYSTEM_USER, "comment_type": "Info"}
	return frappe.get_all("Comment", filters=filters, pluck="content")


def accept(complaint: Document, user: str, evidence: Evidence = ANSWER, **values: object) -> Document:
	with as_user(user):
		return system_steps.take_for(complaint, "Executing", PortalContact(user), evidence, values)


def state_of(complaint: Document) -> str:
	return frappe.db.get_value(COMPLAINT, complaint.name, "workflow_state")


def versions_of(complaint: Document) -> list[dict]:
	rows = frappe.get_all("Version", filters={"docname": complaint.name}, pluck="data")
	return [json.loads(row) for row in rows]


@pytest.mark.parametrize("by_contact", [False, True])
def test_customer_accepts_on_the_portal(cast, by_contact):
	"""The Customer role writes nothing of the app: the step is the system's, the answer the contact's."""
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer, by_contact)
	with as_user(user):
		assert not frappe.has_permission(COMPLAINT, "write", doc=complaint.name)
	moved = accept(complaint, user)
	assert (moved.workflow_state, moved.consent_method) == ("Executing", "Customer Portal")
	assert moved.consent_by == get_fullname(user)
	assert moved.modified_by == SYSTEM_USER
	(record,) = records_of(complaint)
	assert user in record
	assert "Accepted on the portal" in record
	assert frappe.session.user == "Administrator"


def test_customer_declines_on_the_portal_and_the_reason_is_kept(cast):
	"""R-000C-05: not satisfied opens the re-review, also where no agent is at a button."""
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	with as_user(user):
		moved = system_steps.take_for(
			complaint, "Re-review", PortalContact(user), ANSWER, {"refusal_reason": "Too late for our line"}
		)
	assert (moved.workflow_state, moved.re_review_round) == ("Re-review", 1)
	assert moved.refusal_reason == "Too late for our line"


def test_what_a_customer_is_known_to_have_answered_is_not_taken_from_the_request(cast):
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	moved = accept(complaint, user, consent_by="Somebody else", consent_on="2020-01-01 00:00:00")
	assert moved.consent_by == get_fullname(user)
	assert frappe.utils.getdate(moved.consent_on) == frappe.utils.getdate(now_datetime())


def test_portal_user_of_another_customer_is_refused_and_learns_nothing(cast):
	complaint = cases.with_customer(cast)
	stranger = portal_user("mallory@other.example", factories.make_customer("Another Customer"))
	with pytest.raises(TransitionRefusedError):
		accept(complaint, stranger)
	assert state_of(complaint) == "With Customer"
	assert records_of(complaint) == []
	own = portal_user("li.wei@customer.example", complaint.customer)
	accept(complaint, own)
	with pytest.raises(TransitionRefusedError):
		accept(complaint, stranger)


def test_nobody_answers_in_the_name_of_another_portal_user(cast):
	complaint = cases.with_customer(cast)
	own = portal_user("li.wei@customer.example", complaint.customer)
	other = portal_user("mallory@other.example", None)
	with as_user(other), pytest.raises(TransitionRefusedError):
		system_steps.take_for(complaint, "Executing", PortalContact(own), ANSWER)
	with as_user("Guest"), pytest.raises(TransitionRefusedError):
		system_steps.take_for(complaint, "Executing", PortalContact("Guest"), ANSWER)
	assert state_of(complaint) == "With Customer"


@pytest.mark.parametrize("state", ["Closed", "Cancelled", "Not Justified", "In Handling"])
def test_portal_user_takes_no_other_step(cast, state):
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	with as_user(user), pytest.raises(TransitionRefusedError):
		system_steps.take_for(complaint, state, PortalContact(user), ANSWER)
	proposed = cases.proposed(cast)
	with pytest.raises(TransitionRefusedError):
		accept(proposed, user)


def test_answer_sent_twice_is_taken_once(cast):
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	first = accept(complaint, user)
	second = accept(complaint, user)
	assert frappe.utils.get_datetime(second.modified) == frappe.utils.get_datetime(first.modified)
	assert len(records_of(complaint)) == 1


def test_old_answer_does_not_count_for_a_later_round(cast):
	"""R-000C-07: the new plan is answered anew; the message of the first round says nothing about it."""
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	with as_user(user):
		system_steps.take_for(
			complaint, "Re-review", PortalContact(user), ANSWER, {"refusal_reason": "Too late"}
		)
	frappe.db.set_value(COMPLAINT, complaint.name, "workflow_state", "With Customer")
	with as_user(user):
		again = system_steps.take_for(
			complaint, "Re-review", PortalContact(user), ANSWER, {"refusal_reason": "Too late"}
		)
	assert (again.workflow_state, again.re_review_round) == ("With Customer", 1)


def test_refused_step_leaves_nothing_half_written_and_the_session_as_it_was(cast):
	"""Measures that are gone break an invariant of Executing after the state was set."""
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	frappe.db.delete("Complaint Measure", {"parent": complaint.name})
	frappe.clear_document_cache(COMPLAINT, complaint.name)
	before = frappe.db.get_value(COMPLAINT, complaint.name, "*", as_dict=True)
	versions = len(versions_of(complaint))
	with as_user(user):
		frappe.local.form_dict = frappe._dict(page="answer")
		session = (frappe.session.user, frappe.session.sid, frappe.session.data)
		with pytest.raises(PreconditionError):
			system_steps.take_for(complaint, "Executing", PortalContact(user), ANSWER)
		assert (frappe.session.user, frappe.session.sid, frappe.session.data) == session
		assert frappe.local.form_dict.page == "answer"
	assert frappe.db.get_value(COMPLAINT, complaint.name, "*", as_dict=True) == before
	assert len(versions_of(complaint)) == versions
	assert records_of(complaint) == []


def test_reason_is_asked_of_a_customer_too(cast):
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	with as_user(user), pytest.raises(MissingInputError):
		system_steps.take_for(complaint, "Re-review", PortalContact(user), ANSWER)


def test_step_is_found_by_its_target_where_an_administrator_renamed_the_button(cast):
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	renamed = frappe.get_doc(
		{"doctype": "Workflow Action Master", "workflow_action_name": "Customer Said Yes"}
	).insert()
	for row in workflow.transitions:
		if row.action == "Record Consent":
			row.action = renamed.name
	workflow.save()
	complaint = cases.with_customer(cast)
	user = portal_user("li.wei@customer.example", complaint.customer)
	assert accept(complaint, user).workflow_state == "Executing"


def unsatisfied_revisit(cast: dict[str, str], user: str) -> tuple[Document, Document]:
	complaint = cases.awaiting_revisit(cast)
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	revisit = press(revisit, "Complete Revisit", user, revisited_on=now_datetime(), **UNSATISFIED_ANSWER)
	return frappe.get_doc(COMPLAINT, complaint.name), revisit


@pytest.fixture
def call_centre(cast: dict[str, str]):
	"""A user of a role of the company's own, who completes revisits and has no button on complaints."""
	role = frappe.get_doc({"doctype": "Role", "role_name": "Call Centre", "desk_access": 1}).insert().name
	from frappe.permissions import add_permission, update_permission_property

	for doctype in (REVISIT, COMPLAINT, "Complaint Procedure"):
		add_permission(doctype, role)
	for permission in ("write", "submit"):
		update_permission_property(REVISIT, role, 0, permission, 1)
	workflow = frappe.get_doc("Workflow", {"document_type": REVISIT})
	for row in workflow.transitions:
		if row.next_state == "Completed":
			row.allowed = role
	workflow.save()
	yield factories.make_user("test.call.centre@example.com", role)
	for doctype in (REVISIT, COMPLAINT, "Complaint Procedure"):
		frappe.clear_cache(doctype=doctype)


def test_unsatisfied_answer_reopens_though_the_asker_has_no_such_button(cast, call_centre):
	"""R-000C-05: the customer's answer counts, whoever asked; the asker stands in the timeline."""
	complaint, revisit = unsatisfied_revisit(cast, call_centre)
	assert (complaint.workflow_state, complaint.re_review_round) == ("Re-review", 1)
	assert complaint.re_review_reason == "The machine still vibrates"
	(record,) = records_of(complaint)
	assert revisit.name in record
	assert get_fullname(call_centre) in record


def test_answer_is_kept_where_the_step_is_refused_and_the_job_takes_it_later(cast, call_centre):
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	allowed = {}
	for row in workflow.transitions:
		if (row.state, row.next_state) == ("Awaiting Revisit", "Re-review"):
			allowed[row.name] = row.allowed
			row.allowed = "Complaint General Manager"
	workflow.save()
	complaint, revisit = unsatisfied_revisit(cast, call_centre)
	assert (revisit.docstatus, complaint.satisfaction_with_result) == (1, "Unsatisfied")
	assert complaint.workflow_state == "Awaiting Revisit"
	solutions.reopen_unsatisfied_cases()
	assert state_of(complaint) == "Awaiting Revisit"

	for row in workflow.transitions:
		row.allowed = allowed.get(row.name, row.allowed)
	workflow.save()
	solutions.reopen_unsatisfied_cases()
	solutions.reopen_unsatisfied_cases()
	complaint.reload()
	assert (complaint.workflow_state, complaint.re_review_round) == ("Re-review", 1)
	(record,) = records_of(complaint)
	assert REOPEN_UNSATISFIED in record


def test_job_takes_only_what_it_is_listed_for(cast):
	complaint = cases.awaiting_revisit(cast)
	for job, state in ((REOPEN_UNSATISFIED, "Closed"), ("another_job", "Re-review")):
		with pytest.raises(TransitionRefusedError):
			system_steps.take_for(
				complaint, state, Job(job), Evidence("run-1"), {"re_review_reason": "Because"}
			)
	assert state_of(complaint) == "Awaiting Revisit"


def test_answer_of_another_case_or_a_draft_reopens_nothing(cast):
	complaint = cases.awaiting_revisit(cast)
	other, revisit = unsatisfied_revisit(cast, cast["agent"])
	draft = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	assert other.workflow_state == "Re-review"
	for name in (revisit.name, draft.name):
		with pytest.raises(TransitionRefusedError):
			system_steps.take_for(
				complaint, "Re-review", RevisitAnswer(name), Evidence(name), {"re_review_reason": "Because"}
			)


def test_system_user_cannot_log_in_and_is_nobody_to_assign_or_notify():
	user = frappe.get_doc("User", SYSTEM_USER)
	assert not user.enabled
	assert {row.role for row in user.roles} == set(system_user.ROLES)
	for role in system_user.ROLES:
		assert SYSTEM_USER not in people.holders_of(role)
	assert not frappe.db.exists("Contact", {"email_id": SYSTEM_USER})
	before = user.modified
	system_user.create_system_user()
	assert frappe.db.get_value("User", SYSTEM_USER, "modified") == before


def test_guest_speaks_for_no_customer():
	assert customers_of("Guest") == frozenset()
