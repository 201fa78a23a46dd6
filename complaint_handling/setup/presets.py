"""Calendars, categories and procedures of the source documents: inserted if absent, then the company's own."""

import frappe

from complaint_handling.constants import CALENDAR, CATEGORY, PROCEDURE, SETTINGS
from complaint_handling.setup import read_folder
from complaint_handling.setup.category_trees import shipped_categories

# Left out, the host would fill in the site's default company; the presets are for every company.
EVERY_COMPANY = {"company": ""}
# The procedure that the settings name first; a company chooses its own.
DEFAULT_PROCEDURE = "004-A"


def create_presets() -> None:
	"""Create the shipped calendars, categories and procedures that the site does not have.

	The settings name one procedure as default while they name none.
	"""
	for values in read_folder("calendars"):
		_insert_if_absent(CALENDAR, values["calendar_name"], {**EVERY_COMPANY, **values})
	for values in shipped_categories():
		_insert_if_absent(CATEGORY, values["category_name"], values)
	for values in read_folder("procedures"):
		_create_procedure(values)


def _create_procedure(values: dict) -> None:
	if frappe.db.exists(PROCEDURE, {"code": values["code"]}):
		return
	procedure = frappe.get_doc({"doctype": PROCEDURE, **EVERY_COMPANY, **values})
	procedure.insert(ignore_permissions=True)
	procedure.submit()
	is_default = values["code"] == DEFAULT_PROCEDURE
	if is_default and not frappe.db.get_single_value(SETTINGS, "default_procedure"):
		frappe.db.set_single_value(SETTINGS, "default_procedure", procedure.name)


def _insert_if_absent(doctype: str, name: str, values: dict) -> None:
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
