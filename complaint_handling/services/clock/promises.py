"""The promise ledger: each reply time that was told to the customer, and whether it was kept.

Kinds: a first answer, a notice of progress, and the solution. Only the time agreed for the solution is subject
to the procedure's cap of changes and to being taken over (R-000K-21, `domain/promise_rules.py`).
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, MILESTONE, PROCEDURE, PROMISE
from complaint_handling.domain.promise_rules import (
	Agreement,
	ChangeRefusal,
	PromiseStage,
	change_refusal,
	is_last_change,
	is_taken_over,
	passed_unsolved,
)
from complaint_handling.exceptions import AuthorityError, MissingInputError
from complaint_handling.services import procedures
from complaint_handling.services.clock import clock_events, clocks
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.solution import remedies

FIRST_ANSWER, PROGRESS_NOTICE, SOLUTION = "First Answer", "Progress Notice", "Solution"
# What a contact with this purpose delivers of what was promised.
SETTLED_BY = {
	"First Answer": (FIRST_ANSWER, PROGRESS_NOTICE),
	"Progress Notice": (FIRST_ANSWER, PROGRESS_NOTICE),
	"Solution Explained": (FIRST_ANSWER, PROGRESS_NOTICE, SOLUTION),
}
# Events that a customer awaits, and what a reply time told for them promises.
KIND_OF_EVENT = {clock_events.FIRST_ANSWER: FIRST_ANSWER, clock_events.SOLUTION_EXPLAINED: SOLUTION}
# How the clock of a promise is called, and what ends it.
CLOCK_OF_KIND = {
	PROGRESS_NOTICE: (str(PromiseStage.PROGRESS_NOTICE), clock_events.CUSTOMER_INFORMED),
	SOLUTION: (str(PromiseStage.AGREED_REPLY), clock_events.SOLUTION_EXPLAINED),
}


def promise_at_registration(complaint: Document) -> None:
	"""Enter the reply times that the customer is told on receipt (R-000K-11).

	They are the targets that end with an answer to the customer; the agent's own `reply_promised_for` is
	the time for the solution instead of the procedure's.
	"""
	agreed = complaint.reply_promised_for and get_datetime(complaint.reply_promised_for)
	for milestone in _promised_clocks(complaint):
		kind = KIND_OF_EVENT[milestone.stops_on]
		if kind == SOLUTION and agreed:
			continue
		name = _insert(complaint, kind, get_datetime(milestone.due_at), complaint.channel)
		frappe.db.set_value(MILESTONE, milestone.name, "promise", name)
	if agreed:
		name = _insert(complaint, SOLUTION, agreed, complaint.channel)
		_start_clock(complaint, name, SOLUTION, agreed)
	_refresh(complaint)


def settle_contact(contact: Document, complaint: Document) -> None:
	"""Let a contact settle what it delivers of the ledger, and record the next reply time it promised.

	Raises AuthorityError or MissingInputError for a change of the agreed time that the procedure refuses.
	"""
	if contact.direction == "Outgoing" and contact.purpose in SETTLED_BY:
		_settle(complaint, SETTLED_BY[contact.purpose], get_datetime(contact.contacted_on))
	if contact.next_answer_due:
		_promise_next(contact, complaint)
	_refresh(complaint)


def keep_with_answer(complaint: Document) -> None:
	"""Let the answer that ends a case keep the reply times that were told; call before its clocks stop (R-000K-12).

	Writes past the document in memory: its save is under way, and what it was before is still asked for.
	"""
	now = now_datetime()
	clocks.record_event(complaint, complaint, clock_events.SOLUTION_EXPLAINED, now)
	_settle(complaint, SETTLED_BY["Solution Explained"], now)
	frappe.db.set_value(COMPLAINT, complaint.name, _copies(complaint), update_modified=False)


def pass_unsolved(promise: str, now: datetime) -> str | None:
	"""Record that an agreed time passed without its answer; call with the complaint locked.

	Returns the role that takes the case over when this was the procedure's last straw, else None: the
	caller tells its holder. Harmless when repeated.
	"""
	row = frappe.db.get_value(PROMISE, promise, ["complaint", "state", "due_at", "kind"], as_dict=True)
	if row.state == "Open" and get_datetime(row.due_at) < now:
		frappe.db.set_value(PROMISE, promise, "state", "Missed")
	if row.kind != SOLUTION:
		return None
	complaint = frappe.get_doc(COMPLAINT, row.complaint)
	_refresh(complaint)
	procedure = frappe.get_cached_doc(PROCEDURE, complaint.procedure)
	passed = passed_unsolved(_agreements(_solution_rows(complaint)), now)
	if complaint.taken_over_on or not is_taken_over(passed, procedure.missed_promises_limit or 0):
		return None
	return _take_over(complaint, procedure, now, passed)


def _promised_clocks(complaint: Document) -> list[dict]:
	"""Return the clocks that end with an answer to the customer, without the customer's own deadline."""
	targets = clocks.targets_for(complaint, complaint, clock_events.REGISTERED)
	stages = [target.stage for target in targets if not target.from_demand]
	return frappe.get_all(
		MILESTONE,
		filters={
			"reference_doctype": COMPLAINT,
			"reference_name": complaint.name,
			"state": ("in", OPEN),
			"stage": ("in", stages),
			"stops_on": ("in", tuple(KIND_OF_EVENT)),
		},
		fields=["name", "stops_on", "due_at"],
		order_by="due_at asc",
	)


