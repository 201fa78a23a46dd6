"""A new version of a procedure that holds what was accepted of the shipped one, and nothing else of it."""

from collections.abc import Collection
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from complaint_handling.domain import differences
from complaint_handling.exceptions import ProcedureError
from complaint_handling.services.presets import comparison
from complaint_handling.setup import DATA


def take_over(procedure: Document, accepted: Collection[str], data: Path = DATA) -> Document:
	"""Return the version that holds the accepted differences, named by their ids: a draft itself, else an amendment.

	The amendment is in force at once and the version before it cancelled in the same transaction, so that new
	complaints always find one. Running complaints keep theirs.
	"""
	shipped = comparison.shipped_of(procedure, data)
	try:
		values = differences.take_over(
			comparison.stored_values(procedure),
			comparison.shipped_values(shipped),
			comparison.shape(),
			accepted,
		)
	except KeyError:
		frappe.throw(
			_("What you chose is no longer different. Compare with the shipped version again."),
			ProcedureError,
		)
	known = {"shipped_code": shipped["code"], "shipped_version": shipped["shipped_version"]}
	if procedure.docstatus.is_draft():
		return _update(procedure, {**values, **known}).save()
	return _amend(procedure, {**values, **known})


def keep_own(procedure: Document, data: Path = DATA) -> None:
	"""Record that the shipped version was looked at and nothing taken from it; it is not announced again."""
	shipped = comparison.shipped_of(procedure, data)
	version = cint(shipped["shipped_version"])
	# A submitted procedure is frozen; which shipped version was looked at is no part of what it says.
	procedure.db_set("shipped_version", version)
	procedure.add_comment("Info", _("Compared with version {0} of the shipped procedure.").format(version))


def _amend(procedure: Document, values: dict) -> Document:
	amendment = _update(frappe.copy_doc(procedure), values)
	# The host's copy keeps the state of the document while tests run.
	amendment.docstatus = 0
	amendment.amended_from = procedure.name
	# Hosts from version 15 on amend a cancelled document only.
	procedure.cancel()
	amendment.insert()
	amendment.submit()
	return amendment


def _update(procedure: Document, values: dict) -> Document:
	own = {name: value for name, value in values.items() if name not in comparison.IDENTITY}
	for name in ("shipped_code", "shipped_version"):
		own[name] = values[name]
	procedure.update(own)
	return procedure
