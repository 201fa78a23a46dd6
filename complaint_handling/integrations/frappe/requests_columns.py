"""Requests that group, list or add up the values of a column over every row, whoever reads the row.

Refused, for documents of a case and what refers to them, to whoever does not list every row or does not read the
level of the column. Who reads all gets what the host gives.
"""

import inspect
from collections.abc import Callable
from typing import Any

import frappe
from frappe.model import default_fields, optional_fields

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.integrations.frappe.all_references import REFERENCES
from complaint_handling.services.access.reading_rules import child_doctypes_of_cases, readable_condition


def _ask_for_states(arguments: dict[str, Any]) -> None:
	"""The host groups by any column that the request calls the state."""
	_ask_for_values(arguments.get("doctype"), arguments.get("workflow_state_field"))


def _ask_for_custom_field(arguments: dict[str, Any]) -> None:
	if not _host_lists_custom_field():
		_ask_for_values(arguments.get("doctype"), arguments.get("field"))


def _ask_for_custom_columns(arguments: dict[str, Any]) -> None:
	"""A report takes columns of any DocType besides its own: from the request, or saved in a Custom Report."""
	if _host_lists_custom_field():
		return
	columns = frappe.parse_json(arguments.get("custom_columns")) or []
	for column in (*columns, *_saved_columns(arguments.get("report_name"))):
		if column.get("link_field"):
			_ask_for_values(column.get("doctype"), column.get("fieldname"))


def _saved_columns(report: Any) -> list[dict[str, Any]]:
	filters = {"name": report, "report_type": "Custom Report"}
	saved = isinstance(report, str) and frappe.db.get_value("Report", filters, "json")
	return (frappe.parse_json(saved) or {}).get("columns") or [] if saved else []


def _host_lists_custom_field() -> bool:
	"""Tell whether the host asks for permission itself: later versions list where earlier ones took every row."""
	from frappe.desk.query_report import get_data_for_custom_field

	return "get_list" in inspect.unwrap(get_data_for_custom_field).__code__.co_names


def _ask_for_goal(arguments: dict[str, Any]) -> None:
	"""The host adds up rows that fit any filter, and shows three fields of a document whatever their level."""
	if _is_guarded(arguments.get("goal_doctype")):
		_refuse_unless_all_is_read(arguments["goal_doctype"])
	if arguments.get("doctype") in CASE_DOCTYPES:
		for key in ("goal_value_field", "goal_total_field", "goal_history_field"):
			if not _reads_column(arguments["doctype"], arguments.get(key)):
				raise frappe.PermissionError


def _ask_for_values(doctype: Any, column: Any) -> None:
	if not _is_guarded(doctype):
		_refuse_way_into_case(doctype, column)
	elif _is_restricted(doctype) or not _reads_column(doctype, column):
		raise frappe.PermissionError


def _refuse_way_into_case(doctype: Any, column: Any) -> None:
	"""Refuse `link.field`: the host follows a link to the document of a case and reads its field."""
	link, dot, _field = str(column).partition(".")
	field = frappe.get_meta(doctype).get_field(link) if dot and frappe.db.exists("DocType", doctype) else None
	if field and _is_guarded(field.options):
		raise frappe.PermissionError


def _refuse_unless_all_is_read(doctype: str) -> None:
	"""Ask for every row and every level: a filter on a column tells what it holds."""
	meta = frappe.get_meta(doctype)
	if _is_restricted(doctype) or not all(_reads_column(doctype, field.fieldname) for field in meta.fields):
		raise frappe.PermissionError


def _is_guarded(doctype: Any) -> bool:
	return doctype in CASE_DOCTYPES or doctype in REFERENCES or doctype in child_doctypes_of_cases()


def _is_restricted(doctype: str) -> bool:
	"""Tell whether the user lists less than every row. Rows of child tables are nobody's to ask for."""
	if doctype in child_doctypes_of_cases():
		return True
	doctypes = (doctype,) if doctype in CASE_DOCTYPES else CASE_DOCTYPES
	return any(readable_condition(name, frappe.session.user) for name in doctypes)


def _reads_column(doctype: str, column: Any) -> bool:
	"""Tell whether a column is the DocType's, nothing computed of others, and of a level that the user reads."""
	meta = frappe.get_meta(doctype)
	field = meta.get_field(column) if isinstance(column, str) else None
	if not field:
		return column in (*default_fields, *optional_fields)
	return field.permlevel in meta.get_permlevel_access("read")


RULES: dict[str, Callable[[dict[str, Any]], None]] = {
	"frappe.core.doctype.prepared_report.prepared_report.make_prepared_report": _ask_for_custom_columns,
	"frappe.desk.query_report.export_query": _ask_for_custom_columns,
	"frappe.desk.query_report.get_data_for_custom_field": _ask_for_custom_field,
	"frappe.desk.query_report.run": _ask_for_custom_columns,
	"frappe.utils.goal.get_monthly_goal_graph_data": _ask_for_goal,
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": _ask_for_states,
}
