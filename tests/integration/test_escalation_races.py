"""The sweep in processes of its own: at once, killed at any point, and with 10,000 rows due in one minute."""

import os
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import (
	COMPLAINT,
	COMPLAINT_CHILD_DOCTYPES,
	ESCALATION_LOG,
	HANDLER,
	MILESTONE,
	SLIP,
)
from complaint_handling.services.sweep import escalation
from tests import factories, open_cases
from tests.integration import cases

PREFIX = "RACE"
HOLDERS = tuple(f"race.handler.{number}@example.com" for number in range(4))
# Due long ago, so that every level is due as well; told at ten in the morning of a Wednesday.
DUE = "2026-02-02 10:00:00"
NOW = "2026-03-04 10:00:00"
LEVELS = {0, 1, 2, 3}

SWEEPING = """
	import json, os, signal, sys
	import frappe
	from frappe.utils import get_datetime
	task = json.loads(sys.stdin.read())
	frappe.init(site=task["site"], sites_path=".")
	frappe.connect()
	frappe.db.sql("select 1")
	from complaint_handling.services.sweep import digests, escalation
	now, left = get_datetime(task["now"]), task["die_after"]
	plain = frappe.db._cursor.execute
	def counting(*arguments, **options):
		global left
		if left is not None:
			left -= 1
			if left < 0:
				os.kill(os.getpid(), signal.SIGKILL)
		return plain(*arguments, **options)
	frappe.db._cursor.execute = counting
	for start in range(0, len(task["names"]), task["size"]):
		until = now if task["digests"] else None
		escalation.sweep_chunk(task["names"][start : start + task["size"]], now, until)
	if not task["names"]:
		digests.send_due(now)
"""


@pytest.fixture
def template(committed_cast: dict[str, str]) -> Iterator[str]:
	"""A committed slip to copy, and handlers; both are taken away with everything that was made of them."""
	department = factories.make_department("Test Race")
	for user in HOLDERS:
		factories.make_user(user, HANDLER)
		factories.make_employee(user, department, factories.employee_of(committed_cast["department_manager"]))
	slip = cases.issued_slip(committed_cast)
	frappe.db.set_value(MILESTONE, {"complaint": slip.complaint}, "next_action_at", None)
	frappe.db.commit()
	yield slip.name
	frappe.db.rollback()
	open_cases.remove(PREFIX)
	for doctype in COMPLAINT_CHILD_DOCTYPES:
		frappe.db.delete(doctype, {"complaint": slip.complaint})
	frappe.db.delete(COMPLAINT, {"name": slip.complaint})
	frappe.db.delete("ToDo", {"reference_name": ("in", (slip.name, slip.complaint))})
	frappe.db.delete("Error Log", {"creation": (">", "2000-01-01")})
	frappe.db.commit()


def make_due(template: str, number: int, stages: tuple[str, ...] = ("Department Reply",)) -> list[str]:
	"""Return the committed clocks of so many cases that are due."""
	open_cases.make_open_cases(template, HOLDERS, 1, number, add_to_date(now_datetime(), years=1), PREFIX)
	due = {"due_at": DUE, "next_action_at": DUE}
	filters = {"complaint": ("like", f"{PREFIX}-C-%"), "stage": ("in", stages), "state": "On Track"}
	frappe.db.set_value(MILESTONE, filters, due, update_modified=False)
	frappe.db.commit()
	return frappe.get_all(MILESTONE, filters=filters, pluck="name", order_by="name asc")


def start(
	host, names: list[str], die_after: int | None = None, size: int = 100, digests: bool = True
) -> subprocess.Popen[str]:
	"""Start a process that sweeps the clocks in chunks, as jobs of the host do; without clocks it sends digests.

	With `die_after` it kills itself instead of running the statement after so many.
	"""
	task = {"site": host.site, "now": NOW, "names": names, "size": size}
	task |= {"die_after": die_after, "digests": digests}
	process = subprocess.Popen(
		[sys.executable, "-c", textwrap.dedent(SWEEPING)],
		cwd=host.sites,
		stdin=subprocess.PIPE,
		stdout=subprocess.DEVNULL,
		stderr=subprocess.PIPE,
		text=True,
		env=os.environ.copy(),
	)
	process.stdin.write(frappe.as_json(task))
	process.stdin.close()
	process.stdin = None
	return process


def finish(*processes: subprocess.Popen[str]) -> None:
	for process in processes:
		_output, errors = process.communicate(timeout=300)
		assert process.returncode == 0, errors
	frappe.db.rollback()


