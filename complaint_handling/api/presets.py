"""What the form of the Complaint Procedure calls to load and compare, and a complaint's form to find its procedure."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from complaint_handling.constants import COMPLAINT, PROCEDURE
from complaint_handling.exceptions import ProcedureError
from complaint_handling.services import procedures
from complaint_handling.services.presets import comparison, new_versions, shipped


@frappe.whitelist()
def list_shipped() -> list[dict[str, Any]]:
	"""Return code and name of each shipped procedure, and whether its code is taken on the site."""
	frappe.has_permission(PROCEDURE, "create", throw=True)
	taken = set(frappe.get_all(PROCEDURE, pluck="code", order_by="code asc"))
	return [
		{
			"code": values["code"],
			"procedure_name": _(values["procedure_name"]),
			"source_document": values["source_document"],
			"is_taken": values["code"] in taken,
		}
		for values in shipped.shipped_procedures()
	]


@frappe.whitelist()
def get_shipped(code: str) -> dict[str, Any]:
	"""Return the values of a shipped procedure, to fill the form of a new one with."""
	frappe.has_permission(PROCEDURE, "create", throw=True)
	values = shipped.shipped_procedure(code)
	if not values:
		frappe.throw(_("{0} is not a shipped procedure.").format(frappe.bold(code)), ProcedureError)
	if frappe.db.exists(PROCEDURE, {"code": code}):
		# A code names one procedure with all its versions; the company chooses another for its own.
		values["code"] = ""
	return values


@frappe.whitelist()
def compare(procedure: str) -> dict[str, Any]:
	"""Return the differences between a procedure and its shipped version, as people read them."""
	document = _document(procedure, "read")
	return {
		"own_version": cint(document.shipped_version),
		"shipped_version": cint(comparison.shipped_of(document)["shipped_version"]),
		"differences": [comparison.as_text(found) for found in comparison.compare(document)],
	}


@frappe.whitelist(methods=["POST"])
def take_over(procedure: str, accepted: str | list) -> str:
	"""Put the accepted differences in force in a new version and return its name.

	Whoever may amend a procedure may; the host asks for the rights to cancel and to submit as well.
	"""
	document = _document(procedure, "amend")
	chosen = frappe.parse_json(accepted)
	if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
		frappe.throw(_("Choose what to adopt from the list."), ProcedureError)
	if not chosen:
		frappe.throw(_("Nothing is ticked. Tick what to adopt, or keep your own."), ProcedureError)
	return new_versions.take_over(document, chosen).name


@frappe.whitelist(methods=["POST"])
def keep_own(procedure: str) -> None:
	"""Record that the shipped version was looked at and nothing taken from it."""
	new_versions.keep_own(_document(procedure, "amend"))


@frappe.whitelist()
def chosen_procedure(
	company: str,
	customer: str | None = None,
	channel: str | None = None,
	category: str | None = None,
	items: str | list | None = None,
) -> str | None:
	"""Return the procedure that a new complaint follows by the rules of the settings; `items` are item codes."""
	frappe.has_permission(COMPLAINT, "create", throw=True)
	codes = [code for code in frappe.parse_json(items or []) if isinstance(code, str)]
	return procedures.choose(company, customer, channel, category, codes)


def _document(name: str, right: str) -> Document:
	document = frappe.get_doc(PROCEDURE, str(name))
	document.check_permission(right)
	if document.docstatus.is_cancelled():
		frappe.throw(
			_("{0} is no longer in force. Open the version that is.").format(frappe.bold(document.name)),
			ProcedureError,
		)
	return document
