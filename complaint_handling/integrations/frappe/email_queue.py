"""Mails about a case, whoever set them up, leave out those from whom the case is kept."""

import frappe
from frappe.model.document import Document

from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import is_kept_from

REFERENCE = Reference("Email Queue", "reference_doctype", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def leave_out_recipients(doc: Document, method: str | None = None) -> None:
	"""Take out recipients who are users from whom the document is kept."""
	if not REFERENCE.is_to_case(doc):
		return
	kept = [row for row in doc.recipients if not _is_kept_from(doc, row.recipient)]
	if len(kept) < len(doc.recipients):
		doc.set("recipients", kept)


def _is_kept_from(doc: Document, recipient: str) -> bool:
	address = frappe.utils.parse_addr(recipient)[1] or recipient
	users = frappe.get_all("User", or_filters={"name": address, "email": address}, pluck="name")
	doctype, name = REFERENCE.of(doc)
	return any(is_kept_from(doctype, name, user) for user in users)
