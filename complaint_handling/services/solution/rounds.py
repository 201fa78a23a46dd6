"""The rounds of re-review: the plan that was not accepted, the customer's reason, and what followed (R-000C-05 to -07).

Every round is a row of its own, which reports can count; the complaint's fields hold the round that runs.
"""

import hashlib

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, get_datetime, now_datetime

from complaint_handling.constants import CONTACT, RE_REVIEW_ROUND
from complaint_handling.domain.re_review import is_beyond
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import procedures
from complaint_handling.services.clock.clock_events import CUSTOMER_PARTIES

# What a new round of handling makes void.
VOID_IN_NEW_ROUND = (
	"endorsed_by",
	"endorsed_on",
	"chosen_option",
	"signature_result",
	"signature_witness",
	"approved_by",
	"approved_on",
	"executed_on",
	"satisfaction_with_result",
	"satisfaction_with_process",
	"re_review_keeps_plan",
	"closed_by",
	"closed_on",
)
CAUSE_BY_STATE = {
	str(ComplaintState.WITH_CUSTOMER): "Solution Declined",
	str(ComplaintState.AWAITING_REVISIT): "Unsatisfied",
	str(ComplaintState.CLOSED): "Reopened after the Close",
}
ROUND = "complaint_round"


def start(complaint: Document, left: str | None) -> None:
	"""Begin the next round on a complaint that is being saved; `record` writes its row afterwards."""
	complaint.re_review_round = (complaint.re_review_round or 0) + 1
	rounds = procedures.procedure_of(complaint).maximum_re_review_rounds
	complaint.re_review_level = 2 if is_beyond(complaint.re_review_round, rounds) else 1
	complaint.flags[ROUND] = {
		"complaint": complaint.name,
		"round": complaint.re_review_round,
		"cause_of_round": CAUSE_BY_STATE.get(left or ""),
		"opened_on": now_datetime(),
		"opened_by": frappe.session.user,
		"reason": _reason(complaint, left),
		"plan_key": _plan_key(complaint),
		**_plan(complaint),
	}
	for fieldname in VOID_IN_NEW_ROUND:
		complaint.set(fieldname, None)


def record(complaint: Document, state: str | None) -> None:
	"""Write what a step means to the round that runs: its beginning, who took it with which opinion, the new plan."""
	if state == ComplaintState.RE_REVIEW and complaint.flags.get(ROUND):
		row = frappe.new_doc(RE_REVIEW_ROUND)
		row.update(complaint.flags.pop(ROUND))
		# The rounds are the engine's own record: no role may write them.
		row.insert(ignore_permissions=True)
	elif state == ComplaintState.IN_HANDLING:
		_note_taken(complaint)
	elif state == ComplaintState.WITH_CUSTOMER:
		_set(complaint, {"new_plan_approved_on": complaint.approved_on})


def is_plan_revised(complaint: Document) -> bool:
	"""Tell whether the plan differs from the one that was not accepted, or the reviewer let it stay (R-000C-06)."""
	if not complaint.re_review_round or complaint.re_review_keeps_plan:
		return True
	key = frappe.db.get_value(RE_REVIEW_ROUND, _running(complaint), "plan_key")
	return key != _plan_key(complaint)


def is_plan_explained(complaint: Document) -> bool:
	"""Tell whether the customer was told the plan of this round since it was approved (R-000C-07).

	On the portal the customer reads the plan that he answers.
	"""
	if not complaint.re_review_round or complaint.consent_method == "Customer Portal":
		return True
	approved_on = complaint.approved_on and get_datetime(complaint.approved_on)
	explained = {
		"complaint": complaint.name,
		"direction": "Outgoing",
		"purpose": "Solution Explained",
		"party": ("in", CUSTOMER_PARTIES),
		# Agents note the minute.
		"contacted_on": (">=", approved_on and approved_on.replace(second=0, microsecond=0)),
	}
	return bool(approved_on and frappe.db.exists(CONTACT, explained))


def _note_taken(complaint: Document) -> None:
	"""Note who took the round, once: a plan that is sent back comes here again."""
	running = _running(complaint)
	if complaint.re_review_round and not frappe.db.get_value(RE_REVIEW_ROUND, running, "resumed_on"):
		_set(
			complaint,
			{
				"opinion": complaint.re_review_opinion,
				"keeps_plan": cint(complaint.re_review_keeps_plan),
				"resumed_by": frappe.session.user,
				"resumed_on": now_datetime(),
			},
		)


def _set(complaint: Document, values: dict[str, object]) -> None:
	if complaint.re_review_round:
		frappe.db.set_value(RE_REVIEW_ROUND, _running(complaint), values)


def _running(complaint: Document) -> dict[str, object]:
	return {"complaint": complaint.name, "round": complaint.re_review_round}


def _reason(complaint: Document, left: str | None) -> str | None:
	if left == ComplaintState.WITH_CUSTOMER:
		return complaint.refusal_reason or complaint.re_review_reason
	return complaint.re_review_reason


def _plan(complaint: Document) -> dict[str, object]:
	"""Return the plan as people read it, in the words of the language of who opened the round."""
	measures = (
		f"{_(row.measure_type)}: {row.description} ({row.responsible_name or row.responsible_employee}, {str(row.due_on)[:16]})"
		for row in complaint.measures
	)
	remedies = (_remedy(row) for row in complaint.remedies)
	return {
		"previous_cause": complaint.cause,
		"previous_measures": "\n".join(measures),
		"previous_remedies": "\n".join(remedies),
		"previous_amount": complaint.total_remedy_amount,
	}


def _remedy(row: Document) -> str:
	number = cint(row.option_number)
	words = f"{_(row.remedy_type)}: {row.description or ''} {row.currency} {flt(row.amount, 2):,.2f}"
	return f"[{number}] {words}" if number else words


def _plan_key(complaint: Document) -> str:
	"""Return a digest of what a plan consists of; what was done of it since does not count."""
	measures = [
		(row.measure_type, row.description, row.responsible_employee, str(row.due_on)[:16])
		for row in complaint.measures
	]
	remedies = [
		(row.remedy_type, cint(row.option_number), row.description or "", flt(row.amount, 2), row.currency)
		for row in complaint.remedies
	]
	plan = (complaint.cause or "", sorted(measures), sorted(remedies), complaint.resources or "")
	return hashlib.sha256(repr(plan).encode()).hexdigest()
