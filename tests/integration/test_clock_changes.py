"""Clocks that wait for the customer, follow facts entered late, and move by agreement."""

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, CONTACT, MILESTONE, PROCEDURE, SLIP
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.clock import clocks
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

FRIDAY = "2026-03-06 10:00:00"


def procedure_with(**marks):
	"""Return a procedure like document 004's whose stage named by the key gets the fields of the value."""
	procedure = frappe.copy_doc(frappe.get_doc(PROCEDURE, factories.default_procedure()))
	procedure.code = "TEST-CLOCKS"
	for row in procedure.targets:
		row.update({"pauses_with_customer": 0, **marks.get(row.stage.replace(" ", "_"), {})})
	procedure.insert(ignore_permissions=True)
	procedure.reload()
	procedure.submit()
	return procedure.name


def clock(complaint, stage, state=None):
	"""Return the newest clock of a stage."""
	field = "reference_name" if complaint.get("doctype") == SLIP else "complaint"
	filters = {field: complaint.name, "stage": stage, **({"state": state} if state else {})}
	return frappe.get_last_doc(MILESTONE, filters, order_by="creation desc, name desc")


def contact(complaint, direction="Outgoing", purpose="Information Request", **values):
	"""Record a contact now."""
	return frappe.get_doc(
		{
			"doctype": CONTACT,
			"complaint": complaint.name,
			"contacted_on": now_datetime(),
			"direction": direction,
			"channel": "E-mail",
			"purpose": purpose,
			"summary": f"{direction} {purpose} {now_datetime()}",
			**values,
		}
	).insert()


def change(complaint, **values):
	"""Save a complaint with other values, as it is stored."""
	stored = frappe.get_doc(COMPLAINT, complaint.name)
	stored.update(values)
	stored.save()


@pytest.fixture
def waiting(cast, frozen_time):
	"""A complaint of Friday 10:00 that asks the customer at 11:00; facts are due on Monday 10:00."""
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(
			procedure=procedure_with(Facts_Verified={"pauses_with_customer": 1})
		)
		frozen_time("2026-03-06 11:00:00")
		contact(complaint, waits_for_customer=1)
	return complaint


def test_clock_stands_while_the_customer_is_awaited_and_others_run(waiting):
	paused, running = clock(waiting, "Facts Verified"), clock(waiting, "Solution Approved")
	assert (paused.state, paused.next_action_at) == ("Paused", None)
	assert paused.paused_at == get_datetime("2026-03-06 11:00:00")
	assert (running.state, bool(running.next_action_at)) == ("On Track", True)
	stored = frappe.get_doc(COMPLAINT, waiting.name)
	assert stored.waiting_since == get_datetime("2026-03-06 11:00:00")
	assert stored.next_due_stage == "First Answer", "a clock that runs comes first"


def test_answer_moves_the_due_time_by_the_working_time_waited(waiting, cast, frozen_time):
	warn_before = clock(waiting, "Facts Verified").warn_at
	# Friday 11:00 to 18:00 less the hour at noon is 6 h, Monday 9:00 to 10:00 is 1 h: the weekend counts nothing.
	frozen_time("2026-03-09 10:00:00")
	with as_user(cast["agent"]):
		contact(waiting, direction="Incoming")
	resumed = clock(waiting, "Facts Verified")
	assert resumed.due_at == get_datetime("2026-03-09 18:00:00")
	assert resumed.original_due_at == get_datetime("2026-03-09 10:00:00")
	assert (resumed.state, resumed.paused_at, resumed.paused_hours) == ("On Track", None, 7)
	assert resumed.warn_at > warn_before
	assert resumed.next_action_at == resumed.warn_at
	assert frappe.db.get_value(COMPLAINT, waiting.name, "waiting_since") is None


