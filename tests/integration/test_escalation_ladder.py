"""The ladder: who is told at each level, who never is, and what is done besides telling."""

import pytest

import frappe
from frappe.utils import add_to_date

from complaint_handling.api.escalation import acknowledge
from complaint_handling.api.simulation import simulate_procedure
from complaint_handling.constants import (
	COMPLAINT,
	DEPARTMENT_MANAGER,
	ESCALATION_LOG,
	GENERAL_MANAGER,
	MILESTONE,
	PROCEDURE,
	RESPONSIBLE_POST,
	REVIEWER,
	SETTINGS,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.services.staff import people
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.factories import as_user, employee_of
from tests.integration import cases, ladders
from tests.integration.ladders import clock_of, row_at, sweep, told_at

MONDAY = "2026-03-02 10:00:00"
SUPERIOR = {"recipient_type": "Superior"}
GENERAL_MANAGER_STEP = {"recipient_type": "Role", "role": GENERAL_MANAGER}


@pytest.mark.parametrize(
	("step", "word"),
	[
		({"recipient_type": "Holder"}, "handler"),
		(SUPERIOR, "department_manager"),
		({"recipient_type": "Department Manager"}, "department_manager"),
		({"recipient_type": "Role", "role": VICE_PRESIDENT}, "vice_president"),
		({"recipient_type": "User", "user": "test.reviewer@example.com"}, "reviewer"),
	],
)
def test_each_kind_of_recipient_is_found(frozen_time, cast, step, word):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, step))
	sweep(clock, days=2)
	row = row_at(clock, 1)
	assert (row.escalated_to, row.kind, row.action, row.reason) == (cast[word], "Escalation", "Notify", None)
	assert told_at(clock, 0) == cast["handler"]


def test_first_superior_of_a_ladder_is_the_direct_one_at_whatever_level(frozen_time, cast):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, {"recipient_type": "Holder"}, SUPERIOR, GENERAL_MANAGER_STEP, SUPERIOR)
	clock = clock_of(slip)
	sweep(clock, days=2)
	told = [told_at(clock, level) for level in (1, 2, 3, 4)]
	words = ("handler", "department_manager", "general_manager", "vice_president")
	assert told == [cast[word] for word in words]
	case = {"received_on": MONDAY, "slip_kind": slip.slip_kind, "holder": cast["handler"]}
	simulated = simulate_procedure(frappe.get_doc(PROCEDURE, clock.procedure).as_dict(), case)
	(target,) = (target for target in simulated["targets"] if target["stage"] == clock.stage)
	assert [level["user"] for level in target["levels"]] == told


def test_manager_of_the_clocks_department_comes_before_the_managers_above(frozen_time, cast):
	frozen_time(MONDAY)
	own = factories.make_user("test.own.manager@example.com", DEPARTMENT_MANAGER)
	factories.make_employee(own, factories.make_department("Test Foundry"))
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "Department Manager"}))
	frappe.db.set_value(MILESTONE, clock.name, "department", factories.make_department("Test Foundry"))
	sweep(clock, days=2)
	assert told_at(clock, 1) == own


def test_department_without_a_manager_takes_the_nearest_one_above_the_holder(frozen_time, cast):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "Department Manager"}))
	frappe.db.set_value(MILESTONE, clock.name, "department", factories.make_department("Test Archive"))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["department_manager"]


def test_holder_of_a_role_fenced_off_by_company_is_not_told(frozen_time, cast):
	frozen_time(MONDAY)
	fenced = factories.make_user("test.a.fenced@example.com", VICE_PRESIDENT)
	frappe.db.set_value("Has Role", {"parent": fenced, "role": VICE_PRESIDENT}, "creation", "2000-01-01")
	other = factories.make_company("Other Test Machines")
	frappe.get_doc(
		{"doctype": "User Permission", "user": fenced, "allow": "Company", "for_value": other}
	).insert(ignore_permissions=True)
	assert people.holders_of(VICE_PRESIDENT)[0] == fenced
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "Role", "role": VICE_PRESIDENT}))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["vice_president"]


