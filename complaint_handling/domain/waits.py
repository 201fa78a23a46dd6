"""Who waits for whom in a case, told from the state of its documents; nothing of it is stored.

Each function takes the facts of one document and returns its waits. Moments are naive and of one zone, as given.
A state that an administrator adds lets nobody wait.
"""

from dataclasses import dataclass
from datetime import datetime

from complaint_handling.domain.states import (
	ENDED_COMPLAINT_STATES,
	ComplaintState,
	DeferralState,
	EightDState,
	RevisitState,
	SlipState,
)
from complaint_handling.domain.words import Word, _


class Party(Word):
	"""Who waits, and who is waited for."""

	CUSTOMER = "Customer"
	CUSTOMER_SERVICE = "Customer Service"
	COORDINATOR = "Coordinator"
	REVIEWER = "Reviewer"
	DEPARTMENT = "Department"
	SUPERIOR = "Superior"
	APPROVER = "Approver"
	MEASURE_OWNER = "Owner of a Measure"
	QUALITY = "Quality"
	EIGHT_D_LEADER = "8D Leader"
	GENERAL_MANAGER = "General Manager"
	REVISITING_AGENT = "Revisiting Agent"


@dataclass(frozen=True)
class Wait:
	"""Somebody waits for somebody; `matter` is an English source text, `due` None where nothing was set.

	Who is waited for is named as far as known: a user, else a department, else whoever holds the role.
	"""

	waiting: Party
	waited_for: Party
	matter: str
	since: datetime
	due: datetime | None = None
	user: str | None = None
	department: str | None = None
	role: str | None = None


@dataclass(frozen=True)
class ComplaintFacts:
	"""A complaint. `entered_on` is when its state began; `next_due` of its clocks and open promises.

	`takes_over_role` is the procedure's; `measure_owner` the user whose measure is due first.
	"""

	state: str
	received_on: datetime
	entered_on: datetime
	owner: str | None = None
	last_informed_on: datetime | None = None
	waiting_since: datetime | None = None
	clock_runs: bool = True
	next_due: datetime | None = None
	promise_due: datetime | None = None
	proposed_on: datetime | None = None
	approved_on: datetime | None = None
	approver_role: str | None = None
	needs_endorsement: bool = False
	re_review_level: int = 0
	taken_over_on: datetime | None = None
	takes_over_role: str | None = None
	measure_owner: str | None = None
	measure_due: datetime | None = None


@dataclass(frozen=True)
class StepFacts:
	"""A slip, 8D report, revisit or deferral request in a state, and who has to take the next step."""

	state: str
	since: datetime
	due: datetime | None = None
	user: str | None = None
	department: str | None = None
	role: str | None = None


# Who waits, who is waited for, what for; by state of the document.
SLIP_STEPS = {
	SlipState.DRAFT: (Party.DEPARTMENT, Party.CUSTOMER_SERVICE, _("Slip to be submitted")),
	SlipState.RETURNED: (Party.DEPARTMENT, Party.CUSTOMER_SERVICE, _("Returned slip to be corrected")),
	SlipState.PENDING_REVIEW: (Party.CUSTOMER_SERVICE, Party.REVIEWER, _("Review of the slip")),
	SlipState.PENDING_ISSUE: (Party.CUSTOMER_SERVICE, Party.COORDINATOR, _("Issue of the slip")),
	SlipState.ISSUED: (Party.COORDINATOR, Party.DEPARTMENT, _("Report of the department")),
	SlipState.REPORTED: (Party.DEPARTMENT, Party.COORDINATOR, _("Acceptance of the report")),
	SlipState.DISPUTED: (Party.DEPARTMENT, Party.QUALITY, _("Ruling on the responsibility")),
	SlipState.ESCALATED: (Party.COORDINATOR, Party.SUPERIOR, _("Instruction from above")),
}
EIGHT_D_STEPS = {
	EightDState.OPEN: (Party.COORDINATOR, Party.EIGHT_D_LEADER, _("Containment (D3)")),
	EightDState.CONTAINED: (Party.COORDINATOR, Party.EIGHT_D_LEADER, _("Root cause (D4)")),
	EightDState.CAUSE_FOUND: (Party.COORDINATOR, Party.EIGHT_D_LEADER, _("Choice of actions (D5)")),
	EightDState.ACTIONS_CHOSEN: (Party.COORDINATOR, Party.EIGHT_D_LEADER, _("Implementation (D6)")),
	EightDState.IMPLEMENTED: (Party.COORDINATOR, Party.EIGHT_D_LEADER, _("Prevention (D7)")),
	EightDState.PREVENTED: (Party.COORDINATOR, Party.QUALITY, _("Start of the effectiveness check")),
	EightDState.EFFECTIVENESS_CHECK: (Party.COORDINATOR, Party.QUALITY, _("Effectiveness check (D8)")),
}
REVISIT_STEPS = {
	RevisitState.PLANNED: (Party.CUSTOMER, Party.REVISITING_AGENT, _("Revisit")),
	RevisitState.UNREACHABLE: (
		Party.CUSTOMER,
		Party.REVISITING_AGENT,
		_("Another try to reach the customer"),
	),
}
DEFERRAL_STEPS = {
	DeferralState.DEPARTMENT_OPINION: (
		Party.CUSTOMER_SERVICE,
		Party.DEPARTMENT,
		_("Opinion on the postponement"),
	),
	DeferralState.SERVICE_OPINION: (Party.DEPARTMENT, Party.COORDINATOR, _("Opinion on the postponement")),
	DeferralState.ARBITRATION: (
		Party.DEPARTMENT,
		Party.GENERAL_MANAGER,
		_("Decision on the disputed postponement"),
	),
}


