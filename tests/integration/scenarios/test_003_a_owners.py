"""Scenario 003-A, the list of owners: confirmed after a new organisation, handed over midway."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.api import posts
from complaint_handling.constants import HANDLER, OWNER_LIST, RESPONSIBLE_POST
from tests.factories import employee_of, make_company, make_department
from tests.integration.scenarios import cast, doing, furnishing
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"003-A",
	"家居集团客户投诉处理管理制度（客户投诉处理各部门责任岗位）",
	{
		"agent": "Seat agent 座席代表",
		"coordinator": "Team leader of customer service 客服组长",
		"production_handler": "Owner in production 制造线责任人",
		"successor": "Successor in production 变更后的责任人",
		"production_manager": "Head of the production line 制造线负责人",
	},
)
OTHERS = (("successor", HANDLER, PRODUCTION, "production_manager"),)
FAULT = {"category": "Kitchen Cabinets", "severity": "Minor", "channel": "Telephone"}


def _ask_for_lists(play: Play):
	made = posts.ask_for_lists(make_company(), "2026-03-02 10:00:00")
	lists = [frappe.get_doc(OWNER_LIST, name) for name in made]
	(own,) = [each for each in lists if each.department == make_department(PRODUCTION)]
	return play.keep("list", own)


def _is_due_in_two_days(play: Play) -> None:
	due = play.doc("list").due_at
	play.note = f"due {due}"
	assert due == get_datetime("2026-03-04 10:00:00")


def _confirm(play: Play):
	posts.confirm_list(play.made["list"])
	return play.doc("list")


def _is_confirmed(play: Play) -> None:
	confirmed = play.doc("list")
	assert (confirmed.in_time, confirmed.confirmed_by) == ("Yes", play.users["production_manager"])
	assert [row.employee for row in confirmed.posts] == [employee_of(play.users["production_handler"])]


def _register(play: Play):
	doing.register(play, **FAULT)
	return doing.press(play, "complaint", "Assess")


def _send(word: str) -> doing.Act:
	return lambda play: furnishing.send_slip(play, word, PRODUCTION, "Make the solution and reply.")


def _goes_to(word: str, who: str):
	def check(play: Play) -> None:
		assert play.doc(word).responsible_user == play.users[who]

	return check


def _propose(play: Play):
	name = posts.propose_hand_over(
		play.made["post"], employee_of(play.users["successor"]), "2026-03-09", "Moves to another line"
	)
	return play.keep("change", frappe.get_doc(RESPONSIBLE_POST, name))


def _approve(play: Play):
	posts.approve_hand_over(play.made["change"], "Work is handed over on Friday.")
	return play.doc("change")


def _is_approved(play: Play) -> None:
	change = play.doc("change")
	assert (change.status, change.decided_by) == ("In Force", play.users["production_manager"])
	assert change.replaces == play.made["post"]


STEPS = (
	Step(
		"coordinator",
		"lists the owner of the production line",
		furnishing.list_owner(PRODUCTION, "production_handler", category="Kitchen Cabinets"),
		"R-003A-09",
		at="2026-03-02 10:00:00",
	),
	Step(
		"coordinator",
		"the new organisation stands: asks each department for its list within 2 working days",
		_ask_for_lists,
		"R-003A-09",
		check=_is_due_in_two_days,
	),
	Step(
		"production_handler",
		"confirms the list without being the head of the department",
		_confirm,
		"R-003A-09",
		refused="confirms the list",
	),
	Step(
		"production_manager",
		"confirms the list, in time",
		_confirm,
		"R-003A-09",
		at="2026-03-03 15:00:00",
		check=_is_confirmed,
	),
	Step("agent", "takes a complaint", _register, "R-003A-09", at="2026-03-04 09:30:00", state="Assessed"),
	Step(
		"agent",
		"makes a slip: it goes to the listed owner",
		_send("first"),
		"R-003A-09",
		state="Pending Issue",
		check=_goes_to("first", "production_handler"),
	),
	Step(
		"production_handler",
		"proposes that somebody else takes over on Monday: notice of the change",
		_propose,
		"R-003A-10",
		at="2026-03-05 10:00:00",
	),
	Step(
		"coordinator",
		"makes a second slip: nothing is handed over before the head approves",
		_send("second"),
		"R-003A-10",
		check=_goes_to("second", "production_handler"),
	),
	Step(
		"coordinator",
		"approves the change in the place of the department's head",
		_approve,
		"R-003A-10",
		refused="head of",
	),
	Step(
		"production_manager",
		"approves before the hand-over",
		_approve,
		"R-003A-10",
		at="2026-03-06 16:00:00",
		check=_is_approved,
	),
	Step(
		"coordinator",
		"makes a third slip on Friday: still the former owner",
		_send("third"),
		"R-003A-10",
		check=_goes_to("third", "production_handler"),
	),
	Step(
		"coordinator",
		"makes a slip on Monday: the new owner",
		_send("fourth"),
		"R-003A-09, R-003A-10",
		at="2026-03-09 09:30:00",
		check=_goes_to("fourth", "successor"),
	),
)


def test_003_a_list_of_owners(theatre):
	"""R-003A-09, R-003A-10."""
	cast.join(theatre.stage.users, OTHERS)
	play = theatre.play(SCENARIO, STEPS)
	assert play.doc("post").valid_to
	assert [play.doc(word).slip_round for word in ("first", "second", "third", "fourth")] == [
		"First",
		"Second",
		"Repeated",
		"Repeated",
	]
