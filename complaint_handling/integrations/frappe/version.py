"""The change log goes to the timeline with every value; private data is left out of it.

The fields of a higher permission level are hidden on the form, but whoever reads the document gets its versions.
That such a field was changed, by whom and when, stays on record; what it said does not.
"""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.integrations.frappe.references import Reference

HIDDEN = "•••"

REFERENCE = Reference("Version", "ref_doctype", "docname")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def hide_private_values(doc: Document, method: str | None = None) -> None:
	"""Replace old and new values of private fields."""
	if doc.ref_doctype not in CASE_DOCTYPES or not doc.data:
		return
	private = {field.fieldname for field in frappe.get_meta(doc.ref_doctype).fields if field.permlevel}
	data = frappe.parse_json(doc.data)
	changed = data.get("changed") or []
	if private.isdisjoint(row[0] for row in changed):
		return
	data["changed"] = [[row[0], HIDDEN, HIDDEN] if row[0] in private else row for row in changed]
	doc.data = frappe.as_json(data, indent=None, separators=(",", ":"))
