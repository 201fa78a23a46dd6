"""Slips handed upwards, several departments, disputes: who is above, who decides, who may not."""

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.api import slip as slip_api
from complaint_handling.api import workflow as api
from complaint_handling.constants import (
	COMPLAINT,
	COORDINATOR,
	DEPARTMENT_MANAGER,
	GENERAL_MANAGER,
	PROCEDURE,
	QUALITY_MANAGER,
	SETTINGS,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.exceptions import PreconditionError
from complaint_handling.patches.v0_2 import complete_slip_workflow
from tests import factories
from tests.factories import as_user, employee_of, make_complaint, make_department, make_slip, press
from tests.integration import cases
from tests.permissions.conftest import make_person

REASON = "The customer demands more than the standard allows"


def proposed(slip: Document, action: str, user: str) -> str | None:
	"""Return whom the dialog of a button proposes."""
	with as_user(user):
		fields = api.get_dialog_fields(SLIP, slip.name, action)
	return next(field["proposed"] for field in fields if field["fieldname"] == "escalated_to")


def climb(slip: Document, user: str, superior: str, action: str = "Pass Upward") -> Document:
	return press(slip, action, user, escalated_to=superior, escalation_reason=REASON)


def test_slip_climbs_level_by_level_to_the_general_manager(cast):
	"""R-000K-14, R-003A-15: each time the next superior is proposed, whoever hands it on."""
	slip = cases.issued_slip(cast)
	line = ("department_manager", "vice_president", "general_manager")
	for action, user, superior in zip(
		("Pass Upward", "Pass Upward", "Escalate Slip"),
		("handler", "department_manager", "coordinator"),
		line,
		strict=True,
	):
		assert proposed(slip, action, cast[user]) == cast[superior]
		climb(slip, cast[user], cast[superior], action)
		given = press(slip, "Give Instruction", cast[superior], higher_instruction=f"Decided by {superior}")
		assert given.workflow_state == "Issued"
	assert proposed(slip, "Escalate Slip", cast["coordinator"]) is None


def test_above_the_general_manager_stands_the_named_owner(cast):
	"""R-000K-03 (requirements, e.2.19): a named shareholder or board member, who needs a role that decides."""
	slip = cases.issued_slip(cast)
	frappe.db.set_value(SLIP, slip.name, "escalated_to", cast["general_manager"])
	owner = make_person("owner", GENERAL_MANAGER)
	settings = frappe.get_doc(SETTINGS)
	settings.escalation_owner = owner
	settings.save()
	assert proposed(slip, "Escalate Slip", cast["coordinator"]) == owner


def test_person_complained_about_is_passed_over_and_refused(cast):
	slip = cases.issued_slip(cast)
	manager = cast["department_manager"]
	frappe.db.set_value(COMPLAINT, slip.complaint, "complained_about_user", manager)
	assert proposed(slip, "Pass Upward", cast["handler"]) == cast["vice_president"]
	with pytest.raises(PreconditionError, match="complained about"):
		climb(slip, cast["handler"], manager)


def test_who_is_handed_a_slip_is_told_at_once(cast):
	"""R-001E-07, R-000K-14: reported to the superior immediately, not only when a clock has passed."""
	slip = cases.issued_slip(cast)
	climb(slip, cast["handler"], cast["vice_president"])
	told = {"document_type": SLIP, "document_name": slip.name, "for_user": cast["vice_president"]}
	assert frappe.db.count("Notification Log", told) == 1


def test_slip_is_handed_only_to_who_is_above(cast):
	slip = cases.issued_slip(cast)
	colleague = make_person("colleague", DEPARTMENT_MANAGER, department=make_department("Test Quality"))
	for wrong in (cast["agent"], cast["reviewer"], cast["handler"]):
		with pytest.raises(frappe.PermissionError, match="not above"):
			climb(slip, cast["handler"], wrong)
	climb(slip, cast["handler"], cast["vice_president"])
	with pytest.raises(frappe.PermissionError):
		press(slip, "Give Instruction", colleague, higher_instruction="Not mine to give")


def test_without_a_reporting_line_the_roles_of_the_ladder_follow(cast):
	slip = cases.issued_slip(cast)
	for word in ("handler", "department_manager"):
		frappe.db.set_value("Employee", employee_of(cast[word]), "reports_to", None)
	assert proposed(slip, "Pass Upward", cast["handler"]) == cast["department_manager"]
	climb(slip, cast["handler"], cast["department_manager"])
	press(slip, "Give Instruction", cast["department_manager"], higher_instruction="Above my authority")
	assert proposed(slip, "Pass Upward", cast["department_manager"]) == cast["vice_president"]


def test_only_who_was_asked_or_somebody_above_gives_the_instruction(cast):
	"""R-000K-14: a manager does not answer in the place of the vice president, the general manager may."""
	slip = cases.issued_slip(cast)
	climb(slip, cast["handler"], cast["vice_president"])
	with pytest.raises(frappe.PermissionError, match="or somebody above"):
		press(slip, "Give Instruction", cast["department_manager"], higher_instruction="Do it")
	second = make_person("second.vice", VICE_PRESIDENT)
	with pytest.raises(frappe.PermissionError, match="or somebody above"):
		press(slip, "Give Instruction", second, higher_instruction="Do it")
	given = press(slip, "Give Instruction", cast["general_manager"], higher_instruction="Do it")
	assert given.higher_instruction == "Do it"


# Several departments


@pytest.fixture
def deciding(cast) -> str:
	"""The procedure whose general manager decides where several departments act."""
	procedure = factories.default_procedure()
	frappe.db.set_value(PROCEDURE, procedure, "several_departments_role", GENERAL_MANAGER)
	frappe.clear_document_cache(PROCEDURE, procedure)
	return procedure


def submitted(cast: dict[str, str], complaint: Document, department: str, user: str) -> Document:
	with as_user(cast["agent"]):
		slip = make_slip(complaint, department, responsible_employee=employee_of(user))
	return press(slip, "Submit for Issue", cast["agent"])


@pytest.fixture
def two_slips(cast, deciding) -> tuple[Document, Document]:
	complaint = cases.in_handling(cast)
	service = make_department("Test Technical Service")
	return (
		submitted(cast, complaint, service, cast["handler"]),
		submitted(cast, complaint, make_department("Test Quality"), cast["quality_manager"]),
	)


def needs(slip: Document) -> bool:
	return bool(frappe.db.get_value(SLIP, slip.name, "needs_higher_opinion"))


def test_one_department_needs_no_opinion(cast, deciding):
	complaint = cases.in_handling(cast)
	service = make_department("Test Technical Service")
	slip = submitted(cast, complaint, service, cast["handler"])
	with as_user(cast["agent"]):
		make_slip(complaint, make_department("Test Quality"))
	assert not needs(slip), "a draft for another department does not act yet"
	assert press(slip, "Issue Slip", cast["coordinator"]).workflow_state == "Issued"


def test_several_departments_wait_for_the_opinion_of_the_general_manager(cast, two_slips):
	"""R-000K-17: handed directly to the general manager; with the opinion each is issued."""
	for slip in two_slips:
		assert needs(slip)
		with pytest.raises(PreconditionError, match="opinion from above"):
			press(slip, "Issue Slip", cast["coordinator"])
		asked = cast["general_manager"]
		assert proposed(slip, "Ask for Opinion", cast["coordinator"]) == asked
		climb(slip, cast["coordinator"], asked, "Ask for Opinion")
		given = press(slip, "Give Instruction", asked, higher_instruction="Service first, then quality")
		assert (given.workflow_state, bool(given.reply_due_at)) == ("Issued", True)
		assert given.issued_on


def test_opinion_is_asked_of_nobody_below_the_deciding_role(cast, two_slips):
	with pytest.raises(frappe.PermissionError, match="not above"):
		climb(two_slips[0], cast["coordinator"], cast["department_manager"], "Ask for Opinion")


def test_slip_that_is_alone_again_needs_no_opinion_any_more(cast, two_slips):
	first, second = two_slips
	press(second, "Return Slip", cast["coordinator"], return_reason="Not quality")
	press(second, "Cancel Slip", cast["agent"], cancel_reason="Not quality")
	assert not needs(first)
	assert press(first, "Issue Slip", cast["coordinator"]).workflow_state == "Issued"


@pytest.fixture
def caller(cast) -> str:
	"""A coordinator with the role that every user of the Desk has since version 15."""
	return make_person("caller", COORDINATOR, "Desk User")


def test_coordination_meeting_takes_the_place_of_the_opinion(cast, caller, two_slips):
	"""R-000K-17: or a coordination meeting is called; its minutes are reached from the case."""
	slip = two_slips[0]
	with as_user(caller):
		meeting = slip_api.call_coordination_meeting(slip.complaint)
		assert slip_api.call_coordination_meeting(slip.complaint) == meeting
	assert frappe.db.get_value(COMPLAINT, slip.complaint, "coordination_meeting") == meeting
	agenda = frappe.get_doc("Quality Meeting", meeting).agenda[0].agenda
	assert slip.complaint in agenda
	assert "Test Technical Service" in agenda
	assert "Test Quality" in agenda
	assert frappe.db.exists(
		"Comment", {"reference_name": slip.complaint, "content": ("like", f"%{meeting}%")}
	)
	assert press(slip, "Issue Slip", cast["coordinator"]).workflow_state == "Issued"


def test_second_meeting_of_a_day_has_a_name_of_its_own_and_tells_nothing_of_persons(cast, caller):
	"""ERPNext names meetings by the day; everybody in the Desk reads them."""
	about = employee_of(cast["handler"])
	first, second = (
		cases.in_handling(cast),
		make_complaint(complained_about_employee=about, subject="Rude Mr Li"),
	)
	with as_user(caller):
		names = [slip_api.call_coordination_meeting(case.name) for case in (first, second)]
	assert names[0] != names[1]
	agendas = [frappe.get_doc("Quality Meeting", name).agenda[0].agenda for name in names]
	assert first.subject in agendas[0]
	assert "Rude" not in agendas[1]
	assert second.name in agendas[1]


def test_who_may_not_change_the_case_calls_no_meeting(cast):
	complaint = cases.in_handling(cast)
	with as_user(cast["handler"]), pytest.raises(frappe.PermissionError):
		slip_api.call_coordination_meeting(complaint.name)


def test_patch_gives_existing_sites_the_steps_and_keeps_what_an_administrator_made(cast):
	"""A Workflow is created once; what 0.1 lacked is added, each step once."""
	workflow = frappe.get_doc("Workflow", {"document_type": SLIP})
	new = {"Pass Upward", "Ask for Opinion"}
	steps = {(row.state, row.action, row.next_state, row.allowed) for row in workflow.transitions}
	editors = {row.allow_edit for row in workflow.states if row.state == "Issued"}
	old = [
		row
		for row in workflow.transitions
		if row.action not in new and (row.state, row.allowed) != ("Disputed", GENERAL_MANAGER)
	]
	workflow.set("transitions", old)
	workflow.set(
		"states",
		[row for row in workflow.states if (row.state, row.allow_edit) != ("Issued", VICE_PRESIDENT)],
	)
	workflow.save()
	for _time in range(2):
		complete_slip_workflow.execute()
		workflow.reload()
		assert {(row.state, row.action, row.next_state, row.allowed) for row in workflow.transitions} == steps
		assert len(workflow.transitions) == len(steps)
		assert {row.allow_edit for row in workflow.states if row.state == "Issued"} == editors


# Disputes


def disputed(cast: dict[str, str]) -> Document:
	slip = cases.issued_slip(cast)
	return press(slip, "Dispute Responsibility", cast["handler"], dispute_reason="Made by another line")


def test_quality_confirms_who_is_responsible_and_the_ruling_is_recorded(cast, frozen_time):
	"""R-003A-11: quality rules on what the responsible department raised."""
	slip = disputed(cast)
	ruled = press(
		slip, "Confirm Responsibility", cast["quality_manager"], dispute_ruling="The preload is yours"
	)
	assert (ruled.workflow_state, ruled.dispute_ruling) == ("Issued", "The preload is yours")
	ruling = frappe.get_last_doc("Comment", {"reference_name": slip.name, "comment_type": "Info"})
	assert "The preload is yours" in ruling.content
	assert ruling.owner == cast["quality_manager"]


def test_quality_assigns_the_slip_elsewhere_where_somebody_else_answers(cast):
	"""R-003A-11: the slip waits for its issue to the new department, with that department's own handler."""
	slip = disputed(cast)
	production = make_department("Test Production Line")
	manager = make_person("production.manager", DEPARTMENT_MANAGER, department=production)
	moved = press(
		slip,
		"Assign Elsewhere",
		cast["quality_manager"],
		dispute_ruling="Production left the preload out",
		department=production,
	)
	assert (moved.workflow_state, moved.department) == ("Pending Issue", production)
	assert moved.responsible_user == manager
	assert (moved.issued_on, moved.slip_round) == (None, "First")
	assert not frappe.has_permission(SLIP, "read", doc=slip.name, user=cast["handler"])
	assert press(slip, "Issue Slip", cast["coordinator"]).responsible_user == manager


def test_nobody_rules_in_the_own_cause(cast):
	"""R-003A-11: where quality itself has the slip, the general manager rules."""
	quality = make_department("Test Quality")
	complaint = cases.in_handling(cast)
	slip = submitted(cast, complaint, quality, cast["quality_manager"])
	press(slip, "Issue Slip", cast["coordinator"])
	manager = make_person("quality.head", DEPARTMENT_MANAGER, QUALITY_MANAGER, department=quality)
	press(slip, "Dispute Responsibility", manager, dispute_reason="Sales promised it")
	for party in (cast["quality_manager"], manager):
		with pytest.raises(frappe.PermissionError, match="own cause"):
			press(slip, "Confirm Responsibility", party, dispute_ruling="Not ours")
	outside = make_person("other.quality", QUALITY_MANAGER, department=make_department("Test Laboratory"))
	assert frappe.has_permission(SLIP, "write", doc=slip.name, user=outside)
	ruled = press(slip, "Confirm Responsibility", cast["general_manager"], dispute_ruling="It is yours")
	assert ruled.workflow_state == "Issued"
