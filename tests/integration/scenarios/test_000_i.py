"""Scenario 000-I: registered, investigated preliminarily by a named person, then dispatched."""

import pytest

from frappe.utils import get_datetime

from complaint_handling.constants import SLIP
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import NO_PERMISSION, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-I",
	"公司投诉处理流程（登记、初步调查、分派）",
	{
		"agent": "Customer service 客服人员",
		"coordinator": "Investigator named for it 专人",
		"reviewer": "Customer service, negotiating 客服主管",
		"production_handler": "Person responsible 责任人员",
		"production_manager": "Supervisor of the department 部门主管",
		"vice_president": "Management 管理层",
	},
)
FIRST_OFFER, SECOND_OFFER = 500, 1_800


def _register(play: Play):
	return doing.register(
		play,
		subject="Hinges of the hood break",
		channel="Online Platform",
		complaint_form="Written",
		description="Both hinges of the hood broke after two months.",
		demand="Hinges that hold",
	)


def _has_number(play: Play) -> None:
	complaint = play.complaint
	assert complaint.name.startswith("CC-2026-") and complaint.complainant_phone
	assert complaint.received_on == get_datetime("2026-03-04 10:00:00")
	channels = looking.column(looking.preset(play), "channels", "channel")
	assert channels == ["Telephone", "E-mail", "Online Platform"]


def _investigate(play: Play):
	doing.hear(play, "Hood weighs 9 kg with the lamp that was added.", party="Department")
	return doing.hear(play, "Proposed for now: stronger hinges.", party="Department", purpose="Other")


def _register_finding(play: Play):
	doing.save(play, "complaint", category="Product Quality", severity="Moderate")
	doing.save(play, "complaint", complaint_owner=play.users["coordinator"])
	return doing.answer_checks(play, "Acceptance", "Preliminary solution: stronger hinges")


def _is_passed_on(play: Play) -> None:
	slip = play.doc("slip")
	assert slip.responsible_user == play.users["production_handler"]
	assert looking.is_told(slip.responsible_user, SLIP, slip.name)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The hinge is made for 6 kg; the hood weighs 9 kg since the lamp was added.",
		"Lamp added without calculating the hinge",
		"production_handler",
		description="Hinges for 15 kg",
		due_on="2026-03-13 12:00:00",
	)


def _offer(amount: float, **values):
	def act(play: Play):
		if values:
			doing.collect(play, **values, responsible_department=make_department(PRODUCTION))
		complaint = play.complaint
		complaint.set("remedies", [])
		complaint.append("remedies", doing.remedy("Goodwill Compensation", amount))
		return complaint.save()

	return act


def _names_method_time_and_person(play: Play) -> None:
	(measure,) = play.complaint.measures
	assert measure.description == "Hinges for 15 kg"
	assert measure.due_on == get_datetime("2026-03-13 12:00:00")
	assert measure.responsible_employee == employee_of(play.users["production_handler"])


def _is_recorded(play: Play) -> None:
	states = {state for state, _user in looking.people_of_steps(play.complaint)}
	assert states == {
		"Assessed",
		"In Handling",
		"Solution Proposed",
		"With Customer",
		"Re-review",
		"Executing",
		"Awaiting Revisit",
		"Closed",
	}


def _supervisor_is_told(play: Play) -> None:
	assert looking.is_told(play.users["production_manager"], play.kinds["complaint"], play.made["complaint"])


