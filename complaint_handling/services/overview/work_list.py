"""The day's work: what is due, what was left over, whom to tell, what to acknowledge, and the notes (R-000K-24)."""

from collections.abc import Iterator
from datetime import datetime

import frappe
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT
from complaint_handling.services.overview import wait_facts
from complaint_handling.services.overview.work_day import Day, Row
from complaint_handling.services.overview.work_parts import PARTS


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
