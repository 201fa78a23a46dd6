"""The procedures that the app ships, read from its data files as values of a Complaint Procedure."""

from pathlib import Path
from typing import Any

from frappe.model.document import Document
from frappe.utils import cint

from complaint_handling.setup import DATA, read_folder

FOLDER = "procedures"


def shipped_procedures(data: Path = DATA) -> list[dict[str, Any]]:
	"""Return the values of every shipped procedure, by code; each says by itself which one it is."""
	return [{**values, "shipped_code": values["code"]} for values in read_folder(FOLDER, data)]


def shipped_procedure(code: str | None, data: Path = DATA) -> dict[str, Any] | None:
	"""Return the values of the shipped procedure of this code, or None."""
	return next((values for values in shipped_procedures(data) if values["code"] == code), None)


def shipped_for(procedure: Document, data: Path = DATA) -> dict[str, Any] | None:
	"""Return the shipped procedure that this one was taken from, or None for a company's own one.

	Procedures of a site that was set up before the origin was recorded are recognised by their code.
	"""
	return shipped_procedure(procedure.shipped_code or procedure.code, data)


def latest_version(procedure: Document, data: Path = DATA) -> int | None:
	"""Return the version of the shipped procedure that this one was taken from, None for a company's own one."""
	shipped = shipped_for(procedure, data)
	return cint(shipped["shipped_version"]) if shipped else None
