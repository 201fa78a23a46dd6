"""What the page of the daily work list asks and does."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from complaint_handling.constants import (
	AUDITOR,
	COORDINATOR,
	GENERAL_MANAGER,
	MILESTONE,
	REVIEWER,
	VICE_PRESIDENT,
)
from complaint_handling.services.overview import work_list, work_notes
from complaint_handling.services.overview.work_day import MAXIMUM_ROWS

# Who answers for the work of others starts with all of it.
OVERSEERS = frozenset((AUDITOR, COORDINATOR, GENERAL_MANAGER, REVIEWER, VICE_PRESIDENT))


@frappe.whitelist()
def get_work_list(mine: int | str | None = None) -> dict[str, Any]:
	"""Return the day's work; `mine` leaves the own rows, and is on for whoever oversees nobody."""
	frappe.has_permission(MILESTONE, "read", throw=True)
	only_own = cint(mine) if mine not in (None, "") else not OVERSEERS.intersection(frappe.get_roles())
	return {
		"parts": work_list.work_list(frappe.session.user, bool(only_own)),
		"mine": int(only_own),
		"maximum": MAXIMUM_ROWS,
		"as_of": now_datetime(),
	}


@frappe.whitelist(methods=["POST"])
def add_note(doctype: str, name: str, text: str, on: str, user: str | None = None) -> str:
	"""Note something on a document for a day, for oneself or for somebody who may read it."""
	if not text.strip():
		frappe.throw(_("Write the note first."))
	return work_notes.add_note(doctype, name, text.strip(), getdate(on), user or frappe.session.user)


@frappe.whitelist(methods=["POST"])
def close_note(name: str) -> None:
	"""Close a note of one's own."""
	work_notes.close_note(name)
