"""The promise ledger: agreed reply times, their changes, and what happens when they pass (R-000K-11, -18, -21)."""

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, CONTACT, MILESTONE, PROCEDURE, PROMISE
from complaint_handling.exceptions import AuthorityError, MissingInputError
from complaint_handling.services.clock import promises
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

MONDAY = "2026-03-02 10:00:00"


@pytest.fixture
def capped(cast, frozen_time):
	"""A complaint under a procedure with two changes at most, received on a Monday at 10:00."""
	frozen_time(MONDAY)
	procedure = frappe.copy_doc(frappe.get_doc(PROCEDURE, factories.default_procedure()))
	procedure.update(
		{
			"code": "TEST-CAP",
			"maximum_promise_changes": 2,
			"last_change_role": "Complaint General Manager",
			"missed_promises_limit": 2,
			"takes_over_role": "Complaint General Manager",
		}
	)
	procedure.insert(ignore_permissions=True)
	procedure.reload()
	procedure.submit()
	with as_user(cast["agent"]):
		return factories.make_complaint(procedure=procedure.name, reply_promised_for="2026-03-04 10:00:00")


def tell(complaint, purpose="Progress Notice", **values):
	"""Record an outgoing contact now and return it."""
	contact = {
		"doctype": CONTACT,
		"complaint": complaint.name,
		"contacted_on": now_datetime(),
		"direction": "Outgoing",
		"channel": "Telephone",
		"purpose": purpose,
		"summary": f"{purpose} at {now_datetime()}",
	}
	return frappe.get_doc({**contact, **values}).insert()


def change(complaint, due, **values):
	"""Agree another time for the solution with the customer."""
	given = {"change_reason": "The part is late", "customer_agreed": 1, **values}
	return tell(complaint, next_answer_about="Solution", next_answer_due=due, **given)


def ledger(complaint, kind="Solution"):
	"""Return the ledger's rows of a kind in their order."""
	return frappe.get_all(
		PROMISE,
		filters={"complaint": complaint.name, "kind": kind},
		fields=[
			"name",
			"due_at",
			"state",
			"change_number",
			"change_reason",
			"replaces",
			"told_how",
			"kept_on",
		],
		order_by="sequence asc",
	)


def states(complaint, kind="Solution"):
	"""Return the states of the ledger's rows of a kind."""
	return [row.state for row in ledger(complaint, kind)]


def test_customer_is_told_both_times_at_registration(capped):
	solution, first = ledger(capped), ledger(capped, "First Answer")
	assert [row.due_at for row in solution] == [get_datetime("2026-03-04 10:00:00")]
	assert [row.due_at for row in first] == [get_datetime("2026-03-02 12:00:00")]
	stored = frappe.get_doc(COMPLAINT, capped.name)
	assert stored.promise_due_at == get_datetime("2026-03-02 12:00:00")
	clock = frappe.get_doc(MILESTONE, {"promise": solution[0].name})
	assert (clock.stage, clock.stops_on) == ("Agreed Reply", "Solution Explained")
	assert clock.next_action_at == clock.warn_at < clock.due_at


def test_solution_explained_in_time_keeps_every_promise(capped, cast, frozen_time):
	frozen_time("2026-03-02 11:00:00")
	with as_user(cast["agent"]):
		tell(capped, "Solution Explained")
	assert states(capped) == ["Kept"]
	assert states(capped, "First Answer") == ["Kept"]
	assert frappe.db.get_value(MILESTONE, {"promise": ledger(capped)[0].name}, "state") == "Met"


