"""The oracle of the compiled calendar: plain generators and walks that share no code with it.

Also the calendars of the examples and the Hypothesis strategies that draw calendars, moments and lengths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import END_OF_DAY, CalendarRules, WorkingPeriod

FIRST_DAY = date(2026, 3, 2)  # a Monday
LAST_DAY = FIRST_DAY + timedelta(days=20)

OFFICE_HOURS = (WorkingPeriod(time(9), time(12)), WorkingPeriod(time(13, 30), time(18)))
HALF_DAY = OFFICE_HOURS[:1]

# China 2026, as far as the examples touch it: holidays without their make-up workdays.
HOLIDAYS = frozenset(
	[date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]
	+ [date(2026, 2, day) for day in range(15, 24)]
	+ [date(2026, 10, day) for day in range(1, 8)]
	+ [date(2027, 1, 1)]
)
MAKE_UP_WORKDAYS = {
	day: OFFICE_HOURS for day in (date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10))
}

OFFICE = CalendarRules({day: OFFICE_HOURS for day in range(5)}, HOLIDAYS, MAKE_UP_WORKDAYS)
OFFICE_WITH_SATURDAY = CalendarRules({day: OFFICE_HOURS for day in range(6)}, HOLIDAYS, MAKE_UP_WORKDAYS)


def plain_intervals(rules: CalendarRules, first_day: date, last_day: date) -> Iterator[tuple]:
	"""Yield the open intervals by reading the rules once more, independently."""
	day = first_day
	while day <= last_day:
		if day in rules.exceptions:
			periods = rules.exceptions[day]
		else:
			periods = () if day in rules.holidays else rules.weekly.get(day.weekday(), ())
		for period in periods:
			end = datetime.combine(day, period.end)
			if period.end == END_OF_DAY:
				end = datetime.combine(day + timedelta(days=1), time.min)
			yield datetime.combine(day, period.start), end
		day += timedelta(days=1)


def plain_add(intervals: list, start: datetime, duration: timedelta) -> datetime | None:
	"""Walk the intervals until the duration is used up; None beyond the horizon."""
	if not duration:
		return start
	for opening, closing in intervals:
		begin = max(opening, start)
		if begin >= closing:
			continue
		if closing - begin >= duration:
			return begin + duration
		duration -= closing - begin
	return None


def plain_between(intervals: list, start: datetime, end: datetime) -> timedelta:
	"""Add up the overlap of [start, end) with every interval."""
	overlaps = (min(closing, end) - max(opening, start) for opening, closing in intervals)
	return sum((overlap for overlap in overlaps if overlap > timedelta(0)), timedelta(0))


def plain_add_days(intervals: list, start: datetime, days: int) -> datetime | None:
	"""Count calendar days one by one; None beyond the horizon."""
	if not days:
		return start
	counted = next((max(opening, start) for opening, closing in intervals if closing > start), None)
	if counted is None:
		return None
	working_days = sorted({opening.date() for opening, closing in intervals})
	later = [day for day in working_days if day > counted.date()]
	if len(later) < days:
		return None
	wanted = datetime.combine(later[days - 1], counted.time())
	of_day = [pair for pair in intervals if pair[0].date() == wanted.date()]
	for opening, closing in of_day:
		if wanted < closing:
			return max(opening, wanted)
	return of_day[-1][1]


@st.composite
def day_periods(draw: st.DrawFn) -> tuple[WorkingPeriod, ...]:
	"""Draw up to three working periods of a day; they may touch each other and midnight."""
	edges = draw(st.lists(st.integers(0, 96), max_size=6, unique=True).map(sorted))
	pairs = zip(edges[::2], edges[1::2], strict=False)
	quarter = timedelta(minutes=15)
	return tuple(WorkingPeriod.from_offsets(start * quarter, end * quarter) for start, end in pairs)


DAYS = st.dates(FIRST_DAY, LAST_DAY)
RULES = st.builds(
	CalendarRules,
	weekly=st.dictionaries(st.integers(0, 6), day_periods(), min_size=1),
	holidays=st.frozensets(DAYS, max_size=5),
	exceptions=st.dictionaries(DAYS, day_periods(), max_size=4),
)
MOMENTS = st.datetimes(datetime.combine(FIRST_DAY, time.min), datetime.combine(LAST_DAY, time.max))
DURATIONS = st.one_of(
	st.integers(0, 300).map(lambda quarters: timedelta(minutes=15 * quarters)),
	st.timedeltas(timedelta(0), timedelta(hours=80)),
)
SHARES = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(0, 1))
END_OF_SPAN = datetime.combine(LAST_DAY + timedelta(days=1), time.min)


@dataclass(frozen=True)
class Work:
	"""A calendar, a start in it, and a length of working time that the calendar still holds after it."""

	calendar: BusinessCalendar
	start: datetime
	duration: timedelta


@st.composite
def works(draw: st.DrawFn) -> Work:
	"""Draw work that fits: up to a random moment (often exactly a closing time), or a share of all."""
	rules, start = draw(RULES), draw(MOMENTS)
	calendar = BusinessCalendar.compile(rules, FIRST_DAY, LAST_DAY)
	closings = [closing for _, closing in plain_intervals(rules, FIRST_DAY, LAST_DAY) if closing > start]
	until = draw(st.sampled_from([*closings, END_OF_SPAN]))
	share = draw(SHARES)
	return Work(calendar, start, calendar.working_time_between(start, until) * share)
