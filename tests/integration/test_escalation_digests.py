"""The digest: when a recipient is told, of what, and in which words."""

from collections.abc import Iterator

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, SETTINGS, SLIP
from complaint_handling.services.sweep import digest_text, digests, escalation
from tests import factories
from tests.factories import as_user, employee_of
from tests.integration import cases, ladders
from tests.integration.ladders import clock_of, row_at, sweep, told_at

FRIDAY = "2026-03-06 10:00:00"
SUPERIOR = {"recipient_type": "Superior"}
LEAVE = "Leave Application"


def digests_to(user: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Notification Log",
		filters={"for_user": user, "type": "Alert"},
		fields=["subject", "email_content", "document_name"],
		order_by="creation asc, name asc",
	)


def due_at(clock, moment: str) -> str:
	"""Let a clock be due at a moment, none of its levels having been raised."""
	frappe.db.set_value(MILESTONE, clock.name, {"due_at": moment, "warn_at": None, "next_action_at": moment})
	return moment


def test_recipient_is_told_in_working_time_of_what_was_raised_at_night(frozen_time, cast):
	frozen_time(FRIDAY)
	clock = clock_of(cases.issued_slip(cast))
	due_at(clock, "2026-03-06 22:00:00")
	night = get_datetime("2026-03-06 22:05:00")
	escalation.sweep_chunk([clock.name], night)
	row = row_at(clock, 0)
	assert row.notify_at.date() == get_datetime("2026-03-09").date()
	assert row.notified_on is None
	assert digests.send_due(night) == digests.send_due(get_datetime("2026-03-07 12:00:00")) == 0
	assert digests.send_due(row.notify_at) == 1
	assert len(digests_to(cast["handler"])) == 1
	assert row_at(clock, 0).notified_on == row.notify_at
	assert digests.send_due(add_to_date(row.notify_at, hours=1)) == 0


@pytest.mark.parametrize(("at_any_time", "told"), [(1, 1), (0, 0)])
def test_urgent_case_is_told_at_night_where_the_procedure_says_so(frozen_time, cast, at_any_time, told):
	frozen_time(FRIDAY)
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR, urgent_at_any_time=at_any_time))
	due_at(clock, "2026-03-06 22:00:00")
	frappe.db.set_value(MILESTONE, clock.name, "is_urgent", 1)
	night = get_datetime("2026-03-06 22:05:00")
	escalation.sweep_chunk([clock.name], night)
	assert digests.send_due(night) == told


def test_absence_counts_on_the_day_on_which_the_recipient_is_told(frozen_time, cast):
	frozen_time(FRIDAY)
	department = frappe.db.get_value("Employee", employee_of(cast["handler"]), "department")
	frappe.get_doc(
		{
			"doctype": "Complaint Responsible Post",
			"company": factories.make_company(),
			"department": department,
			"employee": employee_of(cast["handler"]),
			"substitute": employee_of(cast["quality_manager"]),
			"valid_from": "2026-01-01",
			"absent_from": "2026-03-09",
			"absent_to": "2026-03-13",
		}
	).insert(ignore_permissions=True)
	clock = clock_of(cases.issued_slip(cast))
	frappe.db.set_value(MILESTONE, clock.name, "responsible_user", cast["handler"])
	due_at(clock, "2026-03-06 22:00:00")
	escalation.sweep_chunk([clock.name], get_datetime("2026-03-06 22:05:00"))
	assert told_at(clock, 0) == cast["quality_manager"]


def test_digest_names_what_is_escalated_overdue_and_due_soon_in_this_order(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(cast)
	clocks = [clock_of(cases.issued_slip(cast, complaint)) for _ in range(3)]
	manager = cast["department_manager"]
	for clock in clocks:
		frappe.db.set_value(MILESTONE, clock.name, "responsible_user", manager)
	frappe.db.set_value(MILESTONE, clocks[0].name, "responsible_user", cast["handler"])
	due_at(clocks[0], "2026-03-04 10:00:00")
	due_at(clocks[1], "2026-03-06 14:00:00")
	soon = {"due_at": "2026-03-06 17:00:00", "warn_at": "2026-03-06 14:00:00"}
	frappe.db.set_value(MILESTONE, clocks[2].name, {**soon, "next_action_at": "2026-03-06 14:00:00"})
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name for clock in clocks], now)
	digests.send_due(now)
	(digest,) = digests_to(manager)
	assert digest.subject == "3 complaints need your attention"
	places = [digest.email_content.index(text) for text in ("Escalated to You", "Overdue", "Due Soon")]
	assert places == sorted(places)
	assert all(clock.reference_name in digest.email_content for clock in clocks)
	assert complaint.subject in digest.email_content
	assert digest.document_name == clocks[0].reference_name


