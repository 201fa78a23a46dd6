"""The days that a Complaint Calendar names by date: what is there, what is added, and with which hours."""

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, to_timedelta

from complaint_handling.domain.announcement import DayKind
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar.calendars import WEEKDAYS

PROPOSED, ANNOUNCED, COPIED = "Proposed", "Announced", "Copied"
HOLIDAY_LIST = "Holiday List"
EXCEPTION = "Complaint Calendar Exception"

Hours = tuple[tuple[timedelta, timedelta], ...]


def ordinary_hours(calendar: Document) -> Hours:
	"""Return the working periods of an ordinary working day: those that most weekdays have."""
	weekdays: dict[int, Hours] = {}
	for row in calendar.periods:
		weekday = WEEKDAYS.index(row.weekday)
		period = to_timedelta(str(row.start_time)), to_timedelta(str(row.end_time))
		weekdays[weekday] = tuple(sorted((*weekdays.get(weekday, ()), period)))
	# The most common comes first; of equally common ones the earliest weekday's.
	counted = Counter(weekdays[weekday] for weekday in sorted(weekdays))
	return counted.most_common(1)[0][0] if counted else ()


def complete(calendar: Document) -> None:
	"""Give exceptions without times those of an ordinary day, and refuse what contradicts itself.

	Raises CalendarError that names the row.
	"""
	first: dict[date, Document] = {}
	# Rows without date or kind are refused by the host afterwards.
	for row in [row for row in calendar.exceptions if row.date and row.kind]:
		other = first.setdefault(getdate(row.date), row)
		if other is not row and (other.kind != row.kind or DayKind(row.kind).is_closed):
			frappe.throw(
				_("Exceptions, row {0}: {1} is already {2}. Leave one of them.").format(
					row.idx, format_date(row.date), _(other.kind, context=EXCEPTION)
				),
				CalendarError,
			)
		_complete_row(calendar, row)
	calendar.exceptions.sort(key=_order)
	for index, row in enumerate(calendar.exceptions, start=1):
		row.idx = index


def add_day(
	calendar: Document,
	day: date,
	kind: DayKind,
	note: str,
	origin: str,
	times: tuple[time | timedelta | None, time | timedelta | None] = (None, None),
) -> None:
	"""Append an exception to the calendar's form; the caller saves it."""
	start, end = times
	calendar.append(
		"exceptions",
		{
			"date": day,
			"kind": str(kind),
			"start_time": start,
			"end_time": end,
			"note": note[:140],
			"origin": origin,
			# Rows that validation adds come too late for the host to do it.
			"owner": frappe.session.user,
		},
	)


def kinds_by_date(calendar: Document) -> dict[date, DayKind]:
	"""Return the dates that have an exception, each with its kind."""
	return {getdate(row.date): DayKind(row.kind) for row in calendar.exceptions}


def remove(calendar: Document, is_meant: Callable[[Document, date], bool]) -> None:
	"""Take the exceptions off the calendar's form that are meant, judged by row and date."""
	calendar.set("exceptions", [row for row in calendar.exceptions if not is_meant(row, getdate(row.date))])


def holidays_of(holiday_list: str | None) -> dict[date, bool]:
	"""Return the dates of a Holiday List, each with whether it is a weekly day off and no public holiday."""
	if not holiday_list:
		return {}
	# Read for the clocks, whoever asks: the right to the Holiday List itself is another matter.
	rows = frappe.get_all(
		"Holiday",
		filters={"parent": holiday_list, "parenttype": HOLIDAY_LIST},
		fields=["holiday_date", "weekly_off"],
		order_by="holiday_date asc",
	)
	return {getdate(row.holiday_date): bool(row.weekly_off) for row in rows}


def _order(row: Document) -> tuple[date, timedelta]:
	return getdate(row.date or date.max), to_timedelta(str(row.start_time or "0:00"))


def _complete_row(calendar: Document, row: Document) -> None:
	kind = DayKind(row.kind)
	if kind.is_closed:
		row.start_time = row.end_time = None
	elif row.start_time is None and row.end_time is None and kind.has_ordinary_hours:
		_give_ordinary_hours(calendar, row)
	elif row.start_time is None or row.end_time is None:
		frappe.throw(
			_(
				"Exceptions, row {0}: a day of the kind {1} needs its working time. Fill in from and to."
			).format(row.idx, _(row.kind, context=EXCEPTION)),
			CalendarError,
		)


def _give_ordinary_hours(calendar: Document, row: Document) -> None:
	hours = ordinary_hours(calendar)
	if not hours:
		return
	row.start_time, row.end_time = hours[0]
	for start, end in hours[1:]:
		add_day(
			calendar, getdate(row.date), DayKind(row.kind), row.note or "", row.origin or "", (start, end)
		)
