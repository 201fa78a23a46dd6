"""Compiled calendars kept by this process, each under what its tables hold.

A kept calendar is found by a checksum of the rows it was compiled from (the calendar, its periods and exceptions, the
holidays of its list), so that nothing has to be told of a change, whoever makes it: another process, ERPNext's own
form, a patch, or a transaction that is rolled back. The checksum costs one query a transaction and calendar.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_system_timezone

from complaint_handling.domain.business_calendar import BusinessCalendar

# A compiled calendar takes about 200 kB; a process of a large bench serves dozens of sites.
MOST_KEPT = 128

_kept: OrderedDict[Hashable, BusinessCalendar] = OrderedDict()
_lock = Lock()


@dataclass
class CalendarInUse:
	"""A calendar as this transaction sees it: its zone, and what was compiled of it so far.

	`form` is the calendar itself where one is tried that is not saved; nobody else sees what is compiled of it.
	"""

	zone: ZoneInfo
	system_zone: ZoneInfo
	checksum: str = ""
	form: Document | None = None
	compiled: dict[Hashable, BusinessCalendar] = field(default_factory=dict)


def in_use(calendar: str) -> CalendarInUse:
	"""Return a calendar as this transaction sees it."""
	calendars = getattr(frappe.local, "complaint_calendars", None)
	if calendars is None:
		calendars = _begin()
	return calendars.get(calendar) or calendars.setdefault(calendar, _read(calendar))


def put_in_use(calendar: str, seen: CalendarInUse | None) -> CalendarInUse | None:
	"""Let this transaction see a calendar otherwise, or anew for None; return what it saw before."""
	calendars = getattr(frappe.local, "complaint_calendars", None)
	if calendars is None:
		calendars = _begin()
	before = calendars.pop(calendar, None)
	if seen:
		calendars[calendar] = seen
	return before


def keep(
	calendar: str, variant: Hashable, seen: CalendarInUse, compile_it: Callable[[], BusinessCalendar]
) -> BusinessCalendar:
	"""Return the calendar compiled in a variant, the one that this process keeps for the same rows if any."""
	if variant not in seen.compiled:
		key = (frappe.local.site, calendar, variant, seen.checksum)
		seen.compiled[variant] = compile_it() if seen.form else _kept_under(key, compile_it)
	return seen.compiled[variant]


def look_again(*arguments: object) -> None:
	"""Read calendars anew; called when this transaction changed one or a Holiday List, or ended."""
	frappe.local.complaint_calendars = None


def in_zone(time_zone: str | None, checksum: str = "", form: Document | None = None) -> CalendarInUse:
	"""Return a calendar that names a time zone, the system's if none."""
	system = get_system_timezone()
	return CalendarInUse(ZoneInfo(time_zone or system), ZoneInfo(system), checksum, form)


def _kept_under(key: Hashable, compile_it: Callable[[], BusinessCalendar]) -> BusinessCalendar:
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


def _begin() -> dict[str, CalendarInUse]:
	frappe.local.complaint_calendars = {}
	# What others committed is seen by the next transaction.
	frappe.db.after_commit.add(look_again)
	frappe.db.after_rollback.add(look_again)
	return frappe.local.complaint_calendars


def _read(calendar: str) -> CalendarInUse:
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
	return in_zone(*rows[0])
