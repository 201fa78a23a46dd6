"""Who would be told at each level of a ladder: for the simulator, which has no case to ask about."""

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document

from complaint_handling.services import people


@dataclass(frozen=True)
class SimulatedCase:
	"""What the simulator is told of a case. `holder` is the user whose clock it is."""

	severity: str | None = None
	is_urgent: int = 0
	slip_kind: str | None = None
	company: str | None = None
	department: str | None = None
	holder: str | None = None


def recipients_of(procedure: Document, case: SimulatedCase, target: Document) -> dict[int, dict[str, Any]]:
	"""Return for each level of the ladder what is done and who is told, as far as the case says it."""
	return {step.level: _shown_step(step, case) for step in procedure.escalation_steps}


def _shown_step(step: Document, case: SimulatedCase) -> dict[str, Any]:
	user = _recipient(step, case)
	return {
		"level": step.level,
		"action": step.action or "Notify",
		"recipient_type": step.recipient_type,
		"role": step.role,
		"user": user,
		"full_name": user and frappe.get_cached_value("User", user, "full_name"),
	}


def _recipient(step: Document, case: SimulatedCase) -> str | None:
	if step.recipient_type == "Superior":
		line = people.superiors_of(case.holder) if case.holder else ()
		# Above the top of the line the top keeps being told.
		return line[min(step.level, len(line)) - 1] if line else None
	if step.recipient_type == "Role":
		return next(iter(people.holders_of(step.role)), None) if step.role else None
	return {"User": step.user, "Holder": case.holder}.get(step.recipient_type)
