"""A first answer at once: recorded, the case assessed, and ended with it where the customer agrees (R-000K-12)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT, CONTACT
from complaint_handling.domain.states import ComplaintState
from complaint_handling.exceptions import PreconditionError
from complaint_handling.services.workflow import workflow_steps
from complaint_handling.services.workflow.workflow_guard import state_entered, state_left

ANSWERED_FROM = (ComplaintState.REGISTERED, ComplaintState.ASSESSED)


def answer_at_once(complaint: Document, answer: str, channel: str, consent: dict | None = None) -> Document:
	"""Record a first answer as the current user, assess the case, and close it when the customer consented.

	`consent` holds `consent_by`, `consent_method` and `closing_summary`; without it the case stays assessed.
	All or nothing: what is missing refuses the contact as well (R-003A-15).
	"""
	if complaint.workflow_state not in ANSWERED_FROM:
		frappe.throw(
			_("The handling of {0} has started. Record the answer as a contact with the customer.").format(
				frappe.bold(complaint.name)
			),
			PreconditionError,
		)
	_record_contact(complaint, answer, channel)
	complaint = frappe.get_doc(COMPLAINT, complaint.name)
	if complaint.workflow_state == ComplaintState.REGISTERED:
		complaint = workflow_steps.move_to(complaint, ComplaintState.ASSESSED)
	if consent:
		values = {**consent, "answer_to_customer": answer, "consent_on": now_datetime()}
		complaint = workflow_steps.move_to(
			frappe.get_doc(COMPLAINT, complaint.name), ComplaintState.CLOSED, values
		)
	return complaint


def record_closing_answer(complaint: Document) -> None:
	"""Record the answer that closes a case as its first one, where nobody was told before; call in `on_update`.

	Before the clocks are moved by the state: whoever presses the button of the Workflow has answered in time or late.
	"""
	is_closed_now = (state_left(complaint), state_entered(complaint)) == (
		ComplaintState.ASSESSED,
		ComplaintState.CLOSED,
	)
	if is_closed_now and not complaint.first_answer_on:
		_record_contact(complaint, complaint.answer_to_customer, complaint.channel)


def _record_contact(complaint: Document, answer: str, channel: str) -> None:
	frappe.get_doc(
		{
			"doctype": CONTACT,
			"complaint": complaint.name,
			"party": "Customer",
			"direction": "Outgoing",
			"purpose": "First Answer",
			"channel": channel,
			"contacted_on": now_datetime(),
			"contacted_person": complaint.complainant_name,
			"summary": answer,
		}
	).insert()
