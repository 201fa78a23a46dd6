"""Copies of an issued slip: who is told of it besides the department (R-003A-16: supervision and audit).

The procedure names recipients for every slip, a responsible post those of its own. Each is told once an issue, and
only who may read the slip; `copied_to` records whom the last issue told.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import RESPONSIBLE_POST, SLIP
from complaint_handling.services import procedures
from complaint_handling.services.staff import people, posts
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests

PURPOSE = "Slip Copy"
SEPARATOR = ", "


def send(slip: Document, complaint: Document) -> None:
	"""Tell everybody who gets a copy that a slip is issued; harmless when repeated for the same issue."""
	told = slip.copied_to.split(SEPARATOR) if slip.copied_to else []
	new = {
		user: frappe.utils.get_fullname(user)
		for user in _recipients(slip, complaint)
		if frappe.utils.get_fullname(user) not in told and _may_be_told(slip, user)
	}
	if new:
		send_digests([_notice(slip, user) for user in new])
		slip.db_set("copied_to", SEPARATOR.join([*told, *new.values()]), update_modified=False)


def _recipients(slip: Document, complaint: Document) -> Iterator[str]:
	for row in procedures.procedure_of(complaint).recipients:
		if row.purpose == PURPOSE:
			yield from [row.user] if row.user else people.holders_of(row.role) if row.role else []
	post = next(iter(posts.fitting(posts.scope_of(complaint, slip.department))), None)
	if post:
		yield from frappe.get_all(
			"Complaint Post Copy",
			filters={"parent": post.name, "parenttype": RESPONSIBLE_POST},
			pluck="user",
			order_by="idx asc",
		)


def _may_be_told(slip: Document, user: str) -> bool:
	has_it = user in (frappe.session.user, slip.responsible_user)
	return not has_it and bool(frappe.has_permission(SLIP, "read", doc=slip.name, user=user))


def _notice(slip: Document, user: str) -> Notice:
	line = _("A slip was issued to {0}: {1}", lang=language_of(user))
	return Notice(user, SLIP, slip.name, line.format(slip.department, slip.complaint_subject))
