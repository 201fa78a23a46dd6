"""Scenario 001-F, route of service: a sales person boasts and does not serve; the mall's supervisor settles it."""

import pytest

from complaint_handling.services import playbooks
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking, retail
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import NO_PERMISSION, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-F",
	"商场客诉处理技巧（服务投诉流程）",
	{
		"agent": "Mall supervisor 商场主管",
		"coordinator": "Duty supervisor 值班主管",
		"handler": "Sales person complained about 被投诉的专柜员工",
		"department_manager": "Head of the counter 专柜负责人",
		"vice_president": "Mall duty desk 商场值班",
	},
)
TYPES = {
	"Need Not Met",
	"Defect of the Goods",
	"Damage by Wrong Use",
	"Advice on Use Not Given",
	"Price Differs",
	"Wording of Promotion Material",
	"Behaviour of Sales Staff",
}
APOLOGY = doing.remedy("Goodwill Compensation", 30, option_number=1)
DISCOUNT = doing.remedy("Price-difference Refund", 96, option_number=2)


def _receive(play: Play):
	return retail.taking(
		"complaint",
		"Sales person talked on the telephone and praised the coat beyond measure",
		demand="An apology",
		receipt_time="2026-03-07 13:40:00",
		payment_kind="Cash",
	)(play)


def _learn(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Behaviour of Sales Staff",
		severity="Minor",
		subject_type="Person",
		complained_about_department=make_department(SERVICE),
		complained_about_employee=employee_of(play.users["handler"]),
	)


def _seven_types(play: Play) -> None:
	assert set(playbooks.offered("001-F")) == TYPES


def _goes_to_the_head(play: Play) -> None:
	assert play.doc("slip").responsible_user == play.users["department_manager"]
	assert not looking.may_read(play.users["handler"], play.complaint)


def _hear_colleague(play: Play):
	head = employee_of(play.users["department_manager"])
	return doing.hear(
		play, "She was on the telephone; I saw it.", party="Employee", employee=head, channel="On the Spot"
	)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"True: on the telephone for ten minutes, and the coat is not of pure wool.",
		"Alone at the counter at noon",
		"department_manager",
		description="Apology in person together with the duty supervisor",
		due_on="2026-03-07 18:00:00",
	)


def _plan(play: Play):
	doing.answer_checks(play, "Evidence", "Seen at the counter")
	return doing.collect(
		play,
		rows={"remedies": [APOLOGY, DISCOUNT]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _archive(play: Play):
	return doing.evaluate(play, {}, archive_reference="Mall file 2026-03, no. 13", archived_on="2026-03-08")


STEPS = (
	Step(
		"agent",
		"1: the mall supervisor receives the customer",
		_receive,
		"R-001F-02",
		at="2026-03-07 14:00:00",
		state="Registered",
		due={"First Answer": "2026-03-07 14:15", "Solution Approved": "2026-03-08 14:00"},
	),
	Step(
		"agent",
		"2: learns what happened: one of the seven types, a person is named",
		_learn,
		"R-001F-02, R-001F-03",
		check=_seven_types,
	),
	Step(
		"agent",
		"says that it is looked into",
		doing.telling("First Answer", "I go to the counter now.", channel="On the Spot"),
		"R-001F-02",
		ends={"First Answer": "Met"},
	),
	Step("agent", "takes it up", doing.pressing("Assess"), "R-001F-02", state="Assessed"),
	Step(
		"handler",
		"the sales person complained about opens the case",
		doing.open_form,
		"R-001F-02",
		refused=NO_PERMISSION,
	),
	Step(
		"agent",
		"3: goes to the counter and hears who was there",
		_hear_colleague,
		"R-001F-02",
		at="2026-03-07 14:10:00",
	),
	Step(
		"agent",
		"asks the head of the counter, not the person",
		doing.asking(SERVICE, "department_manager", "What happened, and why?"),
		"R-001F-02",
		state="Pending Issue",
		check=_goes_to_the_head,
	),
	Step("coordinator", "takes it on", doing.pressing("Start Handling"), "R-001F-02", state="In Handling"),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-001F-02",
		state="Issued",
		due={"Department Reply": "2026-03-08 14:10"},
	),
	Step(
		"department_manager",
		"reports the reason",
		_report,
		"R-001F-02",
		at="2026-03-07 14:40:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", "4: gives the opinion: apology with a gift, or with a discount", _plan, "R-001F-02"),
	Step(
		"coordinator",
		"proposes it",
		doing.pressing("Propose Solution"),
		"R-001F-02",
		state="Solution Proposed",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001F-02",
		at="2026-03-07 15:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the customer",
		doing.telling("Solution Explained", "The counter apologises with me.", channel="On the Spot"),
		"R-001F-02, R-001F-03",
	),
	Step(
		"agent",
		"records which one the customer takes",
		lambda play: doing.consent(play, "Face to Face", chosen_option=1),
		"R-001F-02",
		state="Executing",
	),
	Step(
		"coordinator",
		"5: the counter cooperates: the apology is done",
		lambda play: doing.accept_report(play, "slip"),
		"R-001F-02, R-001F-03",
		at="2026-03-07 15:20:00",
		state="Completed",
	),
	Step(
		"agent",
		"records it",
		doing.executing("Counter and duty supervisor apologised together."),
		"R-001F-02, R-001F-03",
		state="Awaiting Revisit",
	),
	Step(
		"coordinator",
		"closes before it is archived",
		doing.close,
		"R-001F-02",
		refused="The procedure requires before the close",
	),
	Step("coordinator", "6: archives it", _archive, "R-001F-02", at="2026-03-08 10:30:00", state="Submitted"),
	Step("coordinator", "closes", doing.close, "R-001F-02", state="Closed"),
)


def test_001_f_service_route_from_receipt_to_close(theatre):
	"""R-001F-02, R-001F-03."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert (complaint.chosen_option, complaint.total_remedy_amount) == (1, 30)
	assert not complaint.re_review_round
	assert looking.contacts(play) == ["First Answer", "Statement", "Solution Explained"]
