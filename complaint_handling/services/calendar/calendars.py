"""Working calendars: from the Complaint Calendar and its Holiday List to the compiled domain calendar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.geo.country_info import get_country_info
from frappe.model.document import Document
from frappe.utils import getdate, to_timedelta

from complaint_handling.constants import CALENDAR
from complaint_handling.domain import zones
from complaint_handling.domain.announcement import DayKind
from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import CalendarRules, WorkingPeriod
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar import calendar_cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# How far a compiled calendar reaches around a year: a due time further away is a mistake in the procedure.
DAYS_BACK, DAYS_AHEAD = 31, 800


def compiled(calendar: str, around: datetime, until: datetime | None = None) -> BusinessCalendar:
	"""Return the compiled calendar for moments around one (naive, in the calendar's zone).

	It reaches two years ahead of the moment, or of `until` when what is asked about lasted longer.
	"""
	return _cached(calendar, around, until, "working time", rules_of)


def around_the_clock(calendar: str, around: datetime, until: datetime | None = None) -> BusinessCalendar:
	"""Return a calendar open day and night except on the statutory holidays of a Complaint Calendar."""
	return _cached(calendar, around, until, "around the clock", _rules_around_the_clock)


@contextmanager
def trying(calendar: Document) -> Iterator[None]:
	"""Let everything inside count by a calendar as its form stands, saved or not."""
	tried = calendar_cache.in_zone(calendar.time_zone, form=calendar)
	before = calendar_cache.put_in_use(calendar.name, tried)
	try:
		yield
	finally:
		calendar_cache.put_in_use(calendar.name, before)


def rules_of(calendar: Document) -> CalendarRules:
	"""Return the rules that a Complaint Calendar describes; CalendarError names the row that is wrong."""
	weekly: dict[int, tuple[WorkingPeriod, ...]] = {}
	for row in calendar.periods:
		weekday = WEEKDAYS.index(row.weekday)
		weekly[weekday] = (*weekly.get(weekday, ()), _period(row))
	exceptions: dict[date, tuple[WorkingPeriod, ...]] = {}
	for row in calendar.exceptions:
		day = getdate(row.date)
		added = () if DayKind(row.kind).is_closed else (_period(row),)
		exceptions[day] = (*exceptions.get(day, ()), *added)
	try:
		return CalendarRules(weekly, _holidays(calendar.holiday_list), exceptions)
	except ValueError as error:
		frappe.throw(
			_("The calendar {0} is wrong: {1}. Correct its working periods.").format(calendar.name, error),
			CalendarError,
		)


def to_calendar_time(moment: datetime, calendar: str) -> datetime:
	"""Turn a naive moment of the system's zone (as stored) into one of the calendar's zone."""
	seen = calendar_cache.in_use(calendar)
	return zones.between_zones(moment, seen.system_zone, seen.zone)


def to_system_time(moment: datetime, calendar: str) -> datetime:
	"""Turn a naive moment of the calendar's zone into one of the system's zone, to be stored."""
	seen = calendar_cache.in_use(calendar)
	return zones.between_zones(moment, seen.zone, seen.system_zone)


def zone_of(calendar: str) -> ZoneInfo:
	"""Return the calendar's time zone, the system's if it names none."""
	return calendar_cache.in_use(calendar).zone


def between_zones(moment: datetime, from_zone: str, to_zone: str) -> datetime:
	"""Turn a naive moment of one time zone into one of another."""
	return zones.between_zones(moment, ZoneInfo(from_zone), ZoneInfo(to_zone))


def only_zone_of(company: str) -> str | None:
	"""Return the time zone of the company's country, None when it has none or several."""
	country = frappe.get_cached_value("Company", company, "country")
	known = get_country_info(country).get("timezones") or () if country else ()
	return known[0] if len(known) == 1 else None


def _cached(
	calendar: str,
	around: datetime,
	until: datetime | None,
	counted: str,
	read_rules: Callable[[Document], CalendarRules],
) -> BusinessCalendar:
	seen = calendar_cache.in_use(calendar)
	variant = around.year, until.year if until else around.year, counted
	found = seen.compiled.get(variant)
	if found:
		return found

	def compile_it() -> BusinessCalendar:
		first_day, last_year = date(variant[0], 1, 1), date(variant[1], 1, 1)
		# Not the host's cached document, which may be older than what the cache saw of the tables.
		rules = read_rules(seen.form or frappe.get_doc(CALENDAR, calendar))
		span = first_day - timedelta(days=DAYS_BACK), last_year + timedelta(days=DAYS_AHEAD)
		return BusinessCalendar.compile(rules, *span)

	return calendar_cache.keep(calendar, variant, seen, compile_it)


def _rules_around_the_clock(calendar: Document) -> CalendarRules:
	statutory = {getdate(row.date) for row in calendar.exceptions if row.kind == DayKind.HOLIDAY}
	return CalendarRules.around_the_clock(_holidays(calendar.holiday_list) | statutory)


def _period(row: Document) -> WorkingPeriod:
	try:
		return WorkingPeriod.from_offsets(to_timedelta(str(row.start_time)), to_timedelta(str(row.end_time)))
	except ValueError:
		frappe.throw(
			_(
				"Row {0}: the working time from {1} to {2} must lie within one day and end after it starts."
			).format(row.idx, row.start_time, row.end_time),
			CalendarError,
		)


def _holidays(holiday_list: str | None) -> frozenset[date]:
	if not holiday_list:
		return frozenset()
	# Which weekdays are worked is said by the periods: a company's weekly days off are not statutory holidays.
	days = frappe.get_all(
		"Holiday",
		filters={"parent": holiday_list, "weekly_off": 0},
		pluck="holiday_date",
		order_by="holiday_date asc",
	)
	return frozenset(getdate(day) for day in days)
