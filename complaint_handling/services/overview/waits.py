"""Who waits for whom, over all open cases that the reader may see; derived from the records, nothing is stored.

A fixed number of queries for each kind of document, however many cases there are. Names come through
`get_list`, so that a reader finds what his lists show and no more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from complaint_handling.constants import (
	COMPLAINT,
	COORDINATOR,
	DEFERRAL,
	EIGHT_D,
	GENERAL_MANAGER,
	PROCEDURE,
	QUALITY_MANAGER,
	REVIEWER,
	REVISIT,
	SLIP,
)
from complaint_handling.domain import waits
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ComplaintState, SlipState
from complaint_handling.domain.waits import ComplaintFacts, Party, StepFacts, Wait
from complaint_handling.services.calendar.working_time import working_hours
from complaint_handling.services.clock.clock_copies import PAUSED
from complaint_handling.services.overview import wait_facts
from complaint_handling.services.staff import people

ROLE_OF_PARTY = {
	Party.REVIEWER: REVIEWER,
	Party.COORDINATOR: COORDINATOR,
	Party.QUALITY: QUALITY_MANAGER,
	Party.GENERAL_MANAGER: GENERAL_MANAGER,
}
COMPLAINT_FIELDS = [
	"name",
	"subject",
	"customer",
	"customer_name",
	"company",
	"procedure",
	"workflow_state",
	"received_on",
	"creation",
	"complaint_owner",
	"last_informed_on",
	"waiting_since",
	"clock_state",
	"next_due_at",
	"promise_due_at",
	"proposed_on",
	"approved_on",
	"next_approver_role",
	"needs_endorsement",
	"re_review_level",
	"taken_over_on",
]
ENTERED_STATES = (
	ComplaintState.RE_REVIEW,
	ComplaintState.EXECUTING,
	ComplaintState.SOLUTION_PROPOSED,
	ComplaintState.SOLUTION_ENDORSED,
	ComplaintState.WITH_CUSTOMER,
)


@dataclass(frozen=True)
class Found:
	"""A wait of a case, and the document whose next step is waited for."""

	case: frappe._dict
	doctype: str
	name: str
	wait: Wait


def open_waits(filters: dict[str, Any] | None = None, now: datetime | None = None) -> list[dict[str, Any]]:
	"""Return the waits of the open cases that the reader may see, the longest first.

	`filters` are those of a list of complaints; with `name` only that case is read.
	"""
	filters = filters or {}
	cases = frappe.get_list(
		COMPLAINT,
		filters={"workflow_state": ("not in", [str(state) for state in ENDED_COMPLAINT_STATES]), **filters},
		fields=COMPLAINT_FIELDS,
		limit=0,
		order_by="creation asc",
	)
	by_name = {case.name: case for case in cases}
	if not by_name:
		return []
	return _shown(list(_found(by_name, filters.get("name"))), now or now_datetime())


def _found(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	yield from _of_complaints(cases, only)
	yield from _of_slips(cases, only)
	yield from _of_eight_ds(cases, only)
	yield from _of_revisits(cases, only)
	yield from _of_deferrals(cases, only)


def _of_complaints(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	entered = wait_facts.entered_on(COMPLAINT, ENTERED_STATES, only)
	measures = wait_facts.open_measures(only)
	roles = _roles_that_take_over(cases.values())
	for case in cases.values():
		measure_due, measure_owner = measures.get(case.name, (None, None))
		facts = ComplaintFacts(
			state=case.workflow_state,
			received_on=get_datetime(case.received_on),
			entered_on=entered.get(case.name) or get_datetime(case.received_on),
			owner=case.complaint_owner,
			last_informed_on=case.last_informed_on,
			waiting_since=case.waiting_since,
			clock_runs=case.clock_state != PAUSED,
			next_due=case.next_due_at,
			promise_due=case.promise_due_at,
			proposed_on=case.proposed_on,
			approved_on=case.approved_on,
			approver_role=case.next_approver_role,
			needs_endorsement=bool(case.needs_endorsement),
			re_review_level=case.re_review_level or 0,
			taken_over_on=case.taken_over_on,
			takes_over_role=roles.get(case.procedure),
			measure_owner=measure_owner,
			measure_due=measure_due,
		)
		for wait in waits.of_complaint(facts):
			yield Found(case, COMPLAINT, case.name, wait)


def _of_slips(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	fields = ["complaint", "department", "responsible_user", "escalated_to", "owner", "reply_due_at"]
	for slip, since in _documents(SLIP, waits.SLIP_STEPS, fields, only):
		is_drafted = slip.workflow_state in (SlipState.DRAFT, SlipState.RETURNED)
		is_escalated = slip.workflow_state == SlipState.ESCALATED
		is_issued = slip.workflow_state == SlipState.ISSUED
		user = slip.escalated_to if is_escalated else slip.responsible_user if is_issued else None
		facts = StepFacts(
			slip.workflow_state,
			since,
			slip.reply_due_at if is_issued else None,
			user=slip.owner if is_drafted else user,
			department=slip.department if is_issued else None,
		)
		yield from _step(cases, SLIP, slip.name, slip.complaint, waits.SLIP_STEPS, facts)


def _of_eight_ds(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	rows = list(_documents(EIGHT_D, waits.EIGHT_D_STEPS, ["opened_on"], only))
	names = [row.name for row, _since in rows]
	sources, leaders = wait_facts.sources_of(names), wait_facts.leaders_of(names)
	dues = wait_facts.next_dues_of(names)
	for report, since in rows:
		is_leaders = waits.EIGHT_D_STEPS[report.workflow_state][1] is Party.EIGHT_D_LEADER
		facts = StepFacts(
			report.workflow_state,
			since,
			dues.get(report.name),
			user=leaders.get(report.name) if is_leaders else None,
		)
		# A report of several complaints is waited for once in each of them.
		for complaint in sources.get(report.name, ()):
			yield from _step(cases, EIGHT_D, report.name, complaint, waits.EIGHT_D_STEPS, facts)


def _of_revisits(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	fields = ["complaint", "planned_on", "assigned_to"]
	for revisit, since in _documents(REVISIT, waits.REVISIT_STEPS, fields, only):
		due = datetime.combine(getdate(revisit.planned_on), time(23, 59, 59)) if revisit.planned_on else None
		facts = StepFacts(revisit.workflow_state, since, due, user=revisit.assigned_to)
		yield from _step(cases, REVISIT, revisit.name, revisit.complaint, waits.REVISIT_STEPS, facts)


def _of_deferrals(cases: dict[str, frappe._dict], only: str | None) -> Iterator[Found]:
	fields = ["complaint", "department", "arbiter_role"]
	for request, since in _documents(DEFERRAL, waits.DEFERRAL_STEPS, fields, only):
		waited_for = waits.DEFERRAL_STEPS[request.workflow_state][1]
		facts = StepFacts(
			request.workflow_state,
			since,
			department=request.department if waited_for is Party.DEPARTMENT else None,
			role=request.arbiter_role if waited_for is Party.GENERAL_MANAGER else None,
		)
		yield from _step(cases, DEFERRAL, request.name, request.complaint, waits.DEFERRAL_STEPS, facts)


def _documents(
	doctype: str, steps: dict, fields: list[str], only: str | None
) -> Iterator[tuple[frappe._dict, datetime]]:
	"""Yield the documents in a state that somebody has to end, with when it began."""
	if not frappe.has_permission(doctype, "read"):
		return
	states = [str(state) for state in steps]
	filters = {"workflow_state": ("in", states)} | _of_one_case(doctype, only)
	fields = ["name", "workflow_state", "creation", *fields]
	entered = wait_facts.entered_on(doctype, states, only)
	for row in frappe.get_list(doctype, filters=filters, fields=fields, limit=0, order_by="creation asc"):
		yield row, entered.get(row.name) or get_datetime(row.creation)


def _of_one_case(doctype: str, only: str | None) -> dict[str, Any]:
	"""Return the filters for the documents of one complaint; an 8D report names its complaints in a table."""
	if not only:
		return {}
	return {"name": ("in", wait_facts.reports_of(only))} if doctype == EIGHT_D else {"complaint": only}


def _step(
	cases: dict[str, frappe._dict], doctype: str, name: str, complaint: str, steps: dict, facts: StepFacts
) -> Iterator[Found]:
	if complaint in cases:
		for wait in waits.of_step(steps, facts):
			yield Found(cases[complaint], doctype, name, wait)


def _roles_that_take_over(cases: Iterable[frappe._dict]) -> dict[str, str]:
	names = {case.procedure for case in cases if case.taken_over_on}
	if not names:
		return {}
	rows = frappe.get_all(
		PROCEDURE, filters={"name": ("in", sorted(names))}, fields=["name", "takes_over_role"]
	)
	return {row.name: row.takes_over_role for row in rows}


def _shown(found: list[Found], now: datetime) -> list[dict[str, Any]]:
	holders = people.holders_by_role({role for each in found if (role := _role_of(each.wait))})
	names = wait_facts.full_names({user for each in found for user in _users_of(each.wait, holders)})
	calendars_of = _calendars_of(each.case for each in found)
	shown = [_shown_wait(each, holders, names, calendars_of, now) for each in found]
	return sorted(shown, key=lambda row: row["since"])


def _shown_wait(
	found: Found,
	holders: dict[str, list[str]],
	names: dict[str, str],
	calendars_of: dict[str, str],
	now: datetime,
) -> dict[str, Any]:
	case, wait = found.case, found.wait
	users = _users_of(wait, holders)
	since, due = get_datetime(wait.since), get_datetime(wait.due) if wait.due else None
	return {
		"complaint": case.name,
		"subject": case.subject,
		"customer_name": case.customer_name,
		"company": case.company,
		"document_type": found.doctype,
		"document": found.name,
		"waiting": str(wait.waiting),
		"waited_for": str(wait.waited_for),
		"matter": wait.matter,
		"department": wait.department,
		"role": _role_of(wait),
		"user": users[0] if len(users) == 1 else None,
		"users": users,
		"names": [names.get(user, user) for user in users],
		"since": since,
		"due": due,
		"is_overdue": bool(due and due < now),
		"days": max(0, (now - since).days),
		"working_hours": working_hours(calendars_of[case.procedure], since, now),
	}


def _role_of(wait: Wait) -> str | None:
	return wait.role or (None if wait.user or wait.department else ROLE_OF_PARTY.get(wait.waited_for))


def _users_of(wait: Wait, holders: dict[str, list[str]]) -> list[str]:
	return [wait.user] if wait.user else holders.get(_role_of(wait) or "", [])


def _calendars_of(cases: Iterable[frappe._dict]) -> dict[str, str]:
	names = sorted({case.procedure for case in cases})
	if not names:
		return {}
	rows = frappe.get_all(PROCEDURE, filters={"name": ("in", names)}, fields=["name", "default_calendar"])
	return {row.name: row.default_calendar for row in rows}
