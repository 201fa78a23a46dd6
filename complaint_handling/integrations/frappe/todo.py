"""Assigning shares by itself where the user may not read; on a case it is refused instead."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.exceptions import AccessRefusedError
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import may_read_reference

REFERENCE = Reference("ToDo", "reference_type", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def remove_of_imported(doc: Document, method: str | None = None) -> None:
	"""Take the assignment of an old complaint away that an Assignment Rule made while it was imported.

	An error would stop the import of the row.
	"""
	if not frappe.flags.in_import or doc.reference_type != COMPLAINT:
		return
	if frappe.db.get_value(COMPLAINT, doc.reference_name, "is_imported"):
		frappe.db.delete("ToDo", {"name": doc.name})


def refuse_assignment(doc: Document, method: str | None = None) -> None:
	"""Refuse to assign a document of a case to somebody who may not read it; ending an assignment is free."""
	if doc.status != "Open" or not doc.allocated_to or not REFERENCE.is_to_case(doc):
		return
	doctype, name = REFERENCE.of(doc)
	if may_read_reference(doctype, name, doc.allocated_to):
		return
	frappe.throw(
		_(
			"{0} may not read {1} {2} and cannot be assigned to it. Assign somebody who may read it, or change the"
			" Assignment Rule that chose this user."
		).format(frappe.bold(doc.allocated_to), _(doctype), frappe.bold(name)),
		AccessRefusedError,
		title=_("Not Assigned"),
	)
