"""The day's work (R-000K-24): dues, what was left over, whom to tell, revisits and notes."""

import pytest

import frappe
from frappe.utils import get_datetime, getdate

from complaint_handling.api import work_list as api
from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, SLIP
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.factories import as_user
from tests.integration import cases

FRIDAY = "2026-03-06 10:00:00"
MONDAY = "2026-03-09 09:30:00"


def parts_of(user: str, mine: int | None = None) -> dict[str, list[dict]]:
	with as_user(user):
		return api.get_work_list(mine)["parts"]


def lines(rows: list[dict], complaint) -> set[str]:
	return {row["what"] for row in rows if row["complaint"] == complaint.name}


def stages_to_tell(complaint, cast) -> str:
	return " ".join(lines(parts_of(cast["coordinator"])["to_tell"], complaint))


@pytest.fixture
def complaint(frozen_time, cast):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		return factories.make_complaint()


def test_dues_of_today_and_of_friday_stand_apart_on_monday(complaint, frozen_time, cast):
	frozen_time(MONDAY)
	parts = parts_of(cast["coordinator"])
	assert lines(parts["left_over"], complaint) == {"First Answer"}
	assert lines(parts["today"], complaint) == {"Facts Verified"}
	assert not lines(parts["overdue"], complaint)
	frozen_time("2026-03-10 09:30:00")
	parts = parts_of(cast["coordinator"])
	assert lines(parts["overdue"], complaint) == {"First Answer"}
	assert lines(parts["left_over"], complaint) == {"Facts Verified"}
	assert lines(parts["today"], complaint) == {"Solution Approved"}


def test_line_names_case_person_and_lateness(complaint, frozen_time, cast):
	frozen_time(MONDAY)
	(row,) = [row for row in parts_of(cast["coordinator"])["left_over"] if row["complaint"] == complaint.name]
	assert (row["subject"], row["customer_name"], row["user"], row["is_late"]) == (
		complaint.subject,
		complaint.customer_name,
		complaint.complaint_owner,
		True,
	)
	assert row["at"] == get_datetime("2026-03-06 12:00:00")


def test_promise_stands_in_the_list_on_its_day(complaint, frozen_time, cast):
	frozen_time(MONDAY)
	frappe.get_doc(
		{
			"doctype": "Complaint Promise",
			"complaint": complaint.name,
			"sequence": 9,
			"kind": "Solution",
			"state": "Open",
			"due_at": "2026-03-09 16:00:00",
			"promised_on": FRIDAY,
		}
	).insert(ignore_permissions=True)
	assert "Solution" in lines(parts_of(cast["agent"], mine=1)["promises"], complaint)
	assert "Solution" in lines(parts_of(cast["coordinator"], mine=0)["promises"], complaint)
	assert "Solution" not in lines(parts_of(cast["coordinator"], mine=1)["promises"], complaint)


def test_customer_who_was_not_told_at_the_deadline_is_to_be_told(complaint, frozen_time, cast):
	name = frappe.db.get_value(MILESTONE, {"complaint": complaint.name, "stage": "Facts Verified"})
	frappe.db.set_value(MILESTONE, name, "tell_customer", 1)
	frappe.db.set_value(COMPLAINT, complaint.name, "last_informed_on", "2026-03-06 11:00:00")
	frozen_time(MONDAY)
	assert "Facts Verified" not in stages_to_tell(complaint, cast)
	frozen_time("2026-03-09 10:30:00")
	assert "Facts Verified" in stages_to_tell(complaint, cast)
	frappe.db.set_value(COMPLAINT, complaint.name, "last_informed_on", "2026-03-09 10:20:00")
	assert "Facts Verified" not in stages_to_tell(complaint, cast)


def test_customer_told_of_what_was_done_in_time_needs_no_second_word(complaint, frozen_time, cast):
	name = frappe.db.get_value(MILESTONE, {"complaint": complaint.name, "stage": "Facts Verified"})
	done = {"tell_customer": 1, "state": "Met", "done_at": "2026-03-06 15:00:00"}
	frappe.db.set_value(MILESTONE, name, done)
	frappe.db.set_value(COMPLAINT, complaint.name, "last_informed_on", "2026-03-06 16:00:00")
	frozen_time("2026-03-09 10:30:00")
	assert "Facts Verified" not in stages_to_tell(complaint, cast)
	frappe.db.set_value(COMPLAINT, complaint.name, "last_informed_on", "2026-03-06 14:00:00")
	assert "Facts Verified" in stages_to_tell(complaint, cast)


