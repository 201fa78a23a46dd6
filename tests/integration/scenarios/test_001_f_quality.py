"""Scenario 001-F, route of quality: the sole of a shoe comes unglued; two options at least, then level by level."""

import pytest

import frappe

from complaint_handling.api import categories
from complaint_handling.api import workflow as workflow_api
from complaint_handling.constants import COMPLAINT, DEPARTMENT_MANAGER, REVIEWER
from tests.factories import make_user
from tests.integration.scenarios import doing, retail
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-F",
	"商场客诉处理技巧（质量投诉流程）",
	{
		"agent": "Counter of the shop 专柜",
		"coordinator": "Head of the counter 专柜负责人",
		"department_manager": "Company sales supervisor 公司业务主管",
		"vice_president": "Mall duty desk 商场值班（售后）",
	},
)
DEFECTS = {("Shoes", "Defect"): 8, ("Clothes", "Defect"): 6, ("Shoes", "Misuse"): 2, ("Clothes", "Misuse"): 6}
REPAIR = doing.remedy("Repair", 40, option_number=1)
EXCHANGE = doing.remedy("Exchange", 480, option_number=2)
RETURN = doing.remedy("Return", 480, option_number=1)
EXCHANGE_AND_GIFT = doing.remedy("Goodwill Compensation", 560, option_number=2)
RETURN_AND_TAXI = doing.remedy("Return", 1_480, option_number=1)
NEW_MODEL = doing.remedy("Exchange", 900, option_number=2)


def _find_defect(play: Play):
	offered = [row["value"] for row in categories.get_defects("Defect of the Goods")]
	assert "Sole Comes Unglued" in offered
	return doing.save(
		play,
		"complaint",
		category="Defect of the Goods",
		defect="Sole Comes Unglued",
		severity="Moderate",
		handled_directly=1,
	)


def _lists_are_whole(play: Play) -> None:
	rows = frappe.get_all(
		"Complaint Category Defect",
		{"parent": ("in", ("Defect of the Goods", "Damage by Wrong Use"))},
		["goods", "kind"],
	)
	counted = {pair: sum((row.goods, row.kind) == pair for row in rows) for pair in DEFECTS}
	assert counted == DEFECTS


def _see_receipt(play: Play):
	return doing.save(
		play,
		"complaint",
		receipt_number="0231-7788",
		receipt_time="2026-02-14 19:20:00",
		payment_kind="Stored-value Card",
		receipt_discount=20,
	)


def _offer(*remedies: dict) -> doing.Act:
	return retail.solving("handler", "Glue of the sole failed", "Batch taken off the shelf", *remedies)


def _agree_without_choice(play: Play):
	return doing.consent(play, "Face to Face")


def _offers_are_asked(play: Play) -> None:
	asked = workflow_api.get_dialog_fields(COMPLAINT, play.made["complaint"], "Record Consent")
	assert "chosen_option" in {row["fieldname"] for row in asked}


def _archive(play: Play):
	return doing.evaluate(play, {}, archive_reference="Mall file 2026-03, no. 12", archived_on="2026-03-09")


