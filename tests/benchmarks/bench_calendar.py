"""Compare the compiled calendar with a plain walk over the open intervals, as ratios within one run.

Prints one line `name: ratio (limit)` for each figure; exits with 1 when a limit is missed.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from timeit import repeat

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import CalendarRules, WorkingPeriod, open_intervals

FIRST_DAY = date(2026, 1, 1)
START = datetime(2026, 3, 6, 17)
TARGET = timedelta(hours=72)
OFFICE_HOURS = (WorkingPeriod(time(9), time(12)), WorkingPeriod(time(13, 30), time(18)))


def rules_with(holidays: int) -> CalendarRules:
	"""Return a five-day week whose holidays all lie after the answer, so that every answer is the same."""
	days = frozenset(date(2026, 6, 1) + timedelta(days=number) for number in range(holidays))
	return CalendarRules({weekday: OFFICE_HOURS for weekday in range(5)}, days)


def compiled(days: int, holidays: int = 20) -> BusinessCalendar:
	"""Return the calendar compiled for this number of days."""
	return BusinessCalendar.compile(rules_with(holidays), FIRST_DAY, FIRST_DAY + timedelta(days=days))


def plain_add(rules: CalendarRules, start: datetime, duration: timedelta) -> datetime:
	"""Walk the open intervals from the day of the start until the duration is used up."""
	for opening, closing in open_intervals(rules, start.date(), start.date() + timedelta(days=400)):
		begin = max(opening, start)
		if begin >= closing:
			continue
		if closing - begin >= duration:
			return begin + duration
		duration -= closing - begin
	raise ValueError("beyond the horizon")


def cost(function: Callable[[], object], number: int) -> float:
	"""Return the seconds of one call: the best of seven rounds."""
	return min(repeat(function, number=number, repeat=7)) / number


def report(name: str, ratio: float, limit: float, at_least: bool) -> bool:
	"""Print a figure and tell whether it keeps its limit."""
	print(f"{name}: {ratio:.2f} ({'at least' if at_least else 'at most'} {limit:g})")
	return ratio >= limit if at_least else ratio <= limit


def main() -> int:
	"""Measure and return the exit code."""
	rules, year = rules_with(20), compiled(400)
	assert year.add_working_time(START, TARGET) == plain_add(rules, START, TARGET)
	plain = cost(lambda: plain_add(rules, START, TARGET), 2000)

	def adding(calendar: BusinessCalendar) -> float:
		return cost(lambda: calendar.add_working_time(START, TARGET), 20000)

	one_year = adding(year)
	kept = [
		report("plain walk / compiled calendar, 72 working hours", plain / one_year, 5, at_least=True),
		report("ten years / one year of horizon", adding(compiled(4000)) / one_year, 1.5, at_least=False),
		report("200 holidays / 20 holidays", adding(compiled(400, 200)) / one_year, 1.3, at_least=False),
	]
	compiling = cost(lambda: compiled(400), 20)
	print(f"compiling one year / one lookup: {compiling / one_year:.0f} (reported)")
	return 0 if all(kept) else 1


if __name__ == "__main__":
	sys.exit(main())