def _promise_next(contact: Document, complaint: Document) -> None:
	kind = contact.next_answer_about or PROGRESS_NOTICE
	due_at = get_datetime(contact.next_answer_due)
	changes = {}
	if kind == SOLUTION:
		changes = _change(contact, complaint)
	else:
		_replace(complaint, kind, get_datetime(contact.contacted_on))
	name = _insert(complaint, kind, due_at, contact.channel, contact=contact.name, **changes)
	_start_clock(complaint, name, kind, due_at)


def _change(contact: Document, complaint: Document) -> dict:
	"""Replace the time agreed for the solution; the first of a round of handling replaces none.

	A solution that was explained does not open the way for another time: the customer has to refuse it.
	"""
	rows = _solution_rows(complaint)
	agreed = [row for row in rows if row.re_review_round == complaint.re_review_round]
	if not agreed:
		return {}
	procedure = procedures.procedure_of(complaint)
	changes = _changes(rows)
	_check_change(contact, procedure, changes)
	_replace(complaint, SOLUTION, get_datetime(contact.contacted_on))
	if is_last_change(changes, procedure.maximum_promise_changes or 0) and not complaint.taken_over_on:
		# Who agreed the last change has the case: no agreed time is left to renegotiate.
		now = now_datetime()
		_take_over(complaint, procedure, now, passed_unsolved(_agreements(rows), now))
	return {
		"replaces": agreed[-1].name,
		"change_number": changes + 1,
		"change_reason": contact.change_reason,
		"customer_agreed": contact.customer_agreed,
	}


def _check_change(contact: Document, procedure: Document, changes: int) -> None:
	if not contact.change_reason or not contact.customer_agreed:
		frappe.throw(
			_(
				"A time for the solution is agreed already. Record why it changes, and that the customer agreed to the new one."
			),
			MissingInputError,
			title=_("Something is Missing"),
		)
	role = procedure.last_change_role
	may_agree_last = not role or role in frappe.get_roles()
	maximum = procedure.maximum_promise_changes or 0
	refused = change_refusal(changes, maximum, may_agree_last)
	if refused == ChangeRefusal.NO_CHANGE_LEFT:
		frappe.throw(
			_(
				"The agreed time was changed {0} times, which is all that the procedure allows. Explain the solution by the agreed time, or record a progress notice."
			).format(changes),
			AuthorityError,
			title=_("No Change Left"),
		)
	if refused:
		frappe.throw(
			_("The last change of the agreed time is agreed by: {0}. Ask there.").format(
				frappe.bold(_(role))
			),
			AuthorityError,
			title=_("Not Permitted"),
		)


