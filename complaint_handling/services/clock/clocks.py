"""Milestones: started by an event, ended by an event, due time frozen at the start.

An event of a slip or an 8D moves the clocks of that document; every other event moves the clocks of the
complaint. `clock_events.py` names the events, `clock_times.py` computes, `clock_changes.py` holds what changes
clocks that run: pauses, and facts entered late.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, getdate, now_datetime

from complaint_handling.constants import COMPLAINT, EIGHT_D, MILESTONE, PROCEDURE, SLIP
from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.domain.clocks import MilestoneState, state_of
from complaint_handling.domain.deferral_rules import postponed
from complaint_handling.domain.escalation import Handled, next_action_after
from complaint_handling.exceptions import CalendarError
from complaint_handling.services import procedures
from complaint_handling.services.clock import clock_times
from complaint_handling.services.clock.clock_copies import DONE, OPEN, PAUSED, copies_of
from complaint_handling.services.clock.clock_events import EVENT_OF_STATE, REGISTERED
from complaint_handling.services.workflow.workflow_guard import state_entered

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
		_stop(_open(doc))
	event = EVENT_OF_STATE.get((doc.doctype, state))
	if event:
		record_event(doc, complaint, event, _begun_at(doc, event))
	if state in STOPPED_STATES.get(doc.doctype, ()):
		_stop(_open(doc))
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
			_stop(_open(frappe.get_doc(EIGHT_D, name)))


def hand_over(doc: Document, user: str | None, department: str | None) -> None:
	"""Let the clocks of a document warn and escalate its new person and department."""
	for milestone in _open(doc):
		frappe.db.set_value(MILESTONE, milestone.name, {"responsible_user": user, "department": department})


def record_event(doc: Document, complaint: Document, event: str, at: datetime | None = None) -> None:
	"""End the document's clocks that wait for the event and start those that begin with it.

	`at` is when it happened (naive, system zone), now unless given. Harmless when repeated: a clock of a
	stage that runs is not started twice, and what no new state brought (a second call, a verification
	corrected) starts none again that was done.
	"""
	at = at or now_datetime()
	for milestone in _open(doc, stops_on=event):
		_end(milestone, at)
	states = OPEN if event in EVENT_OF_STATE.values() else (*OPEN, *DONE)
	for target in targets_for(doc, complaint, event):
		if not frappe.db.exists(
			MILESTONE, {**_reference(doc), "stage": target.stage, "state": ("in", states)}
		):
			start(doc, complaint, target, at)


def targets_for(doc: Document, complaint: Document, event: str) -> list[Document]:
	"""Return the targets of the case's procedure whose clocks an event starts for a document."""
	procedure = procedures.procedure_of(complaint)
	return procedures.targets_for(procedure, doc.doctype, event, complaint, doc.get("slip_kind"))


def planned_due(doc: Document, complaint: Document, event: str) -> datetime | None:
	"""Return the earliest due time that the event would set, without starting a clock."""
	procedure = procedures.procedure_of(complaint)
	dues = [
		clock_times.due_of(target, procedure, _begun_at(doc, event), complaint.demand_deadline)
		for target in targets_for(doc, complaint, event)
	]
	return min((due for due in dues if due), default=None)


def start(doc: Document, complaint: Document, target: Document, at: datetime) -> str | None:
	"""Start the clock of a target at a moment and return its name; None for a demand without a deadline."""
	procedure = procedures.procedure_of(complaint)
	due = clock_times.due_of(target, procedure, at, complaint.demand_deadline)
	if due is None:
		return None
	due = postponed(due, target.stops_on, _day(complaint.deferred_until))
	values = {
		"stage": target.stage,
		"calendar": clock_times.calendar_of(target, procedure),
		"target_value": target.target_value,
		"target_unit": target.target_unit,
		"extend_over_holidays": target.extend_over_holidays,
		"pauses_with_customer": target.pauses_with_customer,
		"tell_customer": target.tell_customer,
		"starts_on": target.starts_on,
		"stops_on": target.stops_on,
	}
	with _within_reach(due):
		values["warn_at"] = clock_times.warn_of(target, procedure, at, due)
		name = _insert(doc, complaint, procedure, at, due, values)
	if complaint.waiting_since and target.pauses_with_customer:
		pause(frappe.get_doc(MILESTONE, name), get_datetime(complaint.waiting_since))
	return name


def start_agreed(
	doc: Document,
	complaint: Document,
	stage: str,
	stops_on: str,
	due_at: datetime,
	promise: str | None = None,
) -> str:
	"""Start a clock for a time that people agreed on, not the procedure, and return its name."""
	procedure = procedures.procedure_of(complaint)
	values = {
		"stage": stage,
		"calendar": procedure.default_calendar,
		"stops_on": stops_on,
		"promise": promise,
	}
	with _within_reach(due_at):
		values["warn_at"] = clock_times.warn_of_agreed(procedure.default_calendar, now_datetime(), due_at)
		return _insert(doc, complaint, procedure, now_datetime(), due_at, values)


def move_due(milestone: str, due_at: datetime, reason: str) -> None:
	"""Let a running clock be due at another moment that was agreed; the timeline of its document says why.

	Warning, breach and levels count from the new due time; what was raised for the old one stays in the
	log. A clock that has ended is left alone.
	"""
	row = frappe.db.get_value(MILESTONE, milestone, "*", as_dict=True, for_update=True)
	if row.state not in OPEN or get_datetime(row.due_at) == get_datetime(due_at):
		return
	with _within_reach(due_at):
		warn_at = clock_times.warn_of_agreed(row.calendar, now_datetime(), due_at)
		write_times(row, get_datetime(due_at), warn_at, Handled())
	doc = frappe.get_doc(row.reference_doctype, row.reference_name)
	refresh_copies(doc)
	text = _("{0} is due on {1} instead of {2}: {3}")
	doc.add_comment(
		"Info",
		text.format(_(row.stage), format_datetime(due_at), format_datetime(row.due_at), reason),
	)


