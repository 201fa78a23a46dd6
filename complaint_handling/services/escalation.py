"""Escalation of due milestones: what is due is found by one indexed query, raised once, and told once.

A chunk is one transaction: log rows, notices, the milestones' next action and the copies on their documents
are committed together, so that a job killed half-way leaves nothing half done and a second run nothing twice.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, PROCEDURE, SETTINGS
from complaint_handling.domain.clocks import state_of
from complaint_handling.domain.escalation import (
	Handled,
	Moment,
	MomentKind,
	due_moments,
	escalation_key,
	next_action_after,
)
from complaint_handling.services import clock_times, clocks, people
from complaint_handling.services.notices import Notice, language_of, send_digests

MAXIMUM_PER_SWEEP = 20_000


def enqueue_due(now: datetime | None = None) -> int:
	"""Hand the due milestones to the host's queue in chunks and return how many are due.

	Costs what is due, not what is open. Deduplication of jobs is a saving only: rows are checked again under
	a lock when a chunk runs.
	"""
	names = due_milestones(now or now_datetime())
	size = frappe.db.get_single_value(SETTINGS, "sweep_chunk_size") or 100
	for start in range(0, len(names), size):
		chunk = names[start : start + size]
		frappe.enqueue(
			"complaint_handling.services.escalation.sweep_chunk",
			queue="long",
			job_id=f"complaint-escalation-{sha256(''.join(chunk).encode()).hexdigest()[:16]}",
			deduplicate=True,
			names=chunk,
		)
	return len(names)


def due_milestones(now: datetime) -> list[str]:
	"""Return the milestones whose next action is due, the longest waiting first."""
	return frappe.get_all(
		MILESTONE,
		filters={"next_action_at": ("<=", now), "state": ("in", clocks.RUNNING)},
		pluck="name",
		order_by="next_action_at asc, name asc",
		limit=MAXIMUM_PER_SWEEP,
	)


def sweep_chunk(names: list[str], now: datetime | None = None) -> int:
	"""Raise what is due of these milestones, commit, and return the number of escalations.

	A milestone that fails is logged and left for the next sweep; the others go on.
	"""
	now = now or now_datetime()
	raised, notices = 0, []
	for name, doctype, document in _in_lock_order(names):
		frappe.db.savepoint("milestone")
		try:
			told = _raise_due(name, doctype, document, now)
		except Exception:
			frappe.db.rollback(save_point="milestone")
			frappe.log_error(title="Escalation failed", reference_doctype=MILESTONE, reference_name=name)
			continue
		raised += len(told)
		notices += told
	send_digests(notices)
	if not frappe.flags.in_test:
		# One commit a chunk: a killed job repeats at most this chunk, and finds its log rows gone with it.
		frappe.db.commit()  # nosemgrep: frappe-manual-commit
	return raised


def _in_lock_order(names: list[str]) -> list[tuple[str, str, str]]:
	"""Return the milestones by their documents: whoever locks several takes them in one order."""
	rows = frappe.get_all(
		MILESTONE, filters={"name": ("in", names)}, fields=["name", "reference_doctype", "reference_name"]
	)
	ordered = sorted(rows, key=lambda row: (row.reference_doctype, row.reference_name, row.name))
	return [(row.name, row.reference_doctype, row.reference_name) for row in ordered]


def _raise_due(name: str, doctype: str, document: str, now: datetime) -> list[Notice]:
	# A save locks its document before its clocks; the sweep keeps that order.
	frappe.db.get_value(doctype, document, "name", for_update=True)
	milestone = frappe.db.get_value(MILESTONE, name, "*", as_dict=True, for_update=True)
	if not milestone or milestone.state not in clocks.RUNNING or not milestone.next_action_at:
		return []
	procedure = frappe.get_cached_doc(PROCEDURE, milestone.procedure)
	moments = clock_times.timeline(milestone, procedure)
	handled = _handled(milestone)
	due = due_moments(moments, now, handled)
	notices = [notice for moment in due for notice in _raise(milestone, procedure, moment, now)]
	_write_back(milestone, moments, _after(handled, due), now)
	return notices


def _handled(milestone: dict) -> Handled:
	level = milestone.escalation_level
	# The breach is recorded by its log row and the state; both change in one transaction with the level.
	breached = milestone.state == "Overdue"
	return Handled(warned=bool(milestone.warned), breached=breached, level=level)


def _after(handled: Handled, due: Iterable[Moment]) -> Handled:
	for moment in due:
		if moment.kind is MomentKind.WARNING:
			handled = Handled(True, handled.breached, handled.level)
		else:
			handled = Handled(True, True, max(handled.level, moment.level))
	return handled


def _raise(milestone: dict, procedure: Document, moment: Moment, now: datetime) -> list[Notice]:
	recipient = _recipient(milestone, procedure, moment.level)
	if moment.kind is MomentKind.WARNING:
		return _notices(milestone, moment, recipient)
	if not _log(milestone, moment, recipient, now):
		return []
	return _notices(milestone, moment, recipient)


def _log(milestone: dict, moment: Moment, recipient: str | None, now: datetime) -> bool:
	"""Write the log row; False when it stands already: somebody else raised this level."""
	key = escalation_key(
		milestone.reference_doctype,
		milestone.reference_name,
		milestone.name,
		moment.level,
		get_datetime(milestone.due_at),
	)
	if frappe.db.exists(ESCALATION_LOG, key):
		return False
	row = frappe.new_doc(ESCALATION_LOG)
	row.update(
		{
			"reference_doctype": milestone.reference_doctype,
			"reference_name": milestone.reference_name,
			"milestone": milestone.name,
			"stage": milestone.stage,
			"complaint": milestone.complaint,
			"level": moment.level,
			"deadline": milestone.due_at,
			"escalated_at": now,
			"escalated_to": recipient,
		}
	)
	row.name = key
	# The engine's own record: no role may write it.
	row.insert(ignore_permissions=True, set_name=key)
	return True


def _recipient(milestone: dict, procedure: Document, level: int) -> str | None:
	"""Return who is told: the responsible person up to the breach, then the ladder's recipient."""
	subject = frappe.db.get_value(COMPLAINT, milestone.complaint, "complained_about_user")
	excluded = frozenset({subject} if subject else ())
	responsible = milestone.responsible_user
	if level <= 0:
		return responsible if responsible not in excluded else None
	step = next(row for row in procedure.escalation_steps if row.level == level)
	found = _ladder_recipient(step, responsible, level, excluded)
	owner = frappe.db.get_single_value(SETTINGS, "escalation_owner")
	return found or (owner if owner and owner not in excluded else None)


