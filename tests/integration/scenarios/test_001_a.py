"""Scenario 001-A: made-to-measure furnishing; a designer's error, found in the store, rework that has to be redone."""

import pytest

from complaint_handling.constants import SLIP
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import SCHEDULER, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-A",
	"客诉专员主要岗位职责",
	{
		"agent": "Complaint specialist 客诉专员",
		"coordinator": "Complaint specialist, coordination 客诉专员（协调）",
		"handler": "Designer 设计师",
		"department_manager": "Leader of design 设计部门领导",
		"reviewer": "Leader of the specialist 客诉部门领导",
		"vice_president": "Deputy general manager 副总经理",
		"quality_manager": "Quality 品质部",
	},
)
RESUPPLY, SECOND_RESUPPLY = 1_800, 3_200
INSTRUCTION = "DI-07 Measuring of lamps and sockets"


def _register(play: Play):
	return doing.register(
		play,
		subject="Wardrobe door hits the lamp",
		channel="On the Spot",
		description="Told in the store: the door opens against the lamp of the ceiling.",
		demand="A door that opens",
	)


def _classify(play: Play):
	return doing.save(play, "complaint", category="Design Error", severity="Major")


def _leader_is_told(play: Play) -> None:
	assert looking.is_told(play.users["department_manager"], SLIP, play.made["slip"])


def _see_site(play: Play):
	return doing.hear(
		play, "Seen with the customer: 40 mm are missing.", channel="On the Spot", purpose="Other"
	)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The lamp is not in the drawing.",
		"Lamp not measured",
		"handler",
		description="Shorten the door by 45 mm",
		due_on="2026-03-13 18:00:00",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Rework", RESUPPLY)]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _plan_again(play: Play):
	doc = play.complaint
	doc.set("remedies", [doing.remedy("Rework", SECOND_RESUPPLY)])
	doc.cause = "Lamp not measured; the veneer of the shortened edge does not match"
	return doc.save()


def _resume(play: Play):
	return doing.press(
		play, "complaint", "Resume Handling", re_review_opinion="A new door, measured again on site."
	)


def _evaluate(play: Play):
	training = {
		"topic": "Rework of this quarter: what the drawings lacked",
		"department": make_department(SERVICE),
		"held_on": "2026-03-30",
		"trainer": employee_of(play.users["department_manager"]),
		"participants": 9,
	}
	change = {
		"document_type": "Work Instruction",
		"document_reference": INSTRUCTION,
		"changed_on": "2026-03-30",
		"issued_at_site_on": "2026-03-30",
	}
	return doing.evaluate(
		play,
		{"improvements": [_improvement(play)], "trainings": [training], "document_changes": [change]},
		lessons="Every fourth rework of design is a lamp or a socket.",
	)


def _improvement(play: Play) -> dict:
	return {
		"proposal": "Photograph of the ceiling with every measurement",
		"responsible_employee": employee_of(play.users["department_manager"]),
		"due_on": "2026-04-30",
	}


