"""Who waits for whom, state by state."""

from datetime import datetime

import pytest

from complaint_handling.domain import waits
from complaint_handling.domain.states import (
	ENDED_COMPLAINT_STATES,
	ENDED_EIGHT_D_STATES,
	ENDED_REVISIT_STATES,
	ENDED_SLIP_STATES,
	ComplaintState,
	EightDState,
	RevisitState,
	SlipState,
)
from complaint_handling.domain.waits import ComplaintFacts, Party, StepFacts, Wait, of_complaint, of_step

RECEIVED = datetime(2026, 3, 6, 10)
ENTERED = datetime(2026, 3, 6, 14)
LATER = datetime(2026, 3, 9, 10)
LATEST = datetime(2026, 3, 10, 10)


def complaint(state: str, **facts: object) -> tuple[Wait, ...]:
	return of_complaint(ComplaintFacts(state=state, received_on=RECEIVED, entered_on=ENTERED, **facts))


@pytest.mark.parametrize("state", ENDED_COMPLAINT_STATES)
def test_ended_complaint_lets_nobody_wait(state):
	assert complaint(state, next_due=LATER, taken_over_on=ENTERED) == ()


def test_complaint_without_clock_or_promise_lets_nobody_wait():
	assert complaint(ComplaintState.REGISTERED) == ()
	assert complaint("Parked by an administrator") == ()


@pytest.mark.parametrize(
	("facts", "matter", "since", "due"),
	[
		({"next_due": LATER}, "Word from us", RECEIVED, LATER),
		({"next_due": LATER, "last_informed_on": ENTERED}, "Word from us", ENTERED, LATER),
		({"promise_due": LATER}, "Promised answer", RECEIVED, LATER),
		({"next_due": LATEST, "promise_due": LATER}, "Promised answer", RECEIVED, LATER),
		({"next_due": LATER, "promise_due": LATEST}, "Word from us", RECEIVED, LATER),
	],
)
def test_customer_waits_for_us_until_what_comes_first(facts, matter, since, due):
	(wait,) = complaint(ComplaintState.IN_HANDLING, owner="agent", **facts)
	assert wait == Wait(Party.CUSTOMER, Party.CUSTOMER_SERVICE, matter, since, due, "agent")


@pytest.mark.parametrize(("approved_on", "since"), [(LATER, LATER), (None, ENTERED)])
def test_we_wait_for_the_answer_to_the_solution(approved_on, since):
	(wait,) = complaint(ComplaintState.WITH_CUSTOMER, approved_on=approved_on, next_due=LATEST)
	assert (wait.waited_for, wait.matter, wait.since) == (Party.CUSTOMER, "Answer to the solution", since)


def test_we_wait_for_what_we_asked_the_customer():
	(wait,) = complaint(ComplaintState.IN_HANDLING, waiting_since=LATER, next_due=LATEST, clock_runs=False)
	assert (wait.waited_for, wait.matter, wait.since) == (
		Party.CUSTOMER,
		"Information from the customer",
		LATER,
	)


def test_clock_that_runs_on_while_the_customer_is_awaited_is_still_our_wait():
	waits = complaint(ComplaintState.IN_HANDLING, waiting_since=LATER, next_due=LATEST)
	assert [(wait.waiting, wait.waited_for) for wait in waits] == [
		(Party.CUSTOMER_SERVICE, Party.CUSTOMER),
		(Party.CUSTOMER, Party.CUSTOMER_SERVICE),
	]


@pytest.mark.parametrize(("proposed_on", "since"), [(LATER, LATER), (None, ENTERED)])
def test_proposed_solution_waits_for_whose_limit_covers_it(proposed_on, since):
	(wait,) = complaint(
		ComplaintState.SOLUTION_PROPOSED, proposed_on=proposed_on, approver_role="Complaint Vice President"
	)
	assert (wait.waited_for, wait.role, wait.since) == (Party.APPROVER, "Complaint Vice President", since)


@pytest.mark.parametrize(
	("level", "waited_for"), [(0, Party.REVIEWER), (1, Party.REVIEWER), (2, Party.GENERAL_MANAGER)]
)
def test_re_review_beyond_the_rounds_waits_for_the_general_manager(level, waited_for):
	(wait,) = complaint(ComplaintState.RE_REVIEW, re_review_level=level)
	assert (wait.waited_for, wait.since) == (waited_for, ENTERED)


def test_execution_waits_for_the_measure_that_is_due_first():
	(wait,) = complaint(ComplaintState.EXECUTING, measure_due=LATER, measure_owner="handler")
	assert (wait.waited_for, wait.user, wait.due) == (Party.MEASURE_OWNER, "handler", LATER)
	assert complaint(ComplaintState.EXECUTING) == ()


def test_case_taken_over_waits_beside_everything_else():
	found = complaint(
		ComplaintState.IN_HANDLING,
		next_due=LATER,
		taken_over_on=ENTERED,
		takes_over_role="Complaint General Manager",
	)
	assert [wait.waited_for for wait in found] == [Party.CUSTOMER_SERVICE, Party.GENERAL_MANAGER]
	assert (found[1].since, found[1].role) == (ENTERED, "Complaint General Manager")


@pytest.mark.parametrize(
	("steps", "states", "ended"),
	[
		(waits.SLIP_STEPS, SlipState, ENDED_SLIP_STATES),
		(waits.EIGHT_D_STEPS, EightDState, ENDED_EIGHT_D_STATES),
		(waits.REVISIT_STEPS, RevisitState, ENDED_REVISIT_STATES),
	],
)
def test_somebody_is_waited_for_in_every_state_that_is_not_the_end(steps, states, ended):
	assert set(steps) == set(states) - set(ended)


def test_step_names_who_takes_it_as_far_as_known():
	facts = StepFacts(SlipState.ISSUED, RECEIVED, LATER, user="handler", department="Production")
	(wait,) = of_step(waits.SLIP_STEPS, facts)
	assert wait == Wait(
		Party.COORDINATOR,
		Party.DEPARTMENT,
		"Report of the department",
		RECEIVED,
		LATER,
		"handler",
		"Production",
	)


def test_state_that_an_administrator_added_lets_nobody_wait():
	assert of_step(waits.SLIP_STEPS, StepFacts("Parked", RECEIVED)) == ()
