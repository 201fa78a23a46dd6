"""An announced year of public holidays as the rows of a sheet: read row by row, or refused with the row named.

A sheet has the columns date, kind, from, to, note. What is read is values only: dates and times as a
spreadsheet holds them, or as people write them (2026-10-01, 2026/10/1, 2026年10月1日; 9:00, 09:00:00).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from complaint_handling.domain.words import Word, _


class DayKind(Word):
	"""What an exception by date makes of a day."""

	WORKED_DAY = "Worked Day"
	MAKE_UP_WORKDAY = "Make-up Workday"
	HALF_DAY = "Half Day"
	OWN_HOURS = "Own Hours"
	CLOSED = "Closed"
	HOLIDAY = "Holiday"

	@property
	def is_closed(self) -> bool:
		"""Tell whether the day has no working time; a Holiday is a statutory one."""
		return self in (DayKind.CLOSED, DayKind.HOLIDAY)

	@property
	def has_ordinary_hours(self) -> bool:
		"""Tell whether a day without times has the hours of an ordinary working day."""
		return self in (DayKind.WORKED_DAY, DayKind.MAKE_UP_WORKDAY)


@dataclass(frozen=True)
class AnnouncedDay:
	"""One row: a day and what it is; times are both set or both None."""

	row: int
	date: date
	kind: DayKind
	start: time | None = None
	end: time | None = None
	note: str = ""


@dataclass(frozen=True)
class RowError:
	"""What is wrong with a row: an English source text and the values of its placeholders."""

	row: int
	message: str
	values: tuple[str, ...] = ()


class _Refused(Exception):
	def __init__(self, message: str, *values: object) -> None:
		super().__init__(message)
		self.message, self.values = message, tuple(str(value) for value in values)


def read_announcement(
	rows: Iterable[Sequence[Any]], year: int, kinds: Mapping[str, DayKind]
) -> tuple[list[AnnouncedDay], list[RowError]]:
	"""Return the days of a sheet, and what is wrong with it; rows are counted from 1, empty ones skipped.

	A first row whose first cell is no date is taken for the headings. `kinds` holds the accepted words in
	lower case. Rows of one date belong together: they are its working periods and must not contradict
	each other.
	"""
	days: list[AnnouncedDay] = []
	errors: list[RowError] = []
	for number, cells in _filled(rows):
		try:
			day = _read(number, cells, year, kinds)
			_compare([other for other in days if other.date == day.date], day)
			days.append(day)
		except _Refused as refusal:
			errors.append(RowError(number, refusal.message, refusal.values))
	return days, errors


def _filled(rows: Iterable[Sequence[Any]]) -> list[tuple[int, list[str | Any]]]:
	numbered = [(number, [*cells, *[None] * 5][:5]) for number, cells in enumerate(rows, start=1)]
	filled = [(number, cells) for number, cells in numbered if any(_text(cell) for cell in cells)]
	if filled and not re.search(r"\d", _text(filled[0][1][0])):
		return filled[1:] if _text(filled[0][1][0]) else filled
	return filled


def _read(number: int, cells: Sequence[Any], year: int, kinds: Mapping[str, DayKind]) -> AnnouncedDay:
	day = _date(cells[0])
	if day.year != year:
		raise _Refused(_("{0} is not in the year {1}. Import it with its own year."), day, year)
	kind = kinds.get(_text(cells[1]).lower())
	if kind is None:
		raise _Refused(
			_("{0} is no kind of day. Use one of: {1}."), _text(cells[1]) or "—", ", ".join(DayKind)
		)
	start, end = _time(cells[2]), _time(cells[3])
	_check_times(kind, start, end)
	return AnnouncedDay(number, day, kind, start, end, _text(cells[4]))


def _check_times(kind: DayKind, start: time | None, end: time | None) -> None:
	if kind.is_closed:
		if start or end:
			raise _Refused(_("A day of the kind {0} has no working time. Empty the times."), kind)
		return
	if (start is None) != (end is None):
		raise _Refused(_("A working period needs both times, from and to."))
	if start is None and not kind.has_ordinary_hours:
		raise _Refused(_("A day of the kind {0} needs its working time. Fill in from and to."), kind)
	# Midnight as the end is the end of the day.
	if start and end and time.min < end <= start:
		raise _Refused(_("The working time must end after it starts, not at {0}."), end.strftime("%H:%M"))


def _compare(earlier: Sequence[AnnouncedDay], day: AnnouncedDay) -> None:
	for other in earlier:
		if other.kind is not day.kind:
			raise _Refused(_("{0} is already {1} in row {2}."), day.date, other.kind, other.row)
		if other.start is None or day.start is None:
			raise _Refused(_("{0} is given twice, first in row {1}."), day.date, other.row)
		if day.start < _closing(other) and other.start < _closing(day):
			raise _Refused(_("The working time overlaps that of row {0}."), other.row)


def _closing(day: AnnouncedDay) -> time:
	return time.max if day.end in (None, time.min) else day.end


def _date(cell: Any) -> date:
	if isinstance(cell, datetime):
		return cell.date()
	if isinstance(cell, date):
		return cell
	parts = re.fullmatch(
		r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?", _text(cell)
	)
	try:
		return date(*(int(part) for part in parts.groups()))  # type: ignore[union-attr]
	except (AttributeError, ValueError):
		raise _Refused(_("{0} is no date. Write it as in 2026-10-01."), _text(cell) or "—") from None


def _time(cell: Any) -> time | None:
	if isinstance(cell, datetime):
		return cell.time()
	if isinstance(cell, time):
		return cell
	if isinstance(cell, timedelta):
		return (datetime.min + cell % timedelta(days=1)).time()
	if not _text(cell):
		return None
	parts = re.fullmatch(r"(\d{1,2})[:：](\d{2})(?::(\d{2})(?:\.0*)?)?", _text(cell))
	try:
		hour, minute, second = (int(part or 0) for part in parts.groups())  # type: ignore[union-attr]
		return time(0 if (hour, minute) == (24, 0) else hour, minute, second)
	except (AttributeError, ValueError):
		raise _Refused(_("{0} is no time. Write it as in 09:00."), _text(cell)) from None


def _text(cell: Any) -> str:
	return "" if cell is None else str(cell).strip()
