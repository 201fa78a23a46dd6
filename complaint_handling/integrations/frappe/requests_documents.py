"""Requests about a named document, of which the host does not ask whether the user reads it."""

from collections.abc import Callable
from typing import Any

import frappe

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.services.access.reading_rules import may_read_reference, readable_condition
from complaint_handling.services.special_cases import legal_holds


def _ask_for(doctype_key: str, name_key: str) -> Callable[[dict[str, Any]], None]:
	def ask(arguments: dict[str, Any]) -> None:
		_ask(arguments.get(doctype_key), arguments.get(name_key))

	return ask


def _ask_for_each(doctype_key: str, names_key: str) -> Callable[[dict[str, Any]], None]:
	def ask(arguments: dict[str, Any]) -> None:
		for name in frappe.parse_json(arguments.get(names_key)) or ():
			_ask(arguments.get(doctype_key), name)

	return ask


def _ask(doctype: Any, name: Any) -> None:
	# The host takes a list or a dict for a filter, and so reaches documents that nobody named.
	if isinstance(doctype, list | dict) or (doctype in CASE_DOCTYPES and isinstance(name, list | dict)):
		raise frappe.PermissionError
	if not may_read_reference(doctype, name, frappe.session.user):
		raise frappe.PermissionError


def _ask_to_unassign(arguments: dict[str, Any]) -> None:
	"""Ask for write where the host empties a field of the document itself, which it does by its name alone."""
	doctype, name = arguments.get("doctype"), arguments.get("name")
	_ask(doctype, name)
	if doctype in CASE_DOCTYPES and frappe.get_meta(doctype).has_field("assigned_to"):
		frappe.has_permission(doctype, "write", doc=name, throw=True)


def _ask_to_unassign_each(arguments: dict[str, Any]) -> None:
	for name in frappe.parse_json(arguments.get("names")) or ():
		_ask_to_unassign({"doctype": arguments.get("doctype"), "name": name})


def _refuse_unless_all_rows(arguments: dict[str, Any]) -> None:
	"""Refuse the names of tagged documents to whoever does not list every row."""
	doctype = arguments.get("doctype")
	if doctype in CASE_DOCTYPES and readable_condition(doctype, frappe.session.user):
		raise frappe.PermissionError


def _ask_for_preview(arguments: dict[str, Any]) -> None:
	"""Ask for the document that a template is filled from; some versions name it through its Auto Repeat."""
	doctype, name = arguments.get("reference_dt"), arguments.get("reference_doc")
	if arguments.get("name") and not doctype:
		fields = ("reference_doctype", "reference_document")
		doctype, name = frappe.db.get_value("Auto Repeat", str(arguments["name"]), fields) or (None, None)
	_ask(doctype, name)
	# A template prints every field: only for whoever reads every level of them.
	if doctype in CASE_DOCTYPES:
		meta = frappe.get_meta(doctype)
		levels = {field.permlevel for field in meta.fields}
		if not levels.issubset(meta.get_permlevel_access("read")):
			raise frappe.PermissionError


def _ask_to_relink(arguments: dict[str, Any]) -> None:
	"""The host moves a mail from one document to another by its name alone; a held one stays where it is."""
	name = arguments.get("name")
	if not isinstance(name, str) or not frappe.db.exists("Communication", name):
		return
	mail = frappe.get_doc("Communication", name)
	_ask(mail.reference_doctype, mail.reference_name)
	_ask(arguments.get("reference_doctype"), arguments.get("reference_name"))
	legal_holds.refuse_deletion(mail)


RULES: dict[str, Callable[[dict[str, Any]], None]] = {
	"frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview": _ask_for_preview,
	"frappe.desk.doctype.tag.tag.add_tag": _ask_for("dt", "dn"),
	"frappe.desk.doctype.tag.tag.add_tags": _ask_for_each("dt", "docs"),
	"frappe.desk.doctype.tag.tag.get_tagged_docs": _refuse_unless_all_rows,
	"frappe.desk.doctype.tag.tag.remove_tag": _ask_for("dt", "dn"),
	"frappe.desk.form.assign_to.close": _ask_to_unassign,
	"frappe.desk.form.assign_to.remove": _ask_to_unassign,
	"frappe.desk.form.assign_to.remove_multiple": _ask_to_unassign_each,
	"frappe.desk.form.document_follow.get_follow_users": _ask_for("doctype", "doc_name"),
	"frappe.desk.like.toggle_like": _ask_for("doctype", "name"),
	"frappe.desk.search.get_link_title": _ask_for("doctype", "docname"),
	"frappe.email.relink": _ask_to_relink,
	"frappe.social.doctype.energy_point_log.energy_point_log.get_reviews": _ask_for("doctype", "docname"),
}
