"""Notices carry the title of the document and the text of the comment; they follow the rules of the case.

Users without a role of the app keep their notices: an escalation tells the superior, whose role may be missing.
"""

import frappe
from frappe.model.document import Document

from complaint_handling.compat import NO_OBJECTION
from complaint_handling.constants import CASE_DOCTYPES, COMPLAINT
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import Reader, is_kept_from, reference_condition

REFERENCE = Reference("Notification Log", "document_type", "document_name")


def get_permission_query_conditions(user: str | None = None) -> str:
	"""Leave the notices about documents that the rules do not keep from the user."""
	user = user or frappe.session.user
	reader = Reader(user)
	doctypes = [doctype for doctype in CASE_DOCTYPES if reader.reads(doctype)]
	if reader.is_complained_about:
		doctypes = list(CASE_DOCTYPES)
	return reference_condition("`tabNotification Log`", "document_type", "document_name", user, doctypes)


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool | None:
	"""Object to a notice about a document that the rules keep from the user."""
	if not REFERENCE.is_to_case(doc):
		return NO_OBJECTION
	doctype, name = REFERENCE.of(doc)
	return False if is_kept_from(doctype, name, user or frappe.session.user) else NO_OBJECTION


def silence(doc: Document, method: str | None = None) -> None:
	"""Empty a notice for somebody from whom the document is kept; `remove_silenced` takes it away.

	An error here would stop the notices to everybody else. An Alert without content sends no mail.
	"""
	if not REFERENCE.is_to_case(doc):
		return
	doctype, name = REFERENCE.of(doc)
	if is_kept_from(doctype, name, doc.for_user) or _is_of_dropped_assignment(doc):
		doc.update({"type": "Alert", "subject": "", "email_content": None, "attached_file": None})
		doc.update({"document_type": None, "document_name": None})
		doc.flags.complaint_silenced = True


def _is_of_dropped_assignment(doc: Document) -> bool:
	"""Tell whether a notice is about the assignment of an old complaint that was dropped (`todo.py`)."""
	doctype, name = REFERENCE.of(doc)
	if doctype != COMPLAINT or doc.type != "Assignment":
		return False
	task = {"reference_type": doctype, "reference_name": name, "allocated_to": doc.for_user}
	return bool(frappe.db.get_value(COMPLAINT, name, "is_imported")) and not frappe.db.exists("ToDo", task)


def remove_silenced(doc: Document, method: str | None = None) -> None:
	"""Take a silenced notice away again."""
	if doc.flags.complaint_silenced:
		frappe.db.delete("Notification Log", {"name": doc.name})