def test_second_wait_adds_up_and_a_repeated_one_changes_nothing(waiting, cast, frozen_time):
	frozen_time("2026-03-06 14:00:00")
	with as_user(cast["agent"]):
		contact(waiting, waits_for_customer=1)
		assert clock(waiting, "Facts Verified").paused_at == get_datetime("2026-03-06 11:00:00")
		contact(waiting, direction="Incoming")
		frozen_time("2026-03-06 15:00:00")
		contact(waiting, waits_for_customer=1, summary="And which batch?")
		frozen_time("2026-03-06 16:00:00")
		contact(waiting, direction="Incoming")
	resumed = clock(waiting, "Facts Verified")
	assert resumed.paused_hours == 3
	assert resumed.due_at == get_datetime("2026-03-09 14:00:00")


def test_done_during_the_wait_counts_as_of_its_beginning(waiting, frozen_time):
	frozen_time("2026-03-20 10:00:00")
	complaint = frappe.get_doc(COMPLAINT, waiting.name)
	clocks.record_event(complaint, complaint, "Complaint Verified")
	done = clock(waiting, "Facts Verified")
	assert (done.state, done.elapsed_hours) == ("Met", 1)


def test_clock_past_its_due_time_is_not_stopped(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(
			procedure=procedure_with(Facts_Verified={"pauses_with_customer": 1})
		)
		frozen_time("2026-03-09 10:00:01")
		contact(complaint, waits_for_customer=1)
	late = clock(complaint, "Facts Verified")
	assert late.state != "Paused"
	assert late.next_action_at


def test_state_with_customer_waits_and_consent_goes_on(cast, frozen_time):
	frozen_time(FRIDAY)
	procedure = procedure_with(Work_on_Site={"pauses_with_customer": 1})
	complaint = cases.proposed(cast, procedure=procedure, demand_deadline="2026-03-12 10:00:00")
	assert not frappe.db.get_value(COMPLAINT, complaint.name, "waiting_since")
	press(complaint, "Approve Solution", cast["general_manager"])
	assert frappe.db.get_value(COMPLAINT, complaint.name, "waiting_since") == get_datetime(FRIDAY)
	frozen_time("2026-03-06 15:00:00")
	press(
		complaint,
		"Record Consent",
		cast["agent"],
		consent_by="Manager Wang",
		consent_method="Telephone",
		consent_on=now_datetime(),
	)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "waiting_since") is None