def test_escalation_waits_for_its_acknowledgement(frozen_time, cast):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)
	milestone = frappe.db.get_value(MILESTONE, {"reference_name": slip.name})
	escalation.sweep_chunk([milestone], get_datetime("2026-03-09 14:00:00"))
	log = frappe.db.get_value(
		ESCALATION_LOG, {"milestone": milestone, "escalated_to": cast["department_manager"]}
	)
	frappe.db.set_value(ESCALATION_LOG, log, {"requires_acknowledgement": 1, "acknowledged_on": None})
	rows = parts_of(cast["department_manager"])["acknowledgements"]
	assert [row["log"] for row in rows if row["document"] == slip.name] == [log]
	frappe.db.set_value(ESCALATION_LOG, log, "acknowledged_on", "2026-03-09 15:00:00")
	rows = parts_of(cast["department_manager"])["acknowledgements"]
	assert slip.name not in {row["document"] for row in rows}


def test_revisit_stands_in_the_list_from_its_day(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.awaiting_revisit(cast)
	revisit = frappe.db.get_value(
		"Complaint Revisit", {"complaint": complaint.name}, ["name", "planned_on"], as_dict=True
	)
	assert revisit.name not in {row["document"] for row in parts_of(cast["coordinator"])["revisits"]}
	frozen_time(f"{revisit.planned_on} 09:00:00")
	assert revisit.name in {row["document"] for row in parts_of(cast["coordinator"])["revisits"]}


def test_note_is_added_and_closed_with_one_click_each(complaint, frozen_time, cast):
	with as_user(cast["coordinator"]):
		name = api.add_note(COMPLAINT, complaint.name, "Ask the carrier <b>again</b>", "2026-03-09")
	frozen_time(MONDAY)
	parts = parts_of(cast["coordinator"])
	(note,) = [row for row in parts["notes"] if row["document"] == complaint.name]
	assert (note["at"], note["user"]) == (getdate("2026-03-09"), cast["coordinator"])
	(row,) = [row for row in parts["today"] if row["complaint"] == complaint.name]
	assert [shown["name"] for shown in row["notes"]] == [name]
	assert not [row for row in parts_of(cast["reviewer"])["notes"] if row["document"] == complaint.name]
	with as_user(cast["reviewer"]), pytest.raises(frappe.PermissionError):
		api.close_note(name)
	with as_user(cast["coordinator"]):
		api.close_note(name)
	assert not [row for row in parts_of(cast["coordinator"])["notes"] if row["document"] == complaint.name]


def test_note_is_read_as_it_was_written(complaint, cast):
	text = "Don't forget A & B <C>"
	with as_user(cast["coordinator"]):
		name = api.add_note(COMPLAINT, complaint.name, text, "2026-03-06")
	(note,) = [row for row in parts_of(cast["coordinator"])["notes"] if row["note"] == name]
	assert note["what"] == text


def test_note_is_refused_on_what_the_user_may_not_read(complaint, cast):
	with as_user(cast["handler"]), pytest.raises(frappe.PermissionError):
		api.add_note(COMPLAINT, complaint.name, "What is this?", "2026-03-09")
	with pytest.raises(frappe.ValidationError, match="belong to a document"):
		api.add_note("User", "Administrator", "Elsewhere", "2026-03-09")


def test_handler_sees_the_own_rows_and_never_those_of_others(complaint, frozen_time, cast):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)
	frozen_time(MONDAY)
	for mine in (None, 0):
		parts = parts_of(cast["handler"], mine)
		rows = [row for rows in parts.values() for row in rows]
		assert complaint.name not in {row["complaint"] for row in rows}
		assert (SLIP, slip.name) in {(row["doctype"], row["document"]) for row in parts["today"]}


def test_person_complained_about_gets_no_work_from_the_case(frozen_time, cast):
	frozen_time(FRIDAY)
	about = factories.employee_of(cast["reviewer"])
	complaint = cases.in_handling(cast, complained_about_employee=about)
	frozen_time("2026-03-20 10:00:00")
	rows = [row for rows in parts_of(cast["reviewer"], mine=0).values() for row in rows]
	assert complaint.name not in {row["complaint"] for row in rows}


def test_dues_are_found_by_an_index_over_state_and_due_time(complaint):
	for doctype in (MILESTONE, "Complaint Promise"):
		rows = frappe.db.sql(f"show index from `tab{doctype}`", as_dict=True)
		columns = {}
		for row in rows:
			columns.setdefault(row.Key_name, {})[row.Seq_in_index] = row.Column_name
		assert ["state", "due_at"] in [
			[index[place] for place in sorted(index)] for index in columns.values()
		]