def die(process: subprocess.Popen[str]) -> bool:
	"""Tell whether a process was killed."""
	process.communicate(timeout=60)
	frappe.db.rollback()
	return process.returncode == -9


def raised(names: list[str]) -> Counter[tuple[str, int]]:
	"""Return how often each level of each clock stands in the log."""
	rows = frappe.get_all(
		ESCALATION_LOG, filters={"milestone": ("in", names)}, fields=["milestone", "level"], limit=0
	)
	return Counter((row.milestone, row.level) for row in rows)


def digests_about_races() -> Counter[str]:
	"""Return how many digests each recipient got in the Desk."""
	rows = frappe.get_all(
		"Notification Log", filters={"document_name": ("like", f"{PREFIX}-%")}, pluck="for_user", limit=0
	)
	return Counter(rows)


def mails_about_races() -> Counter[str]:
	mails = frappe.get_all(
		"Email Queue", filters={"reference_name": ("like", f"{PREFIX}-%")}, pluck="name", limit=0
	)
	return Counter(
		frappe.get_all(
			"Email Queue Recipient", filters={"parent": ("in", mails or [""])}, pluck="recipient", limit=0
		)
	)


def assert_each_once(names: list[str]) -> None:
	assert raised(names) == Counter({(name, level): 1 for name in names for level in LEVELS})
	rows = frappe.get_all(
		ESCALATION_LOG,
		filters={"milestone": ("in", names)},
		fields=["escalated_to", "notify_at", "notified_on"],
		limit=0,
	)
	assert all(row.escalated_to and row.notified_on and not row.notify_at for row in rows)
	recipients = {row.escalated_to for row in rows}
	assert len(recipients) > len(HOLDERS)
	assert digests_about_races() == mails_about_races() == Counter(dict.fromkeys(recipients, 1))
	states = frappe.get_all(
		MILESTONE,
		filters={"name": ("in", names)},
		fields=["state", "escalation_level", "next_action_at"],
		limit=0,
	)
	assert {(row.state, row.escalation_level, row.next_action_at) for row in states} == {("Overdue", 3, None)}


def test_two_sweeps_at_once_raise_each_level_once_and_send_one_digest(template, host):
	names = make_due(template, 60)
	finish(start(host, names, size=7), start(host, names[::-1], size=11))
	assert_each_once(names)


def test_two_clocks_of_one_case_due_in_the_same_second_are_both_raised(template, host):
	names = make_due(template, 20, ("Department Reply", "Solution Approved"))
	assert len(names) == 40
	finish(start(host, names, size=5), start(host, names, size=8))
	assert_each_once(names)
	stored = frappe.get_all(
		SLIP, filters={"name": ("like", f"{PREFIX}-S-%")}, fields=["clock_state", "escalation_level"]
	)
	assert {(row.clock_state, row.escalation_level) for row in stored} == {("Overdue", 3)}


def test_sweep_killed_at_any_point_loses_nothing_and_doubles_nothing(template, host):
	"""SIGKILL before one statement after another: within chunks and between them."""
	names = make_due(template, 9)
	progress = []
	for die_after in count(3, 9):
		if not die(start(host, names, die_after=die_after, size=3, digests=False)):
			break
		counts = raised(names)
		assert set(counts.values()) <= {1}
		levels = Counter(name for name, _level in counts)
		# A chunk is committed as a whole or not at all, each of its clocks with every level.
		assert set(levels.values()) <= {len(LEVELS)}
		assert len(levels) % 3 == 0
		progress.append(len(levels))
	assert {0, 3, 6} <= set(progress)
	finish(start(host, names, size=3))
	assert_each_once(names)


def test_digests_killed_at_any_point_are_sent_once(template, host):
	"""SIGKILL within one digest after another: whoever was told is not told again, the others are."""
	names = make_due(template, 8)
	finish(start(host, names, digests=False))
	assert not digests_about_races()
	told = []
	for die_after in count(3, 17):
		if not die(start(host, [], die_after=die_after)):
			break
		assert digests_about_races() == mails_about_races()
		assert set(digests_about_races().values()) <= {1}
		told.append(len(digests_about_races()))
	assert len(set(told)) > 3
	finish(start(host, []))
	assert_each_once(names)


def test_10000_rows_due_in_one_minute_are_each_raised_once_with_one_digest_a_recipient(template, host):
	names = make_due(template, 10_000)
	assert len(names) == 10_000
	assert set(names) <= set(escalation.due(frappe.utils.get_datetime(NOW))[0])
	finish(start(host, names[0::2] + names[1::2]), start(host, names[1::2] + names[0::2]))
	assert_each_once(names)
