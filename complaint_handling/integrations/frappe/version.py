"""The change log goes to the timeline with every value; private data is left out of it.

The fields of a higher permission level are hidden on the form, but whoever reads the document gets its versions.
That such a field was changed, by whom and when, stays on record; what it said does not.
"""

from collections.abc import Callable

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
	if not any(row[0] in private for key in HIDING for row in data.get(key) or ()):
		return
	for key, hidden in HIDING.items():
		data[key] = [hidden(row) if row[0] in private else row for row in data.get(key) or ()]
	doc.data = frappe.as_json(data, indent=None, separators=(",", ":"))


def _without_row(entry: list) -> list:
	return [entry[0], {"name": entry[1].get("name"), "idx": entry[1].get("idx")}]


def _without_values(entry: list) -> list:
	return [*entry[:3], [[row[0], HIDDEN, HIDDEN] for row in entry[3]]]


# Of each kind of change that the host notes, what stays of one to a private field or table.
HIDING: dict[str, Callable[[list], list]] = {
	"changed": lambda entry: [entry[0], HIDDEN, HIDDEN],
	"added": _without_row,
	"removed": _without_row,
	"row_changed": _without_values,
}
