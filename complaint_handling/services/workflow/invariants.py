"""Bring documents to the facts that the domain judges, and its violations to the user."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr, get_datetime, getdate

from complaint_handling.constants import COMPLAINT, DEFERRAL, EIGHT_D, REVISIT, SATISFIED, SLIP
from complaint_handling.domain import invariants
from complaint_handling.domain.facts import (
	ActionFacts,
	CheckFacts,
	ComplaintFacts,
	DocumentChangeFacts,
	EightDFacts,
	RevisitFacts,
	SlipFacts,
)
from complaint_handling.exceptions import PreconditionError
from complaint_handling.services import deferrals, procedures
from complaint_handling.services.solution import closing, remedies, rounds
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left


def check(doc: Document) -> None:
	"""Refuse to enter a state whose invariants do not hold; PreconditionError lists all that is missing."""
	state = state_entered(doc)
	if not state:
		return
	violations = _violations(doc, state)
	if not violations:
		return
	messages = [_(violation.message).format(*violation.values) for violation in violations]
	frappe.throw(
		messages if len(messages) > 1 else messages[0],
		PreconditionError,
		title=_("{0} is not possible yet").format(_(state)),
		as_list=len(messages) > 1,
	)


def _violations(doc: Document, state: str) -> list[invariants.Violation]:
	if doc.doctype == COMPLAINT:
		return invariants.complaint_violations(state, complaint_facts(doc), state_left(doc))
	if doc.doctype == SLIP:
		return invariants.slip_violations(state, slip_facts(doc))
	if doc.doctype == EIGHT_D:
		return invariants.eight_d_violations(state, eight_d_facts(doc), state_left(doc))
	if doc.doctype == DEFERRAL:
		return invariants.deferral_violations(state, deferrals.facts_of(doc))
	return invariants.revisit_violations(state, revisit_facts(doc))


def complaint_facts(doc: Document) -> ComplaintFacts:
	"""Return what the domain needs to know of a Customer Complaint."""
	procedure = procedures.procedure_of(doc)
	return ComplaintFacts(
		customer=doc.customer,
		category=doc.category,
		severity=doc.severity,
		procedure=doc.procedure,
		description=frappe.utils.strip_html(cstr(doc.description)),
		demand=doc.demand,
		subject_users=_subjects(doc.complained_about_user),
		handler=doc.complaint_owner,
		receipt_required=bool(procedure.asks_receipt),
		receipt_time=get_datetime(doc.receipt_time) if doc.receipt_time else None,
		payment_kind=doc.payment_kind,
		widespread_required=bool(doc.needs_widespread_decision),
		widespread=doc.widespread,
		repeat_of=doc.repeat_of,
		counts_as_repeat=doc.counts_as_repeat,
		repeat_reason=doc.repeat_reason,
		checks=tuple(
			CheckFacts(row.purpose, _(row.question), row.answer, bool(row.is_required)) for row in doc.checks
		),
		handled_directly=bool(doc.handled_directly),
		in_group=bool(doc.group_case),
		slip_states=_linked_states(SLIP, doc.name),
		task_force_required=bool(doc.requires_task_force),
		task_force_leader=next((row.employee for row in doc.task_force if row.is_leader), None),
		cause=doc.cause,
		measures=tuple(_measure(row) for row in doc.measures),
		compensation_total=Decimal(str(doc.total_remedy_amount or 0)),
		no_compensation=bool(doc.no_compensation),
		minimum_options=procedure.minimum_remedy_options or 0,
		options=remedies.options_of(doc),
		chosen_option=cint(doc.chosen_option),
		proposed_by=doc.proposed_by,
		endorsement_required=bool(doc.needs_endorsement),
		endorsed_by=doc.endorsed_by,
		endorser_role=procedure.endorser_role,
		endorser_roles=frozenset(frappe.get_roles(doc.endorsed_by)) if doc.endorsed_by else frozenset(),
		approved_by=doc.approved_by,
		approver_roles=frozenset(frappe.get_roles(doc.approved_by)) if doc.approved_by else frozenset(),
		approval_limits=remedies.limits_for(doc),
		plan_revised=rounds.is_plan_revised(doc),
		plan_explained=rounds.is_plan_explained(doc),
		consent_by=doc.consent_by,
		consent_channel=doc.consent_method,
		consent_at=get_datetime(doc.consent_on) if doc.consent_on else None,
		signature_required=bool(doc.needs_signature),
		signature=doc.signature_result,
		signature_witness=doc.signature_witness,
		written_answer_required=closing.needs_written_answer(doc, procedure),
		written_answer_on=getdate(doc.written_answer_on) if doc.written_answer_on else None,
		missing_at_close=closing.missing_records(doc, procedure),
		within_counter=remedies.is_within_counter(doc),
		counter_superior=remedies.approver_named(doc),
		direct_close_allowed=bool(doc.may_close_with_answer),
		imported=bool(doc.is_imported),
		original_closed_on=get_datetime(doc.original_closed_on) if doc.original_closed_on else None,
		held=bool(doc.legal_hold),
		revisit_required=bool(doc.requires_revisit),
		revisit_satisfied=doc.satisfaction_with_result in SATISFIED,
		eight_d_required=bool(doc.requires_8d),
		eight_d_states=_eight_d_states(doc.name),
		justified=doc.justified != "Not Justified",
		rejection_reason=doc.not_justified_reason,
		rejection_evidence=doc.not_justified_evidence,
		rejection_answer=doc.answer_to_customer,
		other_recourse=doc.other_recourse,
		re_review_reason=doc.re_review_reason or doc.refusal_reason,
		cancel_reason=doc.cancel_reason,
	)


def slip_facts(doc: Document) -> SlipFacts:
	"""Return what the domain needs to know of a Complaint Handling Slip."""
	fields = ["workflow_state", "complained_about_user", "complained_about_employee", "coordination_meeting"]
	complaint = frappe.db.get_value(COMPLAINT, doc.complaint, fields, as_dict=True)
	return SlipFacts(
		kind=doc.slip_kind,
		complaint_state=complaint.workflow_state,
		department=doc.department,
		instruction=doc.instruction,
		handler=doc.responsible_user,
		post=doc.responsible_employee,
		subject_users=_subjects(complaint.complained_about_user),
		subject_employee=complaint.complained_about_employee,
		opinion_required=bool(doc.needs_higher_opinion),
		higher_instruction=doc.higher_instruction,
		coordination_meeting=complaint.coordination_meeting,
		reply_due=get_datetime(doc.reply_due_at) if doc.reply_due_at else None,
		finding=doc.finding,
		cause=doc.cause,
		measures=tuple(_measure(row) for row in doc.measures),
		return_reason=doc.return_reason,
		dispute_reason=doc.dispute_reason,
		escalated_to=doc.escalated_to,
		cancel_reason=doc.cancel_reason,
	)


def eight_d_facts(doc: Document) -> EightDFacts:
	"""Return what the domain needs to know of a Complaint 8D Report."""
	leaders = [row.employee for row in doc.team if row.is_leader]
	return EightDFacts(
		team_leader=leaders[0] if leaders else None,
		members=tuple(row.employee for row in doc.team if not row.is_leader),
		problem_description=doc.problem_description,
		containment_actions=tuple(_action(row) for row in doc.containment_actions),
		occurrence_cause=doc.occurrence_cause,
		escape_cause=doc.escape_cause,
		corrective_actions=tuple(_action(row) for row in doc.corrective_actions),
		preventive_actions=tuple(_action(row) for row in doc.preventive_actions),
		document_changes=tuple(
			DocumentChangeFacts(
				row.document_reference,
				getdate(row.changed_on) if row.changed_on else None,
				getdate(row.issued_at_site_on) if row.issued_at_site_on else None,
			)
			for row in doc.document_changes
		),
		effectiveness_criterion=doc.effectiveness_criterion,
		effectiveness_check_on=getdate(doc.effectiveness_check_on) if doc.effectiveness_check_on else None,
		effective={"Yes": True, "No": False}.get(doc.is_effective),
		not_effective_reason=doc.not_effective_reason,
		verified_by=doc.verified_by,
		lessons=doc.lessons_learned,
	)


def revisit_facts(doc: Document) -> RevisitFacts:
	"""Return what the domain needs to know of a Complaint Revisit."""
	return RevisitFacts(
		method=doc.method,
		contacted_person=doc.contacted_person,
		contacted_at=get_datetime(doc.revisited_on) if doc.revisited_on else None,
		satisfied_with_result=doc.satisfaction_with_result,
		satisfied_with_process=doc.satisfaction_with_process,
	)


def _subjects(user: str | None) -> frozenset[str]:
	return frozenset({user} if user else ())


def _measure(row: Document) -> ActionFacts:
	return ActionFacts(
		owner=row.responsible_employee,
		due=get_datetime(row.due_on) if row.due_on else None,
		done_on=get_datetime(row.done_on) if row.done_on else None,
		corrective=row.measure_type == "Corrective",
	)


def _action(row: Document) -> ActionFacts:
	return ActionFacts(
		owner=row.responsible_employee,
		due=getdate(row.due_on) if row.due_on else None,
		done_on=getdate(row.done_on) if row.done_on else None,
	)


def _linked_states(doctype: str, complaint: str) -> tuple[str, ...]:
	# All slips count, also those that the user at the button may not read.
	return tuple(
		frappe.get_all(doctype, filters={"complaint": complaint}, pluck="workflow_state", order_by="creation")
	)


def _eight_d_states(complaint: str) -> tuple[str, ...]:
	names = frappe.get_all(
		"Complaint 8D Source",
		filters={"complaint": complaint, "parenttype": EIGHT_D},
		pluck="parent",
		order_by="creation",
	)
	if not names:
		return ()
	return tuple(
		frappe.get_all(EIGHT_D, filters={"name": ("in", names)}, pluck="workflow_state", order_by="creation")
	)
