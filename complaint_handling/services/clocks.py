"""Milestones: started by an event, ended by an event, due time frozen at the start.

Events are the words of `Complaint Procedure Target.starts_on`. An event of a slip or an 8D moves the clocks of
that document; every other event moves the clocks of the complaint.
"""

from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, EIGHT_D, MILESTONE, SLIP
from complaint_handling.domain.clocks import (
	MilestoneState,
	Target,
	due_at,
	elapsed_minutes,
	state_of,
	warn_at,
)
from complaint_handling.domain.escalation import Handled, Moment, moments, next_action_after
from complaint_handling.services import clock_times, procedures
from complaint_handling.services.workflow_guard import state_entered

RUNNING = (str(MilestoneState.ON_TRACK), str(MilestoneState.DUE_SOON), str(MilestoneState.OVERDUE))

REGISTERED = "Complaint Registered"
FIRST_ANSWER = "First Answer Given"
VERIFIED = "Complaint Verified"
SOLUTION_APPROVED = "Solution Approved"

EVENT_OF_STATE = {
	(COMPLAINT, "Registered"): REGISTERED,
	(COMPLAINT, "Assessed"): "Complaint Assessed",
	(COMPLAINT, "With Customer"): SOLUTION_APPROVED,
	(COMPLAINT, "Executing"): "Solution Accepted",
	(COMPLAINT, "Awaiting Revisit"): "Solution Executed",
	(COMPLAINT, "Re-review"): "Re-review Opened",
	(COMPLAINT, "Closed"): "Complaint Closed",
	(SLIP, "Issued"): "Slip Issued",
	(SLIP, "Reported"): "Slip Reported",
	(EIGHT_D, "Open"): "8D Opened",
	(EIGHT_D, "Contained"): "8D Contained",
	(EIGHT_D, "Cause Found"): "8D Cause Found",
	(EIGHT_D, "Closed"): "8D Closed",
}
EVENT_OF_PURPOSE = {
	"First Answer": FIRST_ANSWER,
	"Solution Explained": "Solution Explained",
	"On-site Work": "On-site Work Done",
}
# States with which a new round begins: clocks of the round before end.
NEW_ROUND_STATES = {COMPLAINT: ("Re-review",)}
# States in which no clock of the document runs on.
STOPPED_STATES = {COMPLAINT: ("Not Justified", "Cancelled", "Closed"), SLIP: ("Cancelled", "Completed")}


def on_state(doc: Document, complaint: Document) -> None:
	"""Move the clocks for the state that this save entered; call in `on_update`."""
	state = state_entered(doc)
	if not state:
		return
	if state in NEW_ROUND_STATES.get(doc.doctype, ()):
		_stop_running(doc)
	event = EVENT_OF_STATE.get((doc.doctype, state))
	if event:
		record_event(doc, complaint, event, _begun_at(doc, event))
	if state in STOPPED_STATES.get(doc.doctype, ()):
		_stop_running(doc)
	refresh_copies(doc)


def stop_of_eight_ds(complaint: Document) -> None:
	"""Stop the clocks of 8D reports that no other complaint asks for; call when a complaint is cancelled."""
	reports = frappe.get_all(
		"Complaint 8D Source",
		filters={"complaint": complaint.name, "parenttype": EIGHT_D},
		pluck="parent",
		order_by="creation asc",
	)
	for name in reports:
		others = frappe.db.exists(
			"Complaint 8D Source",
			{"parent": name, "complaint": ("!=", complaint.name), "parenttype": EIGHT_D},
		)
		if not others:
			_stop_running(frappe.get_doc(EIGHT_D, name))


def hand_over(doc: Document, user: str | None, department: str | None) -> None:
	"""Let the running clocks of a document warn and escalate its new person and department."""
	for milestone in _running(doc):
		frappe.db.set_value(MILESTONE, milestone.name, {"responsible_user": user, "department": department})


def record_event(doc: Document, complaint: Document, event: str, at: datetime | None = None) -> None:
	"""End the document's clocks that wait for the event and start those that begin with it.

	`at` is when it happened (naive, system zone), now unless given. Harmless when repeated: a clock of a
	stage that runs is not started twice.
	"""
	at = at or now_datetime()
	for milestone in _running(doc, stops_on=event):
		_end(milestone, at)
	for target in procedures.targets_for(procedures.procedure_of(complaint), doc.doctype, event, complaint):
		if not frappe.db.exists(
			MILESTONE, {**_reference(doc), "stage": target.stage, "state": ("in", RUNNING)}
		):
			_start(doc, complaint, target, at)


def planned_due(doc: Document, complaint: Document, event: str) -> datetime | None:
	"""Return the earliest due time that the event would set, without starting a clock."""
	procedure = procedures.procedure_of(complaint)
	dues = [
		clock_times.due_of(target, procedure, _begun_at(doc, event), complaint.demand_deadline)
		for target in procedures.targets_for(procedure, doc.doctype, event, complaint)
	]
	return min((due for due in dues if due), default=None)


