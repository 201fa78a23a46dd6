"""Scenario 000-G: complaints handled by human resources and administration."""

import pytest

from complaint_handling.constants import SLIP
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION, SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-G",
	"公司客户投诉处理流程（人力资源行政部门）",
	{
		"agent": "Human resources and administration 人力资源行政部门",
		"coordinator": "Head of administration 人力资源行政负责人",
		"handler": "Department concerned 相关部门",
		"department_manager": "Head of the department 相关部门负责人",
		"vice_president": "Deputy general manager 副总经理",
	},
)
REFUND = 3_000


def _register(play: Play):
	return doing.register(
		play,
		subject="Fitter was rude to the customer's staff",
		channel="Telephone",
		complaint_form="Oral",
		subject_type="Service",
		description="The fitter shouted at the operators and left the work half done.",
		demand="An apology, and the day not charged",
	)


def _classify(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Service Quality",
		severity="Moderate",
		priority="Medium",
		responsible_department=make_department(SERVICE),
	)


def _verify(play: Play):
	doing.hear(play, "Face to face: the operators describe the scene alike.", channel="On the Spot")
	return doing.save(
		play,
		"complaint",
		verification_result="Confirmed",
		verification_note="Talked to the operators face to face and to the fitter by telephone; work sheet seen.",
	)


def _draft_slip(play: Play):
	doing.draft_slip(play, "slip", SERVICE, "handler", "What happened on the customer's site?")
	return doing.press(play, "slip", "Submit for Issue")


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The fitter admits it; the work sheet ends at noon.",
		"Fitter overtired after two night shifts",
		"handler",
		description="Finish the work with another fitter, apologise in person",
	)


def _plan(play: Play):
	refund = {"remedy_type": "Refund", "description": "The day is not charged", "quantity": 1, "rate": REFUND}
	return doing.collect(play, rows={"remedies": [refund]})


def _execute(play: Play):
	doing.finish_measures(play)
	return doing.confirm_execution(play, "Work finished by another fitter, apology given, day credited.")


def _evaluate(play: Play):
	training = {
		"topic": "With the customer: calm, and to the end",
		"department": make_department(SERVICE),
		"held_on": "2026-03-16",
		"trainer": employee_of(play.users["coordinator"]),
		"participants": 12,
	}
	return doing.evaluate(play, {"trainings": [training]})


def _is_on_record(play: Play) -> None:
	complaint = play.complaint
	assert (complaint.category, complaint.severity) == ("Service Quality", "Moderate")
	assert complaint.cause == "Fitter overtired after two night shifts"
	assert complaint.execution_note and complaint.closing_summary
	assert looking.column(complaint, "remedies", "remedy_type") == ["Refund"]


STEPS = (
	Step(
		"agent",
		"records at once: content, contact, time",
		_register,
		"R-000G-01",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={
			"Record at Once": "2026-03-04 10:15",
			"First Answer": "2026-03-05 10:00",
			"Solution Approved": "2026-03-11 10:00",
		},
	),
	Step(
		"agent",
		"gives the first answer",
		doing.telling("First Answer", "We take it seriously; we ask the department."),
		"R-000G-01, R-000G-05",
		at="2026-03-04 10:12:00",
		ends={"Record at Once": "Met", "First Answer": "Met"},
	),
	Step("agent", "classifies by nature and severity", _classify, "R-000G-02", state="Registered"),
	Step(
		"agent",
		"assesses",
		doing.pressing("Assess"),
		"R-000G-02",
		state="Assessed",
	),
	Step("agent", "writes a slip to the department", _draft_slip, "R-000G-02", state="Pending Issue"),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000G-02",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000G-03",
		at="2026-03-04 14:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
	),
	Step(
		"handler",
		"reports what happened, cause and measure",
		_report,
		"R-000G-03, R-000G-04",
		at="2026-03-05 15:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", "verifies by telephone and face to face, with files", _verify, "R-000G-03"),
	Step(
		"coordinator",
		"proposes before the refund is decided",
		doing.pressing("Propose Solution"),
		"R-000G-04",
		refused="The compensation is not decided",
	),
	Step("coordinator", "agrees solution and refund with the department", _plan, "R-000G-04"),
	Step(
		"coordinator",
		"proposes before verification and files are answered for",
		doing.pressing("Propose Solution"),
		"R-000G-03",
		refused="The evidence is not complete",
	),
	Step(
		"coordinator",
		"confirms: verified face to face, files collected",
		lambda play: doing.answer_checks(play, "Evidence", note="Face to face; work sheet"),
		"R-000G-03",
	),
	Step(
		"coordinator",
		"proposes the solution",
		doing.pressing("Propose Solution"),
		"R-000G-04",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		f"approves {REFUND:,}: above the limit of a department, 2,000",
		lambda play: doing.save(play, "complaint", workflow_state="With Customer"),
		"R-000G-04",
		refused="You cannot take",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000G-04",
		at="2026-03-10 11:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the customer the solution",
		doing.telling("Solution Explained", "Another fitter, an apology, the day credited."),
		"R-000G-05",
	),
	Step("agent", "records the customer's consent", doing.consent, "R-000G-04", state="Executing"),
	Step(
		"coordinator",
		"accepts the department's report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000G-04",
		at="2026-03-11 16:00:00",
		state="Completed",
	),
	Step("agent", "confirms the execution", _execute, "R-000G-05", state="Awaiting Revisit"),
	Step(
		"agent",
		"tells the result and asks the customer",
		lambda play: doing.revisit(play, "Very Satisfied", "Satisfied"),
		"R-000G-05",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before anybody is trained",
		doing.close,
		"R-000G-07",
		refused="The procedure requires before the close: Training Record",
	),
	Step(
		"coordinator",
		"draws the lesson: staff is trained",
		_evaluate,
		"R-000G-07",
		state="Submitted",
	),
	Step(
		"coordinator",
		"closes: nature, solution and result are on record",
		doing.close,
		"R-000G-06",
		state="Closed",
		check=_is_on_record,
	),
)


def test_000_g_from_receipt_to_close(theatre):
	"""R-000G-01 to R-000G-07."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (REFUND, play.users["vice_president"])
	assert (complaint.first_answer_in_time, complaint.solution_in_time) == ("Yes", "Yes")
	assert looking.contacts(play) == ["First Answer", "Statement", "Solution Explained"]
