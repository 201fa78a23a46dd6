"""Who endorses and who approves a proposed solution: checked at the step, and told that it waits."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.domain.states import ComplaintState
from complaint_handling.exceptions import AuthorityError, SelfApprovalError
from complaint_handling.services import procedures
from complaint_handling.services.solution import remedies
from complaint_handling.services.staff import people
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests

MAXIMUM_TOLD = 20


def check_step(complaint: Document, state: str) -> None:
	"""Refuse an endorsement or approval by somebody who may not; a plan that goes back is endorsed anew."""
	if state == ComplaintState.WITH_CUSTOMER:
		remedies.check_authority(complaint)
	elif state == ComplaintState.SOLUTION_ENDORSED:
		_check_endorser(complaint)
	elif state in (ComplaintState.SOLUTION_PROPOSED, ComplaintState.IN_HANDLING):
		complaint.endorsed_by = complaint.endorsed_on = None


def _check_endorser(complaint: Document) -> None:
	"""Refuse an endorsement by the proposer, or without the role that the procedure names (R-000H-06)."""
	role = procedures.procedure_of(complaint).endorser_role
	if frappe.session.user == complaint.proposed_by:
		frappe.throw(
			_("You proposed this solution. Ask somebody else to endorse it."),
			SelfApprovalError,
			title=_("Endorsement Refused"),
		)
	if role not in frappe.get_roles():
		frappe.throw(
			_("The procedure wants this solution endorsed by: {0}. Ask there.").format(
				frappe.bold(_(role or "nobody in this procedure"))
			),
			AuthorityError,
			title=_("Endorsement Refused"),
		)


def tell_approvers(complaint: Document) -> None:
	"""Notify those who are to endorse it now, or whose authority covers the sum, and who may read the case."""
	if not complaint.next_approver_role:
		return
	involved = (complaint.proposed_by, complaint.endorsed_by, complaint.complained_about_user)
	excluded = frozenset(filter(None, involved))
	holders = people.holders_of(complaint.next_approver_role, excluded)[:MAXIMUM_TOLD]
	send_digests(
		[
			_notice(complaint, user)
			for user in holders
			if frappe.has_permission(complaint.doctype, "write", complaint, user=user)
		]
	)


def _notice(complaint: Document, user: str) -> Notice:
	language = language_of(user)
	if complaint.workflow_state == ComplaintState.SOLUTION_PROPOSED and complaint.needs_endorsement:
		line = _("{0}: the solution waits for your endorsement", lang=language)
	else:
		line = _("{0}: the solution waits for your approval", lang=language)
	line = line.format(complaint.subject)
	return Notice(user, complaint.doctype, complaint.name, line)
