"""Revisits: planned when a solution is executed, their answer carried to the complaint."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, nowdate

from complaint_handling.constants import COMPLAINT, REVISIT, UNSATISFIED
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import procedures
from complaint_handling.services.workflow import system_steps, workflow_steps
from complaint_handling.services.workflow.step_actors import REOPEN_UNSATISFIED, Actor, Job, RevisitAnswer
from complaint_handling.services.workflow.system_steps import Evidence

# What a step is refused by; anything else is a fault and ends the transaction.
REFUSALS = (frappe.ValidationError, frappe.PermissionError)


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
		_reopen(complaint, revisit)


def reopen_unsatisfied_cases() -> None:
	"""Open the re-review of cases whose customer was unsatisfied at a revisit and that still await one.

	A case stays behind when its step was refused at the revisit, for example by a Workflow that lacked it. What is
	refused again is logged and stops no other case.
	"""
	waiting = {
		"workflow_state": str(ComplaintState.AWAITING_REVISIT),
		"satisfaction_with_result": ("in", UNSATISFIED),
	}
	for name in frappe.get_all(COMPLAINT, filters=waiting, pluck="name", order_by="name asc"):
		try:
			_reopen_by_job(name)
		except REFUSALS:
			_log_refusal(name)


def _reopen_by_job(name: str) -> None:
	answer = {"complaint": name, "docstatus": 1, "satisfaction_with_result": ("in", UNSATISFIED)}
	found = frappe.get_all(REVISIT, filters=answer, pluck="name", order_by="revisited_on desc", limit=1)
	if found:
		revisit = frappe.get_doc(REVISIT, found[0])
		_take_step(frappe.get_doc(COMPLAINT, name), Job(REOPEN_UNSATISFIED), revisit)


def _reopen(complaint: Document, revisit: Document) -> None:
	"""Open the re-review as the person at the revisit, or for the customer where that person has no such button.

	The answer counts also when the step is refused: the customer has given it. The daily job tries again.
	"""
	if workflow_steps.may_move_to(complaint, ComplaintState.RE_REVIEW):
		workflow_steps.move_to(complaint, ComplaintState.RE_REVIEW, {"re_review_reason": _reason(revisit)})
		return
	try:
		_take_step(complaint, RevisitAnswer(revisit.name), revisit)
	except REFUSALS:
		_log_refusal(complaint.name)
		frappe.msgprint(
			_("The answer is recorded. The re-review could not be opened: ask a coordinator to request it."),
			indicator="orange",
		)


def _take_step(complaint: Document, actor: Actor, revisit: Document) -> None:
	reason = _reason(revisit)
	evidence = Evidence(f"{REVISIT} {revisit.name}", reason)
	values = {"re_review_reason": reason}
	system_steps.take_for(complaint, ComplaintState.RE_REVIEW, actor, evidence, values)


def _reason(revisit: Document) -> str:
	return revisit.comments or revisit.satisfaction_with_result


def _log_refusal(complaint: str) -> None:
	frappe.clear_messages()
	frappe.log_error(
		title="Re-review could not be opened", reference_doctype=COMPLAINT, reference_name=complaint
	)


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
