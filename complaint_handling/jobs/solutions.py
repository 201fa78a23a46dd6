"""Scheduler entry points of the daily look at what follows a solution."""

from complaint_handling.services.solution import revisits


def reopen_unsatisfied_cases() -> None:
	"""Open the re-review of cases whose customer was unsatisfied and that still await a revisit."""
	revisits.reopen_unsatisfied_cases()
