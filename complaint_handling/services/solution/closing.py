"""The closing rule of a procedure: which records a case needs before it is closed."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import EVALUATION

# The table or field of the evaluation that holds a record, by the requirement of the procedure.
RECORD_OF_REQUIREMENT = {
	"Evaluation": "summary",
	"Accountability": "responsible_parties",
	"Improvement Proposal": "improvements",
	"Training Record": "trainings",
	"Standardisation": "document_changes",
	"Archive": "archive_reference",
}


def needs_written_answer(complaint: Document, procedure: Document) -> bool:
	"""Tell whether the case is answered by company letter: a written complaint, where the procedure says so (R-000K-19)."""
	return bool(procedure.written_answer_to_written) and complaint.complaint_form == "Written"


def missing_records(complaint: Document, procedure: Document) -> tuple[str, ...]:
	"""Return the records that the procedure requires before the close and that no submitted evaluation holds."""
	needed = [
		row.requirement
		for row in procedure.closing_requirements
		if not row.severity or row.severity == complaint.severity
	]
	if not needed:
		return ()
	name = frappe.db.get_value(EVALUATION, {"complaint": complaint.name, "docstatus": 1})
	# What is missing is asked of the case, whatever the person at the button reads of the evaluation.
	evaluation = frappe.get_doc(EVALUATION, name) if name else None
	return tuple(_(each) for each in needed if not evaluation or not _is_recorded(evaluation, each))


def _is_recorded(evaluation: Document, requirement: str) -> bool:
	"""Tell whether a record is there; a changed standard only once it is issued where the work is done (R-001B-01)."""
	record = evaluation.get(RECORD_OF_REQUIREMENT[requirement])
	if requirement == "Standardisation":
		return bool(record) and all(row.issued_at_site_on for row in record)
	return bool(record)
