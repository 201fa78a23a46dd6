"""Scenario 002-A, the daily work: a question answered at once, a device repaired by the factory."""

import pytest

from complaint_handling.constants import HANDLER
from complaint_handling.services import playbooks
from tests.factories import make_department
from tests.integration.scenarios import cast, doing, eight_d, retail
from tests.integration.scenarios.cast import PRODUCTION, QUALITY, SALES, SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"002-A",
	"客户服务管理程序（一般问题与咨询）",
	{
		"agent": "Customer service 客服部",
		"coordinator": "Head of customer service 客服部主管",
		"handler": "Product department 产品部",
		"department_manager": "Head of the product department 产品部负责人",
		"production_handler": "Production 生产部",
		"quality_manager": "Quality 品管部",
		"marketer": "Marketing 市场部",
	},
)
OTHERS = (("marketer", HANDLER, SALES, "vice_president"),)
KINDS = {
	"Return for Refund",
	"Repair by the Factory",
	"Exchange Unit",
	"Service Parts",
	"Technical Consultation",
}
DEPARTMENTS = (
	("product", SERVICE, "handler"),
	("production", PRODUCTION, "production_handler"),
	("quality", QUALITY, "quality_manager"),
)


def _ask(play: Play):
	return retail.taking(
		"question",
		"How is the alarm muted?",
		channel="Instant Message",
		demand="To mute it",
		category="Technical Consultation",
		severity="Inquiry",
	)(play)


def _four_kinds_of_goods(play: Play) -> None:
	assert set(playbooks.offered("002-A")) >= KINDS


def _classify(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Repair by the Factory",
		severity="Routine",
		responsible_department=make_department(SERVICE),
	)


def _inform_all(play: Play):
	for word, department, who in DEPARTMENTS:
		slip = doing.asking(department, who, "Cause; measures for now and for good?", word)(play)
	return slip


def _issue_all(play: Play):
	for word, *_rest in DEPARTMENTS:
		slip = doing.press(play, word, "Issue Slip")
	return slip


def _report(word: str, who: str, finding: str, kind: str, measure: str) -> doing.Act:
	return lambda play: doing.report(
		play,
		word,
		finding,
		"Gasket of the lid too hard",
		who,
		measure_type=kind,
		description=measure,
		due_on="2026-03-12 18:00:00",
	)


def _plan(play: Play):
	doing.answer_checks(play, "Evidence", "Bought in January")
	return doing.collect(
		play, rows={"remedies": [doing.remedy("Repair", 350)]}, verification_result="Confirmed"
	)


def _has_both_terms(play: Play) -> None:
	kinds = [row.measure_type for row in play.complaint.measures]
	assert kinds.count("Short-term") == 1 and kinds.count("Corrective") == 2


def _accept_all(play: Play):
	for word, *_rest in DEPARTMENTS:
		slip = doing.accept_report(play, word)
	return slip


def _evaluate(play: Play):
	return doing.evaluate(play, {}, summary="Softer gasket and test on receipt; effect confirmed by quality.")


def _good_units(play: Play):
	doing.register(
		play,
		"goods",
		channel="E-mail",
		subject="Ten good units come back from the exhibition",
		demand="Credit note",
		category="Return for Refund",
		severity="Routine",
	)
	return doing.press(play, "goods", "Assess")


def _pass_to_marketing(play: Play):
	values = {"complaint": play.made["goods"]}
	return doing.asking(SALES, "marketer", "Sales return of samples: credit?", "samples", **values)(play)


