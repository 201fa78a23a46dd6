"""What uninstalling takes away besides the DocTypes: everything that refers to them, nothing of anybody else."""

import frappe
from frappe.query_builder import DocType

from complaint_handling.constants import OWN_ROLES

# DocType that may refer to one of ours -> its field with the DocType's name. The host has not all on every version.
REFERRING = {
	"Access Log": "export_from",
	"Activity Log": "reference_doctype",
	"Comment": "reference_doctype",
	"Communication Link": "link_doctype",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Document Share Key": "reference_doctype",
	"Dynamic Link": "link_doctype",
	"Email Queue": "reference_doctype",
	"Energy Point Log": "reference_doctype",
	"Error Log": "reference_doctype",
	"List Filter": "reference_doctype",
	"Milestone": "reference_type",
	"Notification Log": "document_type",
	"Reminder": "reminder_doctype",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"Version": "ref_doctype",
	"View Log": "reference_doctype",
	"Workflow Action": "reference_doctype",
	"User Permission": "allow",
	"Property Setter": "doc_type",
	"Custom Field": "dt",
	"Custom DocPerm": "parent",
	"DefaultValue": "defkey",
}
# What somebody set up for one of our DocTypes, in the order in which it is deleted: as documents, for they have rows
# of their own and the host keeps some of them in its caches.
SET_UP_FOR = {
	"Report": ("ref_doctype",),
	"Notification": ("document_type",),
	"Assignment Rule": ("document_type",),
	"Auto Repeat": ("reference_doctype",),
	"Milestone Tracker": ("document_type",),
	"Energy Point Rule": ("reference_doctype",),
	"Number Card": ("document_type", "parent_document_type"),
	"Dashboard Chart": ("document_type", "parent_document_type"),
	"Client Script": ("dt",),
	"Kanban Board": ("reference_doctype",),
}
# And what is held about a single document of ours.
HELD_ABOUT = {"File": "attached_to_doctype", "Communication": "reference_doctype"}


def remove_references() -> None:
	"""Delete what other DocTypes hold about this app's documents: files, comments, assignments, saved reports."""
	doctypes = own_doctypes()
	for doctype, fieldnames in SET_UP_FOR.items():
		for fieldname in fieldnames:
			_delete_documents(doctype, fieldname, doctypes)
	for doctype, fieldname in HELD_ABOUT.items():
		_delete_documents(doctype, fieldname, doctypes)
	for doctype, fieldname in REFERRING.items():
		if _has_column(doctype, fieldname):
			frappe.db.delete(doctype, {fieldname: ("in", doctypes)})
	_forget_series(doctypes)


def remove_roles() -> None:
	"""Delete the app's roles and take them from users, profiles and permissions."""
	for doctype in ("Has Role", "Custom DocPerm", "DocPerm", "Custom Role"):
		if frappe.db.has_column(doctype, "role"):
			frappe.db.delete(doctype, {"role": ("in", OWN_ROLES)})
	for role in OWN_ROLES:
		if frappe.db.exists("Role", role):
			frappe.delete_doc("Role", role, force=True)


def own_doctypes() -> list[str]:
	"""Return the names of all DocTypes of this app's modules."""
	modules = frappe.get_all(
		"Module Def", filters={"app_name": "complaint_handling"}, pluck="name", order_by="name"
	)
	return frappe.get_all("DocType", filters={"module": ("in", modules)}, pluck="name", order_by="name")


def _delete_documents(doctype: str, fieldname: str, doctypes: list[str]) -> None:
	if not _has_column(doctype, fieldname):
		return
	filters = {fieldname: ("in", doctypes)}
	if doctype == "Report":
		# The app's own reports go with its module, and the host refuses to delete them before.
		filters["is_standard"] = "No"
	for name in frappe.get_all(doctype, filters=filters, pluck="name", order_by="name"):
		frappe.delete_doc(doctype, name, force=True)


def _has_column(doctype: str, fieldname: str) -> bool:
	return frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, fieldname)


def _forget_series(doctypes: list[str]) -> None:
	series = DocType("Series")
	for doctype in doctypes:
		field = frappe.get_meta(doctype).get_field("naming_series")
		for option in (field.options or "").split("\n") if field else ():
			prefix = option.split(".")[0]
			frappe.qb.from_(series).delete().where(series.name.like(f"{prefix}____-")).run()
