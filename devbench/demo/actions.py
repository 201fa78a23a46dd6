"""What people do in the play: the calls that forms and buttons make, as the user who is logged in.

Nothing here passes by a permission. A form is saved by `insert` and `save`, a workflow button pressed by what the
button calls, a Create button by what that button calls.
"""

import json
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.model.mapper import make_mapped_doc
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import COMPLAINT, CONTACT, SLIP
from complaint_handling.services.workflow import workflow_steps

CREATE_FROM_ORDER = "complaint_handling.integrations.erpnext.sales_order.make_customer_complaint"
COLLECT_FINDINGS = "complaint_handling.api.complaint.collect_findings"
CREATE_EIGHT_D = "complaint_handling.api.complaint.make_eight_d_report"


def register_from_order(order: str, item_code: str, goods: dict[str, Any], **values: Any) -> Document:
	"""Press Create > Customer Complaint on a Sales Order, pick the rows of an item, fill the form and save it."""
	rows = frappe.get_all(
		"Sales Order Item", {"parent": order, "item_code": item_code}, pluck="name", order_by="idx"
	)
	complaint = make_mapped_doc(CREATE_FROM_ORDER, order, args=json.dumps({"rows": rows}))
	complaint.update(values)
	for row in complaint.items:
		row.update(goods)
	return complaint.insert()


def save(doctype: str, name: str, rows: dict[str, list[dict]] | None = None, **values: Any) -> Document:
	"""Open a form, type values, add rows to its tables, and save it."""
	doc = frappe.get_doc(doctype, name)
	doc.update(values)
	for table, added in (rows or {}).items():
		doc.extend(table, added)
	return doc.save()


def press(doctype: str, name: str, action: str, **values: Any) -> Document:
	"""Press a button of the workflow and answer its dialog."""
	return workflow_steps.take(frappe.get_doc(doctype, name), action, values)


def contact(complaint: str, purpose: str, summary: str, **values: Any) -> Document:
	"""Record a call, visit or mail with the customer."""
	doc = frappe.get_doc(
		{
			"doctype": CONTACT,
			"complaint": complaint,
			"contacted_on": now_datetime(),
			"direction": "Outgoing",
			"channel": "Telephone",
			"purpose": purpose,
			"summary": summary,
			**values,
		}
	)
	return doc.insert()


def draft_slip(complaint: str, department: str, instruction: str) -> Document:
	"""Write a slip to a department and hand it in for issue."""
	slip = frappe.get_doc(
		{"doctype": SLIP, "complaint": complaint, "department": department, "instruction": instruction}
	).insert()
	return press(SLIP, slip.name, "Submit for Issue")


def report_slip(
	slip: str, finding: str, cause: str, measures: list[dict], cause_status: str = "Confirmed"
) -> Document:
	"""Fill a slip and report it."""
	save(SLIP, slip, {"measures": measures}, finding=finding, cause=cause, cause_status=cause_status)
	return press(SLIP, slip, "Report")


def collect_findings(complaint: str) -> int:
	"""Press Collect Findings on a complaint; return how many slips were used."""
	return frappe.get_attr(COLLECT_FINDINGS)(complaint)


def create_eight_d(complaint: str, **values: Any) -> Document:
	"""Press Create > 8D Report on a complaint, complete the form and save it."""
	report = make_mapped_doc(CREATE_EIGHT_D, complaint)
	report.update(values)
	return report.insert()


def mark_done(doctype: str, name: str, table: str, result: str) -> Document:
	"""Enter in every row of a table of measures that it is done, today or now as the column asks."""
	doc = frappe.get_doc(doctype, name)
	for row in doc.get(table):
		row.done_on = now_datetime()
		row.result = row.result or result
	return doc.save()


def answer_checks(complaint: str, notes: tuple[str, ...]) -> Document:
	"""Answer every question of the checklist with Yes, each with its note."""
	doc = frappe.get_doc(COMPLAINT, complaint)
	for row, note in zip(doc.checks, notes, strict=True):
		row.answer, row.note = "Yes", note
	return doc.save()


def measure(kind: str, description: str, employee: str, hours: float) -> dict[str, Any]:
	"""Return a row for a table of measures, due in so many hours."""
	return {
		"measure_type": kind,
		"description": description,
		"responsible_employee": employee,
		"due_on": add_to_date(now_datetime(), hours=hours),
	}
