"""What the dialogs of a slip's buttons propose."""

from collections.abc import Callable
from typing import Any

from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.services.slips import upward


def _reply_time(slip: Document) -> str | None:
	due = slip.reply_due_at and get_datetime(slip.reply_due_at)
	return str(due) if due and due > now_datetime() else None


PROPOSED: dict[str, Callable[[Document], Any]] = {
	"escalated_to": upward.proposed_recipient,
	"reply_wanted_by": _reply_time,
}
"""What the server knows better than the form, by field."""