def test_user_of_the_ladder_without_a_role_is_not_told_and_the_owner_of_escalations_is(frozen_time, cast):
	frozen_time(MONDAY)
	outsider = factories.make_user("test.outsider@example.com")
	frappe.db.set_single_value(SETTINGS, "escalation_owner", cast["reviewer"])
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "User", "user": outsider}))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["reviewer"]
	assert "names nobody" in row_at(clock, 1).reason


def test_without_an_owner_of_escalations_the_top_of_the_ladder_is_told(frozen_time, cast):
	frozen_time(MONDAY)
	frappe.db.set_single_value(SETTINGS, "escalation_owner", None)
	outsider = factories.make_user("test.outsider@example.com")
	steps = ({"recipient_type": "User", "user": outsider}, GENERAL_MANAGER_STEP)
	clock = clock_of(ladders.issued_slip(cast, *steps))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["general_manager"]


def test_escalation_that_finds_nobody_stands_in_the_log_with_its_reason(frozen_time, cast):
	frozen_time(MONDAY)
	frappe.db.set_single_value(SETTINGS, "escalation_owner", None)
	outsider = factories.make_user("test.outsider@example.com")
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "User", "user": outsider}))
	sweep(clock, days=2)
	row = row_at(clock, 1)
	assert (row.escalated_to, row.notify_at) == (None, None)
	assert "Escalation Owner" in row.reason


@pytest.mark.parametrize("step", [SUPERIOR, {"recipient_type": "Role", "role": DEPARTMENT_MANAGER}])
def test_person_complained_about_is_told_at_no_level(frozen_time, cast, step):
	frozen_time(MONDAY)
	about = cast["department_manager"]
	complaint = cases.in_handling(
		cast,
		procedure=ladders.make_procedure(step, GENERAL_MANAGER_STEP),
		complained_about_employee=employee_of(about),
	)
	clock = clock_of(cases.issued_slip(cast, complaint))
	sweep(clock, days=3)
	recipients = [told_at(clock, level) for level in (0, 1, 2)]
	assert about not in recipients
	assert None not in recipients


def test_breach_of_a_clock_held_by_the_person_complained_about_goes_to_the_superior(frozen_time, cast):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, SUPERIOR)
	frappe.db.set_value(COMPLAINT, slip.complaint, "complained_about_user", cast["handler"])
	clock = clock_of(slip)
	sweep(clock, seconds=1)
	assert told_at(clock, 0) == cast["department_manager"]


def _absent_post(person: str, substitute: str | None, **values: str) -> None:
	frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": frappe.db.get_value("Employee", employee_of(person), "department"),
			"employee": employee_of(person),
			"substitute": substitute and employee_of(substitute),
			"valid_from": "2026-01-01",
			**values,
		}
	).insert(ignore_permissions=True)


@pytest.mark.parametrize(
	("absence", "is_away"),
	[
		({"absent_from": "2026-03-01", "absent_to": "2026-03-31"}, True),
		({"absent_from": "2026-03-01"}, True),
		({"absent_from": "2026-02-01", "absent_to": "2026-02-28"}, False),
		({"absent_from": "2026-03-20", "absent_to": "2026-03-31"}, False),
		({}, False),
	],
)
def test_substitute_is_told_while_the_superior_is_away(frozen_time, cast, absence, is_away):
	frozen_time(MONDAY)
	_absent_post(cast["department_manager"], cast["quality_manager"], **absence)
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["quality_manager" if is_away else "department_manager"]
	assert bool(row_at(clock, 1).reason) == is_away


def test_who_is_away_without_a_substitute_is_told_all_the_same(frozen_time, cast):
	frozen_time(MONDAY)
	_absent_post(cast["department_manager"], None, absent_from="2026-03-01")
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR))
	sweep(clock, days=2)
	assert told_at(clock, 1) == cast["department_manager"]
	assert "no substitute" in row_at(clock, 1).reason


