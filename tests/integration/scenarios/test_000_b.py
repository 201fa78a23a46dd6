"""Scenario 000-B: the model flow with priorities high, medium and low inside each category."""

import pytest

import frappe
from frappe.utils import strip_html

from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-B",
	"公司客户投诉处理流程范本",
	{
		"agent": "Customer service 客服人员",
		"coordinator": "Customer service, in charge 处理责任人",
		"production_handler": "Person concerned 涉及人员",
		"production_manager": "Department concerned 相关部门",
		"reviewer": "Customer service, reviewing 客服主管",
	},
)


def _read_preset(play: Play) -> None:
	procedure = looking.preset(play)
	channels = looking.column(procedure, "channels", "channel")
	assert channels == ["Telephone", "E-mail", "Online Platform", "Social Media"]
	assert looking.column(procedure, "severities", "severity") == ["High", "Medium", "Low"]
	categories = frappe.get_all("Complaint Category Procedure", {"procedure_code": "000-B"}, pluck="parent")
	assert sorted(categories) == ["Late Delivery", "Other Matters", "Product Quality", "Service Attitude"]
	assert looking.column(procedure, "forms", "form_name") == ["Complaint Registration Form"]


def _register(play: Play):
	return doing.register(
		play,
		subject="Cabinet a week late",
		channel="Social Media",
		complaint_form="Written",
		description="The cabinet was promised for last Wednesday and is not there; the fitter waits.",
		demand="The cabinet this week",
		complaint_owner=play.users["coordinator"],
	)


def _print_form(play: Play):
	complaint = play.complaint
	text = strip_html(frappe.get_print(complaint.doctype, complaint.name, "Complaint Handling Record"))
	owner = frappe.utils.get_fullname(play.users["coordinator"])
	for word in (
		"Manager Wang",
		"+86 21 5550 0101",
		"2026-03-04",
		"Social Media",
		"promised for last",
		owner,
	):
		assert word in text, word
	return complaint


def _state_what_happened(play: Play):
	speaker = employee_of(play.users["production_handler"])
	doing.attach(play, "slip", "loading-list.txt")
	return doing.hear(
		play,
		"The cabinet stood on the wrong ramp from Tuesday on; loading list attached.",
		party="Employee",
		employee=speaker,
		channel="On the Spot",
	)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The cabinet stood on the wrong ramp; nobody reads the list of the other ramp.",
		"Two loading lists for one lorry",
		"production_handler",
		description="Deliver with the own van; one list for both ramps",
		due_on="2026-03-06 12:00:00",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		verification_result="Confirmed",
		no_compensation=1,
		responsible_department=make_department(PRODUCTION),
	)


def _has_steps(play: Play) -> None:
	(measure,) = play.complaint.measures
	assert measure.description and measure.due_on and measure.responsible_employee


def _plan_again(play: Play):
	row = {
		"measure_type": "Corrective",
		"description": "Bring and fit the missing door",
		"responsible_employee": employee_of(play.users["production_handler"]),
		"due_on": "2026-03-13 12:00:00",
	}
	return doing.save(play, "complaint", {"measures": [row]})


def _thank(play: Play):
	return doing.tell(play, "Other", "Told the result; thanked for the patience and apologised.")