def put_off(milestone: str, hours: float) -> None:
	"""Let a clock be due so many hours later, in its own time, which count as time that it stood."""
	row = frappe.db.get_value(MILESTONE, milestone, "*", as_dict=True)
	due = clock_times.later_by(row, get_datetime(row.due_at), hours)
	warn = row.warn_at and clock_times.later_by(row, get_datetime(row.warn_at), hours)
	write_times(frappe._dict(row, paused_hours=(row.paused_hours or 0) + hours), due, warn, Handled())


def pause(milestone: dict, since: datetime) -> bool:
	"""Let a clock stand from a moment, or from its start; False for one that was due before."""
	since = max(since, get_datetime(milestone.started_at))
	if since > get_datetime(milestone.due_at):
		return False
	values = {"state": PAUSED, "paused_at": since, "next_action_at": None}
	frappe.db.set_value(MILESTONE, milestone.name, values)
	return True


def write_times(row: dict, due: datetime, warn: datetime | None, handled: Handled) -> None:
	"""Give an open clock its due time and warning, and the state and next action that follow from them."""
	paused_at = row.paused_at and get_datetime(row.paused_at)
	values = {
		"due_at": due,
		"warn_at": warn,
		"warned": int(handled.warned),
		"breached": int(handled.breached),
		"escalation_level": max(handled.level, 0),
		"paused_at": row.paused_at,
		"paused_hours": row.paused_hours,
		# Due Soon and Overdue are the sweep's to write, together with what it raises.
		"state": str(
			state_of(min(now_datetime(), due), due, warn if handled.warned else None, None, paused_at)
		),
	}
	values["next_action_at"] = None if paused_at else _next_action({**row, **values}, handled)
	frappe.db.set_value(MILESTONE, row.name, values)


def cancel(milestone: str) -> None:
	"""End a clock that is no longer needed."""
	values = {"state": str(MilestoneState.CANCELLED), "next_action_at": None}
	frappe.db.set_value(MILESTONE, milestone, values)


def refresh_copies(doc: Document) -> None:
	"""Copy how the clocks stand to the document's own columns, which lists and reports read."""
	copies = copies_of(doc.doctype, doc.name)
	if copies:
		doc.db_set(copies, update_modified=False)


def _day(value: Any) -> date | None:
	return getdate(value) if value else None


@contextmanager
def _within_reach(due_at: datetime) -> Iterator[None]:
	"""Refuse a due time further away than calendars reach, which is a slip of the pen."""
	try:
		yield
	except HorizonError:
		frappe.throw(
			_("{0} lies too far away for the working calendar. Correct the date.").format(
				frappe.bold(format_datetime(due_at))
			),
			CalendarError,
		)


def _begun_at(doc: Document, event: str) -> datetime:
	# The customer's clock runs from the receipt, however late it was typed in.
	return get_datetime(doc.received_on) if event == REGISTERED else now_datetime()


def _insert(
	doc: Document,
	complaint: Document,
	procedure: Document,
	at: datetime,
	due: datetime,
	values: dict[str, Any],
) -> str:
	milestone = frappe.new_doc(MILESTONE)
	milestone.update(
		{
			**_reference(doc),
			"complaint": complaint.name,
			"company": complaint.company,
			"responsible_user": doc.get("responsible_user") or complaint.complaint_owner,
			"department": doc.get("department") or complaint.responsible_department,
			"procedure": procedure.name,
			"is_urgent": complaint.is_urgent,
			"started_at": at,
			"due_at": due,
			"original_due_at": due,
			# A clock that starts late is still raised by the sweep, which alone writes Overdue.
			"state": str(MilestoneState.ON_TRACK),
			**values,
		}
	)
	milestone.next_action_at = _next_action(milestone.as_dict(), Handled())
	# Clocks are the engine's own records: no role may write them.
	return milestone.insert(ignore_permissions=True).name


def _next_action(milestone: dict, handled: Handled) -> datetime | None:
	procedure = frappe.get_cached_doc(PROCEDURE, milestone["procedure"])
	upcoming = next_action_after(clock_times.timeline(milestone, procedure), handled)
	return upcoming.at if upcoming else None


def _end(milestone: dict, at: datetime) -> None:
	due, paused_at = get_datetime(milestone.due_at), milestone.paused_at
	values = {
		"state": str(state_of(at, due, done_at=at, paused_at=paused_at and get_datetime(paused_at))),
		"done_at": at,
		"done_by": frappe.session.user,
		"elapsed_hours": clock_times.elapsed_hours(milestone, at),
		"next_action_at": None,
	}
	frappe.db.set_value(MILESTONE, milestone.name, values)


def _stop(milestones: list[dict]) -> None:
	"""End clocks that nobody answered: past due they are missed, otherwise they have become needless."""
	now = now_datetime()
	for milestone in milestones:
		overdue = not milestone.paused_at and get_datetime(milestone.due_at) < now
		state = MilestoneState.MISSED if overdue else MilestoneState.CANCELLED
		frappe.db.set_value(MILESTONE, milestone.name, {"state": str(state), "next_action_at": None})


def _open(doc: Document, **filters: str) -> list[dict]:
	return frappe.get_all(
		MILESTONE,
		filters={**_reference(doc), "state": ("in", OPEN), **filters},
		fields=["*"],
		order_by="due_at asc",
	)


def _reference(doc: Document) -> dict[str, str]:
	return {"reference_doctype": doc.doctype, "reference_name": doc.name}
