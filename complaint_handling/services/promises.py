"""The promise ledger: each reply time that was told to the customer, and whether it was kept."""

from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import PROMISE

# Purposes of a contact that tell the customer something.
ANSWERS = ("First Answer", "Progress Notice", "Solution Explained")


def promise(complaint: str, due_at: datetime, told_how: str | None, contact: str | None = None) -> str:
	"""Record a reply time told to the customer (R-000K-11) and return the name of the ledger's row."""
	row = frappe.new_doc(PROMISE)
	row.update(
		{
			"complaint": complaint,
			"sequence": frappe.db.count(PROMISE, {"complaint": complaint}) + 1,
			"due_at": due_at,
			"state": "Open",
			"promised_on": now_datetime(),
			"promised_by": frappe.session.user,
			"told_how": told_how,
			"contact": contact,
		}
	)
	# The ledger is the engine's own record: no role may write it.
	return row.insert(ignore_permissions=True).name


def answer(complaint: str, answered_on: datetime) -> None:
	"""Settle the open promises of a complaint: kept when answered at the due time or before, else missed."""
	for row in frappe.get_all(
		PROMISE,
		filters={"complaint": complaint, "state": "Open"},
		fields=["name", "due_at"],
		order_by="sequence",
	):
		kept = answered_on <= get_datetime(row.due_at)
		frappe.db.set_value(
			PROMISE, row.name, {"state": "Kept" if kept else "Missed", "kept_on": answered_on}
		)


def settle_contact(contact: Document) -> None:
	"""Let an answer to the customer settle the ledger, and record the next reply time it promised."""
	answered_on = get_datetime(contact.contacted_on)
	if contact.direction == "Outgoing" and contact.purpose in ANSWERS:
		answer(contact.complaint, answered_on)
	if contact.next_answer_due:
		promise(contact.complaint, get_datetime(contact.next_answer_due), contact.channel, contact.name)
