"""Process engineering answers within two working hours, or at the time agreed with it (R-003A-12, -17)."""

import json
from pathlib import Path

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.api import slip as api
from complaint_handling.constants import HANDLER, MILESTONE, PROCEDURE, SLIP
from complaint_handling.exceptions import FieldLockedError, MissingInputError, TransitionRefusedError
from complaint_handling.patches.v0_2 import add_process_engineering_step
from complaint_handling.services.slips import process_engineering
from tests.factories import (
	as_user,
	employee_of,
	make_department,
	make_measure,
	make_slip,
	press,
)
from tests.integration import cases
from tests.integration.cases import procedure_with_deferral
from tests.permissions.conftest import make_person

FRIDAY = "2026-03-06 10:00:00"
QUESTION = "Can the door be veneered on both sides?"


@pytest.fixture
def engineering(cast: dict[str, str]) -> str:
	return make_department("Test Process Engineering")


@pytest.fixture
def engineer(engineering: str) -> str:
	return make_person("engineer", HANDLER, department=engineering)


@pytest.fixture
def slip(cast: dict[str, str], frozen_time) -> Document:
	"""The slip of the handler's department, issued on a Friday at ten."""
	frozen_time(FRIDAY)
	return cases.issued_slip(
		cast, cases.in_handling(cast, procedure=procedure_with_deferral(), severity="Minor")
	)


def ask(slip: Document, user: str, engineering: str, engineer: str) -> Document:
	with as_user(user):
		name = api.ask_process_engineering(
			slip.name, engineering, QUESTION, employee=employee_of(engineer), reply_wanted_by=None
		)
	return frappe.get_doc(SLIP, name)


def answer(request: Document, engineer: str) -> Document:
	with as_user(engineer):
		request = frappe.get_doc(SLIP, request.name)
		request.finding = "Both sides can be veneered at 90 degrees"
		request.cause = "The work instruction knows one side only"
		request.cause_status = "Confirmed"
		request.append("measures", make_measure(employee_of(engineer)))
		request.save()
	return press(request, "Report", engineer)


def reply_clock(slip: Document) -> Document:
	return frappe.get_doc(MILESTONE, {"reference_name": slip.name, "stops_on": "Slip Reported"})


@pytest.mark.parametrize("word", ["handler", "department_manager", "coordinator"])
def test_request_is_issued_at_once_and_its_clock_runs_for_two_hours(cast, slip, engineering, engineer, word):
	before = reply_clock(slip).as_dict()
	request = ask(slip, cast[word], engineering, engineer)
	assert (request.workflow_state, request.slip_kind) == ("Issued", "Process Engineering Request")
	assert (request.requested_by_slip, request.complaint) == (slip.name, slip.complaint)
	assert (request.issued_by, request.owner) == (cast[word], cast[word])
	assert get_datetime(request.reply_due_at) == get_datetime("2026-03-06 12:00:00")
	assert reply_clock(slip).as_dict() == before
	assert frappe.db.exists("ToDo", {"reference_name": request.name, "allocated_to": engineer})


@pytest.mark.parametrize("word", ["agent", "reviewer", "quality_manager", "general_manager"])
def test_nobody_else_asks(cast, slip, engineering, engineer, word):
	with pytest.raises(frappe.PermissionError):
		ask(slip, cast[word], engineering, engineer)


def test_other_department_does_not_ask(cast, slip, engineering, engineer):
	with pytest.raises(frappe.PermissionError):
		ask(
			slip,
			make_person("elsewhere", HANDLER, department=make_department("Test Sales")),
			engineering,
			engineer,
		)


def test_question_is_not_asked_twice(cast, slip, engineering, engineer):
	request = ask(slip, cast["handler"], engineering, engineer)
	with pytest.raises(frappe.ValidationError, match=request.name):
		ask(slip, cast["coordinator"], engineering, engineer)
	answer(request, engineer)
	assert ask(slip, cast["coordinator"], engineering, engineer).name != request.name


