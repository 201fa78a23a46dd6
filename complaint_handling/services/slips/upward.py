"""Slips handed upwards: to the next superior, level by level, and answered from there (R-000K-14, R-003A-15)."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from complaint_handling.constants import (
	COMPLAINT,
	DEPARTMENT_MANAGER,
	GENERAL_MANAGER,
	SETTINGS,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.domain.slip_routing import is_above, next_superior, rung_of
from complaint_handling.domain.states import SlipState
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services import procedures
from complaint_handling.services.staff import people
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left

# Where the reporting line ends, these follow.
LADDER = (DEPARTMENT_MANAGER, VICE_PRESIDENT, GENERAL_MANAGER)


@dataclass(frozen=True)
class _Standing:
	"""Where a user stands: who is above by the reporting line, and the rung of the ladder."""

	line: tuple[str, ...]
	rung: int


def proposed_recipient(slip: Document) -> str | None:
	"""Return to whom a slip is handed upwards next; never the person complained about, None at the top.

	Before a slip is issued it is handed to the role that decides where several departments act (R-000K-17).
	"""
	excluded = _excluded(slip)
	if slip.workflow_state == SlipState.PENDING_ISSUE:
		role = _deciding_role(slip)
		return next(iter(people.holders_of(role, excluded)), None) if role else None
	present = _present(slip)
	standing = _standing(present, slip.company)
	deciding = _deciding_users()
	line = [user for user in standing.line if user in deciding]
	found = next_superior(line, _rungs(slip), standing.rung, excluded)
	owner = frappe.get_cached_doc(SETTINGS).escalation_owner
	return found or (owner if owner in deciding and owner not in excluded else None)


def check_recipient(slip: Document) -> None:
	"""Refuse to hand a slip upwards to somebody who is not above; call in `validate`."""
	if state_entered(slip) != SlipState.ESCALATED or not slip.escalated_to:
		return
	if _is_fitting(slip):
		return
	proposed = proposed_recipient(slip.get_doc_before_save())
	frappe.throw(
		_("{0} is not above who has the slip now. Choose the next superior: {1}.").format(
			frappe.bold(frappe.utils.get_fullname(slip.escalated_to)),
			frappe.bold(frappe.utils.get_fullname(proposed) if proposed else _("nobody is left")),
		),
		TransitionRefusedError,
	)


def tell_superior(slip: Document) -> None:
	"""Tell the person whom a slip was handed up to, and why; call when it is."""
	superior = slip.escalated_to
	if superior and frappe.has_permission(SLIP, "read", doc=slip, user=superior):
		line = _("A slip was handed up to you: {0}", lang=language_of(superior))
		send_digests([Notice(superior, SLIP, slip.name, line.format(slip.escalation_reason))])


def check_instruction(slip: Document) -> None:
	"""Let only the one to whom a slip was handed, or somebody above, give the instruction; call in `validate`."""
	if state_left(slip) != SlipState.ESCALATED or state_entered(slip) != SlipState.ISSUED:
		return
	user, asked = frappe.session.user, slip.get_doc_before_save().escalated_to
	if user == asked or not asked or _is_above(user, asked, slip.company):
		return
	frappe.throw(
		_("The slip was handed to {0}. Only {0}, or somebody above, gives the instruction.").format(
			frappe.bold(frappe.utils.get_fullname(asked))
		),
		TransitionRefusedError,
		title=_("Not Permitted"),
	)


def _is_fitting(slip: Document) -> bool:
	before = slip.get_doc_before_save()
	asked = slip.escalated_to
	if before.workflow_state == SlipState.PENDING_ISSUE:
		role = _deciding_role(slip)
		roles = frappe.get_roles(asked)
		return not role or role in roles or rung_of(roles, LADDER) > rung_of([role], LADDER)
	present = _present(before)
	if not present or asked == frappe.get_cached_doc(SETTINGS).escalation_owner:
		return True
	return _is_above(asked, present, slip.company)


def _is_above(user: str, other: str, company: str | None) -> bool:
	standing = _standing(other, company)
	return is_above(user, standing.line, rung_of(frappe.get_roles(user), LADDER), standing.rung)


def _present(slip: Document) -> str | None:
	"""Return who has the slip: the last superior who was asked, else its handler."""
	return slip.escalated_to or slip.responsible_user


def _standing(user: str | None, company: str | None) -> _Standing:
	if not user:
		return _Standing((), 0)
	return _Standing(people.Staff().superiors_of(user, company), rung_of(frappe.get_roles(user), LADDER))


def _rungs(slip: Document) -> list[list[str]]:
	return [
		people.managers_of(slip.department),
		people.holders_of(VICE_PRESIDENT),
		people.holders_of(GENERAL_MANAGER),
	]


def _deciding_users() -> frozenset[str]:
	"""Return who has a role that takes a slip on from above, by the site's Workflow."""
	steps = get_workflow(SLIP).transitions
	roles = {step.allowed for step in steps if step.state == SlipState.ESCALATED}
	return frozenset(user for users in people.holders_by_role(roles).values() for user in users)


def _deciding_role(slip: Document) -> str | None:
	complaint = frappe.get_doc(COMPLAINT, slip.complaint)
	return procedures.procedure_of(complaint).several_departments_role


def _excluded(slip: Document) -> frozenset[str]:
	subject = frappe.db.get_value(COMPLAINT, slip.complaint, "complained_about_user")
	return frozenset(filter(None, (subject, slip.responsible_user, slip.escalated_to)))
