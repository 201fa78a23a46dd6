"""Scenario 000-C: the simple procedure with a company complaint standard and two re-reviews."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import SLIP
from tests.factories import employee_of, make_department, make_measure
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-C",
	"客户投诉处理流程图（简易程序办理案例）",
	{
		"agent": "Marketing team 营销团队",
		"coordinator": "Handler of the marketing team 处理人员",
		"handler": "Investigator 调查人员",
		"department_manager": "Head of the department 部门负责人",
		"reviewer": "Reviewer 复审人员",
		"quality_manager": "Analyst 数据分析人员",
		"vice_president": "Higher level 更高层级",
	},
)
FIRST_OFFER, SECOND_OFFER, THIRD_OFFER = 800, 1_500, 6_000


def _register(play: Play):
	return doing.register(
		play,
		subject="Paint of the cabinet blisters",
		channel="Online Platform",
		complaint_form="Written",
		description="The paint blisters on both doors after three months.",
		demand="New doors or the money back",
	)


def _classify(play: Play):
	return doing.save(play, "complaint", category="Product Quality", severity="Moderate")


def _draft_slip(play: Play):
	doing.draft_slip(play, "slip", SERVICE, "handler", "Is it true, and how did it come about?")
	return doing.press(play, "slip", "Submit for Issue")


def _hear_customer(play: Play):
	return doing.hear(play, "The doors were never wet; pictures of both.", purpose="Statement")


def _hear_painter(play: Play):
	painter = employee_of(play.users["department_manager"])
	return doing.hear(
		play, "The primer was changed in November.", party="Employee", employee=painter, channel="On the Spot"
	)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"True. Pictures, statement of the customer and of the painter agree; the primer was changed.",
		"Primer and paint do not match",
		"handler",
		description="Repaint with the old primer",
	)


def _plan_first(play: Play):
	return _offer(play, "Compensation", FIRST_OFFER, verification_result="Confirmed", first=True)


def _offer(play: Play, kind: str, amount: float, first: bool = False, **values):
	"""Replace the remedies by one; the first plan takes over what the investigation found."""
	if first:
		doing.collect(play, responsible_department=make_department(SERVICE), **values)
	complaint = play.complaint
	complaint.set("remedies", [])
	complaint.append("remedies", {"remedy_type": kind, "description": kind, "quantity": 1, "rate": amount})
	return complaint.save()


def _propose(play: Play):
	return doing.press(play, "complaint", "Propose Solution")


def _approve(play: Play):
	return doing.press(play, "complaint", "Approve Solution")


def _resume(play: Play):
	return doing.press(
		play, "complaint", "Resume Handling", re_review_opinion="The offer does not make it good."
	)


def _execute(play: Play):
	doing.finish_measures(play)
	return doing.confirm_execution(play, "Doors repainted, amount transferred.")


def _is_counted(play: Play) -> None:
	complaint = play.complaint
	assert complaint.cycle_hours == (complaint.closed_on - complaint.received_on).total_seconds() / 3600
	assert complaint.re_review_round == 2
	assert (complaint.satisfaction_with_result, complaint.satisfaction_with_process) == (
		"Satisfied",
		"Neutral",
	)


def _assess_parties(play: Play):
	painter = {
		"department": make_department(SERVICE),
		"employee": employee_of(play.users["department_manager"]),
		"finding": "Changed the primer without a test",
	}
	proposal = {
		"proposal": "A change of primer is tested first",
		"responsible_employee": employee_of(play.users["department_manager"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(play, {"responsible_parties": [painter], "improvements": [proposal]})


STEPS = (
	Step(
		"agent",
		"registers name, contact, content and channel",
		_register,
		"R-000C-01",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
	),
	Step(
		"agent",
		"tells the customer that the team has it",
		doing.telling("First Answer", "We look into it.", channel="Online Platform"),
		"R-000C-09",
		ends={"First Answer": "Met"},
	),
	Step("agent", "confirms the content", _classify, "R-000C-02", state="Registered"),
	Step(
		"agent",
		"assesses",
		doing.pressing("Assess"),
		"R-000C-02",
		state="Assessed",
	),
	Step(
		"agent",
		"names who investigates: a slip to that person",
		_draft_slip,
		"R-000C-03",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"goes on before the complaint is held against the company's complaint standard",
		doing.pressing("Start Handling"),
		"R-000C-02",
		refused="The checklist of acceptance is not complete",
	),
	Step(
		"agent",
		"holds it against the standard: it meets every point",
		lambda play: doing.answer_checks(play, "Acceptance"),
		"R-000C-02",
	),
	Step(
		"coordinator",
		"goes on",
		doing.pressing("Start Handling"),
		"R-000C-02",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000C-03",
		at="2026-03-04 14:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
	),
	Step("handler", "talks to the customer", _hear_customer, "R-000C-03", at="2026-03-05 10:00:00"),
	Step("handler", "hears the painter", _hear_painter, "R-000C-03"),
	Step(
		"handler",
		"reports: true, with cause and measure",
		_report,
		"R-000C-03",
		at="2026-03-06 11:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", f"plans: repaint, and a compensation of {FIRST_OFFER}", _plan_first, "R-000C-04"),
	Step(
		"coordinator",
		"confirms: customer spoken with, evidence collected, parties heard",
		lambda play: doing.answer_checks(play, "Evidence"),
		"R-000C-03",
	),
	Step("coordinator", "proposes the plan", _propose, "R-000C-04", state="Solution Proposed"),
	Step(
		"department_manager",
		"approves",
		_approve,
		"R-000C-04",
		at="2026-03-09 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"coordinator",
		"explains the plan to the customer",
		doing.telling("Solution Explained", "Repaint, and a compensation."),
		"R-000C-04, R-000C-09",
	),
	Step("coordinator", "records the customer's consent", doing.consent, "R-000C-04", state="Executing"),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000C-04",
		at="2026-03-10 16:00:00",
		state="Completed",
	),
	Step("agent", "confirms the execution", _execute, "R-000C-04", state="Awaiting Revisit"),
	Step(
		"agent",
		"asks the customer, who is not satisfied: re-review",
		lambda play: doing.revisit(
			play, "Unsatisfied", "Neutral", comments="The colour of the doors differs."
		),
		"R-000C-05",
		at="2026-03-13 10:00:00",
		state="Completed",
		due={"Revised Solution": "2026-03-17 10:00"},
	),
	Step(
		"coordinator",
		"re-reviews the own plan",
		_resume,
		"R-000C-06",
		refused="is not open to you",
	),
	Step(
		"reviewer",
		"re-assesses the plan and sends it back to be remade",
		_resume,
		"R-000C-06",
		state="In Handling",
	),
	Step(
		"coordinator",
		f"revises the plan: exchange of both doors, {SECOND_OFFER:,}",
		lambda play: _offer(play, "Exchange", SECOND_OFFER),
		"R-000C-06",
	),
	Step("coordinator", "proposes the new plan", _propose, "R-000C-06", state="Solution Proposed"),
	Step(
		"department_manager",
		"approves it",
		_approve,
		"R-000C-06",
		at="2026-03-16 15:00:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step(
		"coordinator",
		"explains the new plan",
		doing.telling("Solution Explained", "Two new doors of the same colour."),
		"R-000C-07",
	),
	Step(
		"coordinator",
		"records that the customer is still not satisfied: second re-review",
		lambda play: doing.refuse(play, "Wants the money back, not doors."),
		"R-000C-07",
		at="2026-03-17 10:00:00",
		state="Re-review",
		due={"Revised Solution": "2026-03-19 10:00"},
	),
	Step(
		"reviewer",
		"takes the second re-review too",
		_resume,
		"R-000C-07",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"takes it: the second re-review is a level higher",
		_resume,
		"R-000C-07",
		state="In Handling",
	),
	Step(
		"coordinator",
		f"revises the plan: refund of {THIRD_OFFER:,}",
		lambda play: _offer(play, "Refund", THIRD_OFFER),
		"R-000C-07",
	),
	Step("coordinator", "proposes the third plan", _propose, "R-000C-07", state="Solution Proposed"),
	Step(
		"department_manager",
		f"approves {THIRD_OFFER:,}: above the limit of a department, 2,000",
		_approve,
		"R-000C-04",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves it",
		_approve,
		"R-000C-07",
		at="2026-03-18 11:00:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step(
		"coordinator",
		"explains the third plan",
		doing.telling("Solution Explained", "The money back."),
		"R-000C-07, R-000C-09",
	),
	Step("coordinator", "records the customer's consent", doing.consent, "R-000C-07", state="Executing"),
	Step(
		"agent",
		"confirms the execution",
		_execute,
		"R-000C-07",
		at="2026-03-19 15:00:00",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer, who is satisfied",
		lambda play: doing.revisit(play, "Satisfied", "Neutral"),
		"R-000C-05",
		at="2026-03-24 10:00:00",
		state="Completed",
	),
	Step(
		"quality_manager",
		"assesses the parties: who did what",
		_assess_parties,
		"R-000C-03, R-000C-08",
		state="Submitted",
	),
	Step(
		"coordinator",
		"ends the procedure; number, cycle time and satisfaction are collected",
		doing.close,
		"R-000C-05, R-000C-08",
		state="Closed",
		check=_is_counted,
	),
)


def test_000_c_from_receipt_to_close(theatre):
	"""R-000C-01 to R-000C-09."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert complaint.total_remedy_amount == THIRD_OFFER
	assert complaint.approved_by == play.users["vice_president"]
	reasons = [state for state, _user in looking.people_of_steps(complaint)]
	assert reasons.count("Re-review") == 2
	assert not looking.may_read(play.users["production_handler"], complaint), (
		"confidential: not of the department"
	)