def test_only_who_is_offered_is_asked(cast, slip, engineering, engineer):
	disabled = make_department("Test Former Engineering")
	foreign = make_department("Test Foreign Engineering")
	frappe.db.set_value("Department", disabled, "disabled", 1)
	frappe.db.set_value("Department", foreign, "company", "Test Foreign Company")
	with as_user(cast["handler"]):
		for department in (slip.department, disabled, foreign, "No Department"):
			with pytest.raises(frappe.ValidationError, match="no department that this slip can ask"):
				api.ask_process_engineering(slip.name, department, QUESTION)
		stranger = employee_of(cast["quality_manager"])
		with pytest.raises(frappe.ValidationError, match="no active employee"):
			api.ask_process_engineering(slip.name, engineering, QUESTION, employee=stranger)
		left = employee_of(engineer)
		frappe.db.set_value("Employee", left, "status", "Inactive")
		with pytest.raises(frappe.ValidationError, match="no active employee"):
			api.ask_process_engineering(slip.name, engineering, QUESTION, employee=left)
		frappe.db.set_value("Employee", left, "status", "Active")
		assert api.ask_process_engineering(slip.name, engineering, QUESTION, employee=left)


def test_slip_is_judged_as_it_stands_when_its_turn_comes(cast, slip, engineering):
	stale = frappe.get_doc(SLIP, slip.name)
	frappe.db.set_value(SLIP, slip.name, "workflow_state", "Cancelled")
	with as_user(cast["coordinator"]), pytest.raises(frappe.ValidationError, match="issued slip"):
		process_engineering.ask(stale, engineering, QUESTION)


def test_request_is_no_place_to_ask_from(cast, slip, engineering, engineer):
	request = ask(slip, cast["handler"], engineering, engineer)
	with pytest.raises(frappe.ValidationError, match="not a request itself"):
		ask(request, cast["coordinator"], engineering, engineer)
	reported = cases.reported_slip(cast, frappe.get_doc("Customer Complaint", slip.complaint))
	with pytest.raises(frappe.ValidationError, match="issued slip"):
		ask(reported, cast["coordinator"], engineering, engineer)


@pytest.mark.parametrize(
	("moment", "state", "in_time"),
	[
		("2026-03-06 11:59:00", "Met", "Yes"),
		("2026-03-06 12:00:00", "Met", "Yes"),
		("2026-03-06 12:00:01", "Missed", "No"),
	],
)
def test_answer_within_two_hours_is_met(
	cast, slip, engineering, engineer, frozen_time, moment, state, in_time
):
	request = ask(slip, cast["handler"], engineering, engineer)
	frozen_time(moment)
	answered = answer(request, engineer)
	assert reply_clock(request).state == state
	assert frappe.db.get_value(SLIP, answered.name, "reply_in_time") == in_time


def test_who_asked_reads_the_request_and_does_not_answer_it(cast, slip, engineering, engineer):
	request = ask(slip, cast["handler"], engineering, engineer)
	with as_user(cast["handler"]):
		assert request.name in frappe.get_list(SLIP, pluck="name")
		own = frappe.get_doc(SLIP, request.name)
		own.check_permission("read")
		own.finding = "We answer ourselves"
		with pytest.raises(TransitionRefusedError, match="answers this request"):
			own.save()
	stranger = make_person("stranger", HANDLER, department=make_department("Test Sales"))
	assert not frappe.has_permission(SLIP, "read", doc=request.name, user=stranger)
	with as_user(engineer):
		assert not frappe.has_permission(SLIP, "read", doc=slip.name)


def test_answer_is_shown_and_taken_over_once(cast, slip, engineering, engineer):
	answered = answer(ask(slip, cast["handler"], engineering, engineer), engineer)
	with as_user(cast["handler"]):
		shown = frappe.get_doc(SLIP, slip.name)
		shown.run_method("onload")
		[row] = shown.get_onload("engineering_answers")
		assert (row.name, row.finding) == (answered.name, answered.finding)
		assert api.take_over_answers(slip.name) == 1
		assert api.take_over_answers(slip.name) == 0
	taken = frappe.get_doc(SLIP, slip.name)
	assert (taken.finding, taken.cause, taken.cause_status) == (answered.finding, answered.cause, "Confirmed")


def test_answer_is_not_taken_over_into_a_reported_slip(cast, slip, engineering, engineer):
	answer(ask(slip, cast["handler"], engineering, engineer), engineer)
	frappe.db.set_value(SLIP, slip.name, "workflow_state", "Reported")
	with as_user(cast["handler"]), pytest.raises((FieldLockedError, TransitionRefusedError)):
		api.take_over_answers(slip.name)


# A reply time that is agreed because data is collected first.