RECEIPT = (
	Step(
		"agent",
		"takes what the store brings, and logs it at once",
		_register,
		"R-001A-01, R-001A-03",
		at="2026-03-02 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-03 10:00", "Solution Approved": "2026-03-09 10:00"},
	),
	Step(
		"agent",
		"answers",
		doing.telling("First Answer", "The designer comes and looks.", channel="On the Spot"),
		"R-001A-01",
		ends={"First Answer": "Met"},
	),
	Step("agent", "classifies it: a designer's error, major", _classify, "R-001A-04"),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-001A-01", state="Assessed"),
	Step(
		"agent",
		"coordinates with design",
		doing.asking(SERVICE, "handler", "See it on site: cause and rework?"),
		"R-001A-01, R-001A-05",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-001A-01",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-001A-01",
		state="Issued",
		due={"Department Reply": "2026-03-04 10:00"},
	),
	Step(
		SCHEDULER,
		"the reply is late: the leader of the department is told",
		doing.sweep,
		at="2026-03-04 10:05:00",
		check=_leader_is_told,
	),
	Step("handler", "looks at it at the customer's", _see_site, "R-001A-05", at="2026-03-04 14:00:00"),
	Step(
		"handler",
		"reports, too late",
		_report,
		"R-001A-04, R-001A-05",
		at="2026-03-04 16:00:00",
		state="Reported",
		ends={"Department Reply": "Missed"},
	),
)
REWORK = (
	Step("coordinator", f"plans the rework, {RESUPPLY:,}", _plan, "R-001A-08"),
	Step(
		"coordinator",
		"proposes before the rework is verified, assigned and judged",
		doing.pressing("Propose Solution"),
		"R-001A-08",
		refused="The evidence is not complete",
	),
	Step(
		"coordinator",
		"verifies the rework and judges who is responsible",
		doing.checking("Evidence", "45 mm; design is responsible"),
		"R-001A-08",
	),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-001A-08", state="Solution Proposed"
	),
	Step(
		"department_manager",
		"approves within the own limit, 2,000",
		doing.pressing("Approve Solution"),
		"R-001A-08",
		at="2026-03-05 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the customer",
		doing.telling("Solution Explained", "The door is shortened."),
		"R-001A-01",
	),
	Step("agent", "records the consent", doing.consent, "R-001A-01", state="Executing"),
	Step(
		"coordinator",
		"accepts the report of design",
		lambda play: doing.accept_report(play, "slip"),
		"R-001A-05",
		at="2026-03-12 16:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the rework",
		doing.executing("Door shortened."),
		"R-001A-08",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"revisits after the repair: the edge does not match, the complaint goes on",
		doing.revisiting("Unsatisfied", "Neutral", comments="The edge is of another colour."),
		at="2026-03-16 10:00:00",
		state="Completed",
		due={"Revised Solution": "2026-03-18 10:00"},
	),
)
AGAIN = (
	Step(
		"reviewer",
		"the leader takes the difficult case",
		_resume,
		state="In Handling",
	),
	Step("coordinator", f"plans a new door, {SECOND_RESUPPLY:,}", _plan_again, "R-001A-08"),
	Step("coordinator", "proposes", doing.pressing("Propose Solution"), state="Solution Proposed"),
	Step(
		"department_manager",
		f"approves {SECOND_RESUPPLY:,}: above the own limit, a major problem goes higher",
		doing.pressing("Approve Solution"),
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"decides",
		doing.pressing("Approve Solution"),
		at="2026-03-17 10:00:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step("agent", "tells the customer", doing.telling("Solution Explained", "A new door.")),
	Step("agent", "records the consent", doing.consent, state="Executing"),
	Step(
		"agent",
		"confirms the new door",
		doing.executing("New door fitted."),
		"R-001A-08",
		at="2026-03-26 16:00:00",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"revisits again",
		doing.revisiting("Satisfied", "Satisfied"),
		at="2026-03-30 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes without analysis, training and instruction",
		doing.close,
		"R-001A-03",
		refused="The procedure requires before the close: Improvement Proposal, Training Record, Standardisation",
	),
	Step(
		"quality_manager",
		"analyses the case: rectification, training of the designers, instruction",
		_evaluate,
		"R-001A-03, R-001A-04",
		state="Submitted",
	),
	Step("coordinator", "closes", doing.close, "R-001A-03", state="Closed"),
)


def test_001_a_from_receipt_to_close(theatre):
	"""R-001A-01, R-001A-03 to R-001A-05, R-001A-08."""
	play = theatre.play(SCENARIO, (*RECEIPT, *REWORK, *AGAIN))
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (
		SECOND_RESUPPLY,
		play.users["vice_president"],
	)
	assert complaint.re_review_round == 1
	evaluation = play.doc("evaluation")
	assert looking.column(evaluation, "document_changes", "document_reference") == [INSTRUCTION]
	assert evaluation.open_improvements == 1
	assert play.doc("slip").reply_in_time == "No"
