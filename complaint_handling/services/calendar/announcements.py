"""Importing the announcement of a year: read completely, refused with the rows named, or written as a whole."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate
from frappe.utils.xlsxutils import read_xlsx_file_from_attached_file

from complaint_handling.constants import CALENDAR
from complaint_handling.domain.announcement import AnnouncedDay, DayKind, RowError, read_announcement
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar import calendar_days, calendar_years
from complaint_handling.services.calendar.calendar_days import ANNOUNCED, EXCEPTION, PROPOSED

# What a year of a country can hold, with room: more is not an announcement.
MOST_ROWS = 1000


def read(year: int, pasted: str | None, file_url: str | None) -> tuple[list[AnnouncedDay], list[str]]:
	"""Return the announced days of a sheet or of pasted rows, and what is wrong, row by row."""
	rows = _rows_of_file(file_url) if file_url else _rows_of_text(pasted or "")
	if len(rows) > MOST_ROWS:
		frappe.throw(
			_("The sheet has {0} rows; {1} are read at most.").format(len(rows), MOST_ROWS), CalendarError
		)
	days, errors = read_announcement(rows, year, _accepted_words())
	if not days and not errors:
		frappe.throw(
			_("The sheet holds no rows. Its columns are: date, kind, from, to, note."), CalendarError
		)
	return days, [_worded(error) for error in errors]


def write(calendar: Document, year: int, days: Sequence[AnnouncedDay], source: str) -> None:
	"""Replace what was announced for the year, mark it Published and save; harmless when repeated."""
	replace(calendar, year, days)
	calendar_years.record(calendar, year, calendar_years.PUBLISHED, source)
	calendar.save()


def replace(calendar: Document, year: int, days: Sequence[AnnouncedDay]) -> None:
	"""Replace what was announced for the year on the calendar's form.

	What the library proposed gives way on the same date. Exceptions entered by hand stay, also on an
	announced date: nobody's own hours are lost.
	"""
	announced = {day.date for day in days}
	calendar_days.remove(calendar, lambda row, day: row.origin == ANNOUNCED and day.year == year)
	calendar_days.remove(calendar, lambda row, day: row.origin == PROPOSED and day in announced)
	kept = set(calendar_days.kinds_by_date(calendar))
	for day in days:
		if day.date not in kept:
			calendar_days.add_day(calendar, day.date, day.kind, day.note, ANNOUNCED, (day.start, day.end))


def as_rows(calendar: Document, days: Sequence[AnnouncedDay]) -> list[dict[str, Any]]:
	"""Return the days as rows of a table, each with what the import would do."""
	by_hand = {getdate(row.date) for row in calendar.exceptions if row.origin not in (ANNOUNCED, PROPOSED)}
	return [
		{
			"date": str(day.date),
			"kind": str(day.kind),
			"note": day.note,
			"change": "Kept" if day.date in by_hand else "New",
		}
		for day in days
	]


def attach(calendar: str, file_url: str) -> str:
	"""Keep the sheet with the calendar as evidence and return its name."""
	file = _file(file_url)
	if not file.attached_to_name:
		file.update({"attached_to_doctype": CALENDAR, "attached_to_name": calendar})
		file.save()
	return file.file_name


def _worded(error: RowError) -> str:
	words = [_in_words(value) for value in error.values]
	return _("Row {0}: {1}").format(error.row, _(error.message).format(*words))


def _in_words(value: str) -> str:
	"""Return a value with the kinds of days in it in the user's language."""
	return ", ".join(
		_(word, context=EXCEPTION) if word in set(DayKind) else word for word in value.split(", ")
	)


def _accepted_words() -> dict[str, DayKind]:
	words = {str(kind).lower(): kind for kind in DayKind}
	return words | {_(str(kind), context=EXCEPTION).lower(): kind for kind in DayKind}


def _rows_of_file(file_url: str) -> list[list[Any]]:
	file = _file(file_url)
	if file.file_name.lower().endswith(".xlsx"):
		return read_xlsx_file_from_attached_file(fcontent=file.get_content()) or []
	content = file.get_content()
	if isinstance(content, bytes):
		try:
			content = content.decode("utf-8-sig")
		except UnicodeDecodeError:
			# What spreadsheets write in Chinese.
			content = content.decode("gb18030", errors="replace")
	return _rows_of_text(content)


def _rows_of_text(text: str) -> list[list[str]]:
	text = text.lstrip("\ufeff")
	separator = next((mark for mark in "\t;," if mark in text), None)
	# A Chinese comma separates columns where nothing else does; otherwise it belongs to a note.
	text = text if separator else text.replace("，", ",")
	return list(csv.reader(StringIO(text), delimiter=separator or ","))


def _file(file_url: str) -> Document:
	name = frappe.db.get_value("File", {"file_url": file_url}, order_by="creation desc")
	if not name:
		frappe.throw(
			_("The file {0} is not there any more. Attach it again.").format(file_url), CalendarError
		)
	file = frappe.get_doc("File", name)
	file.check_permission("read")
	return file
