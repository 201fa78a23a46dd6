"""Files of a case are private: a public file is served to anybody who has its address."""

import os

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import EVERYTHING, reference_condition
from complaint_handling.services.special_cases import legal_holds

REFERENCE = Reference("File", "attached_to_doctype", "attached_to_name")
has_permission = REFERENCE.has_permission
# Documents that carry files of a case without being a part of it: the attachments of its mails.
CARRIERS = ("Communication", "Comment")


def get_permission_query_conditions(user: str | None = None) -> str:
	"""Leave the files of readable documents: the host lists all files of each DocType that the user reads."""
	user = user or frappe.session.user
	attached = REFERENCE.get_permission_query_conditions(user)
	if not attached:
		return EVERYTHING
	return " and ".join([attached, *(_carried_condition(carrier, user) for carrier in CARRIERS)])


def keep_private(doc: Document, method: str | None = None) -> None:
	"""Make a file private when it is attached to a document of a case.

	The host has written the content by then. Where that was to the public folder, a private copy is written
	and the public one is removed unless another record uses it.
	"""
	if doc.is_folder or cint(doc.is_private) or not _belongs_to_case(doc):
		return
	doc.is_private = 1
	if (doc.file_url or "").startswith("/files/"):
		_move_out_of_public(doc)


def keep_private_link(doc: Document, method: str | None = None) -> None:
	"""Keep the record of a file elsewhere private too: the host calls every address outside its folders public."""
	if not doc.is_folder and not cint(doc.is_private) and _belongs_to_case(doc):
		doc.db_set("is_private", 1, update_modified=False)


def delete_unless_held(doc: Document, only_thumbnail: bool = False) -> None:
	"""Refuse to delete the content of a file under legal hold, then delete it as the host would.

	The host deletes from the disk before it asks `on_trash`, and what is gone there no rollback brings back.
	"""
	if not only_thumbnail:
		legal_holds.refuse_deletion(doc)
	others = [path for path in frappe.get_hooks("delete_file_data_content") if not path.startswith(__name__)]
	if others:  # an app that keeps files elsewhere
		frappe.get_attr(others[0])(doc, only_thumbnail=only_thumbnail)
	else:
		doc.delete_file_from_filesystem(only_thumbnail=only_thumbnail)


def _belongs_to_case(doc: Document) -> bool:
	doctype, name = REFERENCE.of(doc)
	if doctype in CARRIERS and name:
		doctype = frappe.db.get_value(doctype, name, "reference_doctype")
	return doctype in CASE_DOCTYPES


def _move_out_of_public(doc: Document) -> None:
	public_url, public_path = doc.file_url, doc.get_full_path()
	content = doc.get_content()
	doc.file_url = None
	doc.save_file(content=content)
	if frappe.db.exists("File", {"file_url": public_url, "name": ("!=", doc.name or "")}):
		return
	if os.path.exists(public_path):
		os.remove(public_path)


def _carried_condition(carrier: str, user: str) -> str:
	readable = reference_condition("carrier", "reference_doctype", "reference_name", user)
	return (
		f"(ifnull(`tabFile`.`attached_to_doctype`, '') != {frappe.db.escape(carrier)} or exists (select 1"
		f" from `tab{carrier}` carrier where carrier.`name` = `tabFile`.`attached_to_name` and {readable}))"
	)
