"""Duties that come back: when the next one is due, and which period a report is about.

The daily check (R-000K-24), the weekly round of suggestion boxes and sites (R-000K-10, R-001A-07), the monthly
report and the annual summary (R-000K-25, -26), the visit to each customer every four months (R-000K-23). The
lengths are defaults of a procedure. Days are dates of the calendar's zone; a span of days is [first, last].
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from complaint_handling.domain.business_calendar import BusinessCalendar


@dataclass(frozen=True)
class Every:
	"""How often a duty comes back: every so many days, or every so many months.

	Raises ValueError unless exactly one of the two is 1 or more.
	"""

	days: int = 0
	months: int = 0

	def __post_init__(self) -> None:
		if min(self.days, self.months) < 0 or (self.days > 0) == (self.months > 0):
			raise ValueError(f"A duty comes back every so many days or every so many months: {self}")

	def after(self, anchor: date, times: int = 1) -> date:
		"""Return the day so many times later, counted from the anchor.

		In a month without that day it is the month's last: from 31 October four months later is 28 February.
		The anchor stays, so that it is 31 March again after that and not 28.
		"""
		if self.days:
			return anchor + timedelta(days=self.days * times)
		months = anchor.year * 12 + anchor.month - 1 + self.months * times
		year, month = divmod(months, 12)
		return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


DAILY = Every(days=1)
WEEKLY = Every(days=7)
MONTHLY = Every(months=1)
EVERY_FOUR_MONTHS = Every(months=4)
ANNUALLY = Every(months=12)


def next_due(
	every: Every, begun_on: date, last_done_on: date | None = None, calendar: BusinessCalendar | None = None
) -> date:
	"""Return the day on which a duty is due: so long after it was last done, at first after it began.

	With a calendar a day that is closed gives way to the next working day; the following turn counts from
	the day on which the duty was done all the same. Raises HorizonError beyond the compiled calendar.
	"""
	due = every.after(last_done_on or begun_on)
	return due if calendar is None else working_day_from(due, calendar)


def is_overdue(due_on: date, today: date) -> bool:
	"""Tell whether a duty is overdue; on its day it is in time."""
	return today > due_on


def working_day_from(day: date, calendar: BusinessCalendar) -> date:
	"""Return the day itself when it is worked, else the next one that is."""
	return calendar.next_opening(datetime.combine(day, time.min)).date()


@dataclass(frozen=True)
class Period:
	"""The days a report is about, [first_day, last_day]."""

	first_day: date
	last_day: date

	def holds(self, day: date) -> bool:
		"""Tell whether the day lies in the period."""
		return self.first_day <= day <= self.last_day


def month_of(day: date) -> Period:
	"""Return the calendar month of a day, for the monthly report."""
	return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def year_of(day: date) -> Period:
	"""Return the calendar year of a day, for the annual summary."""
	return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def period_before(period: Period) -> Period:
	"""Return the month before a month, the year before a year: what is reported once it has ended."""
	last_day = period.first_day - timedelta(days=1)
	is_month = period.first_day.month == period.last_day.month
	return month_of(last_day) if is_month else year_of(last_day)
