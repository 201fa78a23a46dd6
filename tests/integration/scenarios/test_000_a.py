"""Scenario 000-A: the general company procedure, 1 + 2 + 3 working days."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import SLIP
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-A",
	"客户投诉处理程序文件",
	{
		"agent": "Customer service 客户服务部门",
		"coordinator": "Customer service, coordination 客户服务部门",
		"handler": "Business department 相关业务部门",
		"department_manager": "Head of business department 相关业务部门负责人",
		"quality_manager": "Quality management 质量管理部门",
		"general_manager": "Senior management 高层管理",
	},
)
LOSS = 60_000
URGENT = "urgent"


def _read_preset(play: Play) -> None:
	procedure = looking.preset(play)
	channels = looking.column(procedure, "channels", "channel")
	assert channels == ["Telephone", "E-mail", "Online Platform", "Written Letter"]
	assert looking.column(procedure, "severities", "severity") == ["Major", "Moderate", "Minor"]
	assert all(looking.column(procedure, "severities", "definition"))
	contents = frappe.get_all("Complaint Category Procedure", {"procedure_code": "000-A"}, pluck="parent")
	assert sorted(contents) == ["Delivery and Handover", "Price", "Product Quality", "Service Quality"]


def _register_urgent(play: Play):
	return doing.register(
		play,
		URGENT,
		subject="Smoke from the control cabinet",
		channel="Telephone",
		description="Smoke comes from the cabinet; the line is switched off.",
		demand="Somebody at once",
		is_urgent=1,
	)


def _assess_urgent(play: Play):
	doing.save(play, URGENT, category="Product Quality", severity="Major", handled_directly=1)
	return doing.press(play, URGENT, "Assess")


def _register(play: Play):
	return doing.register(
		play,
		subject="Guard of the grinder came loose",
		channel="E-mail",
		complaint_form="Written",
		description="The guard of spindle 2 came loose at speed; the machine stands still.",
		demand="A safe machine within a week, and the loss made good",
		subject_type="Product",
	)


def _is_recorded(play: Play) -> None:
	complaint = play.complaint
	assert complaint.complainant_name and complaint.complainant_phone
	assert complaint.items[0].item_code and complaint.description and complaint.demand
	assert (complaint.channel, complaint.received_on) == ("E-mail", get_datetime("2026-03-04 10:00:00"))


def _classify(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Product Quality",
		severity="Major",
		priority="High",
		is_safety_related=1,
		assessment_note="Safety of persons; the customer's line stands still.",
	)


def _draft_slip(play: Play):
	doing.draft_slip(play, "slip", SERVICE, "handler", "Find out why the guard came loose.")
	return doing.press(play, "slip", "Submit for Issue")


def _report_nothing(play: Play):
	return doing.press(play, "slip", "Report")


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"Two of four screws were tightened without the torque wrench; order, test report and service record agree.",
		"Work instruction leaves the torque open",
		"handler",
		description="Refit the guard with the right torque and check every machine of the batch",
		due_on="2026-03-12 10:00:00",
	)


def _plan(play: Play):
	compensation = {
		"remedy_type": "Compensation",
		"description": "Loss of production",
		"quantity": 1,
		"rate": LOSS,
	}
	return doing.collect(
		play,
		rows={"remedies": [compensation]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _has_measures(play: Play) -> None:
	(measure,) = play.complaint.measures
	assert measure.description and measure.due_on == get_datetime("2026-03-12 10:00:00")
	assert measure.responsible_employee == employee_of(play.users["handler"])


def _attach_evidence(play: Play):
	for name in ("order.txt", "test-report.txt", "service-record.txt"):
		doing.attach(play, "slip", name)
	return play.doc("slip")


def _collect_evidence(play: Play):
	return doing.answer_checks(play, "Evidence", note="Attached to the slip")


def _evaluate(play: Play):
	proposal = {
		"proposal": "Torque of every guard in the work instruction, checked at the final inspection",
		"responsible_employee": employee_of(play.users["handler"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(play, {"improvements": [proposal]})


def _execute(play: Play):
	doing.finish_measures(play)
	return doing.confirm_execution(play, "Guard refitted, batch checked, compensation paid.")


STEPS = (
	Step(
		"agent",
		"finds four channels, three severities with definitions, four contents to choose from",
		lambda play: looking.preset(play),
		"R-000A-06, R-000A-08, R-000A-09",
		at="2026-03-03 20:00:00",
		check=_read_preset,
	),
	Step(
		"agent",
		"registers an urgent complaint in the evening: the process starts immediately",
		_register_urgent,
		"R-000A-11",
		state="Registered",
		due={
			"Record at Once": "2026-03-03 20:15",
			"Initial Assessment": "2026-03-03 20:15",
			"First Answer": "2026-03-05 09:00",
		},
	),
	Step(
		"agent",
		"assesses it at once, in the same evening",
		_assess_urgent,
		"R-000A-11",
		at="2026-03-03 20:10:00",
		state="Assessed",
		ends={"Initial Assessment": "Met"},
	),
	Step(
		"coordinator",
		"starts its handling at once",
		doing.pressing("Start Handling", URGENT),
		"R-000A-11",
		state="In Handling",
	),
	Step(
		"agent",
		"records the complaint at once: name, contact, product, content and demand, time and channel",
		_register,
		"R-000A-01, R-000A-02, R-000A-07",
		at="2026-03-04 10:00:00",
		state="Registered",
		check=_is_recorded,
		due={
			"Record at Once": "2026-03-04 10:15",
			"Initial Assessment": "2026-03-05 10:00",
			"First Answer": "2026-03-05 10:00",
		},
	),
	Step(
		"agent",
		"tells the customer number and reply time",
		doing.telling("Acknowledgement", "Number and reply time told.", channel="E-mail"),
		"R-000A-02",
		at="2026-03-04 10:10:00",
		ends={"Record at Once": "Met"},
	),
	Step(
		"agent",
		"presses Assess before the complaint is classified",
		doing.pressing("Assess"),
		"R-000A-10",
		refused="The category is missing",
	),
	Step(
		"agent",
		"classifies: product quality, major, priority high",
		_classify,
		"R-000A-02, R-000A-08, R-000A-09",
		at="2026-03-04 11:00:00",
		state="Registered",
	),
	Step(
		"agent",
		"assesses, within 1 working day of the receipt",
		doing.pressing("Assess"),
		"R-000A-10",
		state="Assessed",
		ends={"Initial Assessment": "Met"},
	),
	Step(
		"agent", "writes a slip to the business department", _draft_slip, "R-000A-02", state="Pending Issue"
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000A-02",
		at="2026-03-04 11:30:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip: the department has 2 working days from now",
		doing.pressing("Issue Slip", "slip"),
		"R-000A-12",
		at="2026-03-04 14:00:00",
		state="Issued",
		due={"Investigation": "2026-03-06 14:00"},
	),
	Step(
		"agent",
		"gives the first answer and tells how it stands",
		doing.telling("First Answer", "The department investigates.", channel="E-mail"),
		"R-000A-02",
		at="2026-03-05 09:30:00",
		ends={"First Answer": "Met"},
	),
	Step(
		"handler",
		"reports the slip empty",
		_report_nothing,
		"R-000A-12",
		at="2026-03-06 10:00:00",
		refused="The finding is missing",
	),
	Step(
		"handler",
		"reports finding, root cause and measure, within 2 working days",
		_report,
		"R-000A-03, R-000A-12",
		state="Reported",
		ends={"Investigation": "Met"},
	),
	Step(
		"coordinator",
		"takes the investigation over and plans the solution: 3 working days from the end of the investigation",
		_plan,
		"R-000A-14",
		due={"Solution Approved": "2026-03-11 10:00"},
		check=_has_measures,
	),
	Step(
		"coordinator",
		"proposes the solution before order record, test report and service record are there",
		doing.pressing("Propose Solution"),
		"R-000A-13",
		refused="The evidence is not complete",
	),
	Step(
		"handler",
		"attaches order record, test report and service record",
		_attach_evidence,
		"R-000A-13",
	),
	Step("coordinator", "confirms each kind of evidence", _collect_evidence, "R-000A-13"),
	Step(
		"coordinator",
		"proposes the solution",
		doing.pressing("Propose Solution"),
		"R-000A-14",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		f"approves {LOSS:,}: above the limit of a department",
		doing.pressing("Approve Solution"),
		"R-000A-05",
		refused="is not open to you",
	),
	Step(
		"general_manager",
		"decides on the major complaint",
		doing.pressing("Approve Solution", approval_comment="Agreed"),
		"R-000A-05, R-000A-14",
		at="2026-03-10 15:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"handler",
		"helps to explain: names the finding to the customer on the spot",
		lambda play: doing.hear(
			play, "Showed the torn thread.", purpose="Other", direction="Outgoing", channel="On the Spot"
		),
		"R-000A-03",
	),
	Step(
		"agent",
		"tells the result: cause, measure, compensation",
		lambda play: doing.tell(
			play, "Solution Explained", "Cause, measure, compensation.", channel="E-mail"
		),
		"R-000A-02",
	),
	Step(
		"agent",
		"records the customer's consent",
		lambda play: doing.consent(play, "E-mail"),
		"R-000A-02",
		at="2026-03-11 09:30:00",
		state="Executing",
	),
	Step(
		"coordinator",
		"accepts the department's report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000A-02",
		at="2026-03-12 09:30:00",
		state="Completed",
	),
	Step(
		"agent",
		"records that the department carried the measure out, and confirms",
		_execute,
		"R-000A-03",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer",
		lambda play: doing.revisit(play, "Satisfied", "Satisfied"),
		"R-000A-02",
		at="2026-03-17 10:00:00",
		state="Completed",
	),
	Step(
		"quality_manager",
		"has supervised the handling: evaluates it and proposes an improvement",
		_evaluate,
		state="Submitted",
	),
	Step(
		"coordinator",
		"closes the complaint",
		doing.close,
		"R-000A-02",
		state="Closed",
	),
)


def test_000_a_from_receipt_to_close(theatre):
	"""R-000A-01 to R-000A-03, R-000A-05 to R-000A-14."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert complaint.name.startswith("CC-2026-")
	assert (complaint.total_remedy_amount, complaint.approved_by) == (LOSS, play.users["general_manager"])
	assert [state for state, _user in looking.people_of_steps(complaint)] == [
		"Assessed",
		"In Handling",
		"Solution Proposed",
		"With Customer",
		"Executing",
		"Awaiting Revisit",
		"Closed",
	]
	assert (complaint.first_answer_in_time, complaint.solution_in_time) == ("Yes", "Yes")
	assert play.doc("slip").reply_in_time == "Yes"
