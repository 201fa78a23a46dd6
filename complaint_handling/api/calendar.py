"""What the buttons of the Complaint Calendar call. Each needs the right to write the calendar."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import CALENDAR, MILESTONE
from complaint_handling.domain.announcement import DayKind
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar import (
	announcements,
	calendar_years,
	holiday_proposals,
	moved_due_times,
	public_holidays,
)

# A list for people: whoever has more moves than this looks at the count.
MOST_SHOWN = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


@frappe.whitelist()
def get_subdivisions(country: str) -> list[str]:
	"""Return the subdivisions of a country that have public holidays of their own."""
	frappe.has_permission(CALENDAR, "read", throw=True)
	return public_holidays.subdivisions_of(country)


@frappe.whitelist()
def propose_public_holidays(
	calendar: str, country: str, year: int | str, subdivision: str | None = None
) -> dict[str, Any]:
	"""Return what the public holidays of a country and year would change; nothing is written."""
	doc = _writable(calendar)
	proposal = holiday_proposals.propose(doc, country, subdivision, _year(year))
	found = {
		"status": proposal.status,
		"rows": proposal.as_rows(),
		"written_to": holiday_proposals.written_to(doc),
	}
	holiday_proposals.add(doc, proposal, proposal.of(holiday_proposals.NEW, DayKind.HOLIDAY))
	return {**found, "moved": moved_due_times.count(doc)}


@frappe.whitelist(methods=["POST"])
def write_public_holidays(
	calendar: str, country: str, year: int | str, subdivision: str | None = None
) -> None:
	"""Write the proposed public holidays to the calendar and its Holiday List."""
	doc = _writable(calendar)
	holiday_proposals.write(doc, holiday_proposals.propose(doc, country, subdivision, _year(year)))


@frappe.whitelist(methods=["POST"])
def check_announcement(
	calendar: str, year: int | str, rows: str | None = None, file_url: str | None = None
) -> dict[str, Any]:
	"""Return the days that a sheet or pasted rows announce, and what is wrong with them; writes nothing."""
	doc = _writable(calendar)
	days, errors = announcements.read(_year(year), rows, file_url)
	found = {"rows": announcements.as_rows(doc, days), "errors": errors}
	announcements.replace(doc, _year(year), days)
	return {**found, "moved": moved_due_times.count(doc)}


@frappe.whitelist(methods=["POST"])
def import_announcement(
	calendar: str, year: int | str, rows: str | None = None, file_url: str | None = None
) -> int:
	"""Replace what was announced for the year; refused as a whole when a row is wrong. Return the days."""
	doc = _writable(calendar)
	days, errors = announcements.read(_year(year), rows, file_url)
	if errors:
		frappe.throw(
			errors, CalendarError, title=_("Nothing was imported. Correct these rows:"), as_list=True
		)
	source = announcements.attach(doc.name, file_url) if file_url else _("Pasted announcement")
	announcements.write(doc, _year(year), days, source)
	return len({day.date for day in days})


@frappe.whitelist()
def propose_copy(calendar: str, from_year: int | str, to_year: int | str) -> dict[str, Any]:
	"""Return the exceptions of a year that another one lacks; nothing is written."""
	doc = _writable(calendar)
	rows = [
		{"date": str(day["to_date"]), "kind": day["row"].kind, "note": day["row"].note, "change": "New"}
		for day in calendar_years.days_to_copy(doc, _year(from_year), _year(to_year))
	]
	calendar_years.add_copies(doc, _year(from_year), _year(to_year))
	return {"rows": rows, "moved": moved_due_times.count(doc)}


@frappe.whitelist(methods=["POST"])
def copy_to_year(calendar: str, from_year: int | str, to_year: int | str) -> int:
	"""Copy the exceptions of a year to another; return how many. Harmless when repeated."""
	return calendar_years.copy(_writable(calendar), _year(from_year), _year(to_year))


@frappe.whitelist(methods=["POST"])
def get_moved_due_times(calendar: str | dict) -> dict[str, Any]:
	"""Return the open due times that a calendar, given by name or as its unsaved form, would move.

	`count` is of all; `rows` holds the first of those that the user may read.
	"""
	doc = _draft(calendar)
	moved = moved_due_times.moved_by(doc)
	readable = set(
		frappe.get_list(
			MILESTONE, filters={"name": ("in", [row["name"] for row in moved])}, pluck="name", limit=0
		)
		if moved and frappe.has_permission(MILESTONE, "read")
		else ()
	)
	return {
		"count": len(moved),
		"rows": [row for row in moved if row["name"] in readable][:MOST_SHOWN],
	}


def _draft(calendar: str | dict) -> Document:
	given = frappe.parse_json(calendar) if not isinstance(calendar, str) or calendar.startswith("{") else None
	name = given.get("name") if given else calendar
	if not name or not frappe.db.exists(CALENDAR, name):
		frappe.throw(_("Save the calendar first."), CalendarError)
	doc = _writable(name)
	if given:
		doc.update(given)
		doc.run_method("validate")
	return doc


def _writable(calendar: str) -> Document:
	doc = frappe.get_doc(CALENDAR, calendar)
	doc.check_permission("write")
	return doc


def _year(year: int | str) -> int:
	number = frappe.utils.cint(year)
	if not FIRST_YEAR <= number <= LAST_YEAR:
		frappe.throw(_("{0} is not a year. Enter one such as 2027.").format(year), CalendarError)
	return number
