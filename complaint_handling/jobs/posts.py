"""Scheduler entry point of the daily look at the responsible posts."""

from complaint_handling.services.staff import hand_over, owner_lists


def keep_posts() -> None:
	"""Carry out the hand-overs of the day, and remind of lists that departments owe."""
	hand_over.carry_out_due()
	owner_lists.remind_of_overdue()