def test_another_holder_of_the_role_comes_before_one_who_is_away(frozen_time, cast):
	frozen_time(MONDAY)
	second = factories.make_user("test.second.vice@example.com", VICE_PRESIDENT)
	factories.make_employee(second, factories.make_department("Test Sales"))
	_absent_post(cast["vice_president"], cast["reviewer"], absent_from="2026-03-01")
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "Role", "role": VICE_PRESIDENT}))
	sweep(clock, days=2)
	assert told_at(clock, 1) == second


def test_who_has_left_is_represented_by_the_substitute(frozen_time, cast):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR))
	_absent_post(cast["handler"], cast["quality_manager"])
	frappe.db.set_value("Employee", employee_of(cast["handler"]), "status", "Left")
	sweep(clock, seconds=1)
	assert told_at(clock, 0) == cast["quality_manager"]


def test_short_leave_changes_no_recipient_of_slips_and_leaving_does(frozen_time, cast):
	"""R-003A-10: on short leave the department arranges; R-003A-09: the list names who stands in for good."""
	frozen_time(MONDAY)
	department = frappe.db.get_value("Employee", employee_of(cast["handler"]), "department")
	_absent_post(cast["handler"], cast["quality_manager"], absent_from="2026-03-01", absent_to="2026-03-05")
	company = factories.make_company()
	assert people.post_holder(company, department, None) == employee_of(cast["handler"])
	frappe.db.set_value("Employee", employee_of(cast["handler"]), "status", "Left")
	assert people.post_holder(company, department, None) == employee_of(cast["quality_manager"])


def test_task_is_assigned_once_and_gives_no_notice_of_its_own(frozen_time, cast):
	frozen_time(MONDAY)
	assign = {"action": "Assign"}
	slip = ladders.issued_slip(
		cast, {**SUPERIOR, **assign}, {**SUPERIOR, **assign, "recipient_type": "Holder"}
	)
	clock = clock_of(slip)
	notices = frappe.db.count("Notification Log")
	sweep(clock, days=3)
	assert row_at(clock, 1).action == "Assign"
	tasks = {"reference_type": SLIP, "reference_name": slip.name, "status": "Open"}
	assert frappe.db.count("ToDo", {**tasks, "allocated_to": cast["department_manager"]}) == 1
	# The handler has had the task since the slip was issued.
	assert frappe.db.count("ToDo", {**tasks, "allocated_to": cast["handler"]}) == 1
	assert frappe.db.count("Notification Log") == notices


def test_slip_is_handed_over_with_its_clock_and_the_next_level_climbs_from_there(frozen_time, cast):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, {**SUPERIOR, "action": "Hand Over"}, SUPERIOR)
	clock = clock_of(slip)
	sweep(clock, hours=2)
	manager = cast["department_manager"]
	slip.reload()
	assert (slip.responsible_user, slip.responsible_employee) == (manager, employee_of(manager))
	assert clock_of(slip).responsible_user == manager
	comment = frappe.get_last_doc("Comment", {"reference_name": slip.name, "comment_type": "Info"})
	assert "takes over from" in comment.content
	sweep(clock, days=3)
	assert told_at(clock, 2) == cast["vice_president"]


def test_slept_over_levels_climb_from_who_took_over_as_well(frozen_time, cast):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, {**SUPERIOR, "action": "Hand Over"}, SUPERIOR))
	sweep(clock, days=3)
	assert told_at(clock, 2) == cast["vice_president"]


def test_complaint_is_handed_over_and_an_open_form_is_refused_instead_of_undoing_it(frozen_time, cast):
	frozen_time(MONDAY)
	procedure = ladders.make_procedure({**SUPERIOR, "action": "Hand Over"})
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(procedure=procedure)
	opened = frappe.get_doc(COMPLAINT, complaint.name)
	clock = clock_of(complaint, "Facts Verified")
	frozen_time(str(add_to_date(clock.due_at, hours=2)))
	sweep(clock, hours=2)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "complaint_owner") == cast["coordinator"]
	running = {"reference_name": complaint.name, "state": ("in", ("On Track", "Due Soon", "Overdue"))}
	assert set(frappe.get_all(MILESTONE, filters=running, pluck="responsible_user")) == {cast["coordinator"]}
	with as_user(cast["agent"]), pytest.raises(frappe.TimestampMismatchError):
		opened.subject = "Typed before the case changed hands"
		opened.save()


