"""The list of responsible posts: when a department owes it after a reorganisation (R-003A-09)."""

from datetime import datetime

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.clocks import Target, Unit, due_at

OWNER_LIST_WITHIN = Target(2, Unit.WORKING_DAYS)


def owner_list_due(
	calendar: BusinessCalendar, organised_at: datetime, within: Target = OWNER_LIST_WITHIN
) -> datetime:
	"""Return when the new list is due with the team leader of customer service.

	The calendar is the company's ordinary one: Saturday counts for the reply to a slip only (section e.2.4).
	"""
	return due_at(calendar, organised_at, within)