def test_holder_is_told_that_the_customer_waits_for_word(frozen_time, cast):
	frozen_time(FRIDAY)
	clocks = [clock_of(cases.issued_slip(cast)) for _ in range(2)]
	for clock in clocks:
		due_at(clock, "2026-03-06 14:00:00")
	frappe.db.set_value(MILESTONE, clocks[1].name, "tell_customer", 1)
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name for clock in clocks], now)
	digests.send_due(now)
	(digest,) = digests_to(cast["handler"])
	assert digest.email_content.count("The customer has to be told how the case stands.") == 1


def test_digest_is_capped_and_leads_to_the_rest(frozen_time, cast, monkeypatch):
	frozen_time(FRIDAY)
	monkeypatch.setattr(digest_text, "MAXIMUM_LINES", 2)
	complaint = cases.in_handling(cast)
	clocks = [clock_of(cases.issued_slip(cast, complaint)) for _ in range(5)]
	for clock in clocks:
		due_at(clock, "2026-03-06 14:00:00")
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name for clock in clocks], now)
	digests.send_due(now)
	(digest,) = digests_to(cast["handler"])
	assert digest.subject == "5 complaints need your attention"
	assert digest.email_content.count("<li>") == 2
	assert "and 3 more" in digest.email_content
	assert "/complaint-escalation-log?escalated_to=" in digest.email_content


def test_digest_is_written_in_the_language_of_its_recipient(frozen_time, cast):
	frozen_time(FRIDAY)
	frappe.db.set_value("User", cast["handler"], {"language": "zh", "time_zone": "Europe/Berlin"})
	frappe.clear_document_cache("User", cast["handler"])
	clock = clock_of(cases.issued_slip(cast))
	due_at(clock, "2026-03-06 14:00:00")
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name], now)
	digests.send_due(now)
	(digest,) = digests_to(cast["handler"])
	assert "逾期" in digest.subject and "时区" in digest.email_content


def test_markup_in_a_subject_is_shown_and_not_run(frozen_time, cast):
	frozen_time(FRIDAY)
	complaint = cases.in_handling(cast)
	frappe.db.set_value(COMPLAINT, complaint.name, "subject", "<b>Gap</b> at 5 < 6")
	clock = clock_of(cases.issued_slip(cast, complaint))
	due_at(clock, "2026-03-06 14:00:00")
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name], now)
	digests.send_due(now)
	assert "<b>Gap" not in digests_to(cast["handler"])[0].email_content


@pytest.mark.parametrize(("level", "is_told"), [("Breach", False), ("Escalation", True)])
def test_breach_lapses_with_an_answer_before_the_notice_and_an_escalation_does_not(
	frozen_time, cast, level, is_told
):
	frozen_time(FRIDAY)
	clock = clock_of(cases.issued_slip(cast))
	due_at(clock, "2026-03-06 22:00:00" if level == "Breach" else "2026-03-05 22:00:00")
	escalation.sweep_chunk([clock.name], get_datetime("2026-03-06 22:05:00"))
	frappe.db.set_value(MILESTONE, clock.name, {"state": "Missed", "next_action_at": None})
	recipient = cast["handler"] if level == "Breach" else cast["department_manager"]
	digests.send_due(get_datetime("2026-03-09 10:00:00"))
	assert bool(digests_to(recipient)) == is_told
	row = row_at(clock, 0 if level == "Breach" else 1)
	assert (row.notify_at, bool(row.notified_on)) == (None, is_told)
	if is_told:
		assert "Answered meanwhile" in digests_to(recipient)[0].email_content
	else:
		assert "Not told" in row.reason


def test_recipient_who_is_complained_about_by_then_is_not_told(frozen_time, cast):
	frozen_time(FRIDAY)
	clock = clock_of(cases.issued_slip(cast))
	due_at(clock, "2026-03-06 22:00:00")
	escalation.sweep_chunk([clock.name], get_datetime("2026-03-06 22:05:00"))
	frappe.db.set_value(COMPLAINT, clock.complaint, "complained_about_user", cast["handler"])
	assert digests.send_due(get_datetime("2026-03-09 10:00:00")) == 0
	assert not digests_to(cast["handler"])
	assert not row_at(clock, 0).notify_at