@pytest.mark.parametrize("action", ["Assign", "Hand Over"])
def test_nothing_is_given_to_a_superior_who_may_not_read(frozen_time, cast, action):
	frozen_time(MONDAY)
	outsider = factories.make_user("test.outsider@example.com")
	above = factories.make_employee(outsider, factories.make_department("Test Sales"))
	frappe.db.set_value("Employee", employee_of(cast["handler"]), "reports_to", above)
	slip = ladders.issued_slip(cast, {**SUPERIOR, "action": action})
	clock = clock_of(slip)
	sweep(clock, days=2)
	row = row_at(clock, 1)
	assert (row.escalated_to, row.action) == (outsider, "Notify")
	assert "may not read" in row.reason
	assert frappe.db.get_value(SLIP, slip.name, "responsible_user") == cast["handler"]
	assert not frappe.db.exists("ToDo", {"reference_name": slip.name, "allocated_to": outsider})


def test_acknowledgement_is_given_once_and_by_the_recipient_only(frozen_time, cast):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, {**SUPERIOR, "action": "Require Acknowledgement"}, SUPERIOR))
	sweep(clock, days=3)
	name = row_at(clock, 1).name
	assert row_at(clock, 1).requires_acknowledgement
	for word in ("handler", "general_manager"):
		with as_user(cast[word]), pytest.raises(frappe.PermissionError):
			acknowledge(name)
	assert not row_at(clock, 1).acknowledged_on
	with as_user(cast["department_manager"]):
		acknowledge(name)
		assert row_at(clock, 1).acknowledged_by == cast["department_manager"]
		with pytest.raises(frappe.ValidationError, match="already"):
			acknowledge(name)
	with as_user(told_at(clock, 2)), pytest.raises(frappe.ValidationError, match="no acknowledgement"):
		acknowledge(row_at(clock, 2).name)


def test_agreed_time_that_passes_unsolved_is_taken_over_by_the_role(frozen_time, cast):
	frozen_time(MONDAY)
	procedure = ladders.make_procedure(SUPERIOR, missed_promises_limit=1, takes_over_role=GENERAL_MANAGER)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(procedure=procedure, reply_promised_for="2026-03-03 10:00:00")
	clock = frappe.get_doc(MILESTONE, {"reference_name": complaint.name, "stage": "Agreed Reply"})
	sweep(clock, seconds=1)
	row = row_at(clock, 1000)
	assert (row.escalated_to, row.kind, row.action) == (cast["general_manager"], "Escalation", "Assign")
	task = {"reference_name": complaint.name, "allocated_to": cast["general_manager"], "status": "Open"}
	assert frappe.db.count("ToDo", task) == 1
	assert frappe.db.get_value("Complaint Promise", clock.promise, "state") == "Missed"
	sweep(clock, days=1)
	assert frappe.db.count(ESCALATION_LOG, {"milestone": clock.name, "level": 1000}) == 1


def test_clock_that_cannot_be_computed_is_left_and_the_others_go_on(frozen_time, cast):
	frozen_time(MONDAY)
	broken, sound = clock_of(cases.issued_slip(cast)), clock_of(cases.issued_slip(cast))
	frappe.db.set_value(MILESTONE, broken.name, "procedure", "gone")
	later = add_to_date(sound.due_at, seconds=1)
	assert escalation.sweep_chunk([broken.name, sound.name], later) == 1
	assert row_at(sound, 0) and not row_at(broken, 0)
	failures = {"method": "Escalation failed", "reference_name": broken.name}
	assert frappe.db.count("Error Log", failures) == 1
	# Tried again, and logged again, in an hour: till then it neither fills the log nor holds digests up.
	assert broken.name not in escalation.due(add_to_date(later, minutes=59))[0]
	next_try = add_to_date(later, hours=1)
	assert broken.name in escalation.due(next_try)[0]
	assert escalation.sweep_chunk([broken.name], next_try) == 0
	assert broken.name not in escalation.due(next_try)[0]
	assert frappe.db.count("Error Log", failures) == 2


