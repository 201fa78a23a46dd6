"""The parts of the day's work, each one query of what is due, not of what is open.

Every query goes through `get_list`: a reader finds what his lists show. Each row names a document, what is due of
it and when; the earliest come first.
"""

from collections.abc import Callable
from datetime import timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import get_datetime, getdate

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, EVALUATION, MILESTONE, PROMISE, REVISIT
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, RevisitState
from complaint_handling.services.clock.clock_copies import RUNNING
from complaint_handling.services.overview.work_day import MAXIMUM_ROWS, Day, Row, listed
from complaint_handling.services.overview.work_notes import notes_of

# A deadline at which nobody told the customer is work for so long; afterwards it is a figure.
DAYS_TO_TELL = 60


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
	rows = listed(PROMISE, filters, ["complaint", "kind", "due_at"], "due_at asc")
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
	rows = listed(MILESTONE, {"name": ("in", names)}, ["stage", "complaint", "due_at"], "due_at asc")
	stages: dict[str, list[str]] = {}
	for row in rows:
		stages.setdefault(row.complaint, []).append(_(row.stage, context="Complaint Milestone"))
	# One word to the customer serves all his deadlines: a line a case, of its earliest one.
	first = {row.complaint: row for row in reversed(rows)}
	return [
		{
			"doctype": COMPLAINT,
			"document": row.complaint,
			"complaint": row.complaint,
			"what": " · ".join(stages[row.complaint]),
			"at": row.due_at,
			"is_late": True,
		}
		for row in sorted(first.values(), key=lambda row: row.due_at)
	]


def _acknowledgements(day: Day) -> list[Row]:
	names = _not_acknowledged(day)
	if not names:
		return []
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
		for row in listed(ESCALATION_LOG, {"name": ("in", names)}, fields, "escalated_at asc")
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
		for row in listed(REVISIT, filters, fields, "planned_on asc")
	]


def _improvements(day: Day) -> list[Row]:
	"""Improvements of submitted evaluations whose day has come."""
	if not frappe.has_permission(EVALUATION, "read"):
		return []
	filters: Row = {"docstatus": 1, "open_improvements": (">", 0)}
	if day.mine:
		filters["complaint"] = ("in", _own_cases_with_improvements(day) or [""])
	evaluations = {row.name: row.complaint for row in listed(EVALUATION, filters, ["complaint"], "name asc")}
	rows = frappe.get_all(  # rows of evaluations that the reader lists
		"Complaint Improvement",
		filters={
			"parent": ("in", list(evaluations) or [""]),
			"done_on": ("is", "not set"),
			"due_on": ("<=", day.now.date()),
		},
		fields=["parent", "proposal", "due_on", "responsible_employee"],
		order_by="due_on asc",
		limit=MAXIMUM_ROWS,
	)
	return [
		{
			"doctype": EVALUATION,
			"document": row.parent,
			"complaint": evaluations[row.parent],
			"what": row.proposal,
			"at": row.due_on,
			"user": frappe.db.get_value("Employee", row.responsible_employee, "user_id"),
			"is_late": getdate(row.due_on) < day.now.date(),
		}
		for row in rows
	]


PARTS: dict[str, Callable[[Day], list[Row]]] = {
	"overdue": _overdue,
	"left_over": _left_over,
	"today": _today,
	"promises": _promises,
	"to_tell": _to_tell,
	"acknowledgements": _acknowledgements,
	"revisits": _revisits,
	"improvements": _improvements,
	"notes": notes_of,
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
		for row in listed(MILESTONE, filters, fields, "due_at asc")
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


def _not_acknowledged(day: Day) -> list[str]:
	log = DocType(ESCALATION_LOG)
	query = (
		frappe.qb.from_(log)
		.select(log.name)
		.where((log.requires_acknowledgement == 1) & log.acknowledged_on.isnull())
		.orderby(log.escalated_at)
		# Some may not be for the reader's eyes.
		.limit(10 * MAXIMUM_ROWS)
	)
	if day.mine:
		query = query.where(log.escalated_to == day.user)
	return [name for (name,) in query.run()]


def _own_cases_with_improvements(day: Day) -> list[str]:
	row, case = DocType(EVALUATION), DocType(COMPLAINT)
	query = (
		frappe.qb.from_(row)
		.join(case)
		.on(row.complaint == case.name)
		.select(case.name)
		.where((row.docstatus == 1) & (row.open_improvements > 0) & (case.complaint_owner == day.user))
		.limit(MAXIMUM_ROWS)
	)
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
