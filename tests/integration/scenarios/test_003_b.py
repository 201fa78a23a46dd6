"""Scenario 003-B: a partner store complains; the slip goes to the department complained about."""

import pytest

from complaint_handling.api import intake
from tests.factories import employee_of, make_customer, make_department, make_measure
from tests.integration.scenarios import doing, furnishing, looking
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"003-B",
	"家居集团客户投诉处理管理制度（合作商场投诉管理流程）",
	{
		"agent": "Seat agent 座席代表",
		"coordinator": "Team leader of customer service 客服组长",
		"production_handler": "Owner in the department complained about 被投诉部门责任人",
		"production_manager": "Its head 被投诉部门负责人",
		"auditor": "Supervision and audit 监察审计部",
	},
)
PARTNER, JOINT_VENTURE = "Test Partner Store", "Test Joint-venture Store"
DISCOUNT = 900


def _register(play: Play):
	return doing.register(
		play,
		customer=make_customer(PARTNER),
		subject="Cabinet line answers our orders of missing parts too late",
		channel="Fax",
		description="Three orders for missing parts were answered after a week.",
		demand="An answer within two days, and the freight of the third delivery",
		subject_type="Unit",
		complained_about_department=make_department(PRODUCTION),
	)


def _classify(play: Play):
	return doing.save(play, "complaint", category="Kitchen Cabinets", severity="Moderate")


def _went_to_the_department(play: Play) -> None:
	slip = play.doc("slip")
	assert (slip.customer, slip.department) == (make_customer(PARTNER), make_department(PRODUCTION))
	assert slip.responsible_user in (play.users["production_manager"], play.users["production_handler"])
	furnishing.is_copied(play, "slip", "auditor")


def _settle_with_store(play: Play):
	return doing.hear(
		play, "Agrees: answers by 12:00 of the next day.", party="Partner Store", channel="Telephone"
	)


def _fill_half(play: Play):
	doing.save(play, "slip", finding="Agreed with the store.", cause="Nobody was named for missing parts")
	return doing.press(play, "slip", "Report")


def _fill(play: Play):
	rows = [
		make_measure(
			employee_of(play.users["production_handler"]),
			description="One owner for missing parts",
			due_on="2026-03-13 18:00:00",
		)
	]
	doing.save(
		play,
		"slip",
		{"measures": rows},
		finding="Agreed with the store.",
		cause="Nobody was named for missing parts",
	)
	return doing.press(play, "slip", "Report")


def _plan(play: Play):
	freight = doing.remedy("Compensation", DISCOUNT)
	return doing.collect(
		play,
		rows={"remedies": [freight]},
		verification_result="Confirmed",
		responsible_department=make_department(PRODUCTION),
	)


def _register_of_joint_venture(play: Play):
	return doing.register(
		play,
		"inquiry",
		customer=make_customer(JOINT_VENTURE),
		subject="Which form for missing parts?",
		channel="Online Platform",
		description="The store does not find the form.",
		demand="The form",
		category="Request for Service",
		severity="Minor",
	)


def _answer_at_once(play: Play):
	consent = {"consent_by": "Store manager", "consent_method": "Telephone", "closing_summary": "Form sent."}
	intake.answer_at_once(play.made["inquiry"], "It is Sheet 7; I send it to you.", "Telephone", consent)
	return play.doc("inquiry")


