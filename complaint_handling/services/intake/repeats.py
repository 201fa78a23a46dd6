"""Repeat complaints: which earlier case one belongs to, and the recorded decision whether it counts (R-003A-03)."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, COORDINATOR, REVIEWER
from complaint_handling.domain.states import ComplaintState
from complaint_handling.exceptions import MissingInputError, PreconditionError
from complaint_handling.services.special_cases.decisions import check_not_held

DECIDING_ROLES = frozenset((COORDINATOR, REVIEWER))
DECISION = ("counts_as_repeat", "repeat_reason")
STATES_OF_DECISION = (ComplaintState.REGISTERED, ComplaintState.ASSESSED)
EARLIER_FIELDS = ("name", "subject", "workflow_state", "received_on", "category", "item_code", "sales_order")


def check(complaint: Document) -> None:
	"""Refuse a link to another customer's case, and a decision by whom it does not belong to."""
	if not complaint.repeat_of:
		complaint.update(dict.fromkeys((*DECISION, "repeat_decided_by")))
		return
	if complaint.has_value_changed("repeat_of") or complaint.has_value_changed("customer"):
		_check_link(complaint)
	_take_decision(complaint)


def decide(complaint: Document, counts: str, reason: str) -> None:
	"""Record the decision as the current user, who need not be the editor of the case's state.

	Written past the Workflow, whose state belongs to the agent: the decision belongs to others.
	"""
	check_not_held(complaint)
	if (complaint.counts_as_repeat, complaint.repeat_reason) == (counts, reason):
		return
	complaint.update({"counts_as_repeat": counts, "repeat_reason": reason})
	_check_decision(complaint)
	if not complaint.repeat_of or complaint.workflow_state not in STATES_OF_DECISION:
		frappe.throw(
			_("Whether a complaint counts as a repeat is decided before its handling starts."),
			PreconditionError,
		)
	complaint.db_set(
		{**{name: complaint.get(name) for name in DECISION}, "repeat_decided_by": frappe.session.user},
		notify=True,
	)
	note_decision(complaint)


def note_decision(complaint: Document) -> None:
	"""Write into the timeline who decided what and why."""
	text = (
		_("{0} decided that this counts as a repeat of {1}: {2}")
		if complaint.counts_as_repeat == "Yes"
		else _("{0} decided that this does not count as a repeat of {1}: {2}")
	)
	person = frappe.utils.get_fullname(frappe.session.user)
	reason = frappe.utils.escape_html(complaint.repeat_reason)
	complaint.add_comment("Info", text.format(person, complaint.repeat_of, reason))


def earlier(customer: str, excluded: str | None = None, limit: int = 20) -> list[dict]:
	"""Return the complaints of a customer that the user may read, the newest first."""
	return frappe.get_list(
		COMPLAINT,
		filters={
			"customer": customer,
			"name": ("!=", excluded or ""),
			"workflow_state": ("!=", ComplaintState.CANCELLED),
		},
		fields=list(EARLIER_FIELDS),
		order_by="received_on desc",
		limit=limit,
	)


def _check_link(complaint: Document) -> None:
	if complaint.repeat_of == complaint.name:
		frappe.throw(_("A complaint does not repeat itself. Choose the earlier one."), PreconditionError)
	may_read = frappe.has_permission(COMPLAINT, "read", doc=complaint.repeat_of)
	customer = frappe.db.get_value(COMPLAINT, complaint.repeat_of, "customer")
	# One answer for both: it must not tell that a case exists which the user may not read.
	if not may_read or not customer or customer != complaint.customer:
		frappe.throw(
			_(
				"{0} is no complaint of this customer. Choose an earlier complaint of the same customer."
			).format(frappe.bold(complaint.repeat_of)),
			PreconditionError,
		)


def _take_decision(complaint: Document) -> None:
	if not complaint.counts_as_repeat:
		complaint.repeat_decided_by = None
		if not complaint.repeat_reason:
			return
	if complaint.has_value_changed("repeat_of") or any(
		complaint.has_value_changed(name) for name in DECISION
	):
		_check_decision(complaint)
		complaint.repeat_decided_by = frappe.session.user
		complaint.flags.repeat_is_decided = True


def _check_decision(complaint: Document) -> None:
	if not DECIDING_ROLES.intersection(frappe.get_roles()):
		frappe.throw(
			_("Whether a complaint counts as a repeat is decided by: {0}. Leave it open for them.").format(
				", ".join(_(role) for role in sorted(DECIDING_ROLES))
			),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	if complaint.counts_as_repeat not in ("Yes", "No") or not complaint.repeat_reason:
		frappe.throw(
			_("Choose whether the complaint counts as a repeat, and record why."),
			MissingInputError,
			title=_("Something is Missing"),
		)
