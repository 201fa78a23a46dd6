"""Calendars, categories and procedures of the source documents: inserted if absent, then the company's own."""

from pathlib import Path

import frappe

from complaint_handling.constants import CALENDAR, CATEGORY, PROCEDURE, SETTINGS
from complaint_handling.setup import DATA, read_folder
from complaint_handling.setup.category_trees import shipped_categories

# Left out, the host would fill in the site's default company; the presets are for every company.
EVERY_COMPANY = {"company": ""}
# The procedure that the settings name first; a company chooses its own.
DEFAULT_PROCEDURE = "004-A"


def create_presets(data: Path = DATA) -> None:
	"""Create the shipped calendars, categories and procedures that the site does not have.

	A procedure is absent when no version of its code is there, in force or not: what a company amended, or took out
	of force, is its own. The settings name one procedure as default while they name none.
	"""
	for values in read_folder("calendars", data):
		_insert_if_absent(CALENDAR, values["calendar_name"], {**EVERY_COMPANY, **values})
	for values in shipped_categories():
		_insert_if_absent(CATEGORY, values["category_name"], values)
	for values in read_folder("procedures", data):
		_create_procedure(values)


def _create_procedure(values: dict) -> None:
	if frappe.db.exists(PROCEDURE, {"code": values["code"]}):
		return
	origin = {"shipped_code": values["code"]}
	procedure = frappe.get_doc({"doctype": PROCEDURE, **EVERY_COMPANY, **values, **origin})
	procedure.insert(ignore_permissions=True)
	procedure.submit()
	if values["code"] == DEFAULT_PROCEDURE and not _names_a_default():
		frappe.db.set_single_value(SETTINGS, "default_procedure", procedure.name)


def _names_a_default() -> bool:
	return any(
		frappe.db.get_single_value(SETTINGS, fieldname)
		for fieldname in ("default_procedure", "default_procedure_code")
	)


def _insert_if_absent(doctype: str, name: str, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