def test_progress_notice_keeps_no_promise_of_a_solution(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		tell(capped, next_answer_due="2026-03-03 16:00:00")
	assert states(capped) == ["Open"]
	progress = ledger(capped, "Progress Notice")
	assert [row.state for row in progress] == ["Open"]
	frozen_time("2026-03-03 15:00:00")
	with as_user(cast["agent"]):
		tell(capped)
	assert states(capped, "Progress Notice") == ["Kept"]
	assert frappe.db.get_value(MILESTONE, {"promise": progress[0].name}, "state") == "Met"
	assert frappe.db.get_value(COMPLAINT, capped.name, "last_informed_on") == now_datetime()


def test_first_change_needs_reason_and_consent_and_ends_the_old_clock(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		for missing in ({"change_reason": ""}, {"customer_agreed": 0}):
			with pytest.raises(MissingInputError):
				change(capped, "2026-03-06 10:00:00", summary=f"Without {missing}", **missing)
		change(capped, "2026-03-06 10:00:00")
	old, new = ledger(capped)
	assert (old.state, new.state, new.change_number, new.replaces) == ("Replaced", "Open", 1, old.name)
	assert (new.change_reason, new.told_how) == ("The part is late", "Telephone")
	assert frappe.db.get_value(MILESTONE, {"promise": old.name}, "state") == "Cancelled"
	assert frappe.db.get_value(MILESTONE, {"promise": new.name}, "due_at") == new.due_at
	stored = frappe.get_doc(COMPLAINT, capped.name)
	assert (stored.promise_changes, stored.promises_passed, stored.taken_over_on) == (1, 0, None)


def test_last_change_is_the_general_managers_who_then_has_the_case(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		change(capped, "2026-03-05 10:00:00")
		with pytest.raises(AuthorityError):
			change(capped, "2026-03-09 10:00:00", summary="Tried by the agent")
	assert states(capped) == ["Replaced", "Open"]
	with as_user(cast["general_manager"]):
		change(capped, "2026-03-09 10:00:00", summary="The general manager calls")
		assert frappe.db.get_value(COMPLAINT, capped.name, "taken_over_on") == now_datetime()
		with pytest.raises(AuthorityError):
			change(capped, "2026-03-12 10:00:00", summary="A third change")
	assert states(capped) == ["Replaced", "Replaced", "Open"]


def test_change_after_the_agreed_time_is_recorded_as_missed(capped, cast, frozen_time):
	frozen_time("2026-03-04 10:00:01")
	with as_user(cast["agent"]):
		change(capped, "2026-03-06 10:00:00")
	assert states(capped) == ["Missed", "Open"]
	assert frappe.db.get_value(COMPLAINT, capped.name, "promises_passed") == 1


def test_second_agreed_time_that_passes_takes_the_case_to_the_general_manager(capped, cast, frozen_time):
	first = ledger(capped)[0]
	frozen_time("2026-03-04 10:05:00")
	assert promises.pass_unsolved(first.name, now_datetime()) is None
	assert states(capped) == ["Missed"]
	with as_user(cast["agent"]):
		change(capped, "2026-03-06 10:00:00")
	second = ledger(capped)[1]
	frozen_time("2026-03-06 10:00:00")
	assert promises.pass_unsolved(second.name, now_datetime()) is None, "at the agreed time it is in time"
	frozen_time("2026-03-06 10:05:00")
	assert promises.pass_unsolved(second.name, now_datetime()) == "Complaint General Manager"
	assert promises.pass_unsolved(second.name, now_datetime()) is None, "a case is taken over once"
	stored = frappe.get_doc(COMPLAINT, capped.name)
	assert (stored.promises_passed, stored.taken_over_on) == (2, now_datetime())
	comment = frappe.db.get_value(
		"Comment", {"reference_name": capped.name, "comment_type": "Info", "content": ("like", "%takes%")}
	)
	assert comment


def test_renegotiated_time_counts_once_it_passed(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		change(capped, "2026-03-06 10:00:00")
	second = ledger(capped)[1]
	frozen_time("2026-03-06 10:05:00")
	assert promises.pass_unsolved(second.name, now_datetime()) == "Complaint General Manager"


def test_answer_typed_in_late_is_kept_when_it_was_given_in_time(capped, cast, frozen_time):
	row = ledger(capped)[0]
	frozen_time("2026-03-04 11:00:00")
	promises.pass_unsolved(row.name, now_datetime())
	with as_user(cast["agent"]):
		tell(capped, "Solution Explained", contacted_on="2026-03-04 09:00:00")
	assert states(capped) == ["Kept"]
	assert frappe.db.get_value(COMPLAINT, capped.name, "promises_passed") == 0


def test_double_click_records_one_contact(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		change(capped, "2026-03-06 10:00:00", summary="We ask for two more days")
		with pytest.raises(frappe.ValidationError, match="recorded already"):
			change(capped, "2026-03-06 10:00:00", summary="We ask for two more days")
	assert states(capped) == ["Replaced", "Open"]


def test_procedure_without_a_cap_lets_everybody_change(cast, frozen_time):
	frozen_time(MONDAY)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(reply_promised_for="2026-03-04 10:00:00")
		for day in range(5, 10):
			change(complaint, f"2026-03-{day:02} 15:00:00", summary=f"Asked for day {day}")
	assert states(complaint) == ["Replaced"] * 5 + ["Open"]


def test_reply_is_not_promised_for_a_time_before_the_receipt(cast, frozen_time):
	frozen_time(MONDAY)
	with as_user(cast["agent"]), pytest.raises(frappe.ValidationError, match="after the receipt"):
		factories.make_complaint(reply_promised_for=add_to_date(now_datetime(), hours=-1))


def test_taken_over_case_is_approved_by_who_took_it_over(cast, capped):
	complaint = cases.proposed(cast, procedure=capped.procedure, reply_promised_for="2026-03-04 10:00:00")
	assert complaint.next_approver_role == "Complaint Department Manager"
	for row in ledger(complaint):
		frappe.db.set_value(PROMISE, row.name, "due_at", "2026-03-01 10:00:00")
	complaint = frappe.get_doc(COMPLAINT, complaint.name)
	with as_user(cast["coordinator"]):
		change(complaint, "2026-03-02 10:00:01")
	later = add_to_date(now_datetime(), minutes=5)
	assert promises.pass_unsolved(ledger(complaint)[-1].name, later) == "Complaint General Manager"
	stored = frappe.get_doc(COMPLAINT, complaint.name)
	assert (stored.next_approver_role, stored.approval_level) == ("Complaint General Manager", 3)
	with pytest.raises(frappe.PermissionError):
		press(stored, "Approve Solution", cast["department_manager"])
	assert press(stored, "Approve Solution", cast["general_manager"]).workflow_state == "With Customer"


def test_explaining_and_promising_in_one_contact_is_still_a_change(capped, cast, frozen_time):
	frozen_time("2026-03-03 10:00:00")
	with as_user(cast["agent"]):
		later = {"next_answer_about": "Solution", "next_answer_due": "2026-03-06 10:00:00"}
		with pytest.raises(MissingInputError):
			tell(capped, "Solution Explained", **later)
		tell(capped, "Solution Explained", change_reason="Parts", customer_agreed=1, summary="Again", **later)
	assert [row.change_number for row in ledger(capped)] == [0, 1]
