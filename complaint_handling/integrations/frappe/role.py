"""The department rule knows its two roles by name."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import DEPARTMENT_ROLES


def refuse_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Refuse to rename a role whose holders read the own department only: they would read everything."""
	if old not in DEPARTMENT_ROLES:
		return
	frappe.throw(
		_(
			"The role {0} limits its holders to the own department by this name and cannot be renamed. To show another"
			" name, translate it; for other rights, make a role of your own."
		).format(frappe.bold(_(old))),
		title=_("Role Not Renamed"),
	)
