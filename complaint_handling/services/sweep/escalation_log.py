"""The rows of Complaint Escalation Log: what was raised, and at the same time the notices still to be given.

The name of a row is the hash of document, milestone, level and deadline, so the primary key decides what is
raised. `notify_at` is set as long as the recipient waits to be told.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import ESCALATION_LOG
from complaint_handling.domain.escalation import Moment, escalation_key
from complaint_handling.services.sweep import bulk
from complaint_handling.services.sweep.recipients import Choice

NOTIFY = "Notify"
ASSIGN = "Assign"
HAND_OVER = "Hand Over"
REQUIRE_ACKNOWLEDGEMENT = "Require Acknowledgement"


@dataclass(frozen=True)
class Entry:
	"""One thing raised: about which milestone, at which moment, to whom, and what is done about it."""

	milestone: dict
	moment: Moment
	choice: Choice
	action: str
	notify_at: datetime

	@property
	def key(self) -> str:
		return key_of(self.milestone, self.moment.level)


def key_of(milestone: dict, level: int) -> str:
	"""Return the name of the log row of a milestone's level under its present deadline."""
	return escalation_key(
		milestone["reference_doctype"],
		milestone["reference_name"],
		milestone["name"],
		level,
		get_datetime(milestone["due_at"]),
	)


def known(keys: Collection[str]) -> frozenset[str]:
	"""Return those of the keys that stand in the log."""
	return frozenset(row.name for row in bulk.select(ESCALATION_LOG, ("name",), "name", keys))


def write(entries: Sequence[Entry], now: datetime) -> None:
	"""Write the entries with one statement; fails as a whole when one of them stands in the log already."""
	bulk.insert(ESCALATION_LOG, [row_of(entry, now) for entry in entries])


def acknowledge(name: str) -> None:
	"""Let the recipient confirm that an escalation was taken up: once, and nobody else."""
	row = next(iter(bulk.lock(ESCALATION_LOG, [name], ("*",))), None)
	if not row or row.escalated_to != frappe.session.user:
		frappe.throw(
			_("Only the person to whom this was escalated acknowledges it."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	if not row.requires_acknowledgement:
		frappe.throw(_("This escalation asks for no acknowledgement."))
	if row.acknowledged_on:
		frappe.throw(_("This escalation is acknowledged already. Reload the form."))
	# The log is the engine's own record: no role may write it.
	frappe.db.set_value(
		ESCALATION_LOG, name, {"acknowledged_by": frappe.session.user, "acknowledged_on": now_datetime()}
	)


def row_of(entry: Entry, now: datetime) -> dict[str, Any]:
	milestone = entry.milestone
	return {
		"name": entry.key,
		"owner": frappe.session.user,
		"modified_by": frappe.session.user,
		"creation": now,
		"modified": now,
		"docstatus": 0,
		"idx": 0,
		"reference_doctype": milestone["reference_doctype"],
		"reference_name": milestone["reference_name"],
		"milestone": milestone["name"],
		"stage": milestone["stage"],
		"complaint": milestone["complaint"],
		"level": entry.moment.level,
		"kind": str(entry.moment.kind),
		"action": entry.action,
		"deadline": milestone["due_at"],
		"escalated_at": now,
		"escalated_to": entry.choice.user,
		"notify_at": entry.notify_at if entry.choice.user else None,
		"reason": entry.choice.reason,
		"requires_acknowledgement": int(entry.action == REQUIRE_ACKNOWLEDGEMENT),
	}
