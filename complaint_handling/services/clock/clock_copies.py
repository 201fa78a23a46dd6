"""Flat figures of a document's clocks, which lists and reports read from the document itself."""

from collections.abc import Sequence
from typing import Any

import frappe

from complaint_handling.constants import AUTHORITY_CASE, COMPLAINT, MILESTONE, SLIP
from complaint_handling.domain.clocks import MilestoneState
from complaint_handling.services.clock.clock_events import FIRST_ANSWER, SLIP_REPORTED, SOLUTION_APPROVED

RUNNING = (str(MilestoneState.ON_TRACK), str(MilestoneState.DUE_SOON), str(MilestoneState.OVERDUE))
PAUSED = str(MilestoneState.PAUSED)
OPEN = (*RUNNING, PAUSED)
DONE = (str(MilestoneState.MET), str(MilestoneState.MISSED))

COPIED_FIELDS = ("stage", "stops_on", "state", "due_at", "escalation_level")


def copies_of(doctype: str, name: str) -> dict[str, Any]:
	"""Return the flat figures of a document's clocks: next due time, stage, state and level."""
	rows = frappe.get_all(
		MILESTONE,
		filters={"reference_doctype": doctype, "reference_name": name},
		fields=list(COPIED_FIELDS),
		order_by="due_at asc",
	)
	return copies_from(doctype, rows)


def copies_from(doctype: str, rows: Sequence[dict]) -> dict[str, Any]:
	"""Return the flat figures for the milestones of one document, which come by due time, earliest first.

	A clock that runs comes before one that stands; empty for a DocType without such columns.
	"""
	running = [row for row in rows if row["state"] in RUNNING]
	nearest = next(iter(running or [row for row in rows if row["state"] == PAUSED]), None)
	copies = {
		"clock_state": nearest["state"] if nearest else _last_state(rows),
		"escalation_level": max((row["escalation_level"] for row in running), default=0),
	}
	if doctype == COMPLAINT:
		return copies | {
			"next_due_at": nearest["due_at"] if nearest else None,
			"next_due_stage": nearest["stage"] if nearest else None,
			"first_answer_in_time": _in_time(rows, FIRST_ANSWER),
			"solution_in_time": _in_time(rows, SOLUTION_APPROVED),
		}
	if doctype == SLIP:
		replies = [row for row in rows if row["stops_on"] == SLIP_REPORTED]
		return copies | {
			"reply_due_at": replies[-1]["due_at"] if replies else None,
			"reply_in_time": _in_time(rows, SLIP_REPORTED),
		}
	return copies if doctype == AUTHORITY_CASE else {}


def _last_state(rows: Sequence[dict]) -> str | None:
	ended = [row["state"] for row in rows if row["state"] != MilestoneState.CANCELLED]
	if not ended:
		return None
	return str(MilestoneState.MISSED if MilestoneState.MISSED in ended else MilestoneState.MET)


def _in_time(rows: Sequence[dict], event: str) -> str | None:
	states = [row["state"] for row in rows if row["stops_on"] == event]
	if MilestoneState.MISSED in states:
		return "No"
	return "Yes" if MilestoneState.MET in states else None
