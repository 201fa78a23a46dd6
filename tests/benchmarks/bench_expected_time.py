"""Compare a due time with that of ERPNext's Service Level Agreement, on genuine ERPNext only.

Both get one period a day, a worked Saturday and a Holiday List, which is what ERPNext can express; ours counts by
a calendar of another time zone, so that its conversion there and back is included. Answers are compared before times
are. Prints one line `name: ratio (limit)`; exits with 1 when the limit is missed. Run it with the Python of a bench:

	~/bench/env/bin/python tests/benchmarks/bench_expected_time.py --bench ~/bench --site NAME
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from tests.benchmarks.bench_calendar import ratio, report

WORKED = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
OPENING, CLOSING = timedelta(hours=9), timedelta(hours=18)
HOURS, HOLIDAYS = 72, 20
STARTS = (
	datetime(2026, 3, 6, 17),
	datetime(2026, 3, 6, 7),
	datetime(2026, 3, 6, 20),
	datetime(2026, 3, 8, 10),
	datetime(2026, 3, 9, 12, 34),
)
# One of them differs from the system's zone, and the working day stays within one day in all of them.
ZONES = ("Asia/Shanghai", "Asia/Kolkata")
Adding = Callable[[datetime], datetime]


def make_holiday_list() -> str:
	"""Return a Holiday List of twenty days, some of which lie within the target."""
	import frappe

	first = datetime(2026, 3, 10).date()
	days = [first + timedelta(days=15 * number) for number in range(HOLIDAYS)]
	values = {
		"doctype": "Holiday List",
		"holiday_list_name": "Benchmark",
		"from_date": "2026-01-01",
		"to_date": "2026-12-31",
		"holidays": [{"holiday_date": day, "description": "Day off"} for day in days],
	}
	return frappe.get_doc(values).insert(ignore_permissions=True).name


def erpnext_adds(holiday_list: str) -> Adding:
	"""Return the due time by ERPNext's Service Level Agreement."""
	import frappe

	from erpnext.support.doctype.service_level_agreement.service_level_agreement import get_expected_time_for

	level = frappe._dict(
		response_time=HOURS * 3600,
		holiday_list=holiday_list,
		support_and_resolution=[
			frappe._dict(workday=day, start_time=OPENING, end_time=CLOSING) for day in WORKED
		],
	)
	return lambda start: get_expected_time_for("response", level, start)


def ours(holiday_list: str) -> Adding:
	"""Return the due time of a target of ours, from the system's zone to the calendar's and back."""
	import frappe
	from frappe.utils import get_system_timezone

	from complaint_handling.services.clock import clock_times

	system = get_system_timezone()
	zone = next(zone for zone in ZONES if zone != system)
	shift = _offset(zone) - _offset(system)
	periods = [
		{"weekday": day, "start_time": str(OPENING + shift), "end_time": str(CLOSING + shift)}
		for day in WORKED
	]
	values = {
		"calendar_name": "Benchmark",
		"time_zone": zone,
		"holiday_list": holiday_list,
		"periods": periods,
	}
	calendar = frappe.get_doc({"doctype": "Complaint Calendar", **values}).insert(ignore_permissions=True)
	target = frappe.new_doc("Complaint Procedure Target")
	target.update({"calendar": calendar.name, "target_value": HOURS, "target_unit": "Working Hours"})
	return lambda start: clock_times.due_of(target, None, start)


def measure() -> bool:
	"""Print the figure, once the answers are the same."""
	holiday_list = make_holiday_list()
	theirs, due = erpnext_adds(holiday_list), ours(holiday_list)
	for start in STARTS:
		if theirs(start) != due(start):
			print(f"ERPNext: {start} is due at {theirs(start)}, ours says {due(start)}")
			return False
	figure = ratio(lambda: theirs(STARTS[0]), lambda: due(STARTS[0]), 20, times_as_often=10, rounds=100)
	return report(
		f"ERPNext's get_expected_time_for / due time with zones, {HOURS} working hours", figure, 10, True
	)


def main() -> int:
	"""Measure and return the exit code."""
	parser = argparse.ArgumentParser()
	parser.add_argument("--bench", type=Path, help="a bench with genuine ERPNext")
	parser.add_argument("--site", help="a site of it with this app; nothing is left there")
	given = parser.parse_args()
	if not (given.bench and given.site):
		print(
			"skipped: needs genuine ERPNext, whose code is on no registry; name one with --bench and --site"
		)
		return 0
	os.chdir(given.bench.expanduser() / "sites")
	import frappe

	frappe.init(site=given.site, sites_path=".")
	frappe.connect()
	try:
		return 0 if measure() else 1
	finally:
		frappe.db.rollback()
		frappe.destroy()


def _offset(zone: str) -> timedelta:
	return datetime(2026, 3, 6, tzinfo=ZoneInfo(zone)).utcoffset()


if __name__ == "__main__":
	sys.exit(main())
