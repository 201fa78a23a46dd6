"""A first answer at once, where the agent can (R-000K-12, R-001E-01, R-003A-15), and who counts as the customer."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT, CONTACT, MILESTONE, PROCEDURE
from complaint_handling.exceptions import PreconditionError, TransitionRefusedError
from tests import factories
from tests.factories import as_user, make_complaint

CONSENT = {
	"consent_by": "Guest at the counter",
	"consent_method": "Face to Face",
	"closing_summary": "Apologised, the guest waited",
}


def procedure(code: str) -> str:
	return frappe.db.get_value(PROCEDURE, {"code": code, "docstatus": 1})


@pytest.fixture
def queue(cast: dict[str, str]) -> Document:
	"""A guest who waits in the queue (document 001, restaurant)."""
	with as_user(cast["agent"]):
		return make_complaint(
			procedure=procedure("001-E"),
			category="Waiting in the Queue to Order",
			severity="At the Counter",
			channel="On the Spot",
			items=[],
		)


def contacts(complaint: Document) -> list[dict]:
	return frappe.get_all(
		CONTACT, {"complaint": complaint.name}, ["purpose", "direction", "party", "contacted_by", "summary"]
	)


def test_a_guest_in_the_queue_is_answered_and_the_case_closed(cast: dict[str, str], queue: Document) -> None:
	"""R-001E-01: a sign with the hand and an apology end it; R-000K-12: result and customer's opinion recorded."""
	with as_user(cast["agent"]):
		assert intake.answer_at_once(queue.name, "Just a moment please.", "On the Spot", CONSENT) == "Closed"
	queue.reload()
	assert (queue.answer_to_customer, queue.consent_by) == ("Just a moment please.", "Guest at the counter")
	assert queue.assessed_by == queue.closed_by == cast["agent"]
	assert contacts(queue) == [
		{
			"purpose": "First Answer",
			"direction": "Outgoing",
			"party": "Customer",
			"contacted_by": cast["agent"],
			"summary": "Just a moment please.",
		}
	]
	assert queue.first_answer_on


def test_a_direct_answer_to_a_direct_user(cast: dict[str, str]) -> None:
	"""R-003A-15: can answer at once → answer; the mildest severity needs no revisit then."""
	with as_user(cast["agent"]):
		complaint = make_complaint(procedure=procedure("003-A"), severity="Minor")
		assert complaint.may_close_with_answer
		state = intake.answer_at_once(complaint.name, "It is delivered on Friday.", "Telephone", CONSENT)
	assert state == "Closed"
	open_clocks = {"complaint": complaint.name, "state": ("in", ("On Track", "Due Soon", "Overdue"))}
	assert not frappe.get_all(MILESTONE, open_clocks, pluck="stage")


def test_without_consent_the_case_goes_on(cast: dict[str, str], queue: Document) -> None:
	with as_user(cast["agent"]):
		assert intake.answer_at_once(queue.name, "I ask my supervisor.", "On the Spot") == "Assessed"
	assert [row.purpose for row in contacts(queue)] == ["First Answer"]


@pytest.mark.parametrize(
	("code", "severity"), [("003-A", "Major"), ("004-A", "Routine"), ("002-A", "Serious")]
)
def test_a_grave_case_is_not_closed_with_the_first_answer(
	cast: dict[str, str], code: str, severity: str
) -> None:
	"""Neither where the procedure does not allow it, nor where the severity requires 8D or a revisit."""
	with as_user(cast["agent"]):
		complaint = make_complaint(procedure=procedure(code), severity=severity)
		assert not complaint.may_close_with_answer
		with pytest.raises((TransitionRefusedError, PreconditionError)):
			intake.answer_at_once(complaint.name, "We look into it.", "Telephone", CONSENT)


def test_remedies_above_the_counter_are_not_given_at_once(cast: dict[str, str]) -> None:
	"""R-001E-05: below 10 the counter decides, 10 is for the supervisor."""
	with as_user(cast["agent"]):
		for rate, state in ((9.9, "Closed"), (10, None)):
			complaint = make_complaint(
				procedure=procedure("001-E"),
				category="Wants Another Drink after Ordering",
				severity="At the Counter",
				channel="On the Spot",
				items=[],
			)
			complaint = factories.press(complaint, "Assess", cast["agent"])
			complaint.append("remedies", {"remedy_type": "Exchange", "quantity": 1, "rate": rate})
			complaint.save()
			if state:
				assert intake.answer_at_once(complaint.name, "I change it.", "On the Spot", CONSENT) == state
			else:
				with pytest.raises(PreconditionError, match="approval"):
					intake.answer_at_once(complaint.name, "I change it.", "On the Spot", CONSENT)


def test_what_is_handled_already_is_not_answered_at_once(cast: dict[str, str]) -> None:
	from tests.integration import cases

	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]), pytest.raises(PreconditionError, match="has started"):
		intake.answer_at_once(complaint.name, "We look into it.", "Telephone")


def contact(complaint: Document, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": CONTACT,
			"complaint": complaint.name,
			"channel": "Telephone",
			"purpose": "First Answer",
			"summary": "Said what happened",
			**values,
		}
	).insert()


@pytest.mark.parametrize("party", ["Employee", "Witness", "Department", "Authority"])
@pytest.mark.parametrize("purpose", ["Statement", "First Answer", "Acknowledgement"])
def test_a_party_that_is_heard_informs_no_customer(cast: dict[str, str], party: str, purpose: str) -> None:
	"""R-000B-04, R-000C-03: statements of the persons involved are kept with the case; no clock takes them for an answer."""
	with as_user(cast["agent"]):
		complaint = make_complaint()
		employee = factories.employee_of(cast["handler"]) if party == "Employee" else None
		contact(complaint, party=party, purpose=purpose, employee=employee)
		stamps = frappe.db.get_value(COMPLAINT, complaint.name, ["first_answer_on", "last_informed_on"])
		assert stamps == (None, None)
		contact(complaint, party="Customer", summary="Told the customer")
	assert frappe.db.get_value(COMPLAINT, complaint.name, "first_answer_on")


def test_a_partner_store_is_answered_as_the_customer(cast: dict[str, str]) -> None:
	"""R-003B-01: the complaint of a partner store is answered to the store."""
	with as_user(cast["agent"]):
		complaint = make_complaint()
		contact(complaint, party="Partner Store")
	assert frappe.db.get_value(COMPLAINT, complaint.name, "first_answer_on")


def test_an_employee_complained_about_is_heard_and_reads_nothing(cast: dict[str, str]) -> None:
	"""R-000C-03: the related parties are heard; who is complained about makes a statement without seeing the case."""
	employee = factories.employee_of(cast["handler"])
	with as_user(cast["agent"]):
		complaint = make_complaint(complained_about_employee=employee)
		statement = contact(
			complaint, party="Employee", employee=employee, purpose="Statement", direction="Incoming"
		)
	with as_user(cast["handler"]):
		assert not frappe.has_permission(CONTACT, "read", doc=statement.name)
		assert not frappe.has_permission(COMPLAINT, "read", doc=complaint.name)
		assert statement.name not in frappe.get_list(CONTACT, pluck="name")


@pytest.mark.parametrize(
	("values", "said"),
	[
		({"party": "Employee"}, "The employee is missing"),
		({"party": "Witness", "waits_for_customer": 1}, "belong to a contact with the customer"),
	],
)
def test_what_makes_no_sense_is_refused(cast: dict[str, str], values: dict, said: str) -> None:
	with as_user(cast["agent"]), pytest.raises(frappe.ValidationError, match=said):
		contact(make_complaint(), purpose="Statement", **values)
