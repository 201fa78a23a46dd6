"""Scenario 001-D: an owner's complaint that is not justified, and one whose cause and person are found."""

import pytest

from complaint_handling.constants import SLIP
from complaint_handling.services import playbooks
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION, SERVICE
from tests.integration.scenarios.play import SCHEDULER, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-D",
	"物业客服专员岗位职责（客诉）",
	{
		"agent": "Customer service specialist 客服专员",
		"coordinator": "Customer service, coordination 客服专员（统筹）",
		"handler": "Engineering 工程技术部",
		"department_manager": "Head of engineering 工程技术部负责人",
		"production_handler": "Finance 财务部",
		"vice_president": "Leader of the company 公司领导",
	},
)
CATEGORIES = {
	"Building and Engineering",
	"Payments and Accounts",
	"Contracts and Tenders",
	"Service of the Property Company",
}
CHANNELS = {"On the Spot", "Written Letter", "Telephone", "E-mail"}
REPAIR = 1_600


def _offers_four_channels(play: Play) -> None:
	assert {row.channel for row in looking.preset(play).channels} == CHANNELS


def _unfounded(play: Play):
	doing.register(
		play,
		"unfounded",
		subject="Neighbour's balcony is larger",
		channel="Written Letter",
		complaint_form="Written",
		description="The neighbour's balcony is 2 m² larger than mine.",
		demand="The same balcony",
		category="Contracts and Tenders",
		severity="Minor",
	)
	return doing.press(play, "unfounded", "Assess")


def _reject(play: Play):
	return doing.press(
		play,
		"unfounded",
		"Declare Not Justified",
		not_justified_reason="The balcony is as drawn in the contract.",
		not_justified_evidence="Plan 4-302, annex 2 of the purchase contract",
		answer_to_customer="We understand that you compare. Your balcony is as agreed; may I show you the plan?",
		other_recourse="Owners' committee; housing authority",
	)


def _classify(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Building and Engineering",
		severity="Moderate",
		responsible_department=make_department(SERVICE),
	)


def _offers_internal_and_external(play: Play) -> None:
	assert set(playbooks.offered("001-D")) == CATEGORIES


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The joint of the window was never sealed.",
		"Joint left open at the handover",
		"handler",
		description="Seal the joint, paint the wall",
		due_on="2026-03-12 18:00:00",
	)


def _report_finance(play: Play):
	return doing.report(
		play,
		"finance",
		"The retention of the builder is still held.",
		"Not paid out yet",
		"production_handler",
		description=f"Keep {REPAIR:,} of the retention",
		due_on="2026-03-12 18:00:00",
	)


def _person_is_urged(play: Play) -> None:
	assert looking.is_told(play.users["department_manager"], SLIP, play.made["slip"])


def _hear_company(play: Play):
	return doing.hear(play, "Saw the open joint in January.", party="Witness", channel="Telephone")


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Repair", REPAIR)]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _accept_both(play: Play):
	doing.accept_report(play, "finance")
	return doing.accept_report(play, "slip")


def _file(play: Play):
	person = {
		"department": make_department(SERVICE),
		"employee": employee_of(play.users["handler"]),
		"share": 100,
		"finding": "Signed the handover without looking at the joint",
		"consequence": "Checks the joints of the next ten flats",
	}
	return doing.evaluate(
		play,
		{"responsible_parties": [person]},
		archive_reference="Owner's service file 4-302",
		archived_on="2026-03-16",
	)


