"""Requests for lists that name a column of a permission level which the user does not read.

The host takes such columns out of what it shows, but some versions leave every second one (`remove_field` shortens the
list that it walks), and none checks what a list is filtered, sorted or grouped by: whoever asks often enough learns
what a private field holds. Such a request is refused.
"""

import re
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.meta import Meta

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.services.access.reading_rules import child_doctypes_of_cases

METHODS = frozenset(
	(
		"frappe.client.get_list",
		"frappe.client.get_count",
		"frappe.client.get_value",
		"frappe.desk.reportview.export_query",
		"frappe.desk.reportview.get",
		"frappe.desk.reportview.get_count",
		"frappe.desk.reportview.get_list",
	)
)
# Arguments that hold columns as text or as a list of texts, and those that hold filters.
COLUMNS = ("fields", "fieldname", "order_by", "group_by", "pluck")
FILTERS = ("filters", "or_filters")


def guard(path: str, arguments: dict[str, Any]) -> None:
	"""Refuse a request for a list that names a column above the user's permission level."""
	doctype = listed_by_rest(path) or arguments.get("doctype")
	if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
		return
	private = _private_columns(doctype)
	named = _named(arguments)
	if private.intersection(named) or any(
		_private_of_cases(private_name) for private_name in named if "." in private_name
	):
		frappe.throw(
			_("A field of a permission level that you do not read stands in the request. Leave it out."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def listed_by_rest(path: str) -> str | None:
	"""Return the DocType of which a path asks a list, or None."""
	match path.strip("/").split("/"):
		case ["api", "resource", doctype] | ["api", "v1" | "v2", "resource" | "document", doctype]:
			return doctype
	return None


def _private_columns(doctype: str) -> set[str]:
	if doctype not in CASE_DOCTYPES and doctype not in child_doctypes_of_cases():
		return set()
	return _above(frappe.get_meta(doctype))


def _private_of_cases(name: str) -> bool:
	"""Tell whether `link.field` or `table.field` ends in a private field of a case."""
	field = name.rpartition(".")[2]
	return any(field in _above(frappe.get_meta(doctype)) for doctype in CASE_DOCTYPES)


def _above(meta: Meta) -> set[str]:
	levels = meta.get_permlevel_access("read")
	return {field.fieldname for field in meta.fields if field.permlevel and field.permlevel not in levels}


def _named(arguments: dict[str, Any]) -> set[str]:
	"""Return every column that a request names, with and without its table."""
	texts = [text for key in COLUMNS for text in _texts(arguments.get(key))]
	texts += [column for key in FILTERS for column in _filtered(arguments.get(key))]
	words = {word for text in texts for word in re.findall(r"\w+(?:\.\w+)*", text.replace("`", ""))}
	return words | {part for word in words for part in word.split(".")[-1:]}


def _texts(value: Any) -> Iterable[str]:
	value = _parsed(value)
	if isinstance(value, dict):
		value = [*value.keys(), *value.values()]
	for each in value if isinstance(value, list | tuple) else [value]:
		if isinstance(each, str):
			yield each
		elif isinstance(each, dict | list):
			yield from _texts(each)


def _filtered(value: Any) -> Iterable[str]:
	"""Yield the columns of filters, not their values."""
	value = _parsed(value)
	if isinstance(value, dict):
		yield from (str(key) for key in value)
	elif isinstance(value, list):
		for row in value:
			if isinstance(row, list) and row:
				yield str(row[1] if len(row) > 3 else row[0])
			elif isinstance(row, dict):
				yield str(row.get("fieldname", ""))


def _parsed(value: Any) -> Any:
	if not isinstance(value, str):
		return value
	try:
		return frappe.parse_json(value)
	except ValueError:
		return value