@pytest.mark.parametrize("word", ["engineer", "quality_manager"])
def test_agreed_time_is_kept_as_agreed(cast, slip, engineering, engineer, frozen_time, word):
	user = {**cast, "engineer": engineer}[word]
	request = ask(slip, cast["handler"], engineering, engineer)
	frozen_time("2026-03-06 11:30:00")
	with as_user(user):
		api.agree_reply_time(request.name, "2026-03-09 15:00:00", "Veneer samples are measured first")
		with pytest.raises(frappe.ValidationError, match="kept as agreed"):
			api.agree_reply_time(request.name, "2026-03-10 15:00:00", "Once more")
	request.reload()
	assert (request.agreed_reply_by, get_datetime(request.agreed_reply_at)) == (
		user,
		get_datetime("2026-03-09 15:00:00"),
	)
	clock = reply_clock(request)
	assert (
		get_datetime(clock.due_at)
		== get_datetime(request.reply_due_at)
		== get_datetime("2026-03-09 15:00:00")
	)
	assert get_datetime(clock.original_due_at) == get_datetime("2026-03-06 12:00:00")
	frozen_time("2026-03-09 15:00:00")
	answer(request, engineer)
	assert reply_clock(request).state == "Met"


def test_answer_after_the_agreed_time_is_missed(cast, slip, engineering, engineer, frozen_time):
	request = ask(slip, cast["handler"], engineering, engineer)
	with as_user(engineer):
		api.agree_reply_time(request.name, "2026-03-09 15:00:00", "Samples")
	frozen_time("2026-03-09 15:00:01")
	answer(request, engineer)
	assert reply_clock(request).state == "Missed"


def test_time_is_not_agreed_by_who_asked_nor_too_late_nor_earlier(
	cast, slip, engineering, engineer, frozen_time
):
	request = ask(slip, cast["handler"], engineering, engineer)
	for word in ("handler", "coordinator", "department_manager"):
		with as_user(cast[word]), pytest.raises(TransitionRefusedError):
			api.agree_reply_time(request.name, "2026-03-09 15:00:00", "Samples")
	with as_user(engineer):
		for agreed_at, reason, message in (
			("2026-03-06 12:00:00", "Samples", "not after"),
			("2026-03-09 15:00:00", " ", "reason"),
		):
			with pytest.raises(frappe.ValidationError, match=message):
				api.agree_reply_time(request.name, agreed_at, reason)
		with pytest.raises(frappe.ValidationError, match="issued request"):
			process_engineering.agree_reply_time(slip, get_datetime("2026-03-09 15:00:00"), "Samples")
		frozen_time("2026-03-06 12:00:01")
		with pytest.raises(frappe.ValidationError, match="before, not afterwards"):
			api.agree_reply_time(request.name, "2026-03-09 15:00:00", "Samples")


def test_agreement_is_not_written_past_its_button(cast, slip, engineering, engineer):
	request = ask(slip, cast["handler"], engineering, engineer)
	with as_user(engineer):
		request = frappe.get_doc(SLIP, request.name)
		request.update({"agreed_reply_at": "2026-03-09 15:00:00", "requested_by_slip": None})
		request.save()
	request.reload()
	assert (request.agreed_reply_at, request.requested_by_slip) == (None, slip.name)


# A procedure without a target for the slip.


@pytest.fixture
def without_target(cast: dict[str, str]) -> str:
	"""A procedure in force that says nothing about slips."""
	procedure = frappe.copy_doc(frappe.get_doc(PROCEDURE, procedure_with_deferral()))
	procedure.code = "003-Without-Target"
	procedure.set("targets", [row for row in procedure.targets if row.applies_to != SLIP])
	procedure.insert()
	procedure.submit()
	return procedure.name


def draft_of(cast: dict[str, str], procedure: str) -> Document:
	handler = employee_of(cast["handler"])
	complaint = cases.in_handling(cast, procedure=procedure, severity="Minor")
	with as_user(cast["coordinator"]):
		slip = make_slip(
			complaint, frappe.db.get_value("Employee", handler, "department"), responsible_employee=handler
		)
	return press(slip, "Submit for Issue", cast["coordinator"])


def test_slip_without_a_target_asks_for_the_reply_time_and_runs_its_clock(cast, without_target, frozen_time):
	frozen_time(FRIDAY)
	slip = draft_of(cast, without_target)
	assert slip.needs_reply_time
	with pytest.raises(MissingInputError, match="Reply Wanted by"):
		press(slip, "Issue Slip", cast["coordinator"])
	with pytest.raises(frappe.ValidationError, match="passed already"):
		press(slip, "Issue Slip", cast["coordinator"], reply_wanted_by=FRIDAY)
	issued = press(slip, "Issue Slip", cast["coordinator"], reply_wanted_by="2026-03-10 16:00:00")
	assert get_datetime(issued.reply_due_at) == get_datetime("2026-03-10 16:00:00")
	clock = reply_clock(issued)
	assert (clock.state, get_datetime(clock.due_at)) == ("On Track", get_datetime("2026-03-10 16:00:00"))
	assert get_datetime(frappe.db.get_value(SLIP, slip.name, "reply_due_at")) == get_datetime(clock.due_at)