def refresh_copies(doc: Document) -> None:
	"""Copy how the clocks stand to the document's own columns, which lists and reports read."""
	copies = copies_of(doc.doctype, doc.name)
	if copies:
		doc.db_set(copies, update_modified=False)


def copies_of(doctype: str, name: str) -> dict[str, Any]:
	"""Return the flat figures of a document's clocks: next due time, stage, state and level."""
	rows = frappe.get_all(
		MILESTONE,
		filters={"reference_doctype": doctype, "reference_name": name},
		fields=["stage", "stops_on", "state", "due_at", "escalation_level"],
		order_by="due_at asc",
	)
	running = [row for row in rows if row.state in RUNNING]
	nearest = running[0] if running else None
	copies = {
		"clock_state": nearest.state if nearest else _last_state(rows),
		"escalation_level": max((row.escalation_level for row in running), default=0),
	}
	if doctype == COMPLAINT:
		copies |= {
			"next_due_at": nearest.due_at if nearest else None,
			"next_due_stage": nearest.stage if nearest else None,
			"first_answer_in_time": _in_time(rows, FIRST_ANSWER),
			"solution_in_time": _in_time(rows, SOLUTION_APPROVED),
		}
	elif doctype == SLIP:
		replies = [row for row in rows if row.stops_on == "Slip Reported"]
		copies |= {
			"reply_due_at": replies[-1].due_at if replies else None,
			"reply_in_time": _in_time(rows, "Slip Reported"),
		}
	else:
		copies = {}
	return copies


def _begun_at(doc: Document, event: str) -> datetime:
	# The customer's clock runs from the receipt, however late it was typed in.
	return get_datetime(doc.received_on) if event == REGISTERED else now_datetime()


def _start(doc: Document, complaint: Document, target: Document, at: datetime) -> None:
	procedure = procedures.procedure_of(complaint)
	due = clock_times.due_of(target, procedure, at, complaint.demand_deadline)
	if due is None:
		return
	milestone = frappe.new_doc(MILESTONE)
	milestone.update(
		{
			**_reference(doc),
			"stage": target.stage,
			"complaint": complaint.name,
			"company": complaint.company,
			"responsible_user": doc.get("responsible_user") or complaint.complaint_owner,
			"department": doc.get("department") or complaint.responsible_department,
			"procedure": procedure.name,
			"calendar": clock_times.calendar_of(target, procedure),
			"target_value": target.target_value,
			"target_unit": target.target_unit,
			"stops_on": target.stops_on,
			"started_at": at,
			"due_at": due,
			"warn_at": clock_times.warn_of(target, procedure, at, due),
		}
	)
	milestone.next_action_at = _next_action(milestone.as_dict(), procedure)
	# A clock that starts late is still raised by the sweep, which alone writes Overdue.
	milestone.state = str(MilestoneState.ON_TRACK)
	# Clocks are the engine's own records: no role may write them.
	milestone.insert(ignore_permissions=True)


def _next_action(milestone: dict, procedure: Document) -> datetime | None:
	upcoming = next_action_after(clock_times.timeline(milestone, procedure), Handled())
	return upcoming.at if upcoming else None


def _end(milestone: dict, at: datetime) -> None:
	due, started = get_datetime(milestone.due_at), get_datetime(milestone.started_at)
	frappe.db.set_value(
		MILESTONE,
		milestone.name,
		{
			"state": str(state_of(at, due, done_at=at)),
			"done_at": at,
			"done_by": frappe.session.user,
			"elapsed_hours": elapsed_minutes(started, at) / 60,
			"next_action_at": None,
		},
	)


def _stop_running(doc: Document) -> None:
	"""End clocks that nobody answered: past due they are missed, otherwise they have become needless."""
	now = now_datetime()
	for milestone in _running(doc):
		overdue = get_datetime(milestone.due_at) < now
		state = MilestoneState.MISSED if overdue else MilestoneState.CANCELLED
		frappe.db.set_value(MILESTONE, milestone.name, {"state": str(state), "next_action_at": None})


def _running(doc: Document, **filters: str) -> list[dict]:
	return frappe.get_all(
		MILESTONE,
		filters={**_reference(doc), "state": ("in", RUNNING), **filters},
		fields=["name", "due_at", "started_at"],
		order_by="due_at asc",
	)


def _reference(doc: Document) -> dict[str, str]:
	return {"reference_doctype": doc.doctype, "reference_name": doc.name}


def _last_state(rows: list[dict]) -> str | None:
	ended = [row.state for row in rows if row.state != MilestoneState.CANCELLED]
	if not ended:
		return None
	return str(MilestoneState.MISSED if MilestoneState.MISSED in ended else MilestoneState.MET)


def _in_time(rows: list[dict], event: str) -> str | None:
	states = [row.state for row in rows if row.stops_on == event]
	if MilestoneState.MISSED in states:
		return "No"
	return "Yes" if MilestoneState.MET in states else None
