"""Who may answer and dispute a slip, and who rules on a dispute (R-003A-11).

The department that has a slip answers it or disputes that it is responsible; quality rules, and nobody in the own
cause: where quality itself is the department, the general manager does.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.domain.states import SlipState
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services.access.reading_rules import Reader
from complaint_handling.services.deferrals import acts_for_department
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left

OF_DEPARTMENT = (SlipState.REPORTED, SlipState.DISPUTED)


def check_actor(slip: Document) -> None:
	"""Refuse an answer or a dispute by another department, and a ruling in the own cause; call in `validate`."""
	if slip.is_new():
		return
	state = state_entered(slip)
	reader, before = Reader(frappe.session.user), slip.get_doc_before_save()
	is_answered = state in OF_DEPARTMENT or (not state and before.workflow_state == SlipState.ISSUED)
	if is_answered and not acts_for_department(reader, before):
		_refuse(_("Only the department that has the slip does this. Ask its handler, or its manager."))
	if before.workflow_state == SlipState.DISPUTED and acts_for_department(reader, before):
		_refuse(
			_(
				"Nobody rules in the own cause: {0} disputes its responsibility, and you belong to it or handle the slip. Ask somebody else of quality, or the general manager."
			).format(frappe.bold(before.department))
		)


def record_ruling(slip: Document) -> None:
	"""Note who ruled, and how, in the timeline; call in `on_update`."""
	if state_left(slip) != SlipState.DISPUTED or not state_entered(slip):
		return
	text = (
		_("{0} is responsible: {1}")
		if slip.workflow_state == SlipState.ISSUED
		else _("{0} is responsible instead: {1}")
	)
	slip.add_comment("Info", text.format(slip.department, slip.dispute_ruling))


def _refuse(message: str) -> None:
	frappe.throw(message, TransitionRefusedError, title=_("Not Permitted"))
