"""Scenario 000-D: four steps, progress told in time, the people concerned look back."""

import pytest

from frappe.utils import get_datetime

from complaint_handling.api import categories, waits
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import NO_PERMISSION, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-D",
	"客户投诉处理流程（四步）",
	{
		"agent": "Customer service 客服人员",
		"coordinator": "Customer service, in charge 客服负责人",
		"handler": "Employee concerned 相关人员",
		"department_manager": "Head of the department 部门负责人",
		"vice_president": "Management 管理层",
		"production_handler": "Somebody of another department 其他部门人员",
	},
)
INDEMNITY = 2_400


def _register(play: Play):
	return doing.register(
		play,
		subject="Machine bed scratched by the crane",
		channel="Instant Message",
		complaint_form="Written",
		description="Your crane driver scratched the bed over 40 cm.",
		demand="The bed ground again, and the day of standstill made good",
	)


def _is_traceable(play: Play) -> None:
	complaint = play.complaint
	assert complaint.name and complaint.description and complaint.demand
	assert complaint.received_on == get_datetime("2026-03-04 10:00:00")


def _read_script(play: Play):
	doing.save(play, "complaint", category="Service Attitude", severity="Moderate")
	playbook = categories.get_playbook(play.complaint.category)
	assert "calm" in playbook.lower() or "listen" in playbook.lower()
	play.note = "The playbook stands beside the form."
	return play.complaint


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The crane driver admits it; the sling was the short one.",
		"No long sling on the lorry",
		"handler",
		description="Grind the bed on site; a long sling on every lorry",
		due_on="2026-03-11 12:00:00",
	)


def _progress(play: Play):
	return doing.tell(
		play,
		"Progress Notice",
		"The driver was heard; we expect to be able to say more on Friday.",
		next_answer_due="2026-03-06 16:00:00",
		next_answer_about="Progress Notice",
	)


def _plan(play: Play):
	indemnity = doing.remedy("Indemnity", INDEMNITY, description="A day of standstill, our fault")
	return doing.collect(
		play,
		rows={"remedies": [indemnity]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _look_who_waits(play: Play):
	rows = waits.get_waits(play.made["complaint"])
	assert rows
	play.note = f"Waiting: {len(rows)}"
	return play.complaint


def _look_back(play: Play):
	lesson = {
		"proposal": "A long sling on every lorry, checked at loading",
		"responsible_employee": employee_of(play.users["handler"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(
		play, {"improvements": [lesson]}, lessons="Looked back at with the driver, the fitter and the agent."
	)


STEPS = (
	Step(
		"agent",
		"records problem, opinion and demand so that they can be traced",
		_register,
		"R-000D-01, R-000D-02",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
		check=_is_traceable,
	),
	Step("agent", "classifies and reads how to listen", _read_script, "R-000D-03"),
	Step(
		"agent",
		"responds as soon as possible: regret, and the will to solve it",
		doing.telling("First Answer", "We are sorry and will solve it.", channel="Instant Message"),
		"R-000D-01",
		at="2026-03-04 10:20:00",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"assesses; from now on the customer is told the progress within 2 working days",
		doing.pressing("Assess"),
		"R-000D-06",
		at="2026-03-04 11:00:00",
		state="Assessed",
		due={"Progress Told": "2026-03-06 11:00"},
	),
	Step(
		"agent",
		"asks the employee concerned",
		doing.asking(SERVICE, "handler", "What happened at the unloading?"),
		"R-000D-04",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000D-04",
		at="2026-03-04 13:30:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000D-04",
		state="Issued",
		due={"Department Reply": "2026-03-06 13:30"},
	),
	Step(
		"agent",
		"talks it over with the customer",
		lambda play: doing.hear(play, "The crane driver used a short sling; picture follows."),
		"R-000D-04",
		at="2026-03-05 09:30:00",
	),
	Step(
		"agent",
		"tells the customer progress and expected time",
		_progress,
		"R-000D-06",
		at="2026-03-05 15:00:00",
		due={"Promised Progress Notice": "2026-03-06 16:00"},
		ends={"Progress Told": "Met"},
	),
	Step(
		"handler",
		"reports cause and measure",
		_report,
		"R-000D-04",
		at="2026-03-06 10:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"coordinator",
		"plans measures with times, and an indemnity for the loss by our fault",
		_plan,
		"R-000D-07, R-000D-09",
	),
	Step(
		"coordinator",
		"proposes before the interests of all sides were considered",
		doing.pressing("Propose Solution"),
		"R-000D-05",
		refused="Were the interests of the customer, the employees and the company considered?",
	),
	Step(
		"coordinator",
		"confirms: nature and cause known, interests of customer, employee and company considered",
		doing.checking("Evidence"),
		"R-000D-04, R-000D-05",
	),
	Step(
		"coordinator",
		"proposes the plan",
		doing.pressing("Propose Solution"),
		"R-000D-07",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		f"approves {INDEMNITY:,}: above the limit of a department, 2,000",
		doing.pressing("Approve Solution"),
		"R-000D-09",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000D-09",
		at="2026-03-06 15:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the plan at the time that was promised",
		doing.telling("Solution Explained", "Ground on Tuesday, the day made good."),
		"R-000D-06",
		ends={"Promised Progress Notice": "Met"},
	),
	Step(
		"agent", "records what the customer thinks of the plan", doing.consent, "R-000D-08", state="Executing"
	),
	Step(
		"coordinator",
		"tracks the execution: who waits for whom",
		_look_who_waits,
		"R-000D-08",
		at="2026-03-10 10:00:00",
	),
	Step(
		"agent",
		"stays in touch while the bed is ground",
		doing.telling("Progress Notice", "The grinder is on site."),
		"R-000D-08",
	),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000D-08",
		at="2026-03-10 17:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the execution, on time",
		doing.executing("Bed ground, flatness measured, indemnity paid."),
		"R-000D-08",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"completes the revisit without asking about the whole process",
		doing.revisiting("Satisfied", ""),
		"R-000D-11",
		at="2026-03-13 10:00:00",
		refused="Fill Satisfaction with Process",
	),
	Step(
		"agent",
		"asks about the result and about the whole process",
		doing.revisiting(
			"Satisfied", "Neutral", comments="Fast, but two people called about the same thing."
		),
		"R-000D-08, R-000D-11",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before the people concerned looked back",
		doing.close,
		"R-000D-10",
		refused="The procedure requires before the close: Evaluation",
	),
	Step(
		"coordinator",
		"looks back with the people concerned, so that it does not happen again",
		_look_back,
		"R-000D-10",
		at="2026-03-16 10:00:00",
		state="Submitted",
	),
	Step(
		"production_handler",
		"opens the case: strictly confidential",
		doing.open_form,
		"R-000D-12",
		refused=NO_PERMISSION,
	),
	Step("coordinator", "closes", doing.close, "R-000D-10", state="Closed"),
)


def test_000_d_from_receipt_to_close(theatre):
	"""R-000D-01 to R-000D-12."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (INDEMNITY, play.users["vice_president"])
	assert looking.promises(play, "Progress Notice") == [(get_datetime("2026-03-06 16:00"), "Kept")]
	assert not looking.may_read(play.users["production_handler"], complaint)
	channels = looking.column(looking.preset(play), "channels", "channel")
	assert {"Telephone", "E-mail", "Social Media", "Instant Message"} <= set(channels)
