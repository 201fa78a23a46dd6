"""Working hours between two stored moments, however far apart."""

from datetime import datetime, timedelta

from complaint_handling.services.calendar import calendars


def working_hours(calendar: str, start: datetime, end: datetime) -> float:
	"""Return the hours of working time in [start, end), negative when the end is before the start.

	Moments are naive and of the system's zone. A compiled calendar reaches around one year, so that a longer
	span is added up year by year.
	"""
	if end < start:
		return -working_hours(calendar, end, start)
	start, end = (calendars.to_calendar_time(moment, calendar) for moment in (start, end))
	total = timedelta()
	while start < end:
		next_year = datetime(start.year + 1, 1, 1)
		until = min(end, next_year)
		total += calendars.compiled(calendar, start).working_time_between(start, until)
		start = until
	return round(total / timedelta(hours=1), 1)
