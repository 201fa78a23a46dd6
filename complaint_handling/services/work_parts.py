"""The parts of the day's work, each one query of what is due, not of what is open.

Every query goes through `get_list`: a reader finds what his lists show. `MAXIMUM_ROWS` of each part are shown,
the earliest first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import get_datetime, getdate

from complaint_handling.constants import (
	CASE_DOCTYPES,
	COMPLAINT,
	ESCALATION_LOG,
	MILESTONE,
	PROMISE,
	REVISIT,
	SETTINGS,
)
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, RevisitState
from complaint_handling.services import calendars
from complaint_handling.services.clocks import RUNNING

MAXIMUM_ROWS = 100
# A deadline at which nobody told the customer is work for so long; afterwards it is a figure.
DAYS_TO_TELL = 60
DAYS_OF_NOTES = 7

Row = dict[str, Any]


@dataclass(frozen=True)
class Day:
	"""Whose work of which day: now (naive, system zone), the reader, and whether only his own rows count."""

	now: datetime
	user: str
	mine: bool

	@property
	def begins(self) -> datetime:
		return datetime.combine(self.now.date(), time.min)

	@property
	def ends(self) -> datetime:
		return self.begins + timedelta(days=1)

	@cached_property
	def last_working_day(self) -> datetime:
		"""The last day before today on which anybody worked: on a Monday it is not Sunday."""
		day = self.begins - timedelta(days=1)
		calendar = _default_calendar()
		if not calendar:
			return day
		compiled = calendars.compiled(calendar, self.now)
		return next(
			(
				day - timedelta(days=back)
				for back in range(15)
				if compiled.is_working_day((day - timedelta(days=back)).date())
			),
			day,
		)


def _overdue(day: Day) -> list[Row]:
	return _clocks(day, [["due_at", "<", day.last_working_day]])


def _left_over(day: Day) -> list[Row]:
	return _clocks(day, [["due_at", ">=", day.last_working_day], ["due_at", "<", day.begins]])


def _today(day: Day) -> list[Row]:
	return _clocks(day, [["due_at", ">=", day.begins], ["due_at", "<", day.ends]])


def _promises(day: Day) -> list[Row]:
	filters: Row = {"state": "Open", "due_at": ("<", day.ends)}
	if day.mine:
		filters["name"] = ("in", _own_promises(day) or [""])
	rows = _list(PROMISE, filters, ["complaint", "kind", "due_at"], "due_at asc")
	return [
		{
			"doctype": COMPLAINT,
			"document": row.complaint,
			"complaint": row.complaint,
			"what": _(row.kind, context="Complaint Promise") if row.kind else "",
			"at": row.due_at,
			"is_late": get_datetime(row.due_at) < day.now,
		}
		for row in rows
	]


def _to_tell(day: Day) -> list[Row]:
	names = _untold_clocks(day)
	if not names:
		return []
	rows = _list(MILESTONE, {"name": ("in", names)}, ["stage", "complaint", "due_at"], "due_at asc")
	return [
		{
			"doctype": COMPLAINT,
			"document": row.complaint,
			"complaint": row.complaint,
			"what": _(row.stage, context="Complaint Milestone"),
			"at": row.due_at,
			"is_late": True,
		}
		for row in rows
	]


def _acknowledgements(day: Day) -> list[Row]:
	filters: Row = {"requires_acknowledgement": 1, "acknowledged_on": ("is", "not set")}
	if day.mine:
		filters["escalated_to"] = day.user
	fields = [
		"stage",
		"reference_doctype",
		"reference_name",
		"complaint",
		"escalated_at",
		"escalated_to",
		"level",
	]
	return [
		{
			"doctype": row.reference_doctype,
			"document": row.reference_name,
			"complaint": row.complaint,
			"what": _(row.stage, context="Complaint Milestone"),
			"at": row.escalated_at,
			"user": row.escalated_to,
			"level": row.level,
			"is_late": False,
			"log": row.name if row.escalated_to == day.user else None,
		}
		for row in _list(ESCALATION_LOG, filters, fields, "escalated_at asc")
	]


def _revisits(day: Day) -> list[Row]:
	if not frappe.has_permission(REVISIT, "read"):
		return []
	filters: Row = {
		"workflow_state": ("in", (str(RevisitState.PLANNED), str(RevisitState.UNREACHABLE))),
		"planned_on": ("<=", day.now.date()),
	}
	if day.mine:
		filters["assigned_to"] = day.user
	fields = ["complaint", "purpose", "planned_on", "assigned_to", "workflow_state"]
	return [
		{
			"doctype": REVISIT,
			"document": row.name,
			"complaint": row.complaint,
			"what": _(row.purpose, context=REVISIT) if row.purpose else _(REVISIT),
			"at": row.planned_on,
			"user": row.assigned_to,
			"state": row.workflow_state,
			"is_late": getdate(row.planned_on) < day.now.date(),
		}
		for row in _list(REVISIT, filters, fields, "planned_on asc")
	]


def _notes(day: Day) -> list[Row]:
	until = day.now.date() + timedelta(days=DAYS_OF_NOTES)
	return [
		{
			"doctype": row.reference_type,
			"document": row.reference_name,
			"complaint": row.reference_name if row.reference_type == COMPLAINT else None,
			"what": frappe.utils.strip_html(row.description or ""),
			"at": row.date,
			"user": row.allocated_to,
			"is_late": bool(row.date) and row.date < day.now.date(),
			"note": row.name,
		}
		for row in _open_notes(day, until)
	]


PARTS: dict[str, Callable[[Day], list[Row]]] = {
	"overdue": _overdue,
	"left_over": _left_over,
	"today": _today,
	"promises": _promises,
	"to_tell": _to_tell,
	"acknowledgements": _acknowledgements,
	"revisits": _revisits,
	"notes": _notes,
}


def _clocks(day: Day, due: list[list]) -> list[Row]:
	filters = [["state", "in", RUNNING], *due]
	if day.mine:
		filters.append(["responsible_user", "=", day.user])
	fields = [
		"stage",
		"reference_doctype",
		"reference_name",
		"complaint",
		"state",
		"due_at",
		"responsible_user",
		"department",
		"escalation_level",
	]
	return [
		{
			"doctype": row.reference_doctype,
			"document": row.reference_name,
			"complaint": row.complaint,
			"what": _(row.stage, context="Complaint Milestone"),
			"at": row.due_at,
			"state": row.state,
			"user": row.responsible_user,
			"department": row.department,
			"level": row.escalation_level,
			"is_late": get_datetime(row.due_at) < day.now,
		}
		for row in _list(MILESTONE, filters, fields, "due_at asc")
	]


def _untold_clocks(day: Day) -> list[str]:
	"""Return the clocks at whose due time the customer was to be told and was not (ISO 10002, 7.4).

	What was done in time is told when it is done.
	"""
	clock, case = DocType(MILESTONE), DocType(COMPLAINT)
	told_in_time = (clock.state == "Met") & (case.last_informed_on >= clock.done_at)
	query = (
		frappe.qb.from_(clock)
		.join(case)
		.on(clock.complaint == case.name)
		.select(clock.name)
		.where((clock.due_at >= day.now - timedelta(days=DAYS_TO_TELL)) & (clock.due_at < day.now))
		.where((clock.tell_customer == 1) & (clock.state != "Cancelled"))
		.where(case.workflow_state.notin([str(state) for state in ENDED_COMPLAINT_STATES]))
		.where(
			case.last_informed_on.isnull() | ((case.last_informed_on < clock.due_at) & told_in_time.negate())
		)
		.orderby(clock.due_at)
		.limit(MAXIMUM_ROWS)
	)
	if day.mine:
		query = query.where(case.complaint_owner == day.user)
	return [name for (name,) in query.run()]


def _own_promises(day: Day) -> list[str]:
	row, case = DocType(PROMISE), DocType(COMPLAINT)
	query = (
		frappe.qb.from_(row)
		.join(case)
		.on(row.complaint == case.name)
		.select(row.name)
		.where((row.state == "Open") & (row.due_at < day.ends) & (case.complaint_owner == day.user))
		.orderby(row.due_at)
		.limit(MAXIMUM_ROWS)
	)
	return [name for (name,) in query.run()]


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


def _list(doctype: str, filters: Row, fields: list[str], order_by: str) -> list[frappe._dict]:
	return frappe.get_list(
		doctype, filters=filters, fields=["name", *fields], order_by=order_by, limit=MAXIMUM_ROWS
	)


def _default_calendar() -> str | None:
	procedure = frappe.db.get_single_value(SETTINGS, "default_procedure")
	return procedure and frappe.get_cached_value("Complaint Procedure", procedure, "default_calendar")
