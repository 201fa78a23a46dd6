"""How often a department was asked about a case: first, second or repeated (R-003A-04)."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import SLIP
from complaint_handling.domain.slip_kinds import SlipKind, round_after
from complaint_handling.domain.states import SlipState


def set_round(slip: Document) -> None:
	"""Number a slip among those of its department, and name the one before; cancelled ones do not count.

	A request to process engineering is asked by a slip and has no round.
	"""
	if not slip.is_new() and not slip.has_value_changed("department"):
		return
	slip.slip_round = slip.previous_slip = None
	if slip.slip_kind == SlipKind.ENGINEERING:
		return
	earlier = _earlier(slip)
	slip.slip_round = round_after(len(earlier))
	slip.previous_slip = earlier[-1] if earlier else None


def _earlier(slip: Document) -> list[str]:
	# All slips count, also those that the user may not read.
	return frappe.get_all(
		SLIP,
		filters={
			"complaint": slip.complaint,
			"department": slip.department,
			"name": ("!=", slip.name or ""),
			"slip_kind": ("!=", str(SlipKind.ENGINEERING)),
			"workflow_state": ("!=", str(SlipState.CANCELLED)),
		},
		pluck="name",
		order_by="creation asc, name asc",
	)
