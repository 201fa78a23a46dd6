"""What changes clocks that run: waiting for the customer, and facts that are entered late."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, now_datetime

from complaint_handling.constants import MILESTONE, SLIP
from complaint_handling.domain.clocks import MilestoneState
from complaint_handling.domain.escalation import Handled
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ComplaintState, SlipState
from complaint_handling.services import procedures
from complaint_handling.services.clock import clock_events, clock_times, clocks
from complaint_handling.services.clock.clock_copies import OPEN, PAUSED, RUNNING
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left

# Facts on which the choice of targets, or a due time, depends.
DECISIVE_FIELDS = ("severity", "is_urgent", "demand_deadline", "received_on", "procedure")
# States of a slip in which its department still owes the answer.
ANSWERABLE_SLIP_STATES = (SlipState.ISSUED, SlipState.ESCALATED, SlipState.DISPUTED)


def wait_for_customer(complaint: Document, since: datetime | None = None) -> None:
	"""Let the clocks of a case that its procedure lets wait stand still while the customer is awaited.

	Harmless when the case waits already: the first wait counts. A clock past its due time is not stopped; one
	that was overdue only because the wait was entered late is, and the timeline says so.
	"""
	if complaint.waiting_since:
		since = get_datetime(complaint.waiting_since)
	else:
		since = since or now_datetime()
		complaint.db_set("waiting_since", since, update_modified=False)
	for milestone in _of_case(complaint, RUNNING):
		if clocks.pause(milestone, since) and milestone.breached:
			text = _("{0} was overdue when it was entered that the customer is awaited since {1}.")
			complaint.add_comment("Info", text.format(_(milestone.stage), format_datetime(since)))
	_refresh(complaint)


def end_wait(complaint: Document, at: datetime | None = None) -> None:
	"""Let the clocks go on; the due time moves by the wait, counted in each clock's own time.

	What the customer said before the wait began (`at`) does not end it.
	"""
	if not complaint.waiting_since or (at and at < get_datetime(complaint.waiting_since)):
		return
	at = at or now_datetime()
	complaint.db_set("waiting_since", None, update_modified=False)
	for milestone in _of_case(complaint, (PAUSED,)):
		_resume(milestone, max(at, get_datetime(milestone.paused_at)))
	_refresh(complaint)


def on_complaint_state(complaint: Document) -> None:
	"""Start and end the wait with the state in which the customer has the word; call in `on_update`."""
	entered = state_entered(complaint)
	if not entered:
		return
	if entered == ComplaintState.WITH_CUSTOMER:
		wait_for_customer(complaint)
	elif state_left(complaint) == ComplaintState.WITH_CUSTOMER or entered in ENDED_COMPLAINT_STATES:
		end_wait(complaint)


def reconsider(complaint: Document) -> None:
	"""Bring the open clocks of a complaint in line with facts entered after they started.

	A severity, an urgency or a deadline that is known later starts the clocks it asks for, from when their
	event happened, on the complaint and on slips that are still to be answered; a clock of another target is
	replaced by the right one with the same start. What is done stays done, and a clock whose target is the
	same is not touched: a later change of calendar moves none.
	"""
	if complaint.workflow_state in ENDED_COMPLAINT_STATES:
		return
	frappe.db.set_value(
		MILESTONE,
		{"complaint": complaint.name, "state": ("in", OPEN)},
		"is_urgent",
		complaint.is_urgent,
		update_modified=False,
	)
	for event in clock_events.TIME_OF_EVENT:
		at = clock_events.happened_at(complaint, event)
		if at and not (event == clock_events.REGISTERED and complaint.re_review_round):
			_reconsider_event(complaint, complaint, event, at)
	for slip in _issued_slips(complaint):
		_reconsider_event(slip, complaint, clock_events.SLIP_ISSUED, get_datetime(slip.issued_on))
		clocks.refresh_copies(slip)
	_refresh(complaint)


def has_decisive_change(complaint: Document) -> bool:
	"""Tell whether this save of a stored complaint changed a fact on which clocks depend."""
	before = complaint.get_doc_before_save()
	return before is not None and any(complaint.has_value_changed(name) for name in DECISIVE_FIELDS)


def _reconsider_event(doc: Document, complaint: Document, event: str, at: datetime) -> None:
	wanted = {target.stage: target for target in clocks.targets_for(doc, complaint, event)}
	known = _latest_by_stage(doc, event)
	for stage, milestone in known.items():
		if stage not in wanted and milestone.state in OPEN:
			clocks.cancel(milestone.name)
	for stage, target in wanted.items():
		milestone = known.get(stage)
		if milestone is None or milestone.state == MilestoneState.CANCELLED:
			_start_late(doc, complaint, target, at)
		elif milestone.state in OPEN and _differs(milestone, target, complaint, at):
			begun_at = at if event == clock_events.REGISTERED else get_datetime(milestone.started_at)
			_replace(milestone, clocks.start(doc, complaint, target, begun_at))


def _replace(milestone: dict, replacement: str | None) -> None:
	"""End a clock for another of its stage, which keeps the promise that it watches and the time it stood."""
	clocks.cancel(milestone.name)
	if not replacement:
		return
	frappe.db.set_value(MILESTONE, replacement, "promise", milestone.promise)
	if milestone.paused_hours:
		clocks.put_off(replacement, milestone.paused_hours)


def _issued_slips(complaint: Document) -> list[Document]:
	names = frappe.get_all(
		SLIP,
		filters={"complaint": complaint.name, "workflow_state": ("in", ANSWERABLE_SLIP_STATES)},
		pluck="name",
		order_by="name asc",
	)
	return [slip for slip in (frappe.get_doc(SLIP, name) for name in names) if slip.issued_on]


def _start_late(doc: Document, complaint: Document, target: Document, at: datetime) -> None:
	ended = clock_events.happened_at(complaint, target.stops_on)
	if not ended or ended < at:
		clocks.start(doc, complaint, target, at)


def _differs(milestone: dict, target: Document, complaint: Document, at: datetime) -> bool:
	if target.from_demand:
		return get_datetime(milestone.original_due_at) != get_datetime(complaint.demand_deadline)
	calendar = clock_times.calendar_of(target, procedures.procedure_of(complaint))
	asked = (target.target_value, target.target_unit, calendar)
	counted = (milestone.target_value, milestone.target_unit, milestone.calendar)
	is_received_otherwise = (
		target.starts_on == clock_events.REGISTERED and get_datetime(milestone.started_at) != at
	)
	return asked != counted or is_received_otherwise


def _latest_by_stage(doc: Document, event: str) -> dict[str, dict]:
	rows = frappe.get_all(
		MILESTONE,
		filters={
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"starts_on": event,
		},
		fields=["*"],
		order_by="creation asc",
	)
	# A clock that is open is the latest of its stage, however close in time another was ended.
	return {row.stage: row for row in sorted(rows, key=lambda row: row.state in OPEN)}


def _of_case(complaint: Document, states: tuple[str, ...]) -> list[dict]:
	return frappe.get_all(
		MILESTONE,
		filters={"complaint": complaint.name, "pauses_with_customer": 1, "state": ("in", states)},
		fields=["*"],
		order_by="name asc",
	)


def _resume(milestone: dict, at: datetime) -> None:
	due = clock_times.resumed_due_of(milestone, get_datetime(milestone.due_at), at)
	warn = milestone.warn_at and get_datetime(milestone.warn_at)
	if warn and not milestone.warned:
		warn = clock_times.resumed_due_of(milestone, warn, at)
	hours = (milestone.paused_hours or 0) + clock_times.paused_hours(milestone, at)
	resumed = frappe._dict(milestone, paused_at=None, paused_hours=hours)
	# What was raised of the old due time was raised by a wait entered late; the log knows each by its deadline.
	clocks.write_times(resumed, due, warn, Handled(warned=bool(milestone.warned and not milestone.breached)))


def _refresh(complaint: Document) -> None:
	documents = frappe.get_all(
		MILESTONE,
		filters={"complaint": complaint.name, "pauses_with_customer": 1},
		fields=["reference_doctype", "reference_name"],
		order_by="reference_doctype, reference_name",
		distinct=True,
	)
	for row in documents:
		if row.reference_name != complaint.name:
			clocks.refresh_copies(frappe.get_doc(row.reference_doctype, row.reference_name))
	clocks.refresh_copies(complaint)