def _ladder_recipient(
	step: Document, responsible: str | None, level: int, excluded: frozenset[str]
) -> str | None:
	if step.recipient_type == "User":
		return step.user if step.user not in excluded else None
	if step.recipient_type == "Role":
		return next(iter(people.holders_of(step.role, excluded)), None)
	line = people.superiors_of(responsible, excluded) if responsible else ()
	# Above the top of the line the top keeps being told.
	return line[min(level, len(line)) - 1] if line else None


def _notices(milestone: dict, moment: Moment, recipient: str | None) -> list[Notice]:
	if not recipient:
		return []
	language = language_of(recipient)
	if moment.kind is MomentKind.WARNING:
		text = _("{0}: {1} is due at {2}", lang=language)
	elif moment.level <= 0:
		text = _("{0}: {1} was due at {2} and is overdue", lang=language)
	else:
		text = _("{0}: {1} was due at {2} and is escalated to you", lang=language)
	stage = _(milestone.stage, lang=language)
	line = text.format(milestone.reference_name, stage, format_datetime(milestone.due_at))
	return [Notice(recipient, milestone.reference_doctype, milestone.reference_name, line)]


def _write_back(milestone: dict, moments: tuple[Moment, ...], handled: Handled, now: datetime) -> None:
	upcoming = next_action_after(moments, handled)
	warn = get_datetime(milestone.warn_at) if milestone.warn_at else None
	values = {
		"warned": int(handled.warned),
		"escalation_level": max(handled.level, 0),
		"state": str(state_of(now, get_datetime(milestone.due_at), warn)),
		"next_action_at": upcoming.at if upcoming else None,
	}
	frappe.db.set_value(MILESTONE, milestone.name, values, update_modified=False)
	copies = clocks.copies_of(milestone.reference_doctype, milestone.reference_name)
	if copies:
		frappe.db.set_value(
			milestone.reference_doctype, milestone.reference_name, copies, update_modified=False
		)
