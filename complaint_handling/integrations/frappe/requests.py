"""Requests with which the host answers past its own permissions.

A few functions that everybody may call count, group or search any DocType without asking which rows the user
reads, and so tell what a document says to whoever asks often enough. Each request to one of them about a document
of a case is made to ask; any other request goes on untouched.

Runs as an `auth_hooks` entry: the first moment at which the user is known however he logged in, and the last
before the function is called. An override of the host's functions would stand in the way of other apps'.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from werkzeug.exceptions import Forbidden

import frappe
from frappe import _
from frappe.modules.utils import load_doctype_module
from frappe.utils import cint

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.integrations.frappe import file, requests_columns, requests_documents, requests_lists
from complaint_handling.integrations.frappe.all_references import REFERENCES
from complaint_handling.services.access.reading_rules import child_doctypes_of_cases, readable_condition


def guard() -> None:
	"""Make the request at hand ask for permission where the host's function would not."""
	request = getattr(frappe.local, "request", None)
	if not request or frappe.session.user == "Administrator":
		return
	if request.path.startswith("/private/files/"):
		_guard_file(unquote(request.path))
	method = _called_method(request.path)
	if _is_list(request.path, method):
		requests_lists.guard(request.path, frappe.form_dict)
	rule = _rule_of(method) if method else None
	if rule:
		rule(frappe.form_dict)


def _guard_file(url: str | None) -> None:
	"""Refuse a file of a case to whoever reads none of its records: the host hands a file to who uploaded it."""
	records = frappe.get_all("File", filters={"file_url": url}, fields=["name", "attached_to_doctype"])
	guarded = any(_is_of_case(record) for record in records)
	if guarded and not any(frappe.has_permission("File", "read", doc=record.name) for record in records):
		raise Forbidden(_("You don't have permission to access this file"))


def _guard_records(files: Any) -> None:
	"""Refuse records of files of a case: the host packs and unpacks every file whose record is named."""
	records = frappe.parse_json(files) or []
	names = [record.get("name") if isinstance(record, dict) else record for record in records]
	for record in frappe.get_all(
		"File", filters={"name": ("in", names)}, fields=["name", "attached_to_doctype"]
	):
		if _is_of_case(record) and not frappe.has_permission("File", "read", doc=record.name):
			raise frappe.PermissionError


def _is_of_case(record: frappe._dict) -> bool:
	return record.attached_to_doctype in (*CASE_DOCTYPES, *file.CARRIERS)


def _called_method(path: str) -> str | None:
	"""Return what the host will call: `cmd` goes before the path, and what follows a method's name is ignored."""
	if frappe.form_dict.get("cmd"):
		return frappe.form_dict["cmd"]
	match path.split("/")[1:]:
		case ["api", "v2", "method", doctype, method, *_] if method:
			return _method_of_doctype(doctype, method)
		case ["api", "v1" | "v2", "method", method, *_] | ["api", "method", method, *_]:
			return method
	return None


def _method_of_doctype(doctype: str, method: str) -> str | None:
	"""Return the path of a function that is called by the DocType in whose module it stands."""
	try:
		return f"{load_doctype_module(doctype).__name__}.{method}"
	except (ImportError, frappe.DoesNotExistError):
		return None  # no DocType: the host says so itself


def _is_list(path: str, method: str | None) -> bool:
	return bool(requests_lists.listed_by_rest(path) or (method and _path_of(method, requests_lists.METHODS)))


def _rule_of(method: str) -> Callable[[dict[str, Any]], None] | None:
	path = _path_of(method, _RULES)
	return _RULES[path] if path else None


def _path_of(method: str, paths: Iterable[str]) -> str | None:
	"""Compare functions, not paths: a function can be called by the path of every module that imports it."""
	alike = [path for path in paths if path.rpartition(".")[2] == method.rpartition(".")[2]]
	# The host finds a name without dots in its own handler.
	called = _function(method if "." in method else f"frappe.handler.{method}") if alike else None
	return next((path for path in alike if called and _function(path) is called), None)


def _function(path: str) -> Callable[..., Any] | None:
	try:
		return frappe.get_attr(path)
	except (AttributeError, ImportError, ValueError, frappe.AppNotInstalledError):
		return None  # not on this version, or no function's name: the host says so itself


def _limit_count(arguments: dict[str, Any]) -> None:
	"""Count only what the user lists: the number of rows that fit a filter tells what they hold."""
	_limit(arguments, "filters")


def _limit_groups(arguments: dict[str, Any]) -> None:
	if arguments.get("field") == "assigned_to":
		_limit(arguments, "current_filters")


def _limit(arguments: dict[str, Any], key: str) -> None:
	doctype, filters = arguments.get("doctype"), arguments.get(key)
	if doctype in CASE_DOCTYPES:
		if readable_condition(doctype, frappe.session.user):
			arguments[key] = frappe.as_json([["name", "in", _listed(doctype, filters) or [""]]])
	elif doctype in child_doctypes_of_cases():
		frappe.throw(_("Count the documents, not the rows in them."), frappe.PermissionError)
	elif doctype in REFERENCES:
		unread = [name for name in CASE_DOCTYPES if readable_condition(name, frappe.session.user)]
		if unread:
			excluded = [doctype, REFERENCES[doctype].doctype_field, "not in", unread]
			arguments[key] = frappe.as_json([*_as_list(doctype, filters), excluded])


def _listed(doctype: str, filters: Any) -> list[str]:
	return frappe.get_list(doctype, filters=_as_list(doctype, filters), pluck="name", limit_page_length=0)


def _as_list(doctype: str, filters: Any) -> list[list[Any]]:
	filters = frappe.parse_json(filters) or []
	if isinstance(filters, str):
		return [[doctype, "name", "=", filters]]
	if not isinstance(filters, dict):
		return list(filters)
	return [
		[doctype, field, *value] if isinstance(value, list | tuple) else [doctype, field, "=", value]
		for field, value in filters.items()
	]


def _limit_search(arguments: dict[str, Any]) -> None:
	"""Search with permissions: without User Permissions the host searches without any of the rules."""
	doctype = arguments.get("doctype")
	if cint(arguments.get("ignore_user_permissions")) and (
		doctype in CASE_DOCTYPES or doctype in REFERENCES or doctype in child_doctypes_of_cases()
	):
		arguments["ignore_user_permissions"] = 0


_RULES: dict[str, Callable[[dict[str, Any]], None]] = {
	"frappe.client.get_count": _limit_count,
	"frappe.desk.listview.get_group_by_count": _limit_groups,
	"frappe.handler.download_file": lambda arguments: _guard_file(arguments.get("file_url")),
	"frappe.core.api.file.zip_files": lambda arguments: _guard_records(arguments.get("files")),
	"frappe.core.api.file.unzip_file": lambda arguments: _guard_records([arguments.get("name")]),
	"frappe.desk.search.search_link": _limit_search,
	"frappe.desk.search.search_widget": _limit_search,
	**requests_columns.RULES,
	**requests_documents.RULES,
}