def test_milestone_that_fails_when_it_is_written_is_put_off_and_digests_go_on(frozen_time, cast, monkeypatch):
	frozen_time(MONDAY)
	broken, sound = clock_of(cases.issued_slip(cast)), clock_of(cases.issued_slip(cast))
	frappe.db.set_value(MILESTONE, {"reference_doctype": COMPLAINT}, "next_action_at", None)
	perform = escalation.escalation_actions.perform

	def fail_for_one(entries, plan):
		if any(entry.milestone["name"] == broken.name for entry in entries):
			raise ValueError("cannot be carried out")
		perform(entries, plan)

	monkeypatch.setattr(escalation.escalation_actions, "perform", fail_for_one)
	now = add_to_date(sound.due_at, hours=1)
	frappe.db.set_value(MILESTONE, broken.name, "next_action_at", now)
	escalation.sweep_chunk([broken.name, sound.name], now, until=now)
	assert row_at(sound, 0).notified_on and not row_at(broken, 0)
	assert frappe.db.get_value(MILESTONE, broken.name, "next_action_at") == add_to_date(now, hours=1)


def test_bulk_write_that_fails_is_done_row_by_row(frozen_time, cast, monkeypatch):
	frozen_time(MONDAY)
	clocks = [clock_of(cases.issued_slip(cast)) for _ in range(2)]
	# A row of the log that the plan does not know of: the one statement for all breaks on its primary key.
	later = add_to_date(clocks[0].due_at, seconds=1)
	escalation.sweep_chunk([clocks[0].name], later)
	known = {"breached": 0, "escalation_level": 0, "state": "On Track", "next_action_at": clocks[0].due_at}
	frappe.db.set_value(MILESTONE, clocks[0].name, known)
	monkeypatch.setattr(escalation.escalation_log, "known", lambda keys: frozenset())
	assert escalation.sweep_chunk([clock.name for clock in clocks], later) == 1
	assert row_at(clocks[1], 0)
	assert frappe.db.count(ESCALATION_LOG, {"milestone": clocks[0].name}) == 1


def test_clock_set_back_an_hour_raises_nothing_twice(frozen_time, cast):
	frozen_time(MONDAY)
	clock = clock_of(ladders.issued_slip(cast, SUPERIOR))
	sweep(clock, hours=2)
	rows = frappe.db.count(ESCALATION_LOG, {"milestone": clock.name})
	state = frappe.db.get_value(MILESTONE, clock.name, ("breached", "escalation_level"))
	for offset in ({"hours": 1}, {"seconds": 1}, {"hours": -1}, {"hours": 2}):
		frappe.db.set_value(MILESTONE, clock.name, "next_action_at", "2026-03-02 00:00:00")
		sweep(clock, **offset)
		assert frappe.db.get_value(MILESTONE, clock.name, ("breached", "escalation_level")) == state
	assert frappe.db.count(ESCALATION_LOG, {"milestone": clock.name}) == rows == 2


def test_role_that_nobody_holds_ends_at_the_owner_of_escalations(frozen_time, cast):
	frozen_time(MONDAY)
	role = frappe.get_doc({"doctype": "Role", "role_name": "Test Night Watch"}).insert(
		ignore_permissions=True
	)
	frappe.db.set_single_value(SETTINGS, "escalation_owner", cast["reviewer"])
	clock = clock_of(ladders.issued_slip(cast, {"recipient_type": "Role", "role": role.name}))
	sweep(clock, days=2)
	assert REVIEWER in frappe.get_roles(told_at(clock, 1))
