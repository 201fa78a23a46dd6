"""Findings of the departments brought together on the complaint, and the 8D report opened from it."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import EIGHT_D, SLIP
from complaint_handling.domain.states import ComplaintState, SlipState

MEASURE_FIELDS = ("measure_type", "description", "responsible_employee", "due_on", "done_on", "result")


def collect(complaint: Document) -> int:
	"""Add the causes and measures of reported slips that the complaint does not hold yet; return how many slips.

	Harmless when repeated: what stands on the complaint is passed over; what a slip reported anew is added.
	"""
	if complaint.workflow_state != ComplaintState.IN_HANDLING:
		frappe.throw(_("Findings are collected while the complaint is in handling."))
	known = {(row.slip, row.description) for row in complaint.measures}
	names = frappe.get_list(
		SLIP,
		filters={
			"complaint": complaint.name,
			"workflow_state": ("in", (SlipState.REPORTED.value, SlipState.COMPLETED.value)),
		},
		pluck="name",
		order_by="creation asc",
	)
	used = 0
	for slip in (frappe.get_doc(SLIP, name) for name in names):
		has_new_measures = _add_measures(complaint, slip, known)
		has_new_cause = _add_cause(complaint, slip)
		used += has_new_measures or has_new_cause
	if used:
		complaint.save()
	return used


def open_eight_d(complaint: Document) -> Document:
	"""Return an unsaved 8D report of a complaint: problem, goods, quantities and team taken over."""
	report = frappe.new_doc(EIGHT_D)
	report.update(
		{
			"title": complaint.subject,
			"company": complaint.company,
			"customer": complaint.customer,
			"item_code": complaint.item_code,
			"batch_no": complaint.batch_no,
			"problem_description": frappe.utils.strip_html(complaint.description or ""),
			"quantity_complained": sum(row.complained_quantity or 0 for row in complaint.items),
			"quantity_delivered": sum(row.delivered_quantity or 0 for row in complaint.items),
		}
	)
	report.append("complaints", {"complaint": complaint.name, "subject": complaint.subject})
	for member in complaint.task_force:
		report.append(
			"team", {"employee": member.employee, "is_leader": member.is_leader, "duty": member.duty}
		)
	return report


def _add_measures(complaint: Document, slip: Document, known: set[tuple[str, str]]) -> bool:
	new = [row for row in slip.measures if (slip.name, row.description) not in known]
	for row in new:
		complaint.append(
			"measures", {field: row.get(field) for field in MEASURE_FIELDS} | {"slip": slip.name}
		)
	return bool(new)


def _add_cause(complaint: Document, slip: Document) -> bool:
	if not slip.cause or slip.cause in (complaint.cause or ""):
		return False
	complaint.cause = "\n".join(filter(None, (complaint.cause, slip.cause)))
	if slip.cause_status == "Confirmed" or not complaint.cause_status:
		complaint.cause_status = slip.cause_status
	return True