STEPS = (
	Step(
		"agent",
		"records the complaint of a partner store about the line, and makes the order",
		_register,
		"R-003B-01",
		at="2026-03-06 09:30:00",
		state="Registered",
		due={"First Answer": "2026-03-09 09:30", "Final Result": "2026-03-17 09:30"},
	),
	Step(
		"agent",
		"cannot answer at once and says who will",
		doing.telling("First Answer", "The line calls you.", party="Partner Store"),
		"R-003B-01",
		ends={"First Answer": "Met"},
	),
	Step("agent", "classifies it", _classify, "R-003B-01", state="Registered"),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-003B-01", state="Assessed"),
	Step(
		"agent",
		"makes a slip to the department complained about",
		lambda play: furnishing.send_slip(play, "slip", PRODUCTION, "Settle it with the store and reply."),
		"R-003B-01",
		state="Pending Issue",
	),
	Step(
		"agent",
		"sends the slip past the team leader",
		doing.pressing("Issue Slip", "slip"),
		refused="is not open to you",
	),
	Step("coordinator", "starts the handling", doing.pressing("Start Handling"), state="In Handling"),
	Step(
		"coordinator",
		"sends it on Friday at 15:00: 2 working days, Saturday counts; copy to audit",
		doing.pressing("Issue Slip", "slip"),
		"R-003A-04, R-003A-16, R-003B-01",
		at="2026-03-06 15:00:00",
		state="Issued",
		due={"Slip Reply": "2026-03-09 15:00"},
		check=_went_to_the_department,
	),
	Step(
		"production_handler",
		"negotiates with the store",
		_settle_with_store,
		"R-003B-01",
		at="2026-03-07 10:00:00",
	),
	Step(
		"production_handler",
		"replies without a measure: the slip is incomplete",
		_fill_half,
		"R-003B-01",
		refused="A measure is missing",
	),
	Step(
		"production_handler",
		"replies with the result on Monday at 14:30, within 2 working days",
		_fill,
		"R-003A-04, R-003B-01",
		at="2026-03-09 14:30:00",
		state="Reported",
		ends={"Slip Reply": "Met"},
	),
	Step("coordinator", "takes the result over and plans", _plan, "R-003B-01"),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-003B-01", state="Solution Proposed"
	),
	Step(
		"coordinator",
		"approves the own proposal",
		lambda play: doing.save(play, "complaint", workflow_state="With Customer"),
		"R-003B-01",
		refused="You cannot take",
	),
	Step(
		"production_manager",
		f"approves {DISCOUNT}, within the limit of a department",
		doing.pressing("Approve Solution"),
		"R-003B-01",
		at="2026-03-10 10:00:00",
		state="With Customer",
	),
	Step(
		"agent",
		"tells the store",
		doing.telling(
			"Solution Explained", "One owner for missing parts, freight credited.", party="Partner Store"
		),
		"R-003B-01",
	),
	Step("agent", "records the store's consent", doing.consent, "R-003B-01", state="Executing"),
	Step(
		"coordinator",
		"accepts the reply",
		lambda play: doing.accept_report(play, "slip"),
		"R-003B-01",
		at="2026-03-13 16:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"records the final result, within 7 working days",
		doing.executing("Owner named, freight credited."),
		"R-003B-01",
		state="Awaiting Revisit",
		ends={"Final Result": "Met"},
	),
	Step(
		"agent",
		"makes the satisfaction revisit of the partner store",
		doing.revisiting("Very Satisfied", "Satisfied"),
		"R-003B-01",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step("coordinator", "closes", doing.close, "R-003B-01", state="Closed"),
	Step(
		"agent",
		"records a question of a joint-venture store",
		_register_of_joint_venture,
		"R-003B-01",
		at="2026-03-17 10:00:00",
		state="Registered",
	),
	Step("agent", "can answer at once, and does", _answer_at_once, "R-003B-01", state="Closed"),
)


def test_003_b_from_receipt_to_close(theatre):
	"""R-003B-01, R-003A-04, R-003A-16."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (
		DISCOUNT,
		play.users["production_manager"],
	)
	assert (complaint.satisfaction_with_result, complaint.satisfaction_with_process) == (
		"Very Satisfied",
		"Satisfied",
	)
	assert play.doc("slip").reply_in_time == "Yes"
	assert looking.contacts(play, party="Partner Store") == [
		"First Answer",
		"Statement",
		"Solution Explained",
	]
	assert not looking.contacts(play, party="Customer")