def _settle(complaint: Document, kinds: tuple[str, ...], answered_on: datetime) -> None:
	for row in _rows(complaint, kind=("in", kinds), kept_on=("is", "not set")):
		values = {"kept_on": answered_on}
		if row.state != "Replaced":
			values["state"] = "Kept" if answered_on <= get_datetime(row.due_at) else "Missed"
		frappe.db.set_value(PROMISE, row.name, values)


def _replace(complaint: Document, kind: str, told_on: datetime) -> None:
	"""End the open promise of a kind for a new one: in time it is replaced, after its time it was missed.

	Its clock ends with it, the procedure's too: nobody is to be chased for a time that the customer gave up.
	"""
	for row in _rows(complaint, kind=kind, state="Open"):
		state = "Replaced" if told_on <= get_datetime(row.due_at) else "Missed"
		frappe.db.set_value(PROMISE, row.name, {"state": state, "replaced_on": told_on})
	for row in _rows(complaint, kind=kind, kept_on=("is", "not set")):
		for milestone in frappe.get_all(
			MILESTONE,
			filters={"promise": row.name, "state": ("in", OPEN)},
			pluck="name",
			order_by="name asc",
		):
			clocks.cancel(milestone)


def _take_over(complaint: Document, procedure: Document, now: datetime, passed: int) -> str | None:
	complaint.taken_over_on = now
	remedies.set_amounts(complaint)
	taken_over = ("taken_over_on", "next_approver_role", "approval_level")
	complaint.db_set({name: complaint.get(name) for name in taken_over}, update_modified=False)
	role = procedure.takes_over_role
	text = _("{0} takes the case over: {1} agreed reply times passed unsolved, {2} were changed.")
	changes = _changes(_solution_rows(complaint))
	complaint.add_comment("Info", text.format(_(role) if role else "", passed, changes))
	return role


def _insert(complaint: Document, kind: str, due_at: datetime, told_how: str | None, **values: object) -> str:
	row = frappe.new_doc(PROMISE)
	row.update(
		{
			"complaint": complaint.name,
			"sequence": frappe.db.count(PROMISE, {"complaint": complaint.name}) + 1,
			"kind": kind,
			"due_at": due_at,
			"state": "Open",
			"promised_on": now_datetime(),
			"promised_by": frappe.session.user,
			"told_how": told_how,
			"re_review_round": complaint.re_review_round,
			**values,
		}
	)
	# The ledger is the engine's own record: no role may write it.
	return row.insert(ignore_permissions=True).name


def _start_clock(complaint: Document, promise: str, kind: str, due_at: datetime) -> None:
	stage, stops_on = CLOCK_OF_KIND[kind]
	clocks.start_agreed(complaint, complaint, stage, stops_on, due_at, promise)


def _rows(complaint: Document, **filters: object) -> list[dict]:
	return frappe.get_all(
		PROMISE,
		filters={"complaint": complaint.name, **filters},
		fields=["name", "state", "kind", "due_at", "kept_on", "change_number", "re_review_round"],
		order_by="sequence asc",
	)


def _solution_rows(complaint: Document) -> list[dict]:
	return _rows(complaint, kind=SOLUTION)


def _changes(rows: list[dict]) -> int:
	return sum(bool(row.change_number) for row in rows)


def _agreements(rows: list[dict]) -> list[Agreement]:
	return [Agreement(get_datetime(row.due_at), row.kept_on and get_datetime(row.kept_on)) for row in rows]


def _refresh(complaint: Document) -> None:
	"""Copy how the ledger stands to the complaint's own columns, which lists and reports read."""
	complaint.db_set(_copies(complaint), update_modified=False)


def _copies(complaint: Document) -> dict[str, object]:
	rows = _rows(complaint)
	solutions = [row for row in rows if row.kind == SOLUTION]
	nearest = min((get_datetime(row.due_at) for row in rows if row.state == "Open"), default=None)
	return {
		"promise_due_at": nearest,
		"promise_changes": _changes(solutions),
		"promises_passed": passed_unsolved(_agreements(solutions), now_datetime()),
	}