def _evaluate(play: Play):
	proposal = {
		"proposal": "One loading list for both ramps",
		"responsible_employee": employee_of(play.users["production_manager"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(play, {"improvements": [proposal]}, handling_quality="Acceptable")


STEPS = (
	Step(
		"agent",
		"finds four channels, three priorities and the usual categories to choose from",
		lambda play: looking.preset(play),
		"R-000B-01, R-000B-03",
		at="2026-03-04 10:00:00",
		check=_read_preset,
	),
	Step(
		"agent",
		"records content, time, manner and contact, and names who is in charge",
		_register,
		"R-000B-01, R-000B-02",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
	),
	Step(
		"agent",
		"prints the registration form: name, contact, time, manner, content, who is in charge",
		_print_form,
		"R-000B-02",
	),
	Step(
		"agent",
		"gives it a rank of another procedure",
		lambda play: doing.save(play, "complaint", category="Late Delivery", severity="Major"),
		"R-000B-03",
		refused="Choose one of: High, Medium, Low",
	),
	Step(
		"agent",
		"classifies: late delivery, priority high; the solution is due in 3 instead of 5 working days",
		lambda play: doing.save(play, "complaint", category="Late Delivery", severity="High"),
		"R-000B-03",
		state="Registered",
		due={"Solution Approved": "2026-03-09 10:00"},
		ends={"Solution Approved": "Cancelled"},
	),
	Step("agent", "assesses", doing.pressing("Assess"), "R-000B-03", state="Assessed"),
	Step(
		"agent",
		"turns to the department at once",
		doing.asking(PRODUCTION, "production_handler", "Where is the cabinet, and since when?"),
		"R-000B-04",
		at="2026-03-04 10:20:00",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000B-04",
		state="Issued",
		due={"Department Reply": "2026-03-06 10:20"},
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000B-04",
		state="In Handling",
	),
	Step(
		"agent",
		"answers the customer",
		doing.telling("First Answer", "We look for it.", channel="Social Media"),
		"R-000B-05",
		ends={"First Answer": "Met"},
	),
	Step(
		"production_handler",
		"gives a detailed statement and the evidence",
		_state_what_happened,
		"R-000B-04",
		at="2026-03-04 15:00:00",
	),
	Step(
		"production_handler",
		"reports cause and measure",
		_report,
		"R-000B-04",
		at="2026-03-05 09:30:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"coordinator",
		"plans: steps, time, who",
		_plan,
		"R-000B-05",
		check=_has_steps,
	),
	Step(
		"coordinator",
		"proposes before statement and evidence are answered for",
		doing.pressing("Propose Solution"),
		"R-000B-04",
		refused="The evidence is not complete",
	),
	Step("coordinator", "confirms statement and evidence", doing.checking("Evidence"), "R-000B-04"),
	Step(
		"coordinator",
		"proposes the solution",
		doing.pressing("Propose Solution"),
		"R-000B-05",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000B-05",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the customer the solution",
		doing.telling("Solution Explained", "With the own van tomorrow."),
		"R-000B-05",
	),
	Step(
		"agent",
		"goes on without the customer's approval",
		doing.pressing("Record Consent"),
		"R-000B-05",
		refused="Fill",
	),
	Step("agent", "records the customer's approval", doing.consent, "R-000B-05", state="Executing"),
	Step(
		"coordinator",
		"accepts the department's report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000B-06",
		at="2026-03-06 11:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"confirms that the department acted by the plan",
		doing.executing("Delivered with the own van."),
		"R-000B-06",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer actively: not fully solved, a door is missing",
		doing.revisiting("Unsatisfied", "Neutral", comments="A door is missing."),
		"R-000B-06",
		at="2026-03-09 10:00:00",
		state="Completed",
		due={"Revised Solution": "2026-03-11 10:00"},
	),
	Step(
		"reviewer",
		"lets the work go on",
		doing.pressing("Resume Handling", re_review_opinion="The missing door is part of the delivery."),
		"R-000B-06",
		state="In Handling",
	),
	Step("coordinator", "adds what is still to be done", _plan_again, "R-000B-06"),
	Step(
		"coordinator",
		"proposes it",
		doing.pressing("Propose Solution"),
		"R-000B-06",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		"approves it",
		doing.pressing("Approve Solution"),
		"R-000B-06",
		at="2026-03-10 10:00:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step(
		"agent",
		"keeps the customer informed",
		doing.telling("Solution Explained", "The door comes on Friday."),
		"R-000B-06",
	),
	Step("agent", "records the customer's approval", doing.consent, "R-000B-05", state="Executing"),
	Step(
		"agent",
		"confirms the execution",
		doing.executing("Door delivered and fitted."),
		"R-000B-06",
		at="2026-03-12 15:00:00",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks again: solved",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-000B-06",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step("agent", "thanks and apologises", _thank, "R-000B-06"),
	Step(
		"coordinator",
		"sums up with the department: what went wrong, what is proposed",
		_evaluate,
		"R-000B-07",
		state="Submitted",
	),
	Step(
		"coordinator", "closes: result and solution are on record", doing.close, "R-000B-07", state="Closed"
	),
)


def test_000_b_from_receipt_to_close(theatre):
	"""R-000B-01 to R-000B-07."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.re_review_round, complaint.satisfaction_with_result) == (1, "Satisfied")
	assert complaint.complaint_owner == play.users["coordinator"]
	assert looking.contacts(play)[-1] == "Other"