UNFOUNDED = (
	Step(
		"agent",
		"takes a letter of an owner",
		_unfounded,
		"R-001D-01",
		at="2026-03-02 10:00:00",
		state="Assessed",
		due={"First Answer": "2026-03-03 10:00", "Solution Approved": "2026-03-09 10:00"},
		check=_offers_four_channels,
	),
	Step(
		"coordinator",
		"declares it not justified before reason and demand were judged",
		_reject,
		"R-001D-02",
		refused="No answer of the checklist says why",
	),
	Step(
		"agent",
		"judges: the reason is not sufficient",
		doing.checking("Acceptance", word="unfounded", reason="No"),
		"R-001D-02",
	),
	Step(
		"coordinator",
		"declares it not justified, with evidence and other recourse",
		_reject,
		"R-001D-02",
		state="Not Justified",
	),
	Step(
		"coordinator",
		"answers quickly and tactfully, within the day",
		doing.pressing(
			"Answer and Close",
			"unfounded",
			answer_to_customer="Your balcony is as agreed; may I show you the plan?",
		),
		"R-001D-02",
		at="2026-03-02 15:00:00",
		state="Closed",
	),
)
JUSTIFIED = (
	Step(
		"agent",
		"takes the visit of another owner",
		lambda play: doing.register(
			play, channel="On the Spot", subject="Water at the window", demand="A dry wall"
		),
		"R-001D-01",
		at="2026-03-03 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-04 10:00", "Solution Approved": "2026-03-10 10:00"},
	),
	Step(
		"agent",
		"answers",
		doing.telling("First Answer", "Engineering looks at it with you.", channel="On the Spot"),
		"R-001D-01",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"classifies by content and nature; departments inside and partners outside are offered",
		_classify,
		"R-001D-03, R-001D-08",
		check=_offers_internal_and_external,
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-001D-03", state="Assessed"),
	Step(
		"agent",
		"passes it to engineering",
		doing.asking(SERVICE, "handler", "Find the cause and the person."),
		"R-001D-03, R-001D-04, R-001D-08",
		state="Pending Issue",
	),
	Step(
		"agent",
		"and to finance",
		doing.asking(PRODUCTION, "production_handler", "Is a retention still held?", "finance"),
		"R-001D-03, R-001D-08",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts before reason and demand are judged",
		doing.pressing("Start Handling"),
		"R-001D-02",
		refused="The checklist of acceptance is not complete",
	),
	Step("agent", "judges: reason sufficient, demand reasonable", doing.checking("Acceptance"), "R-001D-02"),
	Step("coordinator", "starts", doing.pressing("Start Handling"), "R-001D-07", state="In Handling"),
	Step(
		"coordinator",
		"issues the slip to engineering",
		doing.pressing("Issue Slip", "slip"),
		"R-001D-03, R-001D-07",
		state="Issued",
		due={"Department Reply": "2026-03-05 10:00"},
	),
	Step("coordinator", "issues the slip to finance", doing.pressing("Issue Slip", "finance"), "R-001D-03"),
	Step(
		"agent",
		"right to evidence: hears the property company",
		_hear_company,
		"R-001D-07, R-001D-08",
		at="2026-03-04 11:00:00",
	),
	Step("production_handler", "finance replies", _report_finance, "R-001D-08", state="Reported"),
	Step(
		SCHEDULER,
		"engineering is late: urged, its head is told",
		doing.sweep,
		"R-001D-04, R-001D-07",
		at="2026-03-05 10:05:00",
		check=_person_is_urged,
	),
	Step(
		"handler",
		"replies late, with the cause",
		_report,
		"R-001D-04",
		at="2026-03-05 15:00:00",
		state="Reported",
		ends={"Department Reply": "Missed"},
	),
	Step("coordinator", "right to coordinate: drafts the plan from both", _plan, "R-001D-07"),
	Step(
		"coordinator",
		"submits it before cause and person are found",
		doing.pressing("Propose Solution"),
		"R-001D-04",
		refused="the concrete person responsible",
	),
	Step(
		"coordinator",
		"notes cause and person, and that people were asked and files read",
		doing.checking("Evidence", "Handover protocol, engineer named"),
		"R-001D-04, R-001D-07",
	),
	Step(
		"coordinator",
		"submits it for approval",
		doing.pressing("Propose Solution"),
		"R-001D-07",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		f"approves {REPAIR:,}: every plan goes to the leaders of the company",
		doing.pressing("Approve Solution"),
		"R-001D-07",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"the leader approves",
		doing.pressing("Approve Solution"),
		"R-001D-07",
		at="2026-03-06 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"feeds it back to the owner",
		doing.telling("Solution Explained", "The joint is sealed on Thursday."),
		"R-001D-04",
	),
	Step("agent", "records the consent", doing.consent, "R-001D-04", state="Executing"),
	Step(
		"coordinator",
		"tracks it until it is done",
		_accept_both,
		"R-001D-04",
		at="2026-03-12 16:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"records the execution",
		doing.executing("Sealed and painted."),
		"R-001D-04",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the owner",
		doing.revisiting("Satisfied", "Neutral"),
		"R-001D-04",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before it is filed",
		doing.close,
		refused="The procedure requires before the close: Archive",
	),
	Step(
		"coordinator",
		"files it, with the person responsible",
		_file,
		"R-001D-04",
		state="Submitted",
	),
	Step("coordinator", "closes", doing.close, "R-001D-04", state="Closed"),
)


def test_001_d_from_receipt_to_close(theatre):
	"""R-001D-01 to R-001D-04, R-001D-07, R-001D-08."""
	play = theatre.play(SCENARIO, (*UNFOUNDED, *JUSTIFIED))
	unfounded, complaint = play.doc("unfounded"), play.complaint
	assert (unfounded.justified, complaint.justified) == ("Not Justified", "Justified")
	assert unfounded.other_recourse and unfounded.answer_to_customer
	assert (complaint.total_remedy_amount, complaint.approved_by) == (REPAIR, play.users["vice_president"])
	assert not looking.may_read(play.users["handler"], play.doc("evaluation"))
