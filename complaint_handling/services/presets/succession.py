"""What points to a procedure follows it from version to version: the settings' default and their rules."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import PROCEDURE, SETTINGS

RULE = "Complaint Procedure Rule"


def step_down(procedure: Document) -> None:
	"""Let a version that is cancelled be the default no longer; its code is kept for the version that follows."""
	if frappe.db.get_single_value(SETTINGS, "default_procedure") == procedure.name:
		frappe.db.set_single_value(SETTINGS, "default_procedure", None)
		frappe.db.set_single_value(SETTINGS, "default_procedure_code", procedure.code)
		frappe.clear_document_cache(SETTINGS, SETTINGS)


def follow(procedure: Document) -> None:
	"""Let the settings name the version that is now in force where they named one before it."""
	if _follows_the_default(procedure):
		frappe.db.set_single_value(SETTINGS, "default_procedure", procedure.name)
		frappe.db.set_single_value(SETTINGS, "default_procedure_code", None)
	versions = frappe.get_all(
		PROCEDURE, filters={"code": procedure.code}, pluck="name", order_by="creation asc"
	)
	rules = frappe.get_all(
		RULE,
		filters={"parenttype": SETTINGS, "procedure": ("in", versions)},
		pluck="name",
		order_by="idx asc",
	)
	for name in rules:
		frappe.db.set_value(RULE, name, "procedure", procedure.name)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def _follows_the_default(procedure: Document) -> bool:
	return (
		not frappe.db.get_single_value(SETTINGS, "default_procedure")
		and frappe.db.get_single_value(SETTINGS, "default_procedure_code") == procedure.code
	)