def test_slip_with_a_target_asks_for_no_reply_time(cast):
	slip = draft_of(cast, procedure_with_deferral())
	assert not slip.needs_reply_time
	with pytest.raises(FieldLockedError):
		press(slip, "Issue Slip", cast["coordinator"], reply_wanted_by=add_to_date(now_datetime(), days=1))
	issued = press(slip, "Issue Slip", cast["coordinator"])
	assert get_datetime(issued.reply_due_at) > now_datetime()


def test_request_without_a_target_needs_its_reply_time_too(
	cast, without_target, engineering, engineer, frozen_time
):
	frozen_time(FRIDAY)
	slip = press(
		draft_of(cast, without_target),
		"Issue Slip",
		cast["coordinator"],
		reply_wanted_by="2026-03-10 16:00:00",
	)
	frappe.db.savepoint("asked")
	with pytest.raises(MissingInputError):
		ask(slip, cast["handler"], engineering, engineer)
	# What a request does for a refused call.
	frappe.db.rollback(save_point="asked")
	with as_user(cast["handler"]):
		name = api.ask_process_engineering(
			slip.name, engineering, QUESTION, employee_of(engineer), "2026-03-06 16:00:00"
		)
	assert get_datetime(frappe.db.get_value(SLIP, name, "reply_due_at")) == get_datetime(
		"2026-03-06 16:00:00"
	)


# The user of the handler.


def test_slip_follows_the_user_of_its_handler(cast):
	slip = cases.issued_slip(cast)
	assert slip.handler_name == frappe.db.get_value("Employee", slip.responsible_employee, "employee_name")
	successor = make_person("successor", HANDLER)
	employee = frappe.get_doc("Employee", slip.responsible_employee)
	employee.user_id = successor
	employee.save()
	slip.reload()
	assert slip.responsible_user == successor
	assert reply_clock(slip).responsible_user == successor
	assert frappe.db.exists(
		"ToDo", {"reference_name": slip.name, "allocated_to": successor, "status": "Open"}
	)


def test_slip_of_who_left_has_no_user_and_an_ended_one_keeps_its_own(cast):
	ended = press(cases.reported_slip(cast), "Accept Report", cast["coordinator"])
	running = cases.issued_slip(cast)
	employee = frappe.get_doc("Employee", running.responsible_employee)
	employee.status, employee.relieving_date = "Left", frappe.utils.today()
	employee.reports_to = None
	employee.save()
	assert frappe.db.get_value(SLIP, running.name, "responsible_user") is None
	assert frappe.db.get_value(SLIP, ended.name, "responsible_user") == cast["handler"]


# Sites from before.


def test_existing_workflow_gets_the_step_once(cast):
	workflow = frappe.get_doc("Workflow", {"document_type": SLIP})
	steps = [
		(row.state, row.action, row.next_state, row.allowed, row.condition) for row in workflow.transitions
	]
	workflow.set(
		"transitions", [row for row in workflow.transitions if row.action != "Ask Process Engineering"]
	)
	workflow.save()
	for _round in range(2):
		add_process_engineering_step.execute()
		workflow.reload()
		patched = [
			(row.state, row.action, row.next_state, row.allowed, row.condition)
			for row in workflow.transitions
		]
		assert sorted(patched) == sorted(steps)


def test_step_exists_for_requests_of_a_slip_only(cast):
	path = Path(
		frappe.get_app_path(
			"complaint_handling", "setup", "data", "workflows", "complaint_handling_slip.json"
		)
	)
	[step] = [
		row
		for row in json.loads(path.read_text())["transitions"]
		if row["action"] == "Ask Process Engineering"
	]
	assert step["condition"] == 'doc.slip_kind == "Process Engineering Request" and doc.requested_by_slip'
	issued = cases.issued_slip(cast)
	with as_user(cast["coordinator"]):
		slip = make_slip(
			frappe.get_doc("Customer Complaint", issued.complaint),
			make_department("Test Quality"),
			slip_kind="Process Engineering Request",
			requested_by_slip=issued.name,
		)
		assert slip.requested_by_slip is None
	with pytest.raises(TransitionRefusedError):
		press(slip, "Ask Process Engineering", cast["coordinator"])
