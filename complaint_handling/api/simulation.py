"""What the button Simulate calls, on a procedure and on a calendar; both may be drafts, nothing is saved."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, get_datetime

from complaint_handling.constants import CALENDAR, PROCEDURE
from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.exceptions import CalendarError, ProcedureError
from complaint_handling.services.overview import simulation
from complaint_handling.services.overview.simulated_recipients import SimulatedCase


@frappe.whitelist()
def simulate_procedure(procedure: str | dict, case: str | dict) -> dict[str, Any]:
	"""Return the due times, warnings and escalations of a case by a procedure, saved or not.

	`case` holds received_on, severity, is_urgent, slip_kind, company, department, holder, demand_deadline,
	and under `happenings` the moments of events that the user knows better.

	Who may not write procedures simulates a stored one only, is told no reasons, and is told persons only as
	the holder himself: a ladder of his own would tell him who is away, and who reports to whom.
	"""
	frappe.has_permission(CALENDAR, "read", throw=True)
	document, asked = _draft(PROCEDURE, procedure), frappe._dict(frappe.parse_json(case))
	may_write = bool(frappe.has_permission(PROCEDURE, "write"))
	if not may_write:
		document = _stored(document)
	if not document.default_calendar:
		frappe.throw(_("Choose the default calendar of the procedure first."), ProcedureError)
	document.run_method("validate")
	course = simulation.Course(
		document,
		_case_of(asked) if may_write else _own_case_of(asked),
		_moment(asked.received_on),
		_happenings(asked.happenings),
		get_datetime(asked.demand_deadline) if asked.demand_deadline else None,
	)
	try:
		return simulation.simulate(course)
	except HorizonError:
		frappe.throw(
			_("A due time lies further away than the calendar reaches. Shorten the target."), ProcedureError
		)


@frappe.whitelist()
def simulate_length(calendar: str | dict, start: str, value: float, unit: str) -> dict[str, Any]:
	"""Return when a length of time is over by a calendar, saved or not, and its open time."""
	document = _draft(CALENDAR, calendar)
	try:
		return simulation.simulate_length(document, _moment(start), flt(value), unit)
	except HorizonError:
		frappe.throw(_("The calendar has too little working time for this length."), CalendarError)
	except ValueError:
		frappe.throw(
			_("{0} {1} is not a length of time. Working days are whole, nothing is negative.").format(
				value, _(unit)
			),
			CalendarError,
		)


def _draft(doctype: str, content: str | dict) -> Document:
	"""Return a document as the form holds it, which the user may read; it is never saved."""
	content = frappe.parse_json(content)
	frappe.has_permission(doctype, "read", throw=True)
	name = content.get("name")
	if name and frappe.db.exists(doctype, name):
		frappe.has_permission(doctype, "read", doc=name, throw=True)
	return frappe.get_doc({**content, "doctype": doctype})


def _stored(draft: Document) -> Document:
	"""Return the stored document that the form shows; refused when the form holds anything else."""
	stored = (
		frappe.get_doc(draft.doctype, draft.name) if frappe.db.exists(draft.doctype, draft.name) else None
	)
	if not stored or _contents(draft) != _contents(stored):
		frappe.throw(
			_(
				"You can simulate the stored procedure only, as it is. Ask somebody who may change procedures, or reload the form."
			),
			frappe.PermissionError,
		)
	return stored


def _contents(document: Document) -> dict[str, Any]:
	"""Return what somebody entered, comparable between a form and the database, where nothing is null."""
	values = document.get_valid_dict(convert_dates_to_str=True)
	entered = {field.fieldname: values.get(field.fieldname) or None for field in document.meta.fields}
	for table in document.meta.get_table_fields():
		entered[table.fieldname] = [_contents(row) for row in document.get(table.fieldname)]
	return entered


def _own_case_of(asked: frappe._dict) -> SimulatedCase:
	"""Return the case as the user may simulate it: with himself as the holder, in his department, or nobody."""
	holder = frappe.session.user if asked.holder == frappe.session.user else None
	case = _case_of(frappe._dict({**asked, "holder": holder, "department": None}))
	return replace(case, is_own=True)


def _case_of(asked: frappe._dict) -> SimulatedCase:
	employee = _employee_of(asked.holder, asked.company)
	return SimulatedCase(
		severity=asked.severity or None,
		is_urgent=cint(asked.is_urgent),
		slip_kind=asked.slip_kind or None,
		company=asked.company or employee.company,
		department=asked.department or employee.department,
		holder=asked.holder or None,
	)


def _employee_of(user: str | None, company: str | None) -> frappe._dict:
	"""Return department and company of the holder, as far as he is an employee."""
	filters = {"user_id": user, "status": "Active"} | ({"company": company} if company else {})
	found = user and frappe.db.get_value("Employee", filters, ["department", "company"], as_dict=True)
	return found or frappe._dict()


def _happenings(given: Any) -> dict[str, datetime]:
	return {event: get_datetime(moment) for event, moment in (given or {}).items() if moment}


def _moment(value: Any) -> datetime:
	if not value:
		frappe.throw(_("Enter when the case is received."))
	return get_datetime(value)
