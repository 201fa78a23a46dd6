"""What a procedure wants before the close: records, the written answer, the signature, nobody's own approval."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime, today

from complaint_handling.api import workflow as workflow_api
from complaint_handling.constants import COMPLAINT, EVALUATION, REVISIT
from complaint_handling.exceptions import PreconditionError, SelfApprovalError
from complaint_handling.services.solution import closing
from tests.factories import as_user, employee_of, make_complaint, press
from tests.integration import cases, ladders

ANSWER = {"consent_by": "Manager Wang"}
REQUIREMENTS = {
	"Evaluation": {},
	"Accountability": {"responsible_parties": [{"finding": "Preload left open", "share": 100}]},
	"Improvement Proposal": {"improvements": [{"proposal": "State the preload", "due_on": "2027-01-31"}]},
	"Training Record": {"trainings": [{"topic": "Preload of bearings", "held_on": "2026-11-20"}]},
	"Standardisation": {
		"document_changes": [
			{
				"document_type": "Work Instruction",
				"document_reference": "WI-104",
				"issued_at_site_on": "2026-11-20",
			}
		]
	},
	"Archive": {"archive_reference": "A-2026-117"},
}


def needing(*requirements: str, severity: str | None = None) -> str:
	rows = [{"requirement": requirement, "severity": severity} for requirement in requirements]
	return ladders.make_procedure(closing_requirements=rows)


def ready_to_close(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint whose customer was satisfied at the revisit."""
	complaint = cases.awaiting_revisit(cast, **overrides)
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	press(
		revisit,
		"Complete Revisit",
		cast["coordinator"],
		method="Telephone",
		revisited_on=now_datetime(),
		contacted_person="Manager Wang",
		satisfaction_with_result="Satisfied",
		satisfaction_with_process="Satisfied",
	)
	return frappe.get_doc(COMPLAINT, complaint.name)


def close(complaint: Document, cast: dict[str, str]) -> Document:
	return press(complaint, "Close Complaint", cast["coordinator"], closing_summary="Bearing replaced")


def evaluate(complaint: Document, cast: dict[str, str], **values: Any) -> Document:
	doc = {"doctype": EVALUATION, "complaint": complaint.name, "summary": "Done", "handling_quality": "Good"}
	for table in ("responsible_parties", "improvements"):
		fieldname = "employee" if table == "responsible_parties" else "responsible_employee"
		for row in values.get(table, ()):
			row.setdefault(fieldname, employee_of(cast["handler"]))
	with as_user(cast["quality_manager"]):
		made = frappe.get_doc({**doc, **values}).insert()
		made.submit()
		return made


def test_each_requirement_is_asked_for_and_met_by_its_record(cast):
	"""R-000E-10, R-000H-08, R-001B-01: evaluation, accountability, improvement, training, standard, archive."""
	complaint = ready_to_close(cast, procedure=needing(*REQUIREMENTS))
	with pytest.raises(PreconditionError) as refused:
		close(complaint, cast)
	for requirement in REQUIREMENTS:
		assert requirement in str(refused.value)
	records: dict[str, Any] = {}
	for values in REQUIREMENTS.values():
		records.update(values)
	evaluate(complaint, cast, **records)
	assert close(complaint, cast).workflow_state == "Closed"


def test_draft_is_no_record_and_the_missing_one_is_named(cast):
	"""R-001B-01: archive before the close."""
	complaint = ready_to_close(cast, procedure=needing("Evaluation", "Archive"))
	with as_user(cast["coordinator"]):
		draft = frappe.get_doc(
			{
				"doctype": EVALUATION,
				"complaint": complaint.name,
				"summary": "Done",
				"handling_quality": "Good",
			}
		).insert()
		with pytest.raises(PreconditionError, match="Evaluation"):
			close(complaint, cast)
		draft.submit()
	with pytest.raises(PreconditionError, match="Archive"):
		close(complaint, cast)
	with as_user(cast["coordinator"]):
		archived = frappe.get_doc(EVALUATION, draft.name)
		archived.archive_reference = "A-2026-117"
		archived.save()
	assert str(archived.archived_on) == today()
	assert close(complaint, cast).workflow_state == "Closed"


def test_changed_standard_counts_once_it_is_issued_where_the_work_is_done(cast):
	"""R-001B-01, R-001C-07: standardisation; a document that was only changed is not at the site."""
	complaint = ready_to_close(cast, procedure=needing("Standardisation"))
	change = {"document_type": "Work Instruction", "document_reference": "WI-104", "changed_on": "2026-11-19"}
	doc = evaluate(complaint, cast, document_changes=[change])
	with pytest.raises(PreconditionError, match="Standardisation"):
		close(complaint, cast)
	with as_user(cast["quality_manager"]):
		doc = frappe.get_doc(EVALUATION, doc.name)
		doc.document_changes[0].issued_at_site_on = today()
		doc.save()
	assert close(complaint, cast).workflow_state == "Closed"