FIRST_ROUND = (
	Step(
		"agent",
		"1: listens to the end and records the main points",
		retail.taking("complaint", "Sole of the left shoe comes off", demand="Another pair, or the money"),
		"R-001F-01",
		at="2026-03-07 14:00:00",
		state="Registered",
		due={"First Answer": "2026-03-07 14:15", "Solution Approved": "2026-03-08 14:00"},
	),
	Step(
		"agent",
		"3: inspects the goods: the defect is one of the list",
		_find_defect,
		"R-001F-01, R-001F-03",
		check=_lists_are_whole,
	),
	Step(
		"agent",
		"goes on without having seen the receipt",
		doing.pressing("Assess"),
		"R-001F-01",
		refused="The receipt is missing",
	),
	Step(
		"agent",
		"2: sees the receipt: time, stored-value card, discount of 20 %",
		_see_receipt,
		"R-001F-01",
	),
	Step(
		"agent",
		"4: apologises",
		doing.telling("First Answer", "I am sorry; this is a defect.", channel="On the Spot"),
		"R-001F-01",
		at="2026-03-07 14:06:00",
		ends={"First Answer": "Met"},
	),
	Step("agent", "takes it up", doing.pressing("Assess"), "R-001F-01", state="Assessed"),
	Step(
		"coordinator",
		"handles it at the counter",
		doing.pressing("Start Handling"),
		"R-001F-01",
		state="In Handling",
	),
	Step("coordinator", "has one option only", _offer(REPAIR), "R-001F-01"),
	Step(
		"coordinator",
		"proposes it before the goods were inspected",
		doing.pressing("Propose Solution"),
		"R-001F-01",
		refused="The evidence is not complete",
	),
	Step(
		"coordinator",
		"notes that goods were inspected and the cause found",
		doing.checking("Evidence", "Glue failed along the whole edge"),
		"R-001F-01",
	),
	Step(
		"coordinator",
		"proposes the one option",
		doing.pressing("Propose Solution"),
		"R-001F-01",
		refused="at least 2 options",
	),
	Step(
		"coordinator",
		"has two options by the three guarantees: repair or exchange",
		_offer(REPAIR, EXCHANGE),
		"R-001F-01, R-001F-03",
	),
	Step(
		"coordinator",
		"proposes them",
		doing.pressing("Propose Solution"),
		"R-001F-01",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001F-01",
		at="2026-03-07 14:30:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"4: offers the two",
		doing.telling("Solution Explained", "Repair or exchange?", channel="On the Spot"),
		"R-001F-01",
	),
	Step(
		"agent",
		"6: the customer disagrees: to the sales supervisor",
		lambda play: doing.refuse(play, "Wants neither that model nor a repair.", "Face to Face"),
		"R-001F-01",
		state="Re-review",
		due={"Revised Solution": "2026-03-08 14:30"},
	),
)
SUPERVISOR = (
	Step(
		"department_manager",
		"the sales supervisor takes it on",
		doing.pressing("Resume Handling", re_review_opinion="Offer the return."),
		"R-001F-01",
		at="2026-03-07 15:00:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"has two new options: return, or exchange with a gift",
		_offer(RETURN, EXCHANGE_AND_GIFT),
		"R-001F-01",
	),
	Step(
		"coordinator",
		"proposes them",
		doing.pressing("Propose Solution"),
		"R-001F-01",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001F-01",
		at="2026-03-07 15:30:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
	),
	Step(
		"agent",
		"offers the two new ones",
		doing.telling("Solution Explained", "Return, or exchange with a gift?", channel="On the Spot"),
		"R-001F-01",
	),
	Step(
		"agent",
		"the customer disagrees again: the supervisor cannot settle it",
		lambda play: doing.refuse(play, "Wants the way and the day paid as well.", "Face to Face"),
		"R-001F-01",
		state="Re-review",
		due={"Revised Solution": "2026-03-08 15:30"},
	),
)
DUTY_DESK = (
	Step(
		"department_manager",
		"the supervisor takes it on once more",
		doing.pressing("Resume Handling", re_review_opinion="Once more."),
		"R-001F-01",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"7: after-sales contacts the duty desk of the mall, which takes it on",
		doing.pressing("Resume Handling", re_review_opinion="Return, taxi and a day: settle it today."),
		"R-001F-01",
		at="2026-03-07 16:00:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"has two options: return with 1,000 for way and day, or the new model",
		_offer(RETURN_AND_TAXI, NEW_MODEL),
		"R-001F-01",
	),
	Step(
		"coordinator",
		"proposes them",
		doing.pressing("Propose Solution"),
		"R-001F-01",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"approves 1,480: above the own limit, 1,000; the dearest option counts",
		doing.pressing("Approve Solution"),
		"R-001F-01",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001F-01",
		at="2026-03-07 16:20:00",
		state="With Customer",
		ends={"Revised Solution": "Met"},
		check=_offers_are_asked,
	),
	Step(
		"agent",
		"offers what the duty desk allows",
		doing.telling(
			"Solution Explained", "Return with way and day, or the new model?", channel="On the Spot"
		),
		"R-001F-01",
	),
	Step(
		"agent",
		"records the consent without saying to which option",
		_agree_without_choice,
		"R-001F-01",
		refused="Chosen Option",
	),
	Step(
		"agent",
		"5: the customer agrees to the new model",
		lambda play: doing.consent(play, "Face to Face", chosen_option=2),
		"R-001F-01",
		state="Executing",
	),
	Step(
		"agent",
		"hands it over",
		doing.executing("New model handed over."),
		"R-001F-01",
		state="Awaiting Revisit",
	),
	Step(
		"coordinator",
		"closes before it is archived",
		doing.close,
		"R-001F-01",
		refused="The procedure requires before the close",
	),
	Step("coordinator", "7: archives it", _archive, "R-001F-01", at="2026-03-09 11:00:00", state="Submitted"),
	Step("coordinator", "closes", doing.close, "R-001F-01", state="Closed"),
)


def test_001_f_quality_route_from_receipt_to_close(theatre):
	"""R-001F-01, R-001F-03."""
	# The sales supervisor, whom the document names once, is asked and decides: reviewer and department manager.
	make_user(theatre.stage.users["department_manager"], DEPARTMENT_MANAGER, REVIEWER)
	play = theatre.play(SCENARIO, (*FIRST_ROUND, *SUPERVISOR, *DUTY_DESK))
	complaint = play.complaint
	assert (complaint.re_review_round, complaint.re_review_level) == (2, 2)
	assert (complaint.chosen_option, complaint.total_remedy_amount) == (2, 900)
	assert (complaint.payment_kind, complaint.receipt_discount) == ("Stored-value Card", 20)
	assert complaint.approved_by == play.users["vice_president"]
