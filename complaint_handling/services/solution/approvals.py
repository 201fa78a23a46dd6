"""Whoever may approve a proposed solution is told that it waits."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.services.staff import people
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests

MAXIMUM_TOLD = 20


def tell_approvers(complaint: Document) -> None:
	"""Notify those who hold the role whose authority covers the sum and may read the case."""
	if not complaint.next_approver_role:
		return
	excluded = frozenset(filter(None, (complaint.proposed_by, complaint.complained_about_user)))
	holders = people.holders_of(complaint.next_approver_role, excluded)[:MAXIMUM_TOLD]
	send_digests(
		[
			_notice(complaint, user)
			for user in holders
			if frappe.has_permission(complaint.doctype, "write", complaint, user=user)
		]
	)


def _notice(complaint: Document, user: str) -> Notice:
	line = _("{0}: the solution waits for your approval", lang=language_of(user)).format(complaint.subject)
	return Notice(user, complaint.doctype, complaint.name, line)
