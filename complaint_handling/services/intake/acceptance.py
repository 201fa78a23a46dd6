"""The checklist of a case: the questions of its procedure, answered by the people who assess and investigate."""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import procedures

QUESTION = ("purpose", "question")


def set_checks(complaint: Document) -> None:
	"""Give a registered complaint the questions of its procedure; answers to the same question stay.

	Later the questions are frozen, as the procedure's version is; whoever answers one is written beside it.
	"""
	if complaint.workflow_state in (None, ComplaintState.REGISTERED):
		_take_questions(complaint)
	_stamp_answers(complaint)


def _take_questions(complaint: Document) -> None:
	asked = procedures.procedure_of(complaint).checks
	if [(*_key(row), row.is_required) for row in asked] == [
		(*_key(row), row.is_required) for row in complaint.checks
	]:
		return
	answers = {_key(row): (row.answer, row.note) for row in complaint.checks}
	complaint.set("checks", [])
	for row in asked:
		answer, note = answers.get(_key(row), (None, None))
		complaint.append(
			"checks",
			{
				"purpose": row.purpose,
				"question": row.question,
				"is_required": row.is_required,
				"answer": answer,
				"note": note,
			},
		)


def _stamp_answers(complaint: Document) -> None:
	before = complaint.get_doc_before_save()
	known = {_key(row): row.answer for row in before.checks} if before else {}
	for row in complaint.checks:
		if (row.answer or None) != (known.get(_key(row)) or None):
			row.answered_by = frappe.session.user if row.answer else None
			row.answered_on = now_datetime() if row.answer else None


def _key(row: Document) -> tuple[str, str]:
	return row.purpose, row.question
