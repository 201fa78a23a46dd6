"""Notes of the work list: the host's ToDo on a document, allocated to whom it concerns (R-000K-24).

They stand in his list of to-dos and in the timeline of the document, and have no copy here.
"""

from datetime import date, timedelta
from html import unescape

import frappe
from frappe import _
from frappe.utils import escape_html

from complaint_handling.constants import CASE_DOCTYPES, COMPLAINT, COMPLAINT_CHILD_DOCTYPES
from complaint_handling.services.overview.work_day import MAXIMUM_ROWS, Day, Row, listed

DAYS_AHEAD = 7


def notes_of(day: Day) -> list[Row]:
	"""Return the open notes for the reader up to a week ahead, the earliest first."""
	notes = _open_notes(day, day.now.date() + timedelta(days=DAYS_AHEAD))
	complaints = _complaints_of_notes(notes)
	return [
		{
			"doctype": row.reference_type,
			"document": row.reference_name,
			"complaint": complaints.get((row.reference_type, row.reference_name)),
			"what": unescape(frappe.utils.strip_html(row.description or "")),
			"at": row.date,
			"user": row.allocated_to,
			"is_late": bool(row.date) and row.date < day.now.date(),
			"note": row.name,
		}
		for row in notes
	]


def _complaints_of_notes(notes: list[frappe._dict]) -> dict[tuple[str, str], str]:
	"""Return the complaint of each document that has a note; an 8D report may have several, and names none."""
	names: dict[str, list[str]] = {}
	for note in notes:
		names.setdefault(note.reference_type, []).append(note.reference_name)
	found = {(COMPLAINT, name): name for name in names.get(COMPLAINT, ())}
	for doctype in set(names) & set(COMPLAINT_CHILD_DOCTYPES):
		filters = {"name": ("in", names[doctype])}
		for row in listed(doctype, filters, ["complaint"], "creation asc"):
			found[(doctype, row.name)] = row.complaint
	return found


def _open_notes(day: Day, until: date) -> list[frappe._dict]:
	return frappe.get_list(
		"ToDo",
		filters={
			"status": "Open",
			"allocated_to": day.user,
			"reference_type": ("in", CASE_DOCTYPES),
			"date": ("<=", until),
		},
		fields=["name", "description", "date", "allocated_to", "reference_type", "reference_name"],
		order_by="date asc",
		limit=MAXIMUM_ROWS,
	)


def add_note(doctype: str, name: str, text: str, on: date, user: str) -> str:
	"""Note something on a document of a case for a day, for a user who may read it; return the note's name."""
	if doctype not in CASE_DOCTYPES:
		frappe.throw(_("Notes of the work list belong to a document of a complaint."))
	frappe.get_doc(doctype, name).check_permission("read")
	note = frappe.get_doc(
		{
			"doctype": "ToDo",
			"reference_type": doctype,
			"reference_name": name,
			"description": escape_html(text),
			"date": on,
			"allocated_to": user,
			"assigned_by": frappe.session.user,
		}
	)
	return note.insert().name


def close_note(name: str) -> None:
	"""Close a note; the user has to be the one it is for, or the one who wrote it."""
	note = frappe.get_doc("ToDo", name)
	note.check_permission("write")
	note.status = "Closed"
	note.save()