def of_complaint(facts: ComplaintFacts) -> tuple[Wait, ...]:
	"""Return the waits of a complaint itself; none once it has ended."""
	if facts.state in ENDED_COMPLAINT_STATES:
		return ()
	found = (
		_of_customer(facts),
		_of_customer_service(facts),
		_of_approver(facts),
		_of_re_review(facts),
		_of_measure(facts),
		_of_taken_over(facts),
	)
	return tuple(wait for wait in found if wait)


def of_step(steps: dict[str, tuple[Party, Party, str]], facts: StepFacts) -> tuple[Wait, ...]:
	"""Return the wait of a document whose state names who has to take the next step."""
	if facts.state not in steps:
		return ()
	waiting, waited_for, matter = steps[facts.state]
	named = {"user": facts.user, "department": facts.department, "role": facts.role}
	return (Wait(waiting, waited_for, matter, facts.since, facts.due, **named),)


def _of_customer(facts: ComplaintFacts) -> Wait | None:
	if facts.state == ComplaintState.WITH_CUSTOMER:
		since = facts.approved_on or facts.entered_on
		return Wait(Party.CUSTOMER_SERVICE, Party.CUSTOMER, _("Answer to the solution"), since)
	if facts.waiting_since:
		return Wait(
			Party.CUSTOMER_SERVICE, Party.CUSTOMER, _("Information from the customer"), facts.waiting_since
		)
	return None


def _of_customer_service(facts: ComplaintFacts) -> Wait | None:
	"""Return what the customer waits for; while he is awaited himself, only a clock that does not stand."""
	if facts.state == ComplaintState.WITH_CUSTOMER or (facts.waiting_since and not facts.clock_runs):
		return None
	dues = [due for due in (facts.promise_due, facts.next_due) if due]
	if not dues:
		return None
	matter = _("Promised answer") if facts.promise_due == min(dues) else _("Word from us")
	since = facts.last_informed_on or facts.received_on
	return Wait(Party.CUSTOMER, Party.CUSTOMER_SERVICE, matter, since, min(dues), facts.owner)


def _of_approver(facts: ComplaintFacts) -> Wait | None:
	if facts.state not in (ComplaintState.SOLUTION_PROPOSED, ComplaintState.SOLUTION_ENDORSED):
		return None
	is_proposed = facts.state == ComplaintState.SOLUTION_PROPOSED
	since = (is_proposed and facts.proposed_on) or facts.entered_on
	awaits_endorsement = is_proposed and facts.needs_endorsement
	matter = _("Endorsement of the solution") if awaits_endorsement else _("Approval of the solution")
	return Wait(Party.COORDINATOR, Party.APPROVER, matter, since, facts.next_due, role=facts.approver_role)


def _of_re_review(facts: ComplaintFacts) -> Wait | None:
	if facts.state != ComplaintState.RE_REVIEW:
		return None
	waited_for = Party.GENERAL_MANAGER if facts.re_review_level > 1 else Party.REVIEWER
	return Wait(Party.CUSTOMER, waited_for, _("Re-review"), facts.entered_on, facts.next_due)


def _of_measure(facts: ComplaintFacts) -> Wait | None:
	if facts.state != ComplaintState.EXECUTING or not facts.measure_due:
		return None
	matter, owner = _("Measure to be carried out"), facts.measure_owner
	return Wait(Party.CUSTOMER, Party.MEASURE_OWNER, matter, facts.entered_on, facts.measure_due, user=owner)


def _of_taken_over(facts: ComplaintFacts) -> Wait | None:
	if not facts.taken_over_on:
		return None
	return Wait(
		Party.CUSTOMER,
		Party.GENERAL_MANAGER,
		_("Case taken over"),
		facts.taken_over_on,
		facts.next_due,
		role=facts.takes_over_role,
	)
