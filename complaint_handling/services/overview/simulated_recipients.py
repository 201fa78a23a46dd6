"""Who would be told at each level of a ladder, and when: by the rules of the sweep, for a case that is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document

from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.domain.escalation import Moment, notice_time
from complaint_handling.services.calendar import calendars
from complaint_handling.services.sweep.escalation_log import HAND_OVER
from complaint_handling.services.sweep.recipients import Choice, Recipients


@dataclass(frozen=True)
class SimulatedCase:
	"""What the simulator is told of a case. `holder` is the user whose clock it is.

	Of a case that `is_own` no reasons are told, which speak of others, and no persons where nobody holds it.
	"""

	severity: str | None = None
	is_urgent: int = 0
	slip_kind: str | None = None
	company: str | None = None
	department: str | None = None
	holder: str | None = None
	is_own: bool = False

	@property
	def hidden(self) -> tuple[str, ...]:
		"""What is left out of each level of the ladder."""
		if not self.is_own:
			return ()
		return ("reason",) if self.holder else ("reason", "user", "full_name")


class SimulatedRecipients(Recipients):
	"""The recipients of a clock whose document does not exist: it is in the way of nobody but by its company."""

	def _document(self, milestone: dict) -> Document:
		document = frappe.new_doc(milestone["reference_doctype"])
		document.company = milestone["company"]
		return document


def levels_of(procedure: Document, clock: dict, moments: Iterable[Moment]) -> list[dict[str, Any]]:
	"""Return for each level of a clock's ladder when it is reached, what is done, and who is told when."""
	recipients, handed_over, levels = SimulatedRecipients([clock]), 0, []
	for moment in moments:
		step = next(row for row in procedure.escalation_steps if row.level == moment.level)
		told_at = _told_at(procedure, clock, moment.at)
		choice = recipients.of_step(clock, step, handed_over, procedure, told_at.date())
		levels.append(_shown(step, moment.at, told_at, choice))
		if step.action == HAND_OVER and choice.user:
			clock, handed_over = {**clock, "responsible_user": choice.user}, moment.level
	return levels


def _shown(step: Document, at: datetime, told_at: datetime, choice: Choice) -> dict[str, Any]:
	return {
		"level": step.level,
		"at": at,
		"told_at": told_at if told_at != at else None,
		"action": step.action or "Notify",
		"recipient_type": step.recipient_type,
		"role": step.role if step.recipient_type == "Role" else None,
		"user": choice.user,
		"full_name": choice.user and frappe.get_cached_value("User", choice.user, "full_name"),
		"reason": choice.reason,
	}


def _told_at(procedure: Document, clock: dict, at: datetime) -> datetime:
	"""Return when somebody hears of a level: at night only where the procedure calls it urgent."""
	at_any_time = bool(clock["is_urgent"] and procedure.urgent_at_any_time)
	reached = calendars.to_calendar_time(at, clock["calendar"])
	try:
		told = notice_time(reached, calendars.compiled(clock["calendar"], reached), at_any_time)
	except HorizonError:
		return at
	return calendars.to_system_time(told, clock["calendar"])
