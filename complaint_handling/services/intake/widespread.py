"""Whether it has to be decided that a problem is widespread, why, and who decided it (R-002A-08)."""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import ComplaintState
from complaint_handling.domain.widespread import Report, Signal, Spread, Thresholds, signals
from complaint_handling.exceptions import MissingInputError
from complaint_handling.services import procedures
from complaint_handling.services.workflow.workflow_guard import state_left

OPEN_TO_DECISION = (None, ComplaintState.REGISTERED, ComplaintState.ASSESSED)
NOT_COUNTED = (ComplaintState.CANCELLED, ComplaintState.NOT_JUSTIFIED)
WIDE_SCOPES = ("Batch-wide", "Widespread")
# Enough for every threshold a person can weigh; the newest reports count.
MAXIMUM_REPORTS = 200
NAMED_CASES = 10


def assess(complaint: Document) -> None:
	"""Bring the question and its reason up to date while the case is assessed; later both stay as they were."""
	# Asked of the state that is left too: what came in since the assessment counts when the handling starts.
	if state_left(complaint) not in OPEN_TO_DECISION:
		return
	reasons = reasons_to_decide(complaint)
	complaint.needs_widespread_decision = int(bool(reasons))
	complaint.widespread_signal = "\n".join(reasons)


def check_decision(complaint: Document) -> None:
	"""Refuse a decision without its reason."""
	is_open = complaint.workflow_state in OPEN_TO_DECISION
	if is_open and complaint.widespread and not complaint.widespread_reason:
		frappe.throw(
			_("The reason is missing why the problem is widespread, or why not. Record it."),
			MissingInputError,
			title=_("Something is Missing"),
		)


def note_decision(complaint: Document) -> None:
	"""Write into the timeline who decided what and why; call in `on_update`."""
	changed = complaint.has_value_changed("widespread") or complaint.has_value_changed("widespread_reason")
	if not complaint.widespread or not changed:
		return
	text = (
		_("{0} decided that the problem is widespread: {1}")
		if complaint.widespread == "Yes"
		else _("{0} decided that the problem is not widespread: {1}")
	)
	person = frappe.utils.get_fullname(frappe.session.user)
	reason = frappe.utils.escape_html(complaint.widespread_reason)
	complaint.add_comment("Info", text.format(person, reason))


def reasons_to_decide(complaint: Document) -> list[str]:
	"""Return, in the user's language, why it has to be decided; empty where the procedure asks nothing."""
	procedure = procedures.procedure_of(complaint)
	return _reasons_of_case(complaint, procedure) + [
		_sentence(signal, procedure) for signal in _signals(complaint, procedure)
	]


def _reasons_of_case(complaint: Document, procedure: Document) -> list[str]:
	if not procedure.widespread_batch_or_safety:
		return []
	reasons = []
	if complaint.impact_scope in WIDE_SCOPES:
		reasons.append(_("The impact scope is {0}.").format(_(complaint.impact_scope)))
	if complaint.is_safety_related:
		reasons.append(_("The case is safety-related."))
	return reasons


def _signals(complaint: Document, procedure: Document) -> list[Signal]:
	thresholds = Thresholds(
		cint(procedure.widespread_reports_of_customer),
		cint(procedure.widespread_customers),
		max(cint(procedure.widespread_window_days), 1),
	)
	asks = thresholds.reports_of_one_customer or thresholds.different_customers
	if not asks or not (complaint.item_code and complaint.category and complaint.customer):
		return []
	now = now_datetime()
	found = signals(_reports(complaint, now, thresholds.window_days), now, thresholds)
	# What another customer reports repeatedly is a question of that customer's cases.
	return [signal for signal in found if signal.customer in (None, complaint.customer)]


def _reports(complaint: Document, now: datetime, window_days: int) -> list[Report]:
	"""Return this case and the others with the same problem: by one query on the index `same_problem`."""
	rows = frappe.get_all(  # a count over all cases, also those that the assessor may not read
		COMPLAINT,
		filters={
			"item_code": complaint.item_code,
			"category": complaint.category,
			"received_on": (">=", add_days(now, -window_days)),
			"is_imported": 0,
			"workflow_state": ("not in", NOT_COUNTED),
			"name": ("!=", complaint.name or ""),
		},
		fields=["name", "customer", "received_on", "defect"],
		order_by="received_on desc",
		limit=MAXIMUM_REPORTS,
	)
	own = Report(complaint.name or "", complaint.customer, "", get_datetime(complaint.received_on))
	return [own] + [
		Report(row.name, row.customer, "", get_datetime(row.received_on))
		for row in rows
		if not (row.defect and complaint.defect) or row.defect == complaint.defect
	]


def _sentence(signal: Signal, procedure: Document) -> str:
	if signal.spread == Spread.ONE_CUSTOMER_REPEATEDLY:
		text = _("This customer reported the problem {0} times within {1} days: {2}.")
	else:
		text = _("{0} customers reported the problem within {1} days: {2}.")
	return text.format(signal.count, procedure.widespread_window_days, _named(signal.cases))


def _named(cases: tuple[str, ...]) -> str:
	"""Return the numbers of the cases as everybody may read them: none that is kept from some."""
	kept = frappe.get_all(  # whoever reads the sentence
		COMPLAINT,
		filters={"name": ("in", cases)},
		or_filters=[["is_restricted", "=", 1], ["complained_about_user", "is", "set"]],
		pluck="name",
	)
	named = [case or _("this complaint") for case in cases if case not in kept]
	return ", ".join(named[-NAMED_CASES:]) + (" …" if len(named) > NAMED_CASES else "")
