"""What becomes of notices that wait: told to whom they still concern, else marked with why not."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, MILESTONE, RESPONSIBLE_POST, SLIP
from complaint_handling.services.sweep import digests, escalation, notices
from tests import factories
from tests.factories import employee_of
from tests.integration import cases
from tests.integration.ladders import clock_of, row_at

FRIDAY = "2026-03-06 10:00:00"
NIGHT = get_datetime("2026-03-06 22:05:00")
MONDAY = get_datetime("2026-03-09 10:00:00")


def let_stand_in(cast: dict[str, str]) -> None:
	"""Let the quality manager stand in for the handler in the week after."""
	frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": frappe.db.get_value("Employee", employee_of(cast["handler"]), "department"),
			"employee": employee_of(cast["handler"]),
			"substitute": employee_of(cast["quality_manager"]),
			"valid_from": "2026-01-01",
			"absent_from": "2026-03-09",
			"absent_to": "2026-03-13",
		}
	).insert(ignore_permissions=True)


def raised_at_night(cast: dict[str, str], **moments: str):
	"""Return a clock of the handler's whose breach, unless told, was raised on Friday night."""
	clock = clock_of(cases.issued_slip(cast))
	moments = {"due_at": "2026-03-06 22:00:00", "warn_at": None, "next_action_at": NIGHT} | moments
	frappe.db.set_value(MILESTONE, clock.name, {"responsible_user": cast["handler"], **moments})
	escalation.sweep_chunk([clock.name], NIGHT)
	return clock


def test_row_that_is_not_told_keeps_what_was_said_about_its_recipient(frozen_time, cast):
	frozen_time(FRIDAY)
	let_stand_in(cast)
	clock = raised_at_night(cast)
	stands_in = row_at(clock, 0).reason
	assert cast["handler"] in stands_in
	frappe.db.set_value(MILESTONE, clock.name, {"state": "Missed", "next_action_at": None})
	assert digests.send_due(MONDAY) == 0
	row = row_at(clock, 0)
	assert (row.notify_at, row.notified_on) == (None, None)
	assert row.reason.startswith(f"{stands_in} Not told: ")


def test_mail_that_loses_its_locks_takes_the_whole_digest_with_it(frozen_time, cast, monkeypatch):
	frozen_time(FRIDAY)
	slip = cases.issued_slip(cast)

	def lose_locks(**values: object) -> None:
		raise frappe.QueryDeadlockError

	monkeypatch.setattr(frappe, "sendmail", lose_locks)
	with pytest.raises(frappe.QueryDeadlockError):
		notices.tell(cast["handler"], "Overdue", "", notices.Reference(SLIP, slip.name))


SOON = {"due_at": "2026-03-09 12:00:00", "warn_at": "2026-03-06 22:00:00"}


@pytest.mark.parametrize(("level", "moments"), [(-1, SOON), (0, {})])
def test_former_holder_is_not_told_of_a_clock_that_changed_hands_overnight(frozen_time, cast, level, moments):
	frozen_time(FRIDAY)
	clock = raised_at_night(cast, **moments)
	frappe.db.set_value(MILESTONE, clock.name, "responsible_user", cast["reviewer"])
	assert digests.send_due(MONDAY) == 0
	row = row_at(clock, level)
	assert (row.escalated_to, row.notified_on) == (cast["handler"], None)
	assert "in other hands" in row.reason


def test_escalation_is_told_although_the_clock_changed_hands(frozen_time, cast):
	frozen_time(FRIDAY)
	clock = raised_at_night(cast, due_at="2026-03-05 22:00:00")
	frappe.db.set_value(MILESTONE, clock.name, "responsible_user", cast["reviewer"])
	digests.send_due(MONDAY)
	assert row_at(clock, 1).notified_on and not row_at(clock, 0).notified_on


def test_who_stands_in_for_the_holder_is_told_although_the_holder_is_back(frozen_time, cast):
	frozen_time(FRIDAY)
	let_stand_in(cast)
	clock = raised_at_night(cast)
	frappe.db.set_value(RESPONSIBLE_POST, {"employee": employee_of(cast["handler"])}, "absent_from", None)
	assert digests.send_due(MONDAY) == 1
	assert row_at(clock, 0).escalated_to == cast["quality_manager"]


def test_superior_of_a_holder_who_may_not_be_told_is_told_unless_the_holder_changes(frozen_time, cast):
	frozen_time(FRIDAY)
	kept, given_away = (clock_of(cases.issued_slip(cast)) for _ in range(2))
	for clock in (kept, given_away):
		frappe.db.set_value(COMPLAINT, clock.complaint, "complained_about_user", cast["handler"])
		due = {"due_at": "2026-03-06 22:00:00", "warn_at": None, "next_action_at": NIGHT}
		frappe.db.set_value(MILESTONE, clock.name, due)
	escalation.sweep_chunk([kept.name, given_away.name], NIGHT)
	frappe.db.set_value(MILESTONE, given_away.name, "responsible_user", cast["reviewer"])
	assert digests.send_due(MONDAY) == 1
	told = [
		(row_at(clock, 0).escalated_to, bool(row_at(clock, 0).notified_on)) for clock in (kept, given_away)
	]
	assert told == [(cast["department_manager"], True), (cast["department_manager"], False)]
