"""The day's work: what is due, what was left over, whom to tell, what to acknowledge, and the notes (R-000K-24).

A note is the host's ToDo on the document, allocated to whom it concerns: it stands in his list of to-dos and in
the timeline of the document, and has no copy here.
"""

from collections.abc import Iterator
from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import escape_html, now_datetime

from complaint_handling.constants import CASE_DOCTYPES, COMPLAINT
from complaint_handling.services import wait_facts
from complaint_handling.services.work_parts import PARTS, Day, Row


def work_list(user: str, mine: bool, now: datetime | None = None) -> dict[str, list[Row]]:
	"""Return the parts of the work list by their keys, each with its rows, the earliest first."""
	day = Day(now or now_datetime(), user, mine)
	parts = {key: part(day) for key, part in PARTS.items()}
	_add_cases(parts)
	_add_names(parts)
	_add_notes(parts, day)
	return parts


# What every row shows beside its own.


def _add_cases(parts: dict[str, list[Row]]) -> None:
	"""Add customer and subject."""
	names = {row["complaint"] for row in _all(parts) if row["complaint"]}
	if not names:
		return
	fields = ["name", "subject", "customer_name", "complaint_owner"]
	filters = {"name": ("in", sorted(names))}
	rows = frappe.get_list(COMPLAINT, filters=filters, fields=fields, limit=0)
	cases = {row.name: row for row in rows}
	for row in _all(parts):
		case = cases.get(row["complaint"]) or {}
		row["subject"], row["customer_name"] = case.get("subject"), case.get("customer_name")
		row.setdefault("user", case.get("complaint_owner"))


def _add_names(parts: dict[str, list[Row]]) -> None:
	names = wait_facts.full_names({row["user"] for row in _all(parts) if row.get("user")})
	for row in _all(parts):
		row["user_name"] = names.get(row.get("user") or "", "")


def _add_notes(parts: dict[str, list[Row]], day: Day) -> None:
	"""Show the reader's notes beside the lines of their documents, whatever their date."""
	notes: dict[tuple[str, str], list[Row]] = {}
	for row in parts["notes"]:
		key = (row["doctype"], row["document"])
		notes.setdefault(key, []).append({"name": row["note"], "text": row["what"], "date": row["at"]})
	for key, rows in parts.items():
		for row in rows:
			row["notes"] = [] if key == "notes" else notes.get((row["doctype"], row["document"]), [])


def _all(parts: dict[str, list[Row]]) -> Iterator[Row]:
	for rows in parts.values():
		yield from rows


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
