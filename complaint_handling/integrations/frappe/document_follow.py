"""A follower is mailed every change without being asked for permission; so who may not read may not follow."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.exceptions import AccessRefusedError
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import may_read_reference

REFERENCE = Reference("Document Follow", "ref_doctype", "ref_docname")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def refuse_follow(doc: Document, method: str | None = None) -> None:
	"""Refuse to let somebody follow a document of a case that he may not read."""
	doctype, name = REFERENCE.of(doc)
	if not REFERENCE.is_to_case(doc) or may_read_reference(doctype, name, doc.user):
		return
	frappe.throw(
		_("{0} may not read {1} {2} and cannot follow it.").format(
			frappe.bold(doc.user), _(doctype), frappe.bold(name)
		),
		AccessRefusedError,
		title=_("Not Followed"),
	)