STEPS = (
	Step(
		"agent",
		"takes a question: it is a complaint too, of the mildest kind",
		_ask,
		"R-002A-03, R-002A-08, R-002A-09",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00"},
	),
	Step(
		"agent",
		"answers it within 24 hours and closes",
		lambda play: retail.answer(play, "question", "Hold the key for three seconds.", "The user"),
		"R-002A-10",
		state="Closed",
		ends={"First Answer": "Met"},
		check=_four_kinds_of_goods,
	),
	Step(
		"agent",
		"takes a routine report by telephone",
		lambda play: doing.register(play, subject="Lid leaks", demand="Repair under warranty"),
		"R-002A-09, R-002A-10",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00"},
	),
	Step(
		"agent",
		"sporadic, a warranty repair by the factory: general",
		_classify,
		"R-002A-03, R-002A-08",
		due={"Corrective Measures": "2026-03-13 10:00"},
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-002A-10", state="Assessed"),
	Step(
		"agent",
		"closes it with a first answer: a routine case needs its measures",
		doing.pressing(
			"Close with Answer",
			answer_to_customer="We look at it.",
			consent_by="The user",
			consent_method="Telephone",
			consent_on="2026-03-04 10:00:00",
			closing_summary="Answered",
		),
		"R-002A-11",
		refused="is not open to you",
	),
	Step(
		"agent",
		"answers within 24 hours",
		doing.telling("First Answer", "Send it under the number; we repair it."),
		"R-002A-10",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"informs product, production and quality",
		_inform_all,
		"R-002A-11",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-002A-11",
		state="In Handling",
	),
	Step("coordinator", "issues the three slips", _issue_all, "R-002A-11", state="Issued"),
	Step(
		"handler",
		"product department: cause and long-term measure",
		_report("product", "handler", "Wrong hardness in the drawing.", "Corrective", "Softer gasket"),
		"R-002A-11",
		at="2026-03-05 10:00:00",
		state="Reported",
	),
	Step(
		"production_handler",
		"production: short-term measure",
		_report("production", "production_handler", "Lot 12 only.", "Short-term", "Repair, sort lot 12"),
		"R-002A-11",
		state="Reported",
	),
	Step(
		"quality_manager",
		"quality: long-term measure",
		_report("quality", "quality_manager", "No test of hardness.", "Corrective", "Test on receipt"),
		"R-002A-11",
		state="Reported",
	),
	Step(
		"coordinator",
		"brings cause, short-term and long-term measures together",
		_plan,
		"R-002A-11",
		check=_has_both_terms,
	),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-002A-11", state="Solution Proposed"
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-002A-11",
		at="2026-03-06 10:00:00",
		state="With Customer",
		ends={"Corrective Measures": "Met"},
	),
	Step(
		"agent",
		"tells the customer",
		doing.telling("Solution Explained", "Repaired on Thursday."),
		"R-002A-11",
	),
	Step("agent", "records the consent", doing.consent, "R-002A-11", state="Executing"),
	Step(
		"coordinator",
		"accepts the reports",
		_accept_all,
		"R-002A-11",
		at="2026-03-12 16:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"sends it back",
		doing.executing("Repaired, sent back."),
		"R-002A-03",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-002A-10",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before the effect was evaluated",
		doing.close,
		"R-002A-13",
		refused="The procedure requires before the close: Evaluation",
	),
	Step(
		"agent",
		"reports cause and measures to the customer",
		doing.telling("Progress Notice", "Gasket changed, lot 12 sorted; no leak since."),
		"R-002A-14",
	),
	Step(
		"coordinator",
		"evaluates, with the effect that quality confirmed",
		_evaluate,
		"R-002A-13",
		state="Submitted",
	),
	Step("coordinator", "closes", doing.close, "R-002A-13", state="Closed"),
	Step(
		"agent",
		"takes the return of good units: neither quality nor technology nor parts",
		_good_units,
		"R-002A-06",
		state="Assessed",
	),
	Step("agent", "passes it to marketing", _pass_to_marketing, "R-002A-06", state="Pending Issue"),
)


def test_002_a_routine_from_receipt_to_close(theatre):
	"""R-002A-03, R-002A-06, R-002A-08 to R-002A-11, R-002A-13, R-002A-14."""
	cast.join(theatre.stage.users, OTHERS)
	eight_d.let_quality_write(theatre.stage.users)
	play = theatre.play(SCENARIO, STEPS)
	assert play.complaint.approved_by == play.users["department_manager"]
	assert not play.complaint.requires_8d
	assert play.doc("samples").department == make_department(SALES)
