"""Which open due times a calendar would set differently today. Information only: a running clock is never moved."""

from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import MILESTONE
from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.domain.clocks import Unit
from complaint_handling.services.calendar import calendar_days, calendars
from complaint_handling.services.clock import clock_times
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.clock.recomputed import demanded_stages

FIELDS = (
	"name",
	"stage",
	"reference_doctype",
	"reference_name",
	"procedure",
	"calendar",
	"target_value",
	"target_unit",
	"extend_over_holidays",
	"started_at",
	"due_at",
	"original_due_at",
	"paused_hours",
)


def moved_by(calendar: Document) -> list[dict[str, Any]]:
	"""Return the open milestones that this calendar, saved or not, would let be due at another time.

	Each with `document`, `stage`, `due_at` (promised and kept) and `would_be_due_at`, earliest first.
	Times that people agreed on, and demands with a deadline of their own, count by no calendar.
	"""
	with calendars.trying(calendar):
		moved = [{**row, "would_be_due_at": would_be_due(row)} for row in _counted_by(calendar.name)]
	return [row for row in moved if row["would_be_due_at"] != get_datetime(row["due_at"])]


def count(draft: Document) -> int:
	"""Return how many open milestones a calendar would move that only its form holds so far."""
	calendar_days.complete(draft)
	return len(moved_by(draft))


def would_be_due(milestone: dict) -> datetime:
	"""Return the due time that a milestone would have if its clock had counted by today's calendar.

	A calendar that reaches no due time any more moves nothing. What was agreed since the start stays, and
	pauses are counted again.
	"""
	now = get_datetime(milestone["due_at"])
	first = get_datetime(milestone["original_due_at"] or now)
	try:
		anew = clock_times.due_anew(milestone)
		if anew == first:
			return now
		return anew if now == first else _after_pauses(milestone, anew, now)
	except HorizonError:
		return now


def _after_pauses(milestone: dict, due: datetime, agreed: datetime) -> datetime:
	if not milestone["paused_hours"]:
		return agreed
	return clock_times.later_by(milestone, due, milestone["paused_hours"])


def _counted_by(calendar: str) -> list[dict]:
	# All of them: the count concerns who keeps the calendar; `api.calendar` shows rows to who may read them.
	rows = frappe.get_all(
		MILESTONE,
		filters={
			"calendar": calendar,
			"state": ("in", OPEN),
			"target_unit": ("in", [str(unit) for unit in Unit]),
			"promise": ("is", "not set"),
		},
		fields=list(FIELDS),
		order_by="due_at asc",
	)
	demanded = demanded_stages({row.procedure for row in rows})
	return [row for row in rows if (row.procedure, row.stage) not in demanded]
