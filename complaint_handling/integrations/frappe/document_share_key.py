"""Whoever holds the key of a print link reads the print without any permission."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.exceptions import AccessRefusedError
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.complained_about import complaints_of, users_complained_about

REFERENCE = Reference("Document Share Key", "reference_doctype", "reference_docname")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def refuse_key(doc: Document, method: str | None = None) -> None:
	"""Refuse a key to a case in which a user is complained about: nobody knows who will use it."""
	if not REFERENCE.is_to_case(doc):
		return
	doctype, name = REFERENCE.of(doc)
	if _is_restricted(doctype, name):
		frappe.throw(
			_(
				"{0} {1} is restricted to named persons; no link that opens it without a login is made. Share it with a user by name instead."
			).format(_(doctype), frappe.bold(name)),
			AccessRefusedError,
			title=_("No Link"),
		)
	if users_complained_about(complaints_of(frappe.get_doc(doctype, name))):
		frappe.throw(
			_(
				"{0} {1} belongs to a complaint about a user of this site; no link that opens it without a login is"
				" made. Attach the print as a PDF instead."
			).format(_(doctype), frappe.bold(name)),
			AccessRefusedError,
			title=_("No Link"),
		)


def _is_restricted(doctype: str, name: str) -> bool:
	complaints = [complaint for complaint in complaints_of(frappe.get_doc(doctype, name)) if complaint]
	restricted = {"name": ("in", complaints), "is_restricted": 1}
	return bool(complaints and frappe.db.exists(COMPLAINT, restricted))
