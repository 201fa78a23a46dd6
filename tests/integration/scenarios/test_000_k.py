"""Scenario 000-K: a tenant's call, the chain of the slip, two changes of the reply time, several departments."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.api import work_list
from complaint_handling.constants import REVISIT, SLIP
from tests.integration.scenarios import doing, estate, looking
from tests.integration.scenarios.cast import PRODUCTION, SERVICE
from tests.integration.scenarios.play import SCHEDULER, Play, Step

pytestmark = pytest.mark.scenario


def _is_told_the_reply_time(play: Play) -> None:
	assert looking.promises(play) == [(get_datetime("2026-03-09 10:00:00"), "Open")]
	procedure = looking.preset(play)
	numbers = dict(
		zip(
			looking.column(procedure, "forms", "form_name"),
			looking.column(procedure, "forms", "document_number"),
			strict=True,
		)
	)
	assert numbers["Complaint Handling Record"] == "GFP19-2-F1"
	assert numbers["Customer Visit Record"] == "GFP19-2-F3"


def _draft(play: Play):
	return doing.draft_slip(
		play, "slip", SERVICE, None, "Why is the heating cold, and when is it warm again?"
	)


def _goes_to_the_manager(play: Play) -> None:
	slip = play.doc("slip")
	assert slip.responsible_user == play.users["department_manager"]
	assert looking.is_told(slip.responsible_user, SLIP, slip.name)


def _pass_upward(play: Play):
	return doing.press(
		play,
		"slip",
		"Pass Upward",
		escalated_to=play.users["vice_president"],
		escalation_reason="The works department closed the valve; the leasing office may not open it.",
	)


def _ask_general_manager(play: Play):
	return doing.press(
		play,
		"works",
		"Ask for Opinion",
		escalated_to=play.users["general_manager"],
		escalation_reason="Leasing office and works department must act together.",
	)


def _manager_is_told_first(play: Play) -> None:
	told = [user for stage, _level, user in looking.raised(play) if stage == "Department Reply"]
	assert play.users["production_manager"] in told


def _is_taken_over(play: Play) -> None:
	complaint = play.complaint
	assert complaint.taken_over_on == get_datetime("2026-03-11 09:30:00")
	assert complaint.promise_changes == 2
	assert [state for _due, state in looking.promises(play)] == ["Replaced", "Replaced", "Open"]


def _has_visit_record(play: Play) -> None:
	html = frappe.get_print(REVISIT, play.made["revisit"], "Customer Visit Record")
	assert "Ms Zhou" in html


def _check_the_day(play: Play):
	assert play.made["slip"] in str(work_list.get_work_list()["parts"]["today"])
	assert work_list.add_note(
		play.kinds["complaint"], play.made["complaint"], "Call Ms Zhou before noon", "2026-03-09"
	)
	play.note = "The slip of the leasing office is due today; noted for Monday: call Ms Zhou."
	return play.complaint


STEPS = (
	Step(
		"agent",
		"7.2.1 takes the call, fills the record (F1); the form shows the reply time, 3 working days",
		estate.register(),
		"R-000K-01, R-000K-08, R-000K-11",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"Record at Once": "2026-03-04 10:15", "Reply to the Customer": "2026-03-09 10:00"},
		check=_is_told_the_reply_time,
	),
	Step(
		"agent",
		"7.2.1 tells the customer the reply time",
		doing.telling("Acknowledgement", "Answer by Monday 10:00."),
		"R-000K-11",
		at="2026-03-04 10:05:00",
		ends={"Record at Once": "Met"},
	),
	Step("agent", "classifies: property services", estate.classify, "R-000K-01"),
	Step("agent", "assesses", doing.pressing("Assess"), "R-000K-08", state="Assessed"),
	Step("agent", "7.3.2 cannot solve it and writes a slip", _draft, "R-000K-13", state="Draft"),
	Step(
		"agent",
		"hands it to the customer representative past the marketing manager",
		doing.pressing("Submit for Issue", "slip"),
		"R-000K-13",
		refused="is not open to you",
	),
	Step(
		"agent",
		"7.3.2 hands it to the marketing manager",
		doing.pressing("Submit for Review", "slip"),
		"R-000K-13",
		state="Pending Review",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000K-07",
		at="2026-03-04 10:30:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues it before it is reviewed",
		doing.pressing("Issue Slip", "slip"),
		"R-000K-05, R-000K-13",
		refused="is not open to you",
	),
	Step(
		"reviewer",
		"5.3 reviews the slip",
		doing.pressing("Endorse Slip", "slip"),
		"R-000K-05, R-000K-13",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"5.5 signs and issues it to the manager of the department",
		doing.pressing("Issue Slip", "slip"),
		"R-000K-06, R-000K-07, R-000K-13",
		at="2026-03-04 14:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
		check=_goes_to_the_manager,
	),
	Step(
		"department_manager",
		"7.3.3 reports the slip incomplete",
		doing.pressing("Report", "slip"),
		"R-000K-15",
		at="2026-03-05 10:00:00",
		refused="The finding is missing",
	),
	Step(
		"department_manager",
		"7.3.2 cannot solve it within the agreed time: passes it upward to the deputy",
		_pass_upward,
		"R-000K-04",
		state="Escalated",
	),
	Step(
		"vice_president",
		"5.2 deals with the slip that his manager submits",
		doing.pressing(
			"Give Instruction", "slip", higher_instruction="Works opens the valve, leasing reports."
		),
		"R-000K-04",
		at="2026-03-05 11:00:00",
		state="Issued",
	),
	Step(
		"agent",
		"7.3.5 writes a second slip: the works department has to act too",
		doing.asking(PRODUCTION, "production_manager", "Open the valve of riser 7.", "works"),
		"R-000K-17",
		state="Pending Review",
	),
	Step(
		"reviewer",
		"reviews it",
		doing.pressing("Endorse Slip", "works"),
		"R-000K-05",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"issues it to the second department without the general manager's opinion",
		doing.pressing("Issue Slip", "works"),
		"R-000K-17",
		refused="Several departments have to act",
	),
	Step(
		"coordinator",
		"7.3.5 hands it directly to the general manager",
		_ask_general_manager,
		"R-000K-17",
		state="Escalated",
	),
	Step(
		"general_manager",
		"7.3.5 gives the opinion; the slip is issued",
		doing.pressing(
			"Give Instruction", "works", higher_instruction="Works opens it today and lists all valves."
		),
		"R-000K-03, R-000K-17",
		at="2026-03-05 14:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-09 14:00"},
	),
	Step(
		"coordinator",
		"7.6.1 checks slips and today's tasks, and notes what comes next",
		_check_the_day,
		"R-000K-16, R-000K-24",
		at="2026-03-06 09:05:00",
	),
	Step(
		"department_manager",
		"7.3.3 fills the slip completely",
		estate.report_by("department_manager"),
		"R-000K-06, R-000K-15",
		at="2026-03-06 11:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"agent",
		"7.3.4 tells the customer the progress",
		doing.telling("Progress Notice", "The valve is found; works opens it."),
		"R-000K-16",
	),
	Step(
		"agent",
		"7.4.2 fixes a new reply time without the customer's understanding",
		estate.agree_anew("2026-03-11 10:00:00", "Two more days?", customer_agreed=0),
		"R-000K-21",
		at="2026-03-09 09:30:00",
		refused="Record why it changes, and that the customer agreed",
	),
	Step(
		"agent",
		"7.4.2 fixes a new reply time with the customer's understanding: first change",
		estate.agree_anew("2026-03-11 10:00:00", "Ms Zhou agrees to Wednesday."),
		"R-000K-18, R-000K-21",
		due={"Agreed Reply": "2026-03-11 10:00"},
		ends={"Reply to the Customer": "Cancelled"},
	),
	Step(
		SCHEDULER,
		"the works department is overdue: its manager is told first",
		doing.sweep,
		"R-000K-15",
		at="2026-03-09 14:05:00",
		check=_manager_is_told_first,
	),
	Step(
		"production_manager",
		"reports late",
		estate.report_by("production_manager", "works"),
		"R-000K-15",
		at="2026-03-10 10:00:00",
		state="Reported",
		ends={"Department Reply": "Missed"},
	),
	Step(
		"agent",
		"7.4.2 tries the second change",
		estate.agree_anew("2026-03-13 10:00:00", "Two days more."),
		"R-000K-21",
		at="2026-03-11 09:30:00",
		refused="The last change of the agreed time is agreed by: Complaint General Manager",
	),
	Step(
		"general_manager",
		"agrees the second change with the customer, and has the case from now on",
		estate.agree_anew("2026-03-13 10:00:00", "The general manager calls Ms Zhou."),
		"R-000K-03, R-000K-21",
		due={"Agreed Reply": "2026-03-13 10:00"},
		check=_is_taken_over,
	),
	Step(
		"general_manager",
		"7.4.2 tries a third change",
		estate.agree_anew("2026-03-16 10:00:00", "Until Monday?"),
		"R-000K-21",
		at="2026-03-12 09:30:00",
		refused="The agreed time was changed 2 times, which is all that the procedure allows",
	),
	Step(
		"coordinator", "takes over what the departments found", estate.plan_without_compensation, "R-000K-13"
	),
	Step(
		"coordinator",
		"proposes the solution",
		doing.pressing("Propose Solution"),
		"R-000K-13",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"approves a case that the general manager has",
		doing.pressing("Approve Solution"),
		"R-000K-03",
		refused="is not open to you",
	),
	Step(
		"general_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000K-03",
		state="With Customer",
	),
	Step(
		"agent",
		"7.4.1 informs the customer of the opinion face to face, within the reply date",
		doing.telling("Solution Explained", "Warm since noon; list of valves.", channel="On the Spot"),
		"R-000K-18",
		at="2026-03-12 15:00:00",
		ends={"Agreed Reply": "Met"},
	),
	Step(
		"agent",
		"7.4.1 asks the customer's opinion face to face and records it without a signature",
		lambda play: doing.consent(play, "Face to Face", consent_by="Ms Zhou"),
		"R-000K-20",
		refused="The customer signs an answer given face to face",
	),
	Step(
		"agent",
		"7.4.1 has the customer sign the record (F1)",
		lambda play: doing.consent(play, "Face to Face", consent_by="Ms Zhou", signature_result="Signed"),
		"R-000K-18, R-000K-20",
		state="Executing",
	),
	Step(
		"coordinator",
		"accepts the slip of the leasing office",
		lambda play: doing.accept_report(play, "slip"),
		"R-000K-07",
		at="2026-03-13 09:30:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"accepts the slip of the works department",
		lambda play: doing.accept_report(play, "works"),
		"R-000K-07",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the execution",
		doing.executing("Valve open, rooms warm, list of valves signed."),
		"R-000K-08",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"7.5.1 revisits the customer and fills the visit record (F3)",
		doing.revisiting("Satisfied", "Neutral", method="Visit", contacted_person="Ms Zhou"),
		"R-000K-07, R-000K-08, R-000K-22",
		at="2026-03-18 10:00:00",
		state="Completed",
		check=_has_visit_record,
	),
	Step(
		"coordinator",
		"7.5.1 closes before the departments' summary is submitted",
		doing.close,
		"R-000K-22",
		refused="The procedure requires before the close: Evaluation",
	),
	Step("coordinator", "7.5.1 submits the summary", estate.sum_up, "R-000K-22", state="Submitted"),
	Step("coordinator", "closes", doing.close, "R-000K-22", state="Closed"),
)


def test_000_k_from_the_call_to_close(theatre):
	"""R-000K-01, R-000K-03 to R-000K-08, R-000K-11, R-000K-13, R-000K-15 to R-000K-18, R-000K-20 to R-000K-22, R-000K-24."""
	play = theatre.play(estate.SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.promise_changes, complaint.promises_passed) == (2, 2)
	assert [state for _due, state in looking.promises(play)] == ["Replaced", "Replaced", "Kept"]
	assert complaint.approved_by == play.users["general_manager"]
	assert complaint.signature_result == "Signed"
