"""Scheduler entry points of the daily look at what follows a solution."""

from complaint_handling.services.solution import evaluations, revisits


def reopen_unsatisfied_cases() -> None:
	"""Open the re-review of cases whose customer was unsatisfied and that still await a revisit."""
	revisits.reopen_unsatisfied_cases()


def tell_overdue_improvements() -> None:
	"""Tell once who answers for an improvement that its day has passed."""
	evaluations.tell_overdue_improvements()
