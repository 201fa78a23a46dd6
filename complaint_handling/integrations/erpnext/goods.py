"""Item and Batch: their complaints among the connections."""

import frappe

from complaint_handling.constants import COMPLAINT, EIGHT_D


def add_item_connections(data: dict) -> dict:
	"""Show the complaints and 8D reports about an Item."""
	return _add(data)


def add_batch_connections(data: dict) -> dict:
	"""Show the complaints and 8D reports about a Batch."""
	return _add(data, "batch_no")


def _add(data: dict, fieldname: str | None = None) -> dict:
	data.setdefault("transactions", []).append(
		{"label": frappe._("Complaints"), "items": [COMPLAINT, EIGHT_D]}
	)
	if fieldname:
		data.setdefault("non_standard_fieldnames", {}).update({COMPLAINT: fieldname, EIGHT_D: fieldname})
	return data
