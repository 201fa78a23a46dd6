"""Scheduler entry point of the daily look at the calendars in use."""

from complaint_handling.services.calendar import calendar_warnings


def warn_of_calendars_that_run_out() -> None:
	"""Tell who keeps the calendars which of them lack public holidays, at most once a month."""
	calendar_warnings.warn_of_shortcomings()
