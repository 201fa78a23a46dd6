"""The sweep: what is due is found by one indexed query, raised once, and told in one digest.

A chunk is one transaction: its documents and milestones are locked, what is due of them is computed from facts
read once, and log rows, actions, the milestones' next action and the copies on their documents are written in
bulk and committed together. A job killed half-way leaves nothing half done, and a second run does nothing twice:
the primary key of the log decides. The log rows are the outbox of `digests.py`.
"""

import random
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import frappe
from frappe.utils import now_datetime

from complaint_handling.constants import ESCALATION_LOG, MILESTONE, SETTINGS
from complaint_handling.services.clock.clock_copies import COPIED_FIELDS, RUNNING, copies_from
from complaint_handling.services.sweep import bulk, digests, escalation_actions, escalation_log
from complaint_handling.services.sweep.escalation_plan import MILESTONE_FIELDS, Outcome, Plan, put_off

MAXIMUM_PER_SWEEP = 20_000
# A chunk that lost its locks to a save, or to another chunk, is tried again this often in all.
ATTEMPTS = 4

# Both halves are range scans of an index, in its own order. One statement: a sweep with nothing to do is one trip.
DUE_QUERY = f"""
	(select name, 1 from `tab{MILESTONE}`
	where next_action_at <= %(now)s and state in %(running)s
	order by next_action_at, name limit %(limit)s)
	union all
	(select name, 0 from `tab{ESCALATION_LOG}` where notify_at <= %(now)s limit 1)
"""

# The names of documents by their DocType, in the order in which they are locked.
Documents = dict[str, list[str]]


def enqueue_due(now: datetime | None = None) -> int:
	"""Hand the due milestones to the host's queue in chunks and return how many are due.

	Costs what is due, not what is open; with nothing due that is one query. Deduplication of jobs is a saving
	only: rows are checked again under a lock when a chunk runs.
	"""
	now = now or now_datetime()
	names, recipients_wait = due(now)
	size = (frappe.db.get_single_value(SETTINGS, "sweep_chunk_size") or 100) if names else 1
	for start in range(0, len(names), size):
		chunk = names[start : start + size]
		frappe.enqueue(
			"complaint_handling.services.sweep.escalation.sweep_chunk",
			queue="long",
			job_id=f"complaint-escalation-{sha256(''.join(chunk).encode()).hexdigest()[:16]}",
			deduplicate=True,
			names=chunk,
			until=now,
		)
	if recipients_wait:
		digests.enqueue(now)
	return len(names)


def due(now: datetime) -> tuple[list[str], bool]:
	"""Return the milestones whose next action is due, the longest waiting first, and whether somebody waits
	to be told of what was raised before."""
	rows = frappe.db.sql(DUE_QUERY, {"now": now, "running": RUNNING, "limit": MAXIMUM_PER_SWEEP})
	names = [name for name, is_milestone in rows if is_milestone]
	return names, len(names) < len(rows)


def sweep_chunk(names: list[str], now: datetime | None = None, until: datetime | None = None) -> int:
	"""Raise what is due of these milestones, commit, and return the number of log rows written.

	With `until`, the moment up to which the sweep asked, the chunk that comes last sends the digests.
	"""
	raised = _with_new_attempts(lambda: _sweep(names, now or now_datetime()))
	if until:
		# At a new `now`: what other chunks raised meanwhile has to be told as well.
		digests.send_due(now, until)
	return raised


def _with_new_attempts(sweep: Callable[[], int]) -> int:
	for attempt in range(1, ATTEMPTS + 1):
		try:
			raised = sweep()
			_commit()
			return raised
		except bulk.LOST_LOCKS:
			frappe.db.rollback()
			if attempt == ATTEMPTS:
				raise
			time.sleep(random.uniform(0.05, 0.2) * attempt)
	return 0


def _commit() -> None:
	if not frappe.flags.in_test:
		# One commit a chunk: a killed job repeats at most this chunk, and finds its log rows gone with it.
		frappe.db.commit()  # nosemgrep: frappe-manual-commit


def _sweep(names: list[str], now: datetime) -> int:
	documents = _documents_of(names)
	# What is read from here on is read after the locks are held, so that no copy is older than its clocks.
	_commit()
	milestones = _lock(documents, names)
	frappe.db.savepoint("chunk")
	try:
		return _raise_due(milestones, now)
	except bulk.LOST_LOCKS:
		raise
	except Exception:
		frappe.db.rollback(save_point="chunk")
		frappe.log_error(title="Escalation in bulk failed; its milestones follow one by one")
	return sum(_raise_one(milestone, now) for milestone in milestones)


def _documents_of(names: list[str]) -> Documents:
	fields = ("reference_doctype", "reference_name")
	rows = bulk.select(MILESTONE, fields, "name", names, order_by="reference_doctype")
	documents: Documents = {}
	for row in rows:
		documents.setdefault(row.reference_doctype, []).append(row.reference_name)
	return documents


def _lock(documents: Documents, names: list[str]) -> list[dict]:
	"""Lock documents before their milestones, as a save does, and return the milestones as they are now."""
	for doctype, documents_ in documents.items():
		bulk.lock(doctype, documents_)
	return bulk.lock(MILESTONE, names, MILESTONE_FIELDS)


def _raise_one(milestone: dict, now: datetime) -> int:
	frappe.db.savepoint("one")
	try:
		return _raise_due([milestone], now)
	except bulk.LOST_LOCKS:
		raise
	except Exception:
		frappe.db.rollback(save_point="one")
		put_off(milestone["name"], now)
	return 0


def _raise_due(milestones: list[dict], now: datetime) -> int:
	due = [
		row for row in milestones if row.state in RUNNING and row.next_action_at and row.next_action_at <= now
	]
	plan = Plan(now)
	outcomes = plan.outcomes(due)
	entries = [entry for outcome in outcomes for entry in outcome.entries]
	escalation_log.write(entries, now)
	bulk.update(MILESTONE, {outcome.milestone["name"]: outcome.values for outcome in outcomes})
	_refresh_copies(outcomes)
	escalation_actions.perform(entries, plan)
	return len(entries)


def _refresh_copies(outcomes: list[Outcome]) -> None:
	"""Copy how the clocks stand to their documents; every document once."""
	documents: Documents = {}
	for outcome in outcomes:
		documents.setdefault(outcome.milestone["reference_doctype"], []).append(
			outcome.milestone["reference_name"]
		)
	for doctype, names in documents.items():
		clocks = _clocks_of(doctype, names)
		copies = {name: copies_from(doctype, rows) for name, rows in clocks.items()}
		bulk.update(doctype, {name: values for name, values in copies.items() if values})


def _clocks_of(doctype: str, names: list[str]) -> dict[str, list[dict]]:
	fields = ("reference_doctype", "reference_name", *COPIED_FIELDS)
	rows = bulk.select(MILESTONE, fields, "reference_name", names, order_by="due_at")
	clocks: dict[str, list[dict]] = {name: [] for name in sorted(set(names))}
	for row in rows:
		if row.reference_doctype == doctype:
			clocks[row.reference_name].append(row)
	return clocks
