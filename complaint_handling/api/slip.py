"""What buttons on the handling slip call."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, SLIP
from complaint_handling.services.slips import coordination, process_engineering, routing


@frappe.whitelist(methods=["POST"])
def ask_process_engineering(
	slip: str,
	department: str,
	question: str,
	employee: str | None = None,
	reply_wanted_by: str | None = None,
) -> str:
	"""Send a question to process engineering and return the name of the request."""
	return process_engineering.ask(_slip(slip), department, question, employee, reply_wanted_by).name


@frappe.whitelist()
def get_departments(slip: str) -> list[dict[str, str]]:
	"""Return the departments that can be asked from a slip; its handler needs no right on Department."""
	return process_engineering.departments_to_ask(_slip(slip))


@frappe.whitelist()
def get_handlers(slip: str, department: str) -> list[dict[str, str]]:
	"""Return who of a department can be named as handler of a request; no right on Employee is needed."""
	return process_engineering.handlers_of(_slip(slip), department)


@frappe.whitelist(methods=["POST"])
def agree_reply_time(slip: str, agreed_at: str, reason: str) -> None:
	"""Agree a later reply time for a request to process engineering."""
	process_engineering.agree_reply_time(_slip(slip), get_datetime(agreed_at), reason)


@frappe.whitelist(methods=["POST"])
def take_over_answers(slip: str) -> int:
	"""Add the answers of process engineering to the asking slip; return how many were new."""
	return process_engineering.take_over(_slip(slip))


@frappe.whitelist()
def get_proposal(complaint: str) -> dict[str, Any]:
	"""Return the departments that can get a slip of a case, and the one proposed; no right on them is needed."""
	doc = _complaint_for_slip(complaint)
	return {
		"department": routing.proposed_department(doc),
		"departments": routing.departments_of(doc.company),
	}


@frappe.whitelist()
def get_handlers_for(complaint: str, department: str) -> list[dict[str, str]]:
	"""Return who of a department can be named as handler of a new slip; no right on Employee is needed."""
	return process_engineering.handlers_of(_complaint_for_slip(complaint), department)


@frappe.whitelist(methods=["POST"])
def create_slip(
	complaint: str,
	slip_kind: str,
	department: str,
	instruction: str | None = None,
	responsible_employee: str | None = None,
) -> str:
	"""Draft a slip of a case and return its name."""
	_complaint_for_slip(complaint)
	slip = frappe.new_doc(SLIP)
	slip.update(
		{
			"complaint": complaint,
			"slip_kind": slip_kind,
			"department": department,
			"instruction": instruction,
			"responsible_employee": responsible_employee,
		}
	)
	return slip.insert().name


@frappe.whitelist(methods=["POST"])
def call_coordination_meeting(complaint: str) -> str:
	"""Call the coordination meeting of a case and return its name; the one there is, where one is called already."""
	doc = frappe.get_doc(COMPLAINT, complaint)
	doc.check_permission("write")
	return coordination.call(doc).name


def _complaint_for_slip(name: str) -> Document:
	doc = frappe.get_doc(COMPLAINT, name)
	doc.check_permission("read")
	frappe.has_permission(SLIP, "create", throw=True)
	return doc


def _slip(name: str) -> Document:
	doc = frappe.get_doc(SLIP, name)
	doc.check_permission("write")
	return doc
