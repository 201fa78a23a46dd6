"""Revisits: planned when a solution is executed, their answer carried to the complaint."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, nowdate

from complaint_handling.constants import COMPLAINT, REVISIT, UNSATISFIED
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import procedures
from complaint_handling.services.workflow import workflow_steps


def plan(complaint: Document) -> None:
	"""Plan the revisit that the procedure asks for; harmless when one is planned already (R-000E-06)."""
	if not complaint.requires_revisit or frappe.db.exists(
		REVISIT, {"complaint": complaint.name, "docstatus": 0}
	):
		return
	procedure = procedures.procedure_of(complaint)
	revisit = frappe.new_doc(REVISIT)
	revisit.update(
		{
			"complaint": complaint.name,
			"customer": complaint.customer,
			"company": complaint.company,
			"purpose": "After Solution",
			"planned_on": _first_day(complaint, procedure),
			"assigned_to": None if procedure.revisit_by_another_agent else complaint.complaint_owner,
			"contacted_person": complaint.complainant_name,
			"contacted_phone": complaint.complainant_phone,
		}
	)
	# Follows from the step that the user was allowed to take on the complaint.
	revisit.insert(ignore_permissions=True)


def _first_day(complaint: Document, procedure: Document) -> date:
	"""Return the day that the procedure wants, or the later one of an agreed deferral (R-003A-18)."""
	day = getdate(add_days(nowdate(), procedure.revisit_after_days or 0))
	return max(day, getdate(complaint.deferred_until)) if complaint.deferred_until else day


def check_agent(revisit: Document) -> None:
	"""Refuse a revisit by the owner of the case where the procedure wants somebody else to ask."""
	if not revisit.complaint:
		return
	complaint = frappe.get_doc(COMPLAINT, revisit.complaint)
	by_another = procedures.procedure_of(complaint).revisit_by_another_agent
	if by_another and frappe.session.user == complaint.complaint_owner:
		frappe.throw(
			_(
				"You handled this complaint. The procedure wants another agent to ask the customer: hand the revisit over."
			)
		)


def carry_answer(revisit: Document) -> None:
	"""Copy the customer's answer to the complaint; an unsatisfied one opens the re-review (R-000C-05)."""
	if not revisit.complaint:
		return
	complaint = frappe.get_doc(COMPLAINT, revisit.complaint, for_update=True)
	if not _concerns(revisit, complaint):
		return
	complaint.db_set(
		{
			"satisfaction_with_result": revisit.satisfaction_with_result,
			"satisfaction_with_process": revisit.satisfaction_with_process,
		}
	)
	if revisit.satisfaction_with_result in UNSATISFIED:
		reason = revisit.comments or revisit.satisfaction_with_result
		workflow_steps.move_to(complaint, ComplaintState.RE_REVIEW, {"re_review_reason": reason})


def withdraw_answer(revisit: Document) -> None:
	"""Take a cancelled revisit's answer from the complaint; the answer before it counts again."""
	if not revisit.complaint:
		return
	complaint = frappe.get_doc(COMPLAINT, revisit.complaint, for_update=True)
	if not _concerns(revisit, complaint):
		return
	fields = ("satisfaction_with_result", "satisfaction_with_process")
	remaining = frappe.get_all(
		REVISIT,
		filters={
			"complaint": complaint.name,
			"docstatus": 1,
			"name": ("!=", revisit.name),
			"revisited_on": (">=", complaint.executed_on),
		},
		fields=fields,
		order_by="revisited_on desc",
		limit=1,
	)
	complaint.db_set(remaining[0] if remaining else dict.fromkeys(fields))


def _concerns(revisit: Document, complaint: Document) -> bool:
	"""Tell whether an answer is about the solution that was executed, and not about an earlier one."""
	return (
		complaint.workflow_state == ComplaintState.AWAITING_REVISIT
		and bool(complaint.executed_on and revisit.revisited_on)
		and get_datetime(revisit.revisited_on) >= get_datetime(complaint.executed_on)
	)
