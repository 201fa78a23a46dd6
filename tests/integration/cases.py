"""Cases brought to a state by pressing the buttons, for tests that begin there."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, nowdate

from complaint_handling.constants import COMPLAINT, CONTACT, DEFERRAL, PROCEDURE, SLIP
from tests.factories import as_user, employee_of, make_complaint, make_measure, make_slip, press


def in_handling(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint in the state In Handling that the agent registered and handles directly."""
	with as_user(cast["agent"]):
		complaint = make_complaint(handled_directly=1, **overrides)
	press(complaint, "Assess", cast["agent"])
	return press(complaint, "Start Handling", cast["coordinator"])


def solved(cast: dict[str, str], rate: float = 0, **overrides: Any) -> Document:
	"""Return a complaint in handling with cause and measure; a rate above 0 adds a remedy of that amount."""
	complaint = in_handling(cast, **overrides)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.verification_result = "Confirmed"
		complaint.cause = "Bearing fitted without preload"
		complaint.append("measures", make_measure(employee_of(cast["handler"])))
		if rate:
			complaint.append("remedies", {"remedy_type": "Waived Service Hours", "quantity": 1, "rate": rate})
		else:
			complaint.no_compensation = 1
		return complaint.save()


def proposed(cast: dict[str, str], rate: float = 0, **overrides: Any) -> Document:
	"""Return a complaint whose solution waits for approval."""
	return press(solved(cast, rate, **overrides), "Propose Solution", cast["coordinator"])


def with_customer(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint whose solution is approved."""
	return press(proposed(cast, **overrides), "Approve Solution", cast["general_manager"])


def executing(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint to whose solution the customer agreed."""
	return press(
		with_customer(cast, **overrides),
		"Record Consent",
		cast["agent"],
		consent_by="Manager Wang",
		consent_method="Telephone",
		consent_on=now_datetime(),
	)


def explain(cast: dict[str, str], complaint: Document) -> Document:
	"""Record that the agent explained the plan to the customer."""
	values = {
		"doctype": CONTACT,
		"complaint": complaint.name,
		"contacted_on": now_datetime(),
		"direction": "Outgoing",
		"channel": "Telephone",
		"purpose": "Solution Explained",
		"summary": "What is done, by whom and until when",
	}
	with as_user(cast["agent"]):
		return frappe.get_doc(values).insert()


def awaiting_revisit(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint whose measures are done."""
	complaint = executing(cast, **overrides)
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		for row in complaint.measures:
			row.done_on = now_datetime()
		complaint.save()
	return press(complaint, "Confirm Execution", cast["agent"], execution_note="Bearing replaced on site")


def issued_slip(cast: dict[str, str], complaint: Document | None = None) -> Document:
	"""Return a slip that the handler's department has to answer."""
	complaint = complaint or in_handling(cast)
	handler = employee_of(cast["handler"])
	with as_user(cast["coordinator"]):
		slip = make_slip(
			complaint, frappe.db.get_value("Employee", handler, "department"), responsible_employee=handler
		)
	press(slip, "Submit for Issue", cast["coordinator"])
	return press(slip, "Issue Slip", cast["coordinator"])


def reported_slip(cast: dict[str, str], complaint: Document | None = None) -> Document:
	"""Return a slip that the handler has answered."""
	slip = issued_slip(cast, complaint)
	with as_user(cast["handler"]):
		slip = frappe.get_doc(SLIP, slip.name)
		slip.finding = "Preload of the spindle bearing is missing"
		slip.cause = "Work instruction leaves the preload open"
		slip.cause_status = "Confirmed"
		slip.append("measures", make_measure(employee_of(cast["handler"])))
		slip.save()
	return press(slip, "Report", cast["handler"])


def procedure_with_deferral() -> str:
	"""Return the procedure in force of document 003, which knows deferrals and process engineering."""
	return frappe.db.get_value(PROCEDURE, {"code": "003-A", "docstatus": 1})


def deferral_request(cast: dict[str, str], slip: Document | None = None, **overrides: Any) -> Document:
	"""Return the handler's request, in the state Draft, to defer a slip by thirty days."""
	if not slip:
		complaint = in_handling(cast, procedure=procedure_with_deferral(), severity="Minor")
		slip = reported_slip(cast, complaint)
	values = {
		"doctype": DEFERRAL,
		"slip": slip.name,
		"cause_of_delay": "Material Shortage",
		"reason": "The supplier of the veneer delivers in three weeks",
		"new_date": add_days(nowdate(), 30),
	}
	with as_user(overrides.pop("user", cast["handler"])):
		return frappe.get_doc({**values, **overrides}).insert()