def test_digest_waits_for_the_rest_of_its_sweep_but_not_for_ever(frozen_time, cast):
	frozen_time(FRIDAY)
	first, second = (clock_of(cases.issued_slip(cast)) for _ in range(2))
	# What else of these cases is due takes no part.
	frappe.db.set_value(MILESTONE, {"reference_doctype": COMPLAINT}, "next_action_at", None)
	for clock in (first, second):
		due_at(clock, "2026-03-06 14:00:00")
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([first.name], now, until=now)
	assert not digests_to(cast["handler"])
	escalation.sweep_chunk([second.name], now, until=now)
	assert len(digests_to(cast["handler"])) == 1
	due_at(first, "2026-03-06 15:00:00")
	frappe.db.set_value(MILESTONE, first.name, {"state": "On Track", "breached": 0})
	due_at(second, "2026-03-06 15:00:00")
	frappe.db.set_value(MILESTONE, second.name, {"state": "On Track", "breached": 0})
	now = get_datetime("2026-03-06 15:05:00")
	escalation.sweep_chunk([first.name], now, until=now)
	later = add_to_date(now, minutes=10)
	assert digests.send_due(later, until=now) == 1
	assert len(digests_to(cast["handler"])) == 2


def test_mail_can_be_switched_off(frozen_time, cast):
	frozen_time(FRIDAY)
	frappe.db.set_single_value(SETTINGS, "send_escalation_mail", 0)
	clock = clock_of(cases.issued_slip(cast))
	due_at(clock, "2026-03-06 14:00:00")
	now = get_datetime("2026-03-06 14:05:00")
	escalation.sweep_chunk([clock.name], now)
	assert digests.send_due(now) == 1
	assert not frappe.db.exists(
		"Email Queue", {"reference_doctype": SLIP, "reference_name": clock.reference_name}
	)


@pytest.fixture
def leave_applications(site_connection: None) -> Iterator[None]:
	"""The DocType of HR with the fields that are read; made and removed where HR is not installed."""
	if frappe.db.exists("DocType", LEAVE):
		yield
		return
	fields = [
		{"fieldname": "employee", "fieldtype": "Link", "options": "Employee", "label": "Employee"},
		{"fieldname": "from_date", "fieldtype": "Date", "label": "From Date"},
		{"fieldname": "to_date", "fieldtype": "Date", "label": "To Date"},
		{"fieldname": "status", "fieldtype": "Data", "label": "Status"},
	]
	permissions = [{"role": "System Manager", "read": 1}]
	frappe.get_doc(
		{
			"doctype": "DocType",
			"name": LEAVE,
			"module": "Custom",
			"custom": 1,
			"is_submittable": 1,
			"fields": fields,
			"permissions": permissions,
		}
	).insert()
	frappe.db.commit()
	yield
	frappe.db.rollback()
	frappe.delete_doc("DocType", LEAVE, force=True)
	frappe.db.commit()


@pytest.mark.parametrize(
	("leave", "is_away"),
	[
		({"status": "Approved", "docstatus": 1}, True),
		({"status": "Approved", "docstatus": 0}, False),
		({"status": "Rejected", "docstatus": 1}, False),
		({"status": "Approved", "docstatus": 2}, False),
		({"status": "Approved", "docstatus": 1, "to_date": "2026-03-05"}, False),
		({"status": "Approved", "docstatus": 1, "from_date": "2026-03-12"}, False),
	],
)
def test_approved_leave_is_an_absence(leave_applications, frozen_time, cast, leave, is_away):
	frozen_time(FRIDAY)
	manager = employee_of(cast["department_manager"])
	frappe.get_doc(
		{
			"doctype": LEAVE,
			"name": "leave-of-the-manager",
			"employee": manager,
			"from_date": "2026-03-01",
			"to_date": "2026-03-31",
			**leave,
		}
	).db_insert()
	frappe.get_doc(
		{
			"doctype": "Complaint Responsible Post",
			"company": factories.make_company(),
			"department": frappe.db.get_value("Employee", manager, "department"),
			"employee": manager,
			"substitute": employee_of(cast["quality_manager"]),
			"valid_from": "2026-01-01",
		}
	).insert(ignore_permissions=True)
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR))
	sweep(clock, hours=2)
	assert told_at(clock, 1) == cast["quality_manager" if is_away else "department_manager"]


def test_recipient_reads_what_was_escalated_although_another_department_has_it(frozen_time, cast):
	frozen_time(FRIDAY)
	clock = clock_of(cases.issued_slip(cast))
	sweep(clock, hours=3)
	with as_user(cast["department_manager"]):
		assert frappe.get_list(ESCALATION_LOG, filters={"milestone": clock.name, "level": 1})
		assert frappe.has_permission(SLIP, "read", doc=clock.reference_name)
