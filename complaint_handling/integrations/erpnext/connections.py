"""The group Complaints among the connections of a DocType of ERPNext."""

import frappe


def add(data: dict, *doctypes: str, fieldname: str | None = None) -> dict:
	"""Show our DocTypes among the connections.

	`fieldname` is the field in them that names the foreign document, where it is not the usual one.
	"""
	data.setdefault("transactions", []).append({"label": frappe._("Complaints"), "items": list(doctypes)})
	if fieldname:
		data.setdefault("non_standard_fieldnames", {}).update(dict.fromkeys(doctypes, fieldname))
	return data
