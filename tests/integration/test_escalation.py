"""The sweep: exact at the second, once only, and harmless when killed or run again."""

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, SLIP
from complaint_handling.services.sweep import digests, escalation
from tests import factories
from tests.factories import as_user
from tests.integration import cases


def milestone_of(doc, stage: str):
	return frappe.get_doc(MILESTONE, {"reference_name": doc.name, "stage": stage})


def logs_of(doc) -> list[tuple[str, int]]:
	rows = frappe.get_all(
		ESCALATION_LOG,
		filters={"reference_name": doc.name},
		fields=["escalated_to", "level"],
		order_by="level asc, name asc",
	)
	return [(row.escalated_to, row.level) for row in rows]


def test_first_answer_of_an_urgent_complaint_is_due_two_elapsed_hours_later(frozen_time, cast):
	frozen_time("2026-03-06 17:30:00")  # a Friday, half an hour before closing time
	with as_user(cast["agent"]):
		urgent = factories.make_complaint(is_urgent=1)
		usual = factories.make_complaint()
	assert milestone_of(urgent, "First Answer").due_at == get_datetime("2026-03-06 19:30:00")
	assert milestone_of(usual, "First Answer").due_at == get_datetime("2026-03-09 10:30:00")


def test_working_days_of_document_004_run_at_the_same_clock_time(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	assert milestone_of(complaint, "Facts Verified").due_at == get_datetime("2026-03-09 10:00:00")
	assert milestone_of(complaint, "Solution Approved").due_at == get_datetime("2026-03-10 10:00:00")


def test_customers_own_deadline_is_a_clock_of_its_own(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(demand_deadline="2026-03-07 10:00:00")
	assert milestone_of(complaint, "Customer's Own Deadline").due_at == get_datetime("2026-03-07 10:00:00")


@pytest.mark.parametrize(("offset", "levels"), [(-1, [-1]), (0, [-1]), (1, [0])])
def test_breach_is_raised_after_the_due_second_and_not_before(frozen_time, cast, offset, levels):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	milestone = milestone_of(complaint, "First Answer")
	escalation.sweep_chunk([milestone.name], add_to_date(milestone.due_at, seconds=offset))
	assert [level for _user, level in logs_of(complaint)] == levels


def test_levels_climb_the_reporting_line_once_each(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	slip = cases.issued_slip(cast)
	milestone = milestone_of(slip, "Department Reply")
	later = add_to_date(milestone.due_at, days=10)
	assert escalation.sweep_chunk([milestone.name], later) == 4
	assert logs_of(slip) == [
		(cast["handler"], 0),
		(cast["department_manager"], 1),
		(cast["vice_president"], 2),
		(cast["general_manager"], 3),
	]
	assert escalation.sweep_chunk([milestone.name], later) == 0
	assert len(logs_of(slip)) == 4
	stored = frappe.get_doc(MILESTONE, milestone.name)
	assert (stored.state, stored.escalation_level, stored.next_action_at) == ("Overdue", 3, None)


def test_person_complained_about_is_passed_over(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	complaint = cases.in_handling(
		cast, complained_about_employee=factories.employee_of(cast["department_manager"])
	)
	slip = cases.issued_slip(cast, complaint)
	milestone = milestone_of(slip, "Department Reply")
	escalation.sweep_chunk([milestone.name], add_to_date(milestone.due_at, hours=72))
	assert cast["department_manager"] not in [user for user, _level in logs_of(slip)]
	assert (cast["vice_president"], 1) in logs_of(slip)


def test_recipient_gets_one_notice_in_the_desk_for_many_overdue_documents(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaints = [factories.make_complaint() for _ in range(3)]
	names = [milestone_of(complaint, "First Answer").name for complaint in complaints]
	before = frappe.db.count("Notification Log", {"for_user": cast["agent"]})
	due = milestone_of(complaints[0], "First Answer").due_at
	escalation.sweep_chunk(names, add_to_date(due, seconds=1))
	digests.send_due(add_to_date(due, seconds=1))
	# Due at noon: nobody is told during the lunch hour.
	assert frappe.db.count("Notification Log", {"for_user": cast["agent"]}) == before
	digests.send_due(add_to_date(due, hours=2))
	assert frappe.db.count("Notification Log", {"for_user": cast["agent"]}) == before + 1


def test_mail_of_the_escalation_waits_in_the_queue(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	milestone = milestone_of(complaint, "First Answer")
	escalation.sweep_chunk([milestone.name], add_to_date(milestone.due_at, seconds=1))
	digests.send_due(add_to_date(milestone.due_at, hours=2))
	recipients = frappe.get_all(
		"Email Queue Recipient",
		filters={"recipient": cast["agent"], "parent": ("in", _mails_about(complaint))},
		pluck="recipient",
	)
	assert recipients == [cast["agent"]]


def test_sweep_asks_for_what_is_due_and_not_for_what_is_open(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	mine = set(frappe.get_all(MILESTONE, filters={"complaint": complaint.name}, pluck="name"))
	assert not mine.intersection(escalation.due(now_datetime())[0])
	first = milestone_of(complaint, "First Answer")
	assert mine.intersection(escalation.due(get_datetime(first.warn_at))[0]) == {first.name}


def test_form_opened_before_the_sweep_undoes_nothing_when_saved_after_it(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	slip = cases.issued_slip(cast)
	with as_user(cast["handler"]):
		opened = frappe.get_doc(SLIP, slip.name)
		milestone = milestone_of(slip, "Department Reply")
		escalation.sweep_chunk([milestone.name], add_to_date(milestone.due_at, days=10))
		opened.finding = "Preload is missing"
		opened.save()
	stored = frappe.get_doc(SLIP, slip.name)
	assert (stored.clock_state, stored.escalation_level) == ("Overdue", 3)
	assert stored.finding == "Preload is missing"
	assert stored.reply_due_at == milestone.due_at


def test_answered_clock_is_not_raised_and_keeps_its_result(frozen_time, cast):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
		frozen_time("2026-03-06 11:00:00")
		frappe.get_doc(
			{
				"doctype": "Complaint Contact",
				"complaint": complaint.name,
				"contacted_on": now_datetime(),
				"channel": "Telephone",
				"purpose": "First Answer",
				"summary": "We look into it and call again at three",
			}
		).insert()
	milestone = milestone_of(complaint, "First Answer")
	assert (milestone.state, milestone.done_at) == ("Met", get_datetime("2026-03-06 11:00:00"))
	assert escalation.sweep_chunk([milestone.name], add_to_date(milestone.due_at, days=1)) == 0
	assert frappe.db.get_value(COMPLAINT, complaint.name, "first_answer_in_time") == "Yes"
	promise = frappe.get_doc("Complaint Promise", {"complaint": complaint.name})
	assert (promise.state, promise.sequence) == ("Kept", 1)


def _mails_about(complaint) -> list[str]:
	return frappe.get_all("Email Queue", filters={"reference_name": complaint.name}, pluck="name") or [""]
