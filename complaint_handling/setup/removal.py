"""What uninstalling takes away besides the DocTypes: everything that refers to them, nothing of anybody else."""

import frappe
from frappe.query_builder import DocType

from complaint_handling.constants import OWN_ROLES

# DocType that may refer to a case document -> its field with the DocType's name.
REFERRING = {
	"Comment": "reference_doctype",
	"Communication Link": "link_doctype",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Dynamic Link": "link_doctype",
	"Email Queue": "reference_doctype",
	"Error Log": "reference_doctype",
	"List Filter": "reference_doctype",
	"Notification Log": "document_type",
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


def remove_references() -> None:
	"""Delete what other DocTypes hold about this app's documents: files, comments, assignments, saved reports."""
	doctypes = own_doctypes()
	for report in frappe.get_all(
		"Report", filters={"ref_doctype": ("in", doctypes)}, pluck="name", order_by="name"
	):
		frappe.delete_doc("Report", report, force=True)
	for name in frappe.get_all(
		"File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name", order_by="name"
	):
		frappe.delete_doc("File", name, force=True)
	for communication in frappe.get_all(
		"Communication", filters={"reference_doctype": ("in", doctypes)}, pluck="name", order_by="name"
	):
		frappe.delete_doc("Communication", communication, force=True)
	for doctype, fieldname in REFERRING.items():
		if frappe.db.has_column(doctype, fieldname):
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


def _forget_series(doctypes: list[str]) -> None:
	series = DocType("Series")
	for doctype in doctypes:
		field = frappe.get_meta(doctype).get_field("naming_series")
		for option in (field.options or "").split("\n") if field else ():
			prefix = option.split(".")[0]
			frappe.qb.from_(series).delete().where(series.name.like(f"{prefix}____-")).run()
