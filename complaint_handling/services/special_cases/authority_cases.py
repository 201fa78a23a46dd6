"""The case that a regulator, an association or a marketplace opened about a complaint, with a clock of its own.

Its answer is due by the period in Complaint Settings, which proposes and does not decide: what the authority wrote
counts. The clock warns and escalates like every other and stops with the answer.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import (
	AUTHORITY_CASE,
	COMPLAINT,
	COORDINATOR,
	GENERAL_MANAGER,
	MILESTONE,
	SETTINGS,
)
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ComplaintState
from complaint_handling.domain.words import Word
from complaint_handling.exceptions import FieldLockedError
from complaint_handling.services import procedures
from complaint_handling.services.clock import clock_times, clocks
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.special_cases.decisions import refuse, require_role
from complaint_handling.services.workflow.workflow_guard import state_entered

ANSWERED = "Authority Answered"


class Stage(Word):
	"""What the clock of an authority's case is called."""

	ANSWER = "Answer to the Authority"


# What an answer closes: the record of what was asked and answered.
SETTLED_FIELDS = (
	"authority",
	"external_number",
	"received_on",
	"answer_due_at",
	"answer",
	"answered_on",
)


def propose_due_time(case: Document) -> None:
	"""Propose when the answer is due by the settings' period of the authority; leave what was entered."""
	row = _period_of(case.authority)
	if case.answer_due_at or not row or not row.answer_within:
		return
	complaint = frappe.get_doc(COMPLAINT, case.complaint)
	target = frappe._dict(target_value=row.answer_within, target_unit=row.unit)
	procedure = procedures.procedure_of(complaint)
	case.answer_due_at = clock_times.due_of(target, procedure, get_datetime(case.received_on))
	case.is_period_verified = row.is_verified


def check(case: Document) -> None:
	"""Refuse a case that is not in order, or a change of what was answered; call in `validate`."""
	_check_number(case)
	_check_times(case)
	before = case.get_doc_before_save()
	if before is None:
		_check_complaint_is_open(case)
	elif before.answered_on:
		_check_settled(case)
	elif case.has_value_changed("answer_due_at"):
		require_role((COORDINATOR, GENERAL_MANAGER))
	_stamp_answer(case)


def move_clock(case: Document) -> None:
	"""Start, move or end the clock of the answer; call in `on_update`."""
	complaint = frappe.get_doc(COMPLAINT, case.complaint)
	clock = _open_clock(case.name)
	if not clock and not case.answered_on and case.answer_due_at:
		clocks.start_agreed(case, complaint, str(Stage.ANSWER), ANSWERED, get_datetime(case.answer_due_at))
	elif clock and not case.answered_on and case.has_value_changed("answer_due_at"):
		clocks.move_due(clock, get_datetime(case.answer_due_at), _("corrected on the authority's case"))
	elif clock and case.answered_on:
		clocks.record_event(case, complaint, ANSWERED, get_datetime(case.answered_on))
	clocks.refresh_copies(case)


def check_end(complaint: Document) -> None:
	"""Refuse to close or cancel a complaint while an authority awaits its answer; call in `validate`."""
	state = state_entered(complaint)
	if state not in (ComplaintState.CLOSED, ComplaintState.CANCELLED) or complaint.is_new():
		return
	waiting = unanswered(complaint.name)
	if waiting:
		names = ", ".join(f"{_(row.authority)} {row.external_number}" for row in waiting)
		refuse(_("An answer is still due to: {0}. Record it on the authority's case first.").format(names))


def follow_owner(complaint: Document) -> None:
	"""Let the clocks of authorities warn the new owner of the complaint; call in `on_update`."""
	if not complaint.has_value_changed("complaint_owner"):
		return
	for row in unanswered(complaint.name):
		case = frappe.get_doc(AUTHORITY_CASE, row.name)
		clocks.hand_over(case, complaint.complaint_owner, complaint.responsible_department)


def unanswered(complaint: str) -> list[frappe._dict]:
	"""Return the authorities' cases of a complaint without an answer, the most urgent first."""
	return frappe.get_all(  # every one counts, also for whoever reads none
		AUTHORITY_CASE,
		filters={"complaint": complaint, "answered_on": ("is", "not set")},
		fields=["name", "authority", "external_number", "answer_due_at", "clock_state"],
		order_by="answer_due_at asc",
	)


def find(text: str) -> list[frappe._dict]:
	"""Return the readable cases whose external number contains a text, the newest first."""
	return frappe.get_list(
		AUTHORITY_CASE,
		filters={"external_number": ("like", f"%{text}%")},
		fields=["name", "complaint", "authority", "external_number"],
		order_by="creation desc",
		limit=20,
	)


def _period_of(authority: str | None) -> Document | None:
	rows = frappe.get_cached_doc(SETTINGS).authorities
	return next((row for row in rows if row.authority == authority), None)


def _open_clock(case: str) -> str | None:
	running = {"reference_doctype": AUTHORITY_CASE, "reference_name": case, "state": ("in", OPEN)}
	return frappe.db.get_value(MILESTONE, running, "name")


def _check_number(case: Document) -> None:
	case.external_number = (case.external_number or "").strip()
	same = {"authority": case.authority, "external_number": case.external_number}
	other = frappe.db.get_value(AUTHORITY_CASE, {**same, "name": ("!=", case.name or "")}, "name")
	if other:
		refuse(
			_("The number {0} of {1} is recorded already. Open that case instead of a second one.").format(
				frappe.bold(case.external_number), frappe.bold(_(case.authority))
			)
		)


def _check_times(case: Document) -> None:
	received = get_datetime(case.received_on)
	if received > now_datetime():
		refuse(_("An authority's case cannot be received in the future. Correct Received on."))
	if not case.answer_due_at:
		refuse(_("Enter by when the authority expects the answer: the settings have no period for it."))
	if get_datetime(case.answer_due_at) <= received:
		refuse(_("The answer is due before the case was received. Correct one of the two times."))
	if case.answered_on and not received <= get_datetime(case.answered_on) <= now_datetime():
		refuse(_("The answer was given after the case was received, and not in the future."))


def _check_complaint_is_open(case: Document) -> None:
	state = frappe.db.get_value(COMPLAINT, case.complaint, "workflow_state")
	if state in ENDED_COMPLAINT_STATES:
		refuse(
			_("The complaint is {0}. Reopen it, or register a new one that refers to it.").format(_(state))
		)


def _check_settled(case: Document) -> None:
	if any(case.has_value_changed(name) for name in SETTLED_FIELDS):
		frappe.throw(
			_("What was asked and answered is not changed any more. Record what followed under Outcome."),
			FieldLockedError,
			title=_("Field Locked"),
		)


def _stamp_answer(case: Document) -> None:
	if bool(case.answer) != bool(case.answered_on):
		refuse(_("An answer needs its text and when it was given. Enter both."))
	before = case.get_doc_before_save()
	is_new_answer = bool(case.answered_on) and not (before and before.answered_on)
	# Read-only fields are the server's, whatever the request says.
	case.answered_by = frappe.session.user if is_new_answer else before and before.answered_by
