"""What the procedure of a case says: severities, targets, ladder and limits, as domain values."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import PROCEDURE
from complaint_handling.domain.authority import Limit
from complaint_handling.domain.clocks import Target
from complaint_handling.domain.escalation import LadderStep


def procedure_of(complaint: Document) -> Document:
	"""Return the frozen version of the procedure that a complaint follows (cached; read only)."""
	return frappe.get_cached_doc(PROCEDURE, complaint.procedure)


def severity_row(procedure: Document, severity: str | None) -> Document | None:
	"""Return the row of the severity scheme, or None without a severity; an unknown one is refused."""
	if not severity:
		return None
	for row in procedure.severities:
		if row.severity == severity:
			return row
	frappe.throw(
		_("{0} is not a severity of the procedure {1}. Choose one of: {2}.").format(
			frappe.bold(severity),
			frappe.bold(procedure.name),
			", ".join(row.severity for row in procedure.severities),
		)
	)


def limits_of(procedure: Document) -> tuple[Limit, ...]:
	"""Return the approval authority, the lowest role first, in company currency."""
	return tuple(
		Limit(row.role, None if row.unlimited else Decimal(str(row.amount or 0)))
		for row in procedure.authority_limits
	)


def ladder_of(procedure: Document) -> tuple[LadderStep, ...]:
	"""Return the escalation ladder."""
	return tuple(
		LadderStep(row.level, Target(row.after_value, row.after_unit)) for row in procedure.escalation_steps
	)


def targets_for(
	procedure: Document, doctype: str, event: str, complaint: Document, slip_kind: str | None = None
) -> list[Document]:
	"""Return the targets whose clock an event starts for a case: of each stage the most specific row.

	A row that names the kind of slip, the severity, or urgency, wins over one that holds for all
	(requirements, e.2.2). Of the complaint only severity and urgency are read.
	"""
	best: dict[str, Document] = {}
	for row in procedure.targets:
		if (row.applies_to, row.starts_on) != (doctype, event) or not _applies(row, complaint, slip_kind):
			continue
		if row.stage not in best or _specificity(row) > _specificity(best[row.stage]):
			best[row.stage] = row
	return sorted(best.values(), key=lambda row: row.idx)


def _applies(row: Document, complaint: Document, slip_kind: str | None) -> bool:
	return (
		(not row.severity or row.severity == complaint.severity)
		and (not row.only_urgent or bool(complaint.is_urgent))
		and (not row.slip_kind or row.slip_kind == slip_kind)
	)


def _specificity(row: Document) -> tuple[bool, bool, bool]:
	return bool(row.slip_kind), bool(row.severity), bool(row.only_urgent)
