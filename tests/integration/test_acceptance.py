"""The acceptance gate: the procedure's own checklist, who answered it and when, and a complaint that is not justified."""

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT, PROCEDURE
from complaint_handling.exceptions import FieldLockedError, MissingInputError, PreconditionError
from tests.factories import as_user, make_complaint, press

REASON = "Is the reason of the complaint sufficient?"
DEMAND = "Is the demand of the customer reasonable?"
REJECTION = {
	"not_justified_reason": "The seal was broken by the customer",
	"not_justified_evidence": "Photograph of the seal, report 12",
	"answer_to_customer": "Dear Manager Wang, …",
	"other_recourse": "Paid repair, consumer association",
}


@pytest.fixture
def complaint(cast: dict[str, str]) -> Document:
	"""A complaint of document 000-H, registered by the agent."""
	procedure = frappe.db.get_value(PROCEDURE, {"code": "000-H", "docstatus": 1})
	with as_user(cast["agent"]):
		return make_complaint(procedure=procedure, severity="Minor", handled_directly=1)


def answer(complaint: Document, user: str, **answers: str) -> Document:
	"""Answer questions by their words (`reason`, `demand`) as a user."""
	with as_user(user):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		for row in complaint.checks:
			given = {REASON: answers.get("reason"), DEMAND: answers.get("demand")}.get(row.question)
			row.answer = given or row.answer
		return complaint.save()


def row_of(complaint: Document, question: str) -> Document:
	return next(row for row in frappe.get_doc(COMPLAINT, complaint.name).checks if row.question == question)


def test_the_questions_are_the_procedures(complaint: Document) -> None:
	"""R-000H-03: reason sufficient and demand reasonable."""
	assert [row.question for row in complaint.checks if row.purpose == "Acceptance"] == [REASON, DEMAND]


def test_who_answered_and_when_stands_beside_the_answer(
	cast: dict[str, str], complaint: Document, frozen_time
) -> None:
	"""R-000H-03, R-000C-02: who decided, and when; each answer has its own."""
	frozen_time("2027-03-01 10:00:00")
	answer(complaint, cast["agent"], reason="Yes")
	frozen_time("2027-03-01 11:30:00")
	answer(complaint, cast["agent"], demand="Yes")
	first, other = row_of(complaint, REASON), row_of(complaint, DEMAND)
	assert (first.answered_by, get_datetime(first.answered_on)) == (
		cast["agent"],
		get_datetime("2027-03-01 10:00:00"),
	)
	assert get_datetime(other.answered_on) == get_datetime("2027-03-01 11:30:00")


def test_nobody_writes_another_name_beside_an_answer(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		for row in complaint.checks:
			row.update({"answer": "Yes", "answered_by": cast["general_manager"], "question": "Changed?"})
		complaint.save()
	row = row_of(complaint, REASON)
	assert row.answered_by == cast["agent"]


def test_handling_starts_when_every_question_is_answered_yes(
	cast: dict[str, str], complaint: Document
) -> None:
	"""R-000C-02: it goes on only if the complaint meets the company's standard."""
	press(complaint, "Assess", cast["agent"])
	with pytest.raises(PreconditionError, match="checklist of acceptance is not complete"):
		press(complaint, "Start Handling", cast["coordinator"])
	answer(complaint, cast["agent"], reason="Yes", demand="No")
	with pytest.raises(PreconditionError, match="does not pass the checklist"):
		press(complaint, "Start Handling", cast["coordinator"])
	answer(complaint, cast["agent"], demand="Yes")
	started = press(complaint, "Start Handling", cast["coordinator"])
	assert (started.workflow_state, started.justified) == ("In Handling", "Justified")


def test_not_justified_needs_reason_evidence_answer_and_recourse(
	cast: dict[str, str], complaint: Document
) -> None:
	"""R-000F-05, R-000H-03, R-001D-02: explained with evidence, answered, and told where else to turn."""
	press(complaint, "Assess", cast["agent"])
	answer(complaint, cast["agent"], reason="No", demand="Yes")
	for missing in REJECTION:
		values = {key: value for key, value in REJECTION.items() if key != missing}
		with pytest.raises(MissingInputError):
			press(complaint, "Declare Not Justified", cast["coordinator"], **values)
	rejected = press(complaint, "Declare Not Justified", cast["coordinator"], **REJECTION)
	assert (rejected.workflow_state, rejected.justified) == ("Not Justified", "Not Justified")
	closed = press(
		rejected, "Answer and Close", cast["coordinator"], answer_to_customer="Dear Manager Wang, …"
	)
	assert closed.workflow_state == "Closed"


def test_nobody_rejects_against_a_checklist_that_passes(cast: dict[str, str], complaint: Document) -> None:
	press(complaint, "Assess", cast["agent"])
	answer(complaint, cast["agent"], reason="Yes", demand="Yes")
	with pytest.raises(PreconditionError, match="No answer of the checklist"):
		press(complaint, "Declare Not Justified", cast["coordinator"], **REJECTION)


def test_a_rejected_complaint_is_reopened_and_accepted(cast: dict[str, str], complaint: Document) -> None:
	"""R-000F-05: what turns out justified after all goes its way; the first answer stays in the history."""
	press(complaint, "Assess", cast["agent"])
	answer(complaint, cast["agent"], reason="No", demand="Yes")
	press(complaint, "Declare Not Justified", cast["coordinator"], **REJECTION)
	reopened = press(complaint, "Reopen", cast["coordinator"], re_review_reason="The seal was faulty")
	assert (reopened.workflow_state, reopened.justified) == ("Assessed", "Undecided")
	answer(complaint, cast["agent"], reason="Yes")
	assert press(complaint, "Start Handling", cast["coordinator"]).workflow_state == "In Handling"


def test_the_questions_are_frozen_once_assessed(cast: dict[str, str], complaint: Document) -> None:
	press(complaint, "Assess", cast["agent"])
	with as_user(cast["agent"]), pytest.raises(FieldLockedError):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.set("checks", complaint.checks[:1])
		complaint.save()


def test_an_answer_is_proposed_from_the_reason(cast: dict[str, str], complaint: Document) -> None:
	"""R-000F-05: explain and show evidence; the other recourse is named."""
	with as_user(cast["coordinator"]):
		text = intake.propose_rejection(complaint.name, "Seal broken", "Report 12", "Paid repair")
	assert text.startswith("Dear Manager Wang,")
	assert all(part in text for part in (complaint.name, "Seal broken", "Report 12", "Paid repair"))