STEPS = (
	Step(
		"agent",
		"step 1: registers content, contact and time; the complaint gets a number of its own",
		_register,
		"R-000I-01, R-000I-02",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={
			"First Answer": "2026-03-05 10:00",
			"Preliminary Investigation": "2026-03-05 10:00",
			"Solution Approved": "2026-03-11 10:00",
		},
		check=_has_number,
	),
	Step(
		"agent",
		"answers the customer",
		doing.telling("First Answer", "Somebody looks into it.", channel="E-mail"),
		"R-000I-06",
		ends={"First Answer": "Met"},
	),
	Step(
		"coordinator",
		"step 2: investigates preliminarily and proposes a preliminary solution",
		_investigate,
		"R-000I-03",
		at="2026-03-04 15:00:00",
	),
	Step(
		"agent",
		"registers who investigated, and what is proposed for now",
		_register_finding,
		"R-000I-03",
	),
	Step(
		"agent",
		"closes the preliminary investigation",
		doing.pressing("Assess"),
		"R-000I-03",
		state="Assessed",
		ends={"Preliminary Investigation": "Met"},
	),
	Step(
		"agent",
		"step 3: writes to the person responsible, by content and preliminary result",
		doing.asking(PRODUCTION, "production_handler", "Which load is the hinge made for?"),
		"R-000I-04",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"dispatches it: the person responsible is told",
		doing.pressing("Issue Slip", "slip"),
		"R-000I-02, R-000I-04",
		at="2026-03-04 16:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-06 16:00"},
		check=_is_passed_on,
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000I-04",
		at="2026-03-04 16:30:00",
		state="In Handling",
	),
	Step(
		"production_handler",
		"investigates in detail and reports",
		_report,
		"R-000I-04",
		at="2026-03-06 10:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"agent",
		"keeps the customer informed",
		doing.telling("Progress Notice", "The load of the hinge is calculated.", channel="E-mail"),
		"R-000I-06",
	),
	Step(
		"coordinator",
		"step 4: makes the solution: method, time limit, who",
		_offer(FIRST_OFFER, verification_result="Confirmed"),
		"R-000I-05",
		check=_names_method_time_and_person,
	),
	Step(
		"coordinator",
		"proposes it before the detailed investigation is answered for",
		doing.pressing("Propose Solution"),
		"R-000I-04",
		refused="Did the responsible person investigate in detail?",
	),
	Step("coordinator", "confirms the detailed investigation", doing.checking("Evidence"), "R-000I-04"),
	Step(
		"coordinator",
		"reports the solution to the supervisor of the department",
		doing.pressing("Propose Solution"),
		"R-000I-05",
		at="2026-03-06 11:00:00",
		state="Solution Proposed",
		check=_supervisor_is_told,
	),
	Step(
		"production_handler",
		"approves what he reported himself",
		doing.pressing("Approve Solution"),
		"R-000I-05",
		refused=NO_PERMISSION,
	),
	Step(
		"production_manager",
		"approves as the supervisor",
		doing.pressing("Approve Solution"),
		"R-000I-05",
		at="2026-03-09 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"explains the solution",
		doing.telling("Solution Explained", "Stronger hinges and 500.", channel="E-mail"),
		"R-000I-07",
	),
	Step(
		"agent",
		"records that the customer is not satisfied",
		lambda play: doing.refuse(play, "Two days off work for the fitter."),
		"R-000I-07",
		at="2026-03-09 15:00:00",
		state="Re-review",
		due={"Revised Solution": "2026-03-11 15:00"},
	),
	Step(
		"reviewer",
		"lets it be negotiated further",
		doing.pressing("Resume Handling", re_review_opinion="The two days are true."),
		"R-000I-07",
		at="2026-03-09 16:00:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		f"negotiates: {SECOND_OFFER:,} instead of {FIRST_OFFER}",
		_offer(SECOND_OFFER),
		"R-000I-07",
	),
	Step(
		"coordinator",
		"reports the new solution to the supervisor",
		doing.pressing("Propose Solution"),
		"R-000I-05, R-000I-07",
		at="2026-03-10 09:30:00",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		"approves it",
		doing.pressing("Approve Solution"),
		"R-000I-05",
		at="2026-03-10 10:00:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step(
		"agent",
		"explains the new solution",
		doing.telling("Solution Explained", "Stronger hinges and 1,800.", channel="E-mail"),
		"R-000I-07",
	),
	Step(
		"agent",
		"obtains the customer's approval",
		lambda play: doing.consent(play, "E-mail"),
		"R-000I-07",
		at="2026-03-10 11:00:00",
		state="Executing",
	),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000I-06",
		at="2026-03-12 16:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"records the execution",
		doing.executing("Hinges for 15 kg fitted, amount transferred."),
		"R-000I-06",
		at="2026-03-12 16:30:00",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-000I-07",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes: each step is on record",
		doing.close,
		"R-000I-06",
		at="2026-03-16 10:30:00",
		state="Closed",
		check=_is_recorded,
	),
)


def test_000_i_from_receipt_to_close(theatre):
	"""R-000I-01 to R-000I-07."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.re_review_round) == (SECOND_OFFER, 1)
	assert complaint.approved_by == play.users["production_manager"]
