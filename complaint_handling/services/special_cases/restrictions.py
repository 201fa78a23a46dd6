"""Restricting a case to named persons, and lifting that; who is named: `access/restricted_cases.py`."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.share import add_docshare

from complaint_handling.constants import COMPLAINT
from complaint_handling.services.access import outsiders, restricted_cases
from complaint_handling.services.special_cases.decisions import (
	LEADING_ROLES,
	locked,
	note,
	refuse,
	require_reason,
	require_role,
)


def restrict(complaint: str, reason: str) -> None:
	"""Restrict a case to its owner, the general manager, the auditor and those it is shared with by name.

	Who restricts it is named by a share; shares that were there stay, everybody else loses the case.
	"""
	doc = locked(complaint)
	require_role(LEADING_ROLES)
	reason = require_reason(reason)
	if doc.is_restricted:
		refuse(_("{0} is restricted already.").format(frappe.bold(doc.name)))
	doc.db_set("is_restricted", 1, notify=True)
	_name_current_user(doc)
	note(doc, _("{0} restricted the case to named persons: {1}"), reason)
	outsiders.withdraw_access(doc.name)


def lift(complaint: str, reason: str) -> None:
	"""Let everybody read a case again whose role reads complaints; shares by name stay."""
	doc = locked(complaint)
	require_role(LEADING_ROLES)
	reason = require_reason(reason)
	if not doc.is_restricted:
		refuse(_("{0} is not restricted.").format(frappe.bold(doc.name)))
	doc.db_set("is_restricted", 0, notify=True)
	note(doc, _("{0} lifted the restriction to named persons: {1}"), reason)


def follow_owner(complaint: Document) -> None:
	"""Take a restricted case from its former owner; call in `on_update`."""
	if complaint.is_restricted and complaint.has_value_changed("complaint_owner"):
		outsiders.withdraw_access(complaint.name)


def _name_current_user(complaint: Document) -> None:
	user = frappe.session.user
	if user == "Administrator" or restricted_cases.ROLES_READING_ALL.intersection(frappe.get_roles()):
		return
	if restricted_cases.is_outsider(user, [complaint.name]):
		# The one who may restrict a case need not be one who may share it.
		add_docshare(
			COMPLAINT, complaint.name, user, write=1, share=1, flags={"ignore_share_permission": True}
		)
