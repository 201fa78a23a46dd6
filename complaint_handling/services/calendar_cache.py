"""Compiled calendars kept by this process, each under what its tables hold.

A kept calendar is found by a checksum of the rows it was compiled from (the calendar, its periods and exceptions, the
holidays of its list), so that nothing has to be told of a change, whoever makes it: another process, ERPNext's own
form, a patch, or a transaction that is rolled back. The checksum costs one query a transaction and calendar.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import frappe
from frappe import _

from complaint_handling.domain.business_calendar import BusinessCalendar

# A compiled calendar takes about 100 kB; a process of a large bench serves dozens of sites.
MOST_KEPT = 128

_kept: OrderedDict[Hashable, BusinessCalendar] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class _Head:
	"""What the tables say of a calendar: its zone, and the checksum of all that it is compiled from."""

	time_zone: str | None
	checksum: str


def get(calendar: str, variant: Hashable, compile_it: Callable[[], BusinessCalendar]) -> BusinessCalendar:
	"""Return the kept calendar of this site for what its tables hold now, compiled if there is none."""
	key = (frappe.local.site, calendar, variant, _head(calendar).checksum)
	with _lock:
		if key in _kept:
			_kept.move_to_end(key)
			return _kept[key]
	compiled = compile_it()
	with _lock:
		_kept[key] = compiled
		while len(_kept) > MOST_KEPT:
			_kept.popitem(last=False)
	return compiled


def zone_of(calendar: str) -> str | None:
	"""Return the time zone that the calendar names, if any."""
	return _head(calendar).time_zone


def look_again(*arguments: object) -> None:
	"""Read the checksums anew; called when this transaction changed a calendar or a Holiday List, or ended."""
	frappe.local.complaint_calendar_heads = None


def _head(calendar: str) -> _Head:
	heads = getattr(frappe.local, "complaint_calendar_heads", None)
	if heads is None:
		heads = frappe.local.complaint_calendar_heads = {}
		# What others committed is seen by the next transaction.
		frappe.db.after_commit.add(look_again)
		frappe.db.after_rollback.add(look_again)
	if calendar not in heads:
		heads[calendar] = _read(calendar)
	return heads[calendar]


def _read(calendar: str) -> _Head:
	# Checksums of the values that count; their order does not matter, so they are added up, with the count.
	rows = frappe.db.sql(
		"""
		select calendar.time_zone, concat_ws(':', calendar.holiday_list,
			(select concat(count(*), '/', coalesce(sum(crc32(concat_ws('|', weekday, start_time, end_time))), 0))
				from `tabComplaint Calendar Period` where parent = calendar.name),
			(select concat(count(*), '/', coalesce(sum(crc32(concat_ws('|', date, kind, start_time, end_time))), 0))
				from `tabComplaint Calendar Exception` where parent = calendar.name),
			(select concat(count(*), '/', coalesce(sum(crc32(concat_ws('|', holiday_date, weekly_off))), 0))
				from `tabHoliday` where parent = calendar.holiday_list)
		) from `tabComplaint Calendar` calendar where calendar.name = %s
		""",
		calendar,
	)
	if not rows:
		frappe.throw(_("There is no calendar {0}.").format(calendar), frappe.DoesNotExistError)
	return _Head(*rows[0])
