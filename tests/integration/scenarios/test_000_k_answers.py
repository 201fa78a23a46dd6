"""Scenario 000-K, continued: written complaints, two agreed times that pass, and what service staff solves itself."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT
from tests.integration.scenarios import doing, estate, looking
from tests.integration.scenarios.play import NO_PERMISSION, SCHEDULER, Play, Step

pytestmark = pytest.mark.scenario


def _prepare(play: Play):
	estate.classify(play)
	doing.save(play, "complaint", handled_directly=1)
	doing.press(play, "complaint", "Assess")
	return play.complaint


def _has_missed_one(play: Play) -> None:
	complaint = play.complaint
	assert (complaint.promises_passed, complaint.taken_over_on) == (1, None)
	assert [state for _due, state in looking.promises(play)] == ["Missed"]


def _is_taken_over(play: Play) -> None:
	complaint = play.complaint
	assert (complaint.promises_passed, complaint.promise_changes) == (2, 1)
	assert complaint.taken_over_on == get_datetime("2026-03-11 10:05:00")
	assert complaint.next_approver_role == "Complaint General Manager"
	told = {user for _stage, _level, user in looking.raised(play)}
	assert play.users["general_manager"] in told
	comment = {"reference_name": complaint.name, "comment_type": "Info", "content": ("like", "%takes%")}
	assert frappe.db.exists("Comment", comment)


def _write_letter(play: Play):
	return doing.save(
		play, "complaint", written_answer_on="2026-03-12", written_answer_reference="Letter 2026-017"
	)


WRITTEN = (
	Step(
		"agent",
		"7.2.1 receives a letter, fills the record (F1)",
		estate.register(channel="Written Letter", complaint_form="Written"),
		"R-000K-01, R-000K-11",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"Record at Once": "2026-03-04 10:15", "Reply to the Customer": "2026-03-09 10:00"},
	),
	Step(
		"agent",
		"7.2.1 tells the customer the reply time",
		doing.telling("Acknowledgement", "Answer by Monday 10:00."),
		"R-000K-11",
		at="2026-03-04 10:05:00",
		ends={"Record at Once": "Met"},
	),
	Step("agent", "classifies and assesses it", _prepare, "R-000K-01", state="Assessed"),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000K-07",
		at="2026-03-04 10:30:00",
		state="In Handling",
	),
	Step(
		SCHEDULER,
		"7.4.2 the first agreed time passes unsolved",
		doing.sweep,
		"R-000K-21",
		at="2026-03-09 10:05:00",
		ends={"Reply to the Customer": "Overdue"},
		check=_has_missed_one,
	),
	Step(
		"agent",
		"7.4.2 fixes a new reply time with the customer's understanding",
		estate.agree_anew("2026-03-11 10:00:00", "Ms Zhou agrees to Wednesday."),
		"R-000K-21",
		at="2026-03-09 10:30:00",
		due={"Agreed Reply": "2026-03-11 10:00"},
	),
	Step(
		SCHEDULER,
		"7.4.2 the second agreed time passes unsolved: the general manager takes the case over by himself",
		doing.sweep,
		"R-000K-03, R-000K-21",
		at="2026-03-11 10:05:00",
		ends={"Agreed Reply": "Overdue"},
		check=_is_taken_over,
	),
	Step(
		"coordinator",
		"submits a solution to the general manager",
		estate.plan_directly,
		"R-000K-21",
		at="2026-03-11 15:00:00",
		state="Solution Proposed",
	),
	Step(
		"vice_president",
		"approves what the general manager has taken over",
		doing.pressing("Approve Solution"),
		"R-000K-03",
		refused="is not open to you",
	),
	Step(
		"general_manager",
		"5.1 approves",
		doing.pressing("Approve Solution"),
		"R-000K-03",
		state="With Customer",
	),
	Step(
		"agent",
		"7.4.1 informs the customer",
		doing.telling("Solution Explained", "Warm since noon.", channel="Written Letter"),
		"R-000K-18",
	),
	Step(
		"agent",
		"asks the customer's opinion",
		lambda play: doing.consent(play, consent_by="Ms Zhou"),
		"R-000K-18",
		state="Executing",
	),
	Step(
		"agent",
		"confirms the execution",
		doing.executing("Valve open, rooms warm."),
		"R-000K-08",
		at="2026-03-12 10:00:00",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"7.5.1 revisits the customer",
		doing.revisiting("Satisfied", "Unsatisfied", contacted_person="Ms Zhou"),
		"R-000K-22",
		at="2026-03-17 10:00:00",
		state="Completed",
	),
	Step("coordinator", "7.5.1 submits the summary", estate.sum_up, "R-000K-22", state="Submitted"),
	Step(
		"coordinator",
		"7.4.1 closes a written complaint without a letter of the company",
		doing.close,
		"R-000K-19",
		refused="A written complaint is answered in writing in the company's name",
	),
	Step(
		"coordinator",
		"7.4.1 records the company's letter",
		_write_letter,
		"R-000K-19",
	),
	Step("coordinator", "closes", doing.close, "R-000K-19", state="Closed"),
)


def _answer_at_once(play: Play):
	consent = {
		"consent_by": "Ms Zhou",
		"consent_method": "Telephone",
		"closing_summary": "The lift key is handed out at the gate.",
	}
	intake.answer_at_once(play.made["complaint"], "The key is at the gate.", "Telephone", consent)
	return play.complaint


def _answer_what_is_beyond_the_scope(play: Play):
	estate.classify(play)
	return _answer_at_once(play)


DIRECT = (
	Step(
		"agent",
		"7.2.1 takes a call that he can answer himself",
		estate.register(subject="Where is the key of the goods lift?", demand="The key today"),
		"R-000K-11, R-000K-12",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"Record at Once": "2026-03-04 10:15", "Reply to the Customer": "2026-03-09 10:00"},
	),
	Step(
		"agent",
		"classifies it as more than a question of the day, and closes it with an answer",
		_answer_what_is_beyond_the_scope,
		"R-000K-12",
		refused="You cannot take",
	),
	Step("agent", "classifies it as minor", lambda play: estate.classify(play, "Minor"), "R-000K-12"),
	Step(
		"handler",
		"answers in the name of customer service",
		doing.telling("First Answer", "The key is at the gate."),
		"R-000K-12",
		refused=NO_PERMISSION,
	),
	Step(
		"agent",
		"7.3.1 solves it within his own scope, and records result and customer's opinion",
		_answer_at_once,
		"R-000K-12",
		at="2026-03-04 10:10:00",
		state="Closed",
		ends={"Record at Once": "Met", "Reply to the Customer": "Met"},
	),
)

UNSIGNED = (
	Step(
		"agent",
		"7.2.1 receives a tenant in the leasing office",
		estate.register(channel="On the Spot", complaint_form="Face to Face"),
		"R-000K-11",
		at="2026-03-04 10:00:00",
		state="Registered",
	),
	Step("agent", "classifies and assesses it", _prepare, "R-000K-01", state="Assessed"),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000K-07",
		at="2026-03-04 10:30:00",
		state="In Handling",
	),
	Step(
		"coordinator", "proposes the solution", estate.plan_directly, "R-000K-18", state="Solution Proposed"
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000K-06",
		state="With Customer",
	),
	Step(
		"agent",
		"records that the customer does not sign, without a witness",
		lambda play: doing.consent(play, "Face to Face", signature_result="Refused"),
		"R-000K-20",
		refused="Record the signature, or its refusal with a witness",
	),
	Step(
		"agent",
		"records that the customer does not sign, and who saw it",
		lambda play: doing.consent(
			play, "Face to Face", signature_result="Refused", signature_witness="Mr Guo, porter"
		),
		"R-000K-20",
		state="Executing",
	),
)


def test_000_k_written_complaint_goes_to_the_general_manager_after_two_agreed_times(theatre):
	"""R-000K-01, R-000K-03, R-000K-07, R-000K-08, R-000K-11, R-000K-18, R-000K-19, R-000K-21, R-000K-22."""
	play = theatre.play(estate.SCENARIO, WRITTEN)
	complaint = play.complaint
	assert complaint.approved_by == play.users["general_manager"]
	assert complaint.written_answer_reference == "Letter 2026-017"
	assert frappe.db.count(COMPLAINT, {"name": complaint.name, "workflow_state": "Closed"}) == 1


def test_000_k_service_staff_solves_within_own_scope(theatre):
	"""R-000K-11 and R-000K-12."""
	play = theatre.play(estate.SCENARIO, DIRECT)
	complaint = play.complaint
	assert (complaint.consent_by, complaint.answer_to_customer) == ("Ms Zhou", "The key is at the gate.")
	assert looking.promises(play) == [(get_datetime("2026-03-09 10:00:00"), "Kept")]


def test_000_k_customer_who_does_not_sign_is_recorded_with_a_witness(theatre):
	"""R-000K-01, R-000K-06, R-000K-07, R-000K-11, R-000K-18, R-000K-20."""
	play = theatre.play(estate.SCENARIO, UNSIGNED)
	assert play.complaint.signature_witness == "Mr Guo, porter"
