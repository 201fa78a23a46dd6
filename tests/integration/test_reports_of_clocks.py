"""The reports about clocks: who waits for whom, and due times under the present calendar."""

from typing import Any

import pytest

import frappe
from frappe.desk.query_report import run
from frappe.utils import get_datetime

from complaint_handling.constants import CALENDAR, COMPLAINT, MILESTONE
from tests import factories
from tests.factories import as_user
from tests.integration import cases

FRIDAY = "2026-03-06 10:00:00"
WAITS = "Who Waits for Whom"
DUE_TIMES = "Due Times under the Present Calendar"


def rows_of(report: str, **filters: Any) -> list[dict]:
	return [row for row in run(report, filters)["result"] if isinstance(row, dict)]


def clocks_of(complaint, **filters: Any) -> dict[str, dict]:
	rows = rows_of(DUE_TIMES, **{"running_only": 1, **filters})
	return {row["stage"]: row for row in rows if row["complaint"] == complaint.name}


def close_monday() -> None:
	calendar = frappe.get_doc(CALENDAR, "Standard Working Week")
	calendar.append("exceptions", {"date": "2026-03-09", "kind": "Closed", "note": "Stock-taking"})
	calendar.save()


@pytest.fixture
def complaint(frozen_time, cast):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		return factories.make_complaint()


def test_due_times_agree_until_the_calendar_changes(complaint):
	facts = clocks_of(complaint)["Facts Verified"]
	assert facts["today"] == facts["frozen"] == get_datetime("2026-03-09 10:00:00")
	assert not facts["differs"]
	close_monday()
	facts = clocks_of(complaint)["Facts Verified"]
	assert (facts["frozen"], facts["today"]) == (
		get_datetime("2026-03-09 10:00:00"),
		get_datetime("2026-03-10 10:00:00"),
	)
	# Monday is closed now: between the two lies the first hour of Tuesday.
	assert facts["difference"] == 1


def test_only_those_that_differ_are_shown_when_asked_for(complaint):
	assert not clocks_of(complaint, only_differing=1)
	close_monday()
	assert set(clocks_of(complaint, only_differing=1)) == {"Facts Verified", "Solution Approved"}
	assert not clocks_of(complaint, only_differing=1, calendar="Six-day Week")
	assert not clocks_of(complaint, only_differing=1, to_date="2026-03-08")


def test_summary_counts_what_today_would_be_overdue(complaint, frozen_time):
	calendar = frappe.get_doc(CALENDAR, "Standard Working Week")
	calendar.append(
		"exceptions",
		{"date": "2026-03-07", "kind": "Worked Day", "start_time": "09:00:00", "end_time": "18:00:00"},
	)
	calendar.save()
	frozen_time("2026-03-07 11:00:00")
	answer = run(
		DUE_TIMES, {"company": complaint.company, "from_date": "2026-03-06", "to_date": "2026-03-10"}
	)
	figures = {figure["label"]: figure["value"] for figure in answer["report_summary"]}
	# Facts verified: one working day from Friday 10:00 ends on the worked Saturday.
	assert figures["Overdue Only under the Present Calendar"] == 1
	assert figures["Would Be Earlier"] == 2


def test_ended_clocks_are_asked_for_with_both_dates(complaint):
	for filters in ({}, {"from_date": "2026-03-01"}, {"to_date": "2026-03-31"}, {"company": "Any"}):
		with pytest.raises(frappe.ValidationError, match="both dates"):
			rows_of(DUE_TIMES, **filters)
	frappe.db.set_value(MILESTONE, {"complaint": complaint.name, "stage": "Facts Verified"}, "state", "Met")
	assert "Facts Verified" not in clocks_of(complaint)
	dates = {"from_date": "2026-03-01", "to_date": "2026-03-31"}
	assert "Facts Verified" in clocks_of(complaint, running_only=0, **dates)


def test_moved_and_demanded_clocks_are_marked(frozen_time, cast):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(demand_deadline="2026-03-07 10:00:00")
	name = frappe.db.get_value(MILESTONE, {"complaint": complaint.name, "stage": "Facts Verified"})
	frappe.db.set_value(
		MILESTONE, name, {"original_due_at": "2026-03-09 10:00:00", "due_at": "2026-03-09 12:00:00"}
	)
	clocks = clocks_of(complaint)
	assert clocks["Facts Verified"]["remark"] == "Moved by a pause or deferral"
	assert not clocks["Facts Verified"]["differs"]
	assert clocks["Customer's Own Deadline"]["remark"] == "Set by the customer"
	assert clocks["Customer's Own Deadline"]["today"] is None


def test_report_shows_a_reader_what_his_lists_show(complaint, cast):
	slip = cases.issued_slip(cast)
	with as_user(cast["handler"]):
		shown = {row["reference_name"] for row in rows_of(DUE_TIMES, running_only=1)}
		waits = rows_of(WAITS)
	assert slip.name in shown
	assert complaint.name not in shown
	assert slip.name in {row.get("document") for row in waits}
	assert complaint.name not in {row.get("complaint") for row in waits}


def test_waits_are_grouped_with_their_number_and_age(frozen_time, cast):
	frozen_time(FRIDAY)
	slips = [cases.issued_slip(cast) for _ in range(2)]
	frozen_time("2026-03-10 11:00:00")
	rows = rows_of(WAITS, waited_for="Department", user=cast["handler"])
	group, *waits = rows
	assert (group["waited_for_label"], group["days"]) == (f"Department ({len(waits)})", 4)
	assert {slip.name for slip in slips} <= {row["document"] for row in waits}
	assert all(row["indent"] == 1 and row["is_overdue"] for row in waits)


def test_waits_are_filtered_by_age_and_lateness(frozen_time, cast):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)
	assert slip.name not in {row.get("document") for row in rows_of(WAITS, older_than=1)}
	assert slip.name not in {row.get("document") for row in rows_of(WAITS, only_overdue=1)}
	frozen_time("2026-03-10 11:00:00")
	assert slip.name in {row.get("document") for row in rows_of(WAITS, older_than=4)}
	assert slip.name not in {row.get("document") for row in rows_of(WAITS, older_than=5)}
	assert slip.name in {row.get("document") for row in rows_of(WAITS, only_overdue=1)}


def test_report_of_waits_keeps_the_person_complained_about_out(frozen_time, cast):
	frozen_time(FRIDAY)
	about = factories.employee_of(cast["department_manager"])
	complaint = cases.in_handling(cast, complained_about_employee=about)
	assert complaint.name in {row.get("complaint") for row in rows_of(WAITS)}
	with as_user(cast["department_manager"]):
		assert complaint.name not in {row.get("complaint") for row in rows_of(WAITS)}
	assert frappe.db.get_value(COMPLAINT, complaint.name, "complained_about_user")


def test_reader_of_one_company_gets_both_reports_of_that_company(complaint, cast):
	fenced = factories.make_user("reports.fenced@example.com", "Complaint Auditor")
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": fenced,
			"allow": "Company",
			"for_value": complaint.company,
			"apply_to_all_doctypes": 1,
		}
	).insert()
	with as_user(fenced):
		waits, due_times = rows_of(WAITS), rows_of(DUE_TIMES, running_only=1)
	assert complaint.name in {row.get("complaint") for row in waits}
	assert any(row.get("is_group") for row in waits)
	assert complaint.name in {row["complaint"] for row in due_times}
