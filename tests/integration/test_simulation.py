"""The simulator: what a procedure would do, told before it goes live, saved or not."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.api.simulation import simulate_length, simulate_procedure
from complaint_handling.constants import CALENDAR, MILESTONE, PROCEDURE, RESPONSIBLE_POST
from complaint_handling.exceptions import CalendarError
from tests import factories
from tests.factories import as_user

FRIDAY = "2026-03-06 10:00:00"


def procedure_003() -> dict:
	return frappe.get_doc(PROCEDURE, {"code": "003-A"}).as_dict()


def target_of(simulated: dict, stage: str) -> dict:
	return next(target for target in simulated["targets"] if target["stage"] == stage)


def test_slip_of_003_received_on_friday_at_ten_is_due_on_monday_at_ten(cast):
	simulated = simulate_procedure(procedure_003(), {"received_on": FRIDAY, "slip_kind": "Complaint Slip"})
	slip = target_of(simulated, "Slip Reply")
	assert slip["due_at"] == get_datetime("2026-03-09 10:00:00")
	assert slip["warn_at"] == get_datetime("2026-03-07 15:00:00")
	assert (slip["calendar"], slip["because"]) == ("Six-day Week", "assumed at the receipt")


def test_levels_name_who_would_be_told(cast):
	case = {"received_on": FRIDAY, "slip_kind": "Complaint Slip", "holder": cast["handler"]}
	slip = target_of(simulate_procedure(procedure_003(), case), "Slip Reply")
	first, _second, third = slip["levels"]
	assert (first["at"], first["user"]) == (slip["due_at"], cast["department_manager"])
	assert third["role"] == "Complaint General Manager"
	assert third["user"]
	assert [level["level"] for level in slip["levels"]] == [1, 2, 3]


def test_level_reached_at_night_is_told_in_the_morning_unless_the_procedure_calls_it_urgent(cast):
	procedure = {**procedure_003(), "urgent_at_any_time": 1}
	for target in procedure["targets"]:
		if target["stage"] == "Slip Reply":
			target |= {"target_value": 11, "target_unit": "Hours"}
	case = {"received_on": FRIDAY, "slip_kind": "Complaint Slip", "holder": cast["handler"]}
	first = target_of(simulate_procedure(procedure, case), "Slip Reply")["levels"][0]
	assert (first["at"], first["told_at"]) == (
		get_datetime("2026-03-06 21:00:00"),
		get_datetime("2026-03-07 09:00:00"),
	)
	case["is_urgent"] = 1
	first = target_of(simulate_procedure(procedure, case), "Slip Reply")["levels"][0]
	assert first["told_at"] is None


def test_department_manager_of_the_holder_is_found(cast):
	case = {"received_on": FRIDAY, "slip_kind": "Complaint Slip", "holder": cast["handler"]}
	second = target_of(simulate_procedure(procedure_003(), case), "Slip Reply")["levels"][1]
	assert (second["recipient_type"], second["user"]) == ("Department Manager", cast["department_manager"])


def test_a_stage_is_taken_to_start_when_the_one_before_is_due_or_when_the_user_says(cast):
	procedure = frappe.get_doc(PROCEDURE, factories.default_procedure()).as_dict()
	case = {"received_on": FRIDAY, "severity": "Urgent", "is_urgent": 1}
	site = target_of(simulate_procedure(procedure, case), "Work on Site")
	assert site["started_at"] == get_datetime("2026-03-10 10:00:00")
	assert site["because"] == "assumed when Solution Approved is due"
	case["happenings"] = {"Solution Approved": "2026-03-09 09:30:00"}
	site = target_of(simulate_procedure(procedure, case), "Work on Site")
	assert (site["due_at"], site["because"]) == (
		get_datetime("2026-03-10 09:30:00"),
		"at the moment you entered",
	)


def test_simulated_times_are_those_of_the_clocks_that_then_run(frozen_time, cast):
	frozen_time("2026-03-06 17:30:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(is_urgent=1)
	procedure = frappe.get_doc(PROCEDURE, complaint.procedure).as_dict()
	case = {"received_on": "2026-03-06 17:30:00", "severity": complaint.severity, "is_urgent": 1}
	simulated = simulate_procedure(procedure, case)
	clocks = frappe.get_all(
		MILESTONE, filters={"complaint": complaint.name}, fields=["stage", "due_at", "warn_at"]
	)
	assert clocks
	for clock in clocks:
		target = target_of(simulated, clock.stage)
		assert (target["due_at"], target["warn_at"]) == (clock.due_at, clock.warn_at)


def test_unsaved_draft_is_simulated_and_nothing_is_saved(cast):
	draft = {**procedure_003(), "name": "new-complaint-procedure-1", "docstatus": 0, "code": "DRAFT"}
	for row in draft["targets"]:
		row["target_value"] = 3 if row["stage"] == "Slip Reply" else row["target_value"]
	before = frappe.db.count(PROCEDURE)
	simulated = simulate_procedure(
		frappe.as_json(draft), {"received_on": FRIDAY, "slip_kind": "Complaint Slip"}
	)
	assert target_of(simulated, "Slip Reply")["due_at"] == get_datetime("2026-03-10 10:00:00")
	assert frappe.db.count(PROCEDURE) == before


def test_calendar_shows_what_a_make_up_saturday_changes_before_it_is_saved(cast):
	calendar = frappe.get_doc(CALENDAR, "Standard Working Week").as_dict()
	assert simulate_length(calendar, FRIDAY, 2, "Working Days")["due_at"] == get_datetime(
		"2026-03-10 10:00:00"
	)
	calendar["exceptions"] = [
		{
			"date": "2026-03-07",
			"kind": "Make-up Workday",
			"start_time": "09:00:00",
			"end_time": "18:00:00",
			"note": "For the Monday of the festival",
		}
	]
	simulated = simulate_length(calendar, FRIDAY, 2, "Working Days")
	assert simulated["due_at"] == get_datetime("2026-03-09 10:00:00")
	shown = simulated["calendars"][0]
	assert shown["days"]["2026-03-07"]["kind"] == "Make-up Workday"
	assert [get_datetime("2026-03-07 09:00:00"), get_datetime("2026-03-07 18:00:00")] in shown["open"]
	assert not frappe.db.exists("Complaint Calendar Exception", {"parent": "Standard Working Week"})


def test_holidays_are_named_and_closed(cast):
	holidays = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": "Simulated Holidays",
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
			"holidays": [{"holiday_date": "2026-03-09", "description": "Founding Day"}],
		}
	).insert()
	calendar = frappe.get_doc(CALENDAR, "Standard Working Week").as_dict() | {"holiday_list": holidays.name}
	simulated = simulate_length(calendar, FRIDAY, 1, "Working Days")
	assert simulated["due_at"] == get_datetime("2026-03-10 10:00:00")
	assert simulated["calendars"][0]["days"]["2026-03-09"] == {"kind": "Holiday", "note": "Founding Day"}


def test_length_that_is_none_is_refused_in_words(cast):
	calendar = frappe.get_doc(CALENDAR, "Standard Working Week").as_dict()
	with pytest.raises(CalendarError, match="not a length of time"):
		simulate_length(calendar, FRIDAY, 1.5, "Working Days")
	with pytest.raises(CalendarError, match="too little working time"):
		simulate_length({**calendar, "periods": []}, FRIDAY, 1, "Working Hours")


def test_who_may_not_read_procedures_may_not_simulate_one(cast):
	outsider = factories.make_user("simulation.outsider@example.com")
	procedure = procedure_003()
	with as_user(outsider), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		simulate_procedure(procedure, {"received_on": FRIDAY})


def test_reader_of_procedures_simulates_what_is_stored_only(cast):
	asked = {"received_on": FRIDAY, "slip_kind": "Complaint Slip"}
	stored = frappe.parse_json(frappe.as_json(procedure_003()))
	changed = frappe.parse_json(frappe.as_json(stored))
	changed["escalation_steps"][0] |= {"recipient_type": "User", "user": cast["general_manager"]}
	with as_user(cast["coordinator"]):
		as_the_form_sends_it = {**stored, "__onload": {}, "__unsaved": 0, "company": stored["company"] or ""}
		assert simulate_procedure(stored, asked) == simulate_procedure(as_the_form_sends_it, asked)
		for draft in (changed, {**stored, "name": "new-complaint-procedure-1"}, {"name": stored["name"]}):
			with pytest.raises(frappe.PermissionError):
				simulate_procedure(draft, asked)
	with as_user(cast["general_manager"]):
		simulate_procedure(changed, asked)


def test_reader_of_procedures_learns_of_nobody_but_as_the_holder_and_of_no_absence(cast):
	def levels(holder: str | None, **more: str) -> list[dict]:
		case = {"received_on": FRIDAY, "slip_kind": "Complaint Slip", "holder": holder, **more}
		return target_of(simulate_procedure(procedure_003(), case), "Slip Reply")["levels"]

	manager = factories.employee_of(cast["department_manager"])
	service = frappe.db.get_value("Employee", manager, "department")
	post = {"company": factories.make_company(), "department": service, "employee": manager}
	frappe.get_doc(
		{"doctype": RESPONSIBLE_POST, "valid_from": "2026-01-01", "absent_from": "2026-03-01", **post}
	).insert()
	whole = levels(cast["handler"])
	assert any(level["reason"] for level in whole)
	with as_user(cast["handler"]):
		own = levels(cast["handler"])
	assert [level["user"] for level in own] == [level["user"] for level in whole]
	assert not any(level["reason"] for level in own)
	with as_user(cast["coordinator"]):
		for others in (levels(cast["handler"]), levels(None, department=service)):
			assert [level["level"] for level in others] == [1, 2, 3]
			assert not any(level["user"] or level["full_name"] or level["reason"] for level in others)
