"""Deferral requests: what they are judged on, whom they wait for, and what an agreed one moves (R-003A-18).

The decision moves the revisit after the solution and the clocks of the final result, and nothing else does.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow, is_transition_condition_satisfied
from frappe.utils import add_days, format_date, get_datetime, getdate, nowdate

from complaint_handling.constants import (
	COMPLAINT,
	DEFERRAL,
	GENERAL_MANAGER,
	MILESTONE,
	REVISIT,
	SLIP,
)
from complaint_handling.domain.deferral_rules import FINAL_RESULT_EVENTS, postponed
from complaint_handling.domain.facts import DeferralFacts
from complaint_handling.domain.states import ENDED_DEFERRAL_STATES, DeferralState, RevisitState
from complaint_handling.services import procedures
from complaint_handling.services.access.reading_rules import Reader
from complaint_handling.services.clock import clocks
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.staff import people
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left

AFTER_SOLUTION = "After Solution"
MAXIMUM_TOLD = 20
# States in which the answer is told to those who asked.
ANSWERED_STATES = (
	DeferralState.DRAFT,
	DeferralState.REFUSED_BY_SERVICE,
	DeferralState.AGREED,
	DeferralState.REFUSED,
)
_COMPLAINT_FIELDS = (
	"name",
	"procedure",
	"workflow_state",
	"deferred_until",
	"executed_on",
	"complaint_owner",
)


def lock_slip(slip: str) -> None:
	"""Let one request for a slip be saved at a time, so that two people do not ask for the same one."""
	frappe.db.get_value(SLIP, slip, "name", for_update=True)


def arbiter_role_of(complaint: str) -> str:
	"""Return the role that decides a disputed deferral of a complaint."""
	return procedures.procedure_of(_complaint(complaint)).deferral_arbiter_role or GENERAL_MANAGER


def present_date(complaint: str) -> date | None:
	"""Return the day that a deferral would move: of the revisit, else of the final result; None before either."""
	days = [row.planned_on for row in _planned_revisits(complaint)]
	deferred_until = frappe.db.get_value(COMPLAINT, complaint, "deferred_until")
	if days or deferred_until:
		return max(filter(None, (*days, deferred_until)))
	return min((get_datetime(row.due_at).date() for row in _final_clocks(complaint)), default=None)


def facts_of(doc: Document) -> DeferralFacts:
	"""Return what the domain needs to know of a Complaint Deferral Request and of the person at the button."""
	complaint = _complaint(doc.complaint)
	slip = frappe.db.get_value(
		SLIP, doc.slip, ["workflow_state", "department", "responsible_user", "escalated_to"], as_dict=True
	)
	is_sent_back = state_entered(doc) == DeferralState.DRAFT and not doc.is_new()
	reader = Reader(frappe.session.user)
	return DeferralFacts(
		allowed=bool(procedures.procedure_of(complaint).allows_deferral),
		complaint_state=complaint.workflow_state,
		slip_state=slip.workflow_state,
		other_open_request=_other_open_request(doc),
		cause=doc.cause_of_delay,
		reason=doc.reason,
		today=getdate(),
		present_date=getdate(doc.present_date) if doc.present_date else None,
		new_date=getdate(doc.new_date) if doc.new_date else None,
		acts_for_department=is_sent_back or acts_for_department(reader, slip),
		may_give_department_opinion=not reader.manages_department or slip.department in reader.departments,
		may_arbitrate=doc.arbiter_role in reader.roles,
		arbiter_role=_(doc.arbiter_role),
		owner=doc.owner,
		requested_by=doc.requested_by,
		department_opinion=doc.department_opinion,
		department_opinion_by=doc.department_opinion_by,
		service_opinion=doc.service_opinion,
		service_opinion_by=doc.service_opinion_by,
		arbitration_request=doc.arbitration_request,
		decision=doc.decision,
		decided_by=doc.decided_by,
		withdraw_reason=doc.withdraw_reason,
	)


def acts_for_department(reader: Reader, slip: Document) -> bool:
	"""Tell whether somebody answers for the department that has a slip."""
	return reader.user in (slip.responsible_user, slip.escalated_to) or slip.department in reader.departments


def carry_out(doc: Document) -> None:
	"""Move the planned revisit and the clocks of the final result to the agreed day; none becomes earlier."""
	complaint = frappe.get_doc(COMPLAINT, doc.complaint, for_update=True)
	day = getdate(doc.new_date)
	until = max(day, getdate(complaint.deferred_until) if complaint.deferred_until else day)
	complaint.db_set("deferred_until", until, update_modified=False)
	for row in _planned_revisits(complaint.name):
		if row.planned_on < day:
			_move_revisit(row, day, doc)
	reason = _("{0} was agreed").format(doc.name)
	for clock in _final_clocks(complaint.name):
		due = get_datetime(clock.due_at)
		if postponed(due, clock.stops_on, day) != due:
			clocks.move_due(clock.name, postponed(due, clock.stops_on, day), reason)
	complaint.add_comment(
		"Info", _("Deferred until {0} by {1}: {2}").format(format_date(until), doc.name, doc.reason)
	)


def check_revisit(revisit: Document) -> None:
	"""Refuse to put off the revisit after the solution without a deferral, where the procedure knows them."""
	before = revisit.get_doc_before_save()
	if before and _is_deferred_only(before):
		_check_stays(revisit, before)
	if not _is_deferred_only(revisit):
		return
	# As another purpose, or of another complaint, its day was never judged.
	judged = before if before and _is_same(revisit, before) else None
	if judged and getdate(judged.planned_on) == getdate(revisit.planned_on):
		return
	latest = _latest_date(_complaint(revisit.complaint), judged)
	if getdate(revisit.planned_on) > latest:
		frappe.throw(
			_(
				"The revisit of {0} is on {1} at the latest. For a later date the department requests a deferral on its slip."
			).format(frappe.bold(revisit.complaint), frappe.bold(format_date(latest))),
			title=_("Deferral Needed"),
		)


def tell_next(doc: Document) -> None:
	"""Tell those who have the word now, or who asked and got an answer."""
	state = state_entered(doc)
	if state in ANSWERED_STATES and state_left(doc):
		recipients = {doc.owner, doc.requested_by}
		if state == DeferralState.AGREED:
			recipients.add(frappe.db.get_value(COMPLAINT, doc.complaint, "complaint_owner"))
	else:
		recipients = _those_with_the_word(doc)
	recipients -= {None, frappe.session.user}
	send_digests(
		[
			Notice(user, DEFERRAL, doc.name, _line(doc, user))
			for user in sorted(recipients)
			if frappe.has_permission(DEFERRAL, "read", doc, user=user)
		]
	)


def _line(doc: Document, user: str) -> str:
	language = language_of(user)
	state = _(doc.workflow_state, lang=language, context=DEFERRAL)
	return _("{0}: the request to defer it stands at {1}", lang=language).format(doc.complaint_subject, state)


def _those_with_the_word(doc: Document) -> set[str]:
	roles = {
		step.allowed
		for step in get_workflow(DEFERRAL).transitions
		if step.state == doc.workflow_state
		and step.next_state != DeferralState.WITHDRAWN
		and is_transition_condition_satisfied(step, doc)
	}
	took_part = frozenset(
		filter(None, (doc.owner, doc.requested_by, doc.department_opinion_by, doc.service_opinion_by))
	)
	return {user for role in roles for user in islice(_writers(doc, role, took_part), MAXIMUM_TOLD)}


def _writers(doc: Document, role: str, excluded: frozenset[str]) -> Iterator[str]:
	for user in people.holders_of(role, excluded):
		if frappe.has_permission(DEFERRAL, "write", doc, user=user):
			yield user


def _is_deferred_only(revisit: Document) -> bool:
	"""Tell whether a revisit is the one after the solution, in a case whose procedure knows deferrals."""
	if revisit.purpose != AFTER_SOLUTION or not revisit.complaint:
		return False
	return bool(procedures.procedure_of(_complaint(revisit.complaint)).allows_deferral)


def _is_same(revisit: Document, before: Document) -> bool:
	return (revisit.purpose, revisit.complaint) == (before.purpose, before.complaint)


def _check_stays(revisit: Document, before: Document) -> None:
	if not _is_same(revisit, before):
		frappe.throw(
			_(
				"{0} is the revisit after the solution of {1}. Plan another one for another purpose, and leave this one as it is."
			).format(frappe.bold(revisit.name), frappe.bold(before.complaint))
		)


def _latest_date(complaint: Document, before: Document | None) -> date:
	days = procedures.procedure_of(complaint).revisit_after_days or 0
	dates = [add_days(getdate(complaint.executed_on or nowdate()), days), complaint.deferred_until]
	if before:
		dates.append(before.planned_on)
		if before.workflow_state == RevisitState.UNREACHABLE:
			dates.append(add_days(nowdate(), days))
	return max(getdate(value) for value in dates if value)


def _move_revisit(row: Document, day: date, doc: Document) -> None:
	# With a new time of change: a form opened before does not put the old day back.
	revisit = frappe.get_doc(REVISIT, row.name)
	revisit.db_set("planned_on", day)
	text = _("Planned on {0} instead of {1}: {2} was agreed")
	revisit.add_comment("Info", text.format(format_date(day), format_date(row.planned_on), doc.name))


def _planned_revisits(complaint: str) -> list[Document]:
	return frappe.get_all(
		REVISIT,
		filters={
			"complaint": complaint,
			"docstatus": 0,
			"purpose": AFTER_SOLUTION,
			"workflow_state": ("in", (str(RevisitState.PLANNED), str(RevisitState.UNREACHABLE))),
		},
		fields=["name", "planned_on"],
		order_by="planned_on asc",
	)


def _final_clocks(complaint: str) -> list[Document]:
	return frappe.get_all(
		MILESTONE,
		filters={
			"reference_doctype": COMPLAINT,
			"reference_name": complaint,
			"stops_on": ("in", FINAL_RESULT_EVENTS),
			"state": ("in", OPEN),
		},
		fields=["name", "stops_on", "due_at"],
		order_by="due_at asc",
	)


def _other_open_request(doc: Document) -> str | None:
	# A locking read: it also finds the request that another person saved a moment ago.
	return frappe.db.get_value(
		DEFERRAL,
		{
			"slip": doc.slip,
			"name": ("!=", doc.name or ""),
			"workflow_state": ("not in", [str(state) for state in ENDED_DEFERRAL_STATES]),
		},
		for_update=True,
	)


def _complaint(name: str) -> Document:
	return frappe.db.get_value(COMPLAINT, name, _COMPLAINT_FIELDS, as_dict=True)
