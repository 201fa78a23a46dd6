"""Working hours between two stored moments, however far apart."""

from datetime import datetime, timedelta

from complaint_handling.services.calendar import calendars


def working_hours(calendar: str, start: datetime, end: datetime) -> float:
	"""Return the hours of working time in [start, end), negative when the end is before the start.

	Moments are naive and of the system's zone.
	"""
	if end < start:
		return -working_hours(calendar, end, start)
	start, end = (calendars.to_calendar_time(moment, calendar) for moment in (start, end))
	worked = calendars.compiled(calendar, start, until=end).working_time_between(start, end)
	return round(worked / timedelta(hours=1), 1)
