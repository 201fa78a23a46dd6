"""Several departments act on one case: an opinion from above, or a meeting, comes before the issue (R-000K-17)."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import SLIP
from complaint_handling.domain.slip_kinds import SlipKind
from complaint_handling.domain.states import SlipState
from complaint_handling.services import procedures

NOT_ISSUED = (SlipState.DRAFT, SlipState.PENDING_REVIEW, SlipState.PENDING_ISSUE, SlipState.RETURNED)
NOT_ACTING = (SlipState.DRAFT, SlipState.CANCELLED)


def set_need(slip: Document, complaint: Document) -> None:
	"""Say whether a slip that is not issued needs an opinion from above; an issued one stays as it was judged."""
	if not slip.issued_on:
		slip.needs_higher_opinion = int(_is_needed(slip, complaint))


def refresh_others(slip: Document, complaint: Document) -> None:
	"""Judge the other slips of the case that wait for their issue anew: this one began or ceased to act."""
	if not procedures.procedure_of(complaint).several_departments_role:
		return
	filters = {
		"complaint": slip.complaint,
		"name": ("!=", slip.name),
		"workflow_state": ("in", [str(state) for state in NOT_ISSUED]),
		"issued_on": ("is", "not set"),
	}
	fields = ["name", "complaint", "department", "slip_kind", "needs_higher_opinion"]
	for other in frappe.get_all(SLIP, filters=filters, fields=fields, order_by="creation asc"):
		is_needed = int(_is_needed(other, complaint))
		if is_needed != other.needs_higher_opinion:
			frappe.db.set_value(SLIP, other.name, "needs_higher_opinion", is_needed, update_modified=False)


def _is_needed(slip: dict, complaint: Document) -> bool:
	if slip.slip_kind == SlipKind.ENGINEERING:
		return False
	if not procedures.procedure_of(complaint).several_departments_role:
		return False
	# All slips count, also those that the user may not read.
	others = {
		"complaint": slip.complaint,
		"name": ("!=", slip.name or ""),
		"department": ("!=", slip.department or ""),
		"slip_kind": ("!=", str(SlipKind.ENGINEERING)),
		"workflow_state": ("not in", [str(state) for state in NOT_ACTING]),
	}
	return bool(frappe.db.exists(SLIP, others))
