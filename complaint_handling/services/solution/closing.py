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
	evaluation = frappe.get_doc(EVALUATION, name) if name else frappe._dict()
	return tuple(_(each) for each in needed if not evaluation.get(RECORD_OF_REQUIREMENT[each]))
