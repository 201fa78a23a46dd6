"""Slips whose procedure has a ladder of one's own, for tests of who is told and what is done."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date

from complaint_handling.constants import ESCALATION_LOG, MILESTONE, PROCEDURE
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.integration import cases


def make_procedure(*steps: dict[str, Any], **values: Any) -> str:
	"""Return a submitted procedure like that of document 004 with a ladder of these steps, one hour apart."""
	procedure = frappe.copy_doc(frappe.get_doc(PROCEDURE, factories.default_procedure()))
	procedure.update({"code": f"TEST-{frappe.generate_hash(length=8)}", "amended_from": None, **values})
	procedure.set("escalation_steps", [])
	for level, step in enumerate(steps, 1):
		procedure.append(
			"escalation_steps",
			{"level": level, "after_value": level, "after_unit": "Working Hours", "action": "Notify", **step},
		)
	procedure.insert(ignore_permissions=True)
	frappe.get_doc(PROCEDURE, procedure.name).submit()
	return procedure.name


def issued_slip(cast: dict[str, str], *steps: dict[str, Any], **values: Any) -> Document:
	"""Return a slip of the handler's department under a procedure with this ladder."""
	complaint = cases.in_handling(cast, procedure=make_procedure(*steps, **values))
	return cases.issued_slip(cast, complaint)


def clock_of(doc: Document, stage: str = "Department Reply") -> Document:
	"""Return a clock of a document."""
	return frappe.get_doc(MILESTONE, {"reference_name": doc.name, "stage": stage})


def sweep(clock: Document, **later: int) -> None:
	"""Sweep a clock some time after its due time."""
	escalation.sweep_chunk([clock.name], add_to_date(clock.due_at, **later))


def row_at(clock: Document, level: int) -> frappe._dict | None:
	"""Return what the log says about a level of a clock."""
	return frappe.db.get_value(ESCALATION_LOG, {"milestone": clock.name, "level": level}, "*", as_dict=True)


def told_at(clock: Document, level: int) -> str | None:
	"""Return who is told at a level of a clock."""
	return row_at(clock, level).escalated_to
