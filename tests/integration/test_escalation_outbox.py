"""What becomes of notices that wait: told to whom they still concern, else marked with why not."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import MILESTONE, RESPONSIBLE_POST, SLIP
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
