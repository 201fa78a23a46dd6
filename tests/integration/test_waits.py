"""Who waits for whom: told from the records, to those who may read them, at a fixed number of queries."""

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.api.waits import get_waits
from complaint_handling.constants import COMPLAINT, GENERAL_MANAGER, SLIP
from complaint_handling.services.overview import wait_facts, waits
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

FRIDAY = "2026-03-06 10:00:00"


def waits_of(complaint) -> dict[str, dict]:
	return {wait["matter"]: wait for wait in waits.open_waits({"name": complaint.name})}


def test_customer_waits_for_us_since_he_was_told_last(frozen_time, cast):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	frappe.db.set_value(COMPLAINT, complaint.name, "last_informed_on", "2026-03-06 11:00:00")
	frozen_time("2026-03-09 11:00:00")
	(wait,) = waits.open_waits({"name": complaint.name})
	assert (wait["waiting"], wait["waited_for"], wait["user"]) == (
		"Customer",
		"Customer Service",
		complaint.complaint_owner,
	)
	assert (wait["since"], wait["days"]) == (get_datetime("2026-03-06 11:00:00"), 3)
	# Friday afternoon and Monday morning, an hour of lunch between.
	assert wait["working_hours"] == 8
	assert wait["is_overdue"]


def test_department_is_waited_for_until_it_has_reported(frozen_time, cast):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)
	complaint = frappe.get_doc(COMPLAINT, slip.complaint)
	wait = waits_of(complaint)["Report of the department"]
	assert (wait["waited_for"], wait["department"], wait["user"]) == (
		"Department",
		slip.department,
		cast["handler"],
	)
	assert (wait["document"], wait["due"], wait["is_overdue"]) == (slip.name, slip.reply_due_at, False)
	assert wait["since"] == get_datetime(FRIDAY)


def test_slip_waits_where_it_lies(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]):
		slip = factories.make_slip(complaint, frappe.db.get_value("Department", {}))
	assert waits_of(complaint)["Slip to be submitted"]["user"] == cast["coordinator"]
	frozen_time("2026-03-06 11:30:00")
	press(slip, "Submit for Issue", cast["coordinator"])
	wait = waits_of(complaint)["Issue of the slip"]
	assert cast["coordinator"] in wait["users"]
	assert wait["since"] == get_datetime("2026-03-06 11:30:00")


def test_approver_is_named_by_role_and_person(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.proposed(cast, rate=200000)
	wait = waits_of(complaint)["Approval of the solution"]
	assert (wait["waited_for"], wait["role"]) == ("Approver", GENERAL_MANAGER)
	assert cast["general_manager"] in wait["users"]


def test_we_wait_for_the_customer_once_the_solution_is_approved(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.with_customer(cast)
	found = waits_of(complaint)
	assert found["Answer to the solution"]["waited_for"] == "Customer"
	assert not [wait for wait in found.values() if wait["waiting"] == "Customer"]


def test_measures_and_then_the_revisit_are_waited_for(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.executing(cast)
	assert waits_of(complaint)["Measure to be carried out"]["user"] == cast["handler"]
	complaint = cases.awaiting_revisit(cast)
	assert waits_of(complaint)["Revisit"]["waited_for"] == "Revisiting Agent"


def test_case_taken_over_waits_for_the_general_manager(frozen_time, cast):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	frappe.db.set_value(COMPLAINT, complaint.name, "taken_over_on", FRIDAY)
	assert waits_of(complaint)["Case taken over"]["waited_for"] == "General Manager"


def test_eight_d_waits_for_its_leader(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(cast)
	with as_user(cast["quality_manager"]):
		factories.make_eight_d(complaint, (factories.employee_of(cast["handler"]),))
	wait = waits_of(complaint)["Containment (D3)"]
	assert (wait["user"], wait["due"]) == (cast["handler"], get_datetime("2026-03-07 10:00:00"))


def test_one_case_reads_its_own_eight_d_reports_only(frozen_time, cast, monkeypatch):
	frozen_time(FRIDAY)
	complaint, other = cases.in_handling(cast), cases.in_handling(cast)
	with as_user(cast["quality_manager"]):
		team = (factories.employee_of(cast["handler"]),)
		own = factories.make_eight_d(complaint, team).name
		factories.make_eight_d(other, team)
	read, sources_of = [], wait_facts.sources_of
	monkeypatch.setattr(wait_facts, "sources_of", lambda names: read.extend(names) or sources_of(names))
	assert "Containment (D3)" in waits_of(complaint)
	assert read == [own]


def test_ended_case_lets_nobody_wait(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(cast)
	press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")
	assert waits.open_waits({"name": complaint.name}) == []


def test_reader_finds_what_his_lists_show(frozen_time, cast):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)
	other = cases.in_handling(cast)
	with as_user(cast["handler"]):
		found = {wait["complaint"] for wait in waits.open_waits()}
	assert slip.complaint in found
	assert other.name not in found


def test_person_complained_about_sees_nothing(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(
		cast, complained_about_employee=factories.employee_of(cast["department_manager"])
	)
	with as_user(cast["department_manager"]):
		assert complaint.name not in {wait["complaint"] for wait in waits.open_waits()}
		with pytest.raises(frappe.PermissionError):
			get_waits(complaint.name)


def test_more_cases_cost_no_more_queries(frozen_time, cast):
	frozen_time(FRIDAY)
	cases.issued_slip(cast)
	few = _queries()
	for _ in range(3):
		cases.issued_slip(cast)
	assert _queries() == few


def _queries() -> int:
	waits.open_waits()  # what is cached is cached
	counted, sql = [], frappe.db.sql

	def counting(*arguments, **named):
		counted.append(arguments)
		return sql(*arguments, **named)

	frappe.db.sql = counting
	try:
		waits.open_waits()
	finally:
		frappe.db.sql = sql
	return len(counted)
