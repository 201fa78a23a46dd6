"""Scheduler entry point of the escalation sweep, every five minutes."""

from complaint_handling.services.sweep import escalation


def escalate_overdue_complaints() -> None:
	"""Find what is due and hand it to the queue in chunks."""
	escalation.enqueue_due()