def test_requirement_of_one_severity_is_not_asked_of_another(cast):
	routine = cases.in_handling(cast, procedure=needing("Archive", severity="Urgent"))
	procedure = frappe.get_doc("Complaint Procedure", routine.procedure)
	assert closing.missing_records(routine, procedure) == ()
	routine.severity = "Urgent"
	assert closing.missing_records(routine, procedure) == ("Archive",)


def test_written_complaint_is_closed_once_the_company_letter_is_sent(cast):
	"""R-000K-19: a written complaint is answered in writing in the company's name."""
	procedure = ladders.make_procedure(written_answer_to_written=1)
	complaint = ready_to_close(cast, procedure=procedure, complaint_form="Written")
	with pytest.raises(PreconditionError, match="company's name"):
		close(complaint, cast)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.update({"written_answer_on": today(), "written_answer_reference": "L-2026-31"})
		complaint.save()
	assert close(complaint, cast).workflow_state == "Closed"


@pytest.mark.parametrize(("form", "rule"), [("Oral", 1), ("Written", 0)])
def test_letter_is_asked_for_written_complaints_of_such_procedures_only(cast, form, rule):
	"""R-000K-19."""
	procedure = ladders.make_procedure(written_answer_to_written=rule)
	complaint = ready_to_close(cast, procedure=procedure, complaint_form=form)
	assert close(complaint, cast).workflow_state == "Closed"


def agreed(cast: dict[str, str], rule: int, **values: Any) -> Document:
	procedure = ladders.make_procedure(signature_face_to_face=rule)
	complaint = cases.with_customer(cast, procedure=procedure)
	values = {"consent_method": "Face to Face", **values}
	return press(complaint, "Record Consent", cast["agent"], consent_on=now_datetime(), **ANSWER, **values)


@pytest.mark.parametrize(
	("values", "is_complete"),
	[
		({}, False),
		({"signature_result": "Signed"}, True),
		({"signature_result": "Refused"}, False),
		({"signature_result": "Refused", "signature_witness": "Li Wei, shop supervisor"}, True),
		({"consent_method": "Telephone"}, True),
	],
)
def test_customer_signs_an_answer_given_face_to_face(cast, values, is_complete):
	"""R-000K-20: signature, or its refusal with a witness; by telephone there is nothing to sign."""
	if is_complete:
		assert agreed(cast, 1, **values).workflow_state == "Executing"
	else:
		with pytest.raises(PreconditionError, match="face to face"):
			agreed(cast, 1, **values)


def test_dialog_asks_for_the_signature_where_the_procedure_wants_it(cast):
	"""R-000K-20: and shows it for an answer face to face only."""
	complaint = cases.with_customer(cast, procedure=ladders.make_procedure(signature_face_to_face=1))
	plain = cases.with_customer(cast, procedure=ladders.make_procedure(signature_face_to_face=0))
	with as_user(cast["agent"]):
		fields = workflow_api.get_dialog_fields(COMPLAINT, complaint.name, "Record Consent")
		shown = {field["fieldname"]: field for field in fields}
		assert "Face to Face" in shown["signature_result"]["depends_on"]
		fields = workflow_api.get_dialog_fields(COMPLAINT, plain.name, "Record Consent")
	assert "signature_result" not in {field["fieldname"] for field in fields}


def test_case_is_not_closed_with_a_first_answer_by_the_person_it_is_about(cast):
	procedure = ladders.make_procedure(
		allows_direct_close=1,
		severities=[
			{"severity": "Routine", "rank": 1, "definition": "A word of regret", "requires_revisit": 0}
		],
		targets=[],
	)
	with as_user(cast["coordinator"]):
		complaint = make_complaint(procedure=procedure, complained_about_employee=employee_of(cast["agent"]))
	press(complaint, "Assess", cast["coordinator"])
	values = {
		"answer_to_customer": "We apologise",
		"closing_summary": "Apology",
		"consent_on": now_datetime(),
		"consent_method": "Telephone",
		**ANSWER,
	}
	with pytest.raises(frappe.PermissionError):
		press(complaint, "Close with Answer", cast["agent"], **values)
	assert press(complaint, "Close with Answer", cast["coordinator"], **values).workflow_state == "Closed"


def test_evaluation_by_who_bears_responsibility_does_not_open_the_close(cast):
	"""R-000E-10: nobody judges the own cause, also not on the way to the close."""
	complaint = ready_to_close(cast, procedure=needing("Accountability"))
	party = {"finding": "Did not ask back", "employee": employee_of(cast["quality_manager"])}
	with pytest.raises(SelfApprovalError):
		evaluate(complaint, cast, responsible_parties=[party])
	with pytest.raises(PreconditionError, match="Accountability"):
		close(complaint, cast)