def test_deadline_entered_later_starts_its_clock_from_the_receipt(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
		assert not frappe.db.exists(
			MILESTONE, {"complaint": complaint.name, "stage": "Customer's Own Deadline"}
		)
		frozen_time("2026-03-06 11:00:00")
		change(complaint, demand_deadline="2026-03-07 10:00:00")
		started = clock(complaint, "Customer's Own Deadline")
		assert started.due_at == get_datetime("2026-03-07 10:00:00")
		assert started.started_at == get_datetime(FRIDAY)
		change(complaint, demand_deadline="2026-03-08 10:00:00")
		moved = clock(complaint, "Customer's Own Deadline", "On Track")
		assert moved.due_at == get_datetime("2026-03-08 10:00:00")
		change(complaint, demand_deadline=None)
	states = frappe.get_all(
		MILESTONE, {"complaint": complaint.name, "stage": "Customer's Own Deadline"}, pluck="state"
	)
	assert states == ["Cancelled", "Cancelled"]


def test_urgency_known_later_replaces_the_clock_with_the_same_start(cast, frozen_time):
	frozen_time("2026-03-06 17:30:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
		assert clock(complaint, "First Answer").due_at == get_datetime("2026-03-09 10:30:00")
		frozen_time("2026-03-06 17:45:00")
		change(complaint, is_urgent=1)
	open_clock = clock(complaint, "First Answer", "On Track")
	assert open_clock.due_at == get_datetime("2026-03-06 19:30:00")
	assert open_clock.promise
	assert frappe.db.count(MILESTONE, {"complaint": complaint.name, "stage": "First Answer"}) == 2
	assert clock(complaint, "First Answer", "Cancelled").due_at == get_datetime("2026-03-09 10:30:00")


def test_answered_clock_stays_answered_when_urgency_comes_later(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
		frozen_time("2026-03-06 10:30:00")
		contact(complaint, purpose="First Answer")
		change(complaint, is_urgent=1)
	assert frappe.get_all(
		MILESTONE, {"complaint": complaint.name, "stage": "First Answer"}, pluck="state", order_by="name"
	) == ["Met"]


def test_changed_calendar_moves_no_running_clock(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	before = clock(complaint, "Solution Approved").due_at
	calendar = frappe.get_doc("Complaint Calendar", "Standard Working Week")
	calendar.append("exceptions", {"date": "2026-03-09", "kind": "Closed"})
	calendar.save(ignore_permissions=True)
	with as_user(cast["agent"]):
		change(complaint, priority="High")
		change(complaint, severity="Important")
	assert clock(complaint, "Solution Approved").due_at == before


def test_agreed_due_time_restarts_warning_breach_and_levels(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	milestone = clock(complaint, "Solution Approved")
	frappe.db.set_value(
		MILESTONE, milestone.name, {"warned": 1, "breached": 1, "state": "Overdue", "escalation_level": 2}
	)
	clocks.move_due(milestone.name, get_datetime("2026-03-20 10:00:00"), "Production needs two weeks")
	moved = frappe.get_doc(MILESTONE, milestone.name)
	assert moved.due_at == get_datetime("2026-03-20 10:00:00")
	assert moved.original_due_at == milestone.due_at
	assert (moved.state, moved.warned, moved.breached, moved.escalation_level) == ("On Track", 0, 0, 0)
	assert moved.next_action_at == moved.warn_at
	comment = frappe.get_last_doc("Comment", {"reference_name": complaint.name, "comment_type": "Info"})
	assert "Production needs two weeks" in comment.content


def test_final_result_that_starts_after_a_deferral_is_due_on_the_agreed_day(cast, frozen_time):
	frozen_time(FRIDAY)
	procedure = procedure_with(Work_on_Site={"severity": "", "stops_on": "Solution Executed"})
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(procedure=procedure)
	complaint.db_set({"approved_on": FRIDAY, "deferred_until": "2026-03-20"})
	clocks.record_event(complaint, complaint, "Solution Approved")
	assert clock(complaint, "Work on Site").due_at == get_datetime("2026-03-20 10:00:00")


def test_clock_that_starts_or_changes_during_a_wait_stands_from_the_start_of_the_wait(cast, frozen_time):
	frozen_time(FRIDAY)
	marks = {"Facts_Verified": {"pauses_with_customer": 1, "severity": "Urgent", "target_value": 3}}
	procedure = procedure_with(**marks)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(procedure=procedure, severity="Routine")
		frozen_time("2026-03-06 11:00:00")
		contact(complaint, waits_for_customer=1)
		frozen_time("2026-03-06 15:00:00")
		change(complaint, severity="Urgent")
	started = clock(complaint, "Facts Verified")
	assert (started.state, started.paused_at) == ("Paused", get_datetime("2026-03-06 11:00:00"))
	frozen_time("2026-03-06 17:00:00")
	with as_user(cast["agent"]):
		contact(complaint, direction="Incoming")
	# Three working days from Friday 10:00, and the five working hours from 11:00 to 17:00 less noon.
	assert clock(complaint, "Facts Verified").due_at == get_datetime("2026-03-11 16:00:00")


def test_replaced_clock_keeps_the_time_that_it_stood(waiting, cast, frozen_time):
	frozen_time("2026-03-06 14:00:00")
	with as_user(cast["agent"]):
		contact(waiting, direction="Incoming")
		assert clock(waiting, "Facts Verified").due_at == get_datetime("2026-03-09 12:00:00")
		change(waiting, received_on="2026-03-06 09:30:00")
	replaced = clock(waiting, "Facts Verified", "On Track")
	assert (replaced.due_at, replaced.paused_hours) == (get_datetime("2026-03-09 11:30:00"), 2)


def test_wait_entered_late_lets_the_moved_due_time_be_raised_again(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(
			procedure=procedure_with(Facts_Verified={"pauses_with_customer": 1})
		)
	late = clock(complaint, "Facts Verified")
	frozen_time("2026-03-09 10:20:00")
	escalation.sweep_chunk([late.name], now_datetime())
	assert clock(complaint, "Facts Verified").breached
	with as_user(cast["agent"]):
		contact(complaint, waits_for_customer=1, contacted_on="2026-03-09 09:50:00")
		frozen_time("2026-03-09 11:20:00")
		contact(complaint, direction="Incoming")
	moved = clock(complaint, "Facts Verified")
	assert moved.due_at == get_datetime("2026-03-09 11:30:00")
	assert (moved.breached, moved.escalation_level, bool(moved.next_action_at)) == (0, 0, True)
	comments = frappe.get_all("Comment", {"reference_name": complaint.name}, pluck="content")
	assert any("was overdue when it was entered" in content for content in comments)


def test_call_before_the_wait_does_not_end_it(waiting, cast, frozen_time):
	frozen_time("2026-03-06 14:00:00")
	with as_user(cast["agent"]):
		contact(waiting, direction="Incoming", contacted_on="2026-03-06 10:30:00")
	assert clock(waiting, "Facts Verified").state == "Paused"


def test_urgency_known_later_reaches_slips_and_the_marks_of_running_clocks(cast, frozen_time):
	frozen_time("2026-03-06 17:30:00")
	procedure = procedure_with(Department_Reply={"target_value": 4, "target_unit": "Working Hours"})
	document = frappe.get_doc(PROCEDURE, procedure)
	row = next(row for row in document.targets if row.stage == "Department Reply")
	frappe.get_doc({**frappe.copy_doc(row).as_dict(), "only_urgent": 1, "target_unit": "Hours"}).db_insert()
	frappe.clear_document_cache(PROCEDURE, procedure)
	slip = cases.issued_slip(cast, cases.in_handling(cast, procedure=procedure))
	assert clock(slip, "Department Reply").due_at == get_datetime("2026-03-09 13:30:00")
	with as_user(cast["coordinator"]):
		change(frappe._dict(name=slip.complaint), is_urgent=1)
	urgent = clock(slip, "Department Reply", "On Track")
	assert urgent.due_at == get_datetime("2026-03-06 21:30:00")
	marks = {"complaint": slip.complaint, "state": ("in", ("On Track", "Due Soon"))}
	assert set(frappe.get_all(MILESTONE, marks, pluck="is_urgent", order_by="name")) == {1}


def test_verification_corrected_later_starts_no_stage_again(cast, frozen_time):
	frozen_time(FRIDAY)
	procedure = procedure_with(Work_on_Site={"severity": "", "starts_on": "Complaint Verified"})
	complaint = cases.in_handling(cast, procedure=procedure)
	with as_user(cast["coordinator"]):
		change(complaint, verification_result="Confirmed")
		stored = frappe.get_doc(COMPLAINT, complaint.name)
		clocks.record_event(stored, stored, "On-site Work Done")
		change(complaint, verification_result="Partly Confirmed")
	assert frappe.get_all(
		MILESTONE, {"complaint": complaint.name, "stage": "Work on Site"}, pluck="state", order_by="name"
	) == ["Met"]


def test_date_out_of_reach_is_refused_in_words(cast, frozen_time):
	frozen_time(FRIDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
		with pytest.raises(CalendarError, match="too far away"):
			contact(complaint, purpose="Progress Notice", next_answer_due="2062-03-09 10:00:00")


@pytest.mark.parametrize("person", ["handler", "department_manager"])
def test_departments_do_not_answer_or_promise_in_the_companys_name(cast, person):
	complaint = cases.issued_slip(cast).complaint
	with as_user(cast[person]):
		contact(frappe._dict(name=complaint), purpose="On-site Work")
		for values in (
			{"purpose": "First Answer"},
			{"purpose": "Other", "next_answer_due": add_to_date(now_datetime(), days=1)},
			{"purpose": "Information Request", "waits_for_customer": 1},
		):
			with pytest.raises(frappe.PermissionError):
				contact(frappe._dict(name=complaint), **values)
