"""Scenario 000-K, continued: a slip that climbs to the general manager, and a meeting instead of his opinion."""

import pytest

import frappe

from complaint_handling.api import slip as slip_api
from complaint_handling.constants import GENERAL_MANAGER
from complaint_handling.services.slips import coordination
from tests.factories import make_user
from tests.integration.scenarios import doing, estate, looking
from tests.integration.scenarios.cast import PRODUCTION, SERVICE
from tests.integration.scenarios.play import SCHEDULER, Play, Step

pytestmark = pytest.mark.scenario


def _prepare(play: Play):
	estate.classify(play)
	doing.press(play, "complaint", "Assess")
	return play.complaint


def _level_told(level: int, who: str):
	"""Return the check that a level of the overdue slip was raised, and to whom."""

	def check(play: Play) -> None:
		raised = [row for row in looking.raised(play) if row[0] == "Department Reply"]
		assert max(row[1] for row in raised) == level
		assert ("Department Reply", level, play.users[who]) in raised

	return check


def _call_meeting(play: Play):
	name = slip_api.call_coordination_meeting(play.made["complaint"])
	return play.keep("meeting", frappe.get_doc(coordination.MEETING, name))


def _departments_are_on_the_agenda(play: Play) -> None:
	assert play.complaint.coordination_meeting == play.made["meeting"]
	(agenda,) = looking.column(play.doc("meeting"), "agenda", "agenda")
	assert SERVICE in agenda and PRODUCTION in agenda


BEGINNING = (
	Step(
		"agent",
		"7.2.1 takes the call, fills the record (F1)",
		estate.register(),
		"R-000K-11",
		at="2026-03-04 10:00:00",
		state="Registered",
	),
	Step(
		"agent",
		"7.2.1 tells the customer the reply time",
		doing.telling("Acknowledgement", "Answer by Monday 10:00."),
		"R-000K-11",
		ends={"Record at Once": "Met"},
	),
	Step("agent", "classifies and assesses it", _prepare, state="Assessed"),
	Step(
		"agent",
		"7.3.2 writes a slip to the leasing office",
		doing.asking(SERVICE, None, "Why is the heating cold?"),
		"R-000K-13",
		state="Pending Review",
	),
	Step("coordinator", "starts the handling", doing.pressing("Start Handling"), state="In Handling"),
	Step(
		"reviewer",
		"reviews it",
		doing.pressing("Endorse Slip", "slip"),
		"R-000K-13",
		state="Pending Issue",
	),
)
LATE = (
	Step(
		"coordinator",
		"issues it",
		doing.pressing("Issue Slip", "slip"),
		"R-000K-13",
		at="2026-03-04 14:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
	),
	Step(
		SCHEDULER,
		"7.3.2 the manager does not handle it within the agreed time: the manager is told",
		doing.sweep,
		"R-000K-14",
		at="2026-03-06 14:05:00",
		ends={"Department Reply": "Overdue", "Reply to the Customer": "Due Soon"},
		check=_level_told(1, "department_manager"),
	),
	Step(
		SCHEDULER,
		"7.3.2 one working day later: the deputy general manager",
		doing.sweep,
		"R-000K-14",
		at="2026-03-09 14:05:00",
		check=_level_told(2, "vice_president"),
	),
	Step(
		SCHEDULER,
		"7.3.2 one more: the general manager",
		doing.sweep,
		"R-000K-14",
		at="2026-03-10 14:05:00",
		check=_level_told(3, "general_manager"),
	),
)
MEETING = (
	Step(
		"agent",
		"7.3.5 writes a second slip: the works department has to act too",
		doing.asking(PRODUCTION, None, "Open the valve of riser 7.", "works"),
		"R-000K-17",
		state="Pending Review",
	),
	Step(
		"reviewer",
		"reviews it",
		doing.pressing("Endorse Slip", "works"),
		"R-000K-13",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"issues a slip before the departments met",
		doing.pressing("Issue Slip", "works"),
		"R-000K-17",
		refused="Several departments have to act",
	),
	Step(
		"general_manager",
		"7.3.5 calls a coordination meeting of both",
		_call_meeting,
		"R-000K-17",
		at="2026-03-04 16:00:00",
		check=_departments_are_on_the_agenda,
	),
	Step(
		"coordinator",
		"7.3.5 issues the slip to the leasing office",
		doing.pressing("Issue Slip", "slip"),
		"R-000K-17",
		at="2026-03-05 09:00:00",
		state="Issued",
	),
	Step(
		"coordinator",
		"7.3.5 issues the slip to the works department",
		doing.pressing("Issue Slip", "works"),
		"R-000K-17",
		state="Issued",
	),
)


def test_000_k_late_slip_climbs_to_the_general_manager(theatre):
	"""R-000K-11, R-000K-13, R-000K-14."""
	theatre.play(estate.SCENARIO, (*BEGINNING, *LATE))


def test_000_k_general_manager_calls_a_meeting(theatre):
	"""R-000K-11, R-000K-13, R-000K-17."""
	# From version 15 on every user of the Desk has this role by itself, and with it ERPNext's meetings.
	make_user(theatre.stage.users["general_manager"], GENERAL_MANAGER, "Desk User")
	play = theatre.play(estate.SCENARIO, (*BEGINNING, *MEETING))
	assert not play.doc("slip").higher_instruction and not play.doc("works").higher_instruction
