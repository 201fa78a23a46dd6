"""Scenario 000-K, continued: complaints about persons go to who is above them, and are kept from them."""

import pytest

import frappe
from frappe.utils import get_fullname

from tests.factories import employee_of, make_department
from tests.integration.scenarios import cast as people
from tests.integration.scenarios import doing, estate, looking
from tests.integration.scenarios.play import NO_PERMISSION, Play, Step

pytestmark = pytest.mark.scenario


@pytest.fixture
def second_agent(cast) -> None:
	"""Another member of the service staff, who takes the complaint about the first one."""
	people.join(cast, (estate.SECOND_AGENT,))


def _register_about(who: str):
	def act(play: Play):
		employee = employee_of(play.users[who])
		department = frappe.db.get_value("Employee", employee, "department")
		complaint = estate.register(
			subject="Rude answer at the counter",
			description=f"{get_fullname(play.users[who])} hung up twice.",
			demand="An apology",
			subject_type="Person",
			complained_about_employee=employee,
			complained_about_department=department,
		)(play)
		doing.save(
			play,
			"complaint",
			category="Conduct of Staff",
			severity="Moderate",
			responsible_department=department,
		)
		return complaint

	return act


def _write_slip(play: Play):
	department = play.complaint.responsible_department
	name = frappe.db.get_value("Department", department, "department_name")
	doing.draft_slip(play, "slip", name, None, "Hear the person and the customer.")
	return doing.press(play, "slip", "Submit for Review")


def _goes_to(who: str):
	def check(play: Play) -> None:
		assert play.doc("slip").responsible_user == play.users[who], play.doc("slip").responsible_user

	return check


def _is_kept_from(who: str):
	def check(play: Play) -> None:
		documents = [play.doc(word) for word in play.made]
		assert not any(looking.may_read(play.users[who], doc) for doc in documents)

	return check


def _steps(
	about: str, taker: str, answerer: str, number: str, reviewer: str = "reviewer"
) -> tuple[Step, ...]:
	"""Return the way of a complaint about somebody: taken by one person, answered by who is above."""
	title = estate.SCENARIO.title_of(about)
	return (
		Step(
			taker,
			f"7.2.1 takes a complaint about: {title}",
			_register_about(about),
			f"R-000K-11, {number}",
			at="2026-03-04 10:00:00",
			state="Registered",
			check=_is_kept_from(about),
		),
		Step(taker, "assesses", doing.pressing("Assess"), "R-000K-11", state="Assessed"),
		Step(taker, "7.3.2 writes a slip and names nobody", _write_slip, "R-000K-13", state="Pending Review"),
		Step(
			"coordinator",
			"starts the handling",
			doing.pressing("Start Handling"),
			"R-000K-13",
			at="2026-03-04 10:30:00",
			state="In Handling",
		),
		Step(
			reviewer,
			"5.3 reviews it",
			doing.pressing("Endorse Slip", "slip"),
			"R-000K-13",
			state="Pending Issue",
		),
		Step(
			"coordinator",
			"5.5 issues it: it goes to who is above the person",
			doing.pressing("Issue Slip", "slip"),
			f"R-000K-13, {number}",
			state="Issued",
			due={"Department Reply": "2026-03-06 10:30"},
			check=_goes_to(answerer),
		),
		Step(
			about,
			"opens the slip about himself",
			lambda play: doing.open_form(play, "slip"),
			number,
			refused=NO_PERMISSION,
		),
		Step(
			answerer,
			"answers it",
			estate.report_by(answerer),
			f"R-000K-15, {number}",
			at="2026-03-05 10:00:00",
			state="Reported",
			ends={"Department Reply": "Met"},
		),
		Step("coordinator", "plans", estate.plan_without_compensation, "R-000K-13"),
		Step(
			"coordinator",
			"proposes the solution",
			doing.pressing("Propose Solution"),
			"R-000K-13",
			state="Solution Proposed",
		),
	)


ABOUT_MANAGER = (
	*_steps("department_manager", "agent", "vice_president", "R-000K-04"),
	Step(
		"department_manager",
		"approves the solution of the complaint about himself",
		doing.pressing("Approve Solution"),
		"R-000K-04",
		refused=NO_PERMISSION,
	),
	Step(
		"vice_president",
		"5.2 the deputy approves",
		doing.pressing("Approve Solution"),
		"R-000K-04",
		state="With Customer",
		check=_is_kept_from("department_manager"),
	),
)

ABOUT_STAFF = (
	*_steps("handler", "agent", "department_manager", "R-000K-06"),
	Step(
		"department_manager",
		"5.4 the manager approves",
		doing.pressing("Approve Solution"),
		"R-000K-06",
		state="With Customer",
		check=_is_kept_from("handler"),
	),
)

ABOUT_SERVICE_STAFF = (
	*_steps("agent", "second_agent", "reviewer", "R-000K-05"),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000K-05",
		state="With Customer",
		check=_is_kept_from("agent"),
	),
)

ABOUT_DEPUTY = (
	*_steps("vice_president", "agent", "general_manager", "R-000K-03"),
	Step(
		"general_manager",
		"5.1 the general manager approves",
		doing.pressing("Approve Solution"),
		"R-000K-03",
		state="With Customer",
		check=_is_kept_from("vice_president"),
	),
)


def test_000_k_complaint_about_a_manager_goes_to_the_deputy(theatre):
	"""R-000K-04, R-000K-11, R-000K-13 and R-000K-15."""
	theatre.play(estate.SCENARIO, ABOUT_MANAGER)


def test_000_k_complaint_about_staff_goes_to_the_manager(theatre):
	"""R-000K-06, R-000K-11, R-000K-13 and R-000K-15."""
	theatre.play(estate.SCENARIO, ABOUT_STAFF)


def test_000_k_complaint_about_service_staff_goes_to_the_marketing_manager(second_agent, theatre):
	"""R-000K-05, R-000K-11, R-000K-13 and R-000K-15."""
	theatre.play(estate.SCENARIO, ABOUT_SERVICE_STAFF)


def test_000_k_complaint_about_a_deputy_goes_to_the_general_manager(theatre):
	"""R-000K-03, R-000K-11, R-000K-13 and R-000K-15."""
	theatre.play(estate.SCENARIO, ABOUT_DEPUTY)
