"""The severity of a case belongs to the scheme of its procedure and is never mapped by its word (e.2.8)."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import PROCEDURE


def follow_procedure(complaint: Document) -> None:
	"""Clear the severity of a case that changes to a procedure whose scheme does not have it, and say so.

	The same word is another severity where its rank or its definition differs: moderate is the middle of one
	scheme and the end of another.
	"""
	before = complaint.get_doc_before_save()
	if not before or not complaint.severity or before.procedure == complaint.procedure:
		return
	if before.severity != complaint.severity:
		return  # chosen anew, for the new scheme
	if _meaning(before.procedure, complaint.severity) == _meaning(complaint.procedure, complaint.severity):
		return
	frappe.msgprint(
		_("The severity {0} is not one of the procedure {1}. Choose the severity anew.").format(
			frappe.bold(_(complaint.severity)), frappe.bold(complaint.procedure)
		),
		title=_("Severity Cleared"),
		indicator="orange",
	)
	complaint.severity = None


def highest(procedure: Document) -> str | None:
	"""Return the gravest severity of a scheme, the one of the lowest rank."""
	rows = sorted(procedure.severities, key=lambda row: row.rank)
	return rows[0].severity if rows else None


def allows_first_answer(procedure: Document, row: Document | None) -> bool:
	"""Tell whether a first answer may end a case of this severity (R-000K-12, R-003A-15).

	Not where the severity requires an 8D report or a task force. One that requires a revisit only as the mildest of
	its scheme: a question answered at once needs no second call, even where every transferred case is revisited.
	"""
	if not (procedure.allows_direct_close and row) or row.requires_8d or row.requires_task_force:
		return False
	return not row.requires_revisit or row.rank == max(other.rank for other in procedure.severities)


def _meaning(procedure: str, severity: str) -> tuple[int, str] | None:
	rows = frappe.get_cached_doc(PROCEDURE, procedure).severities
	return next(((row.rank, row.definition or "") for row in rows if row.severity == severity), None)
