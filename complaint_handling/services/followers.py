"""Followers of a document: the host mails them every change and never asks again whether they may read it."""

import frappe
from frappe.model.document import Document


def end_without_permission(doc: Document) -> None:
	"""End the follows of those who read a document no more, after its department or person has changed."""
	followers = frappe.get_all(
		"Document Follow",
		filters={"ref_doctype": doc.doctype, "ref_docname": doc.name},
		fields=["name", "user"],
	)
	for follow in followers:
		if not frappe.has_permission(doc.doctype, "read", doc=doc.name, user=follow.user):
			frappe.db.delete("Document Follow", {"name": follow.name})
