"""Compare the compiled calendar with a plain walk over the open intervals, as ratios within one run.

Prints one line `name: ratio (limit)` for each figure; exits with 1 when a limit is missed.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from timeit import timeit

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


def ratio(
	one: Callable[[], object],
	other: Callable[[], object],
	number: int,
	times_as_often: int = 1,
	rounds: int = 300,
) -> float:
	"""Return the cost of one call over that of the other, each the best of its rounds.

	Rounds are many, short and alternating: each side gets its turn while nothing else runs on the machine.
	A much faster other is called `times_as_often`, so that a round of either side lasts about as long.
	"""
	often = number * times_as_often
	times = [(timeit(one, number=number), timeit(other, number=often)) for _ in range(rounds)]
	return min(first for first, _ in times) / min(second for _, second in times) * times_as_often


def report(name: str, figure: float, limit: float, at_least: bool) -> bool:
	"""Print a figure and tell whether it keeps its limit."""
	print(f"{name}: {figure:.2f} ({'at least' if at_least else 'at most'} {limit:g})")
	return figure >= limit if at_least else figure <= limit


def adding(calendar: BusinessCalendar) -> Callable[[], object]:
	"""Return the call that is measured."""
	return lambda: calendar.add_working_time(START, TARGET)


def main() -> int:
	"""Measure and return the exit code."""
	rules, year = rules_with(20), compiled(400)
	assert year.add_working_time(START, TARGET) == plain_add(rules, START, TARGET)
	lookup = adding(year)
	faster = ratio(lambda: plain_add(rules, START, TARGET), lookup, 50)
	longer = ratio(adding(compiled(4000)), lookup, 200)
	fuller = ratio(adding(compiled(400, 200)), lookup, 200)
	kept = [
		report("plain walk / compiled calendar, 72 working hours", faster, 5, at_least=True),
		report("ten years / one year of horizon", longer, 1.5, at_least=False),
		report("200 holidays / 20 holidays", fuller, 1.3, at_least=False),
	]
	print(f"compiling one year / one lookup: {ratio(lambda: compiled(400), lookup, 5):.0f} (reported)")
	return 0 if all(kept) else 1


if __name__ == "__main__":
	sys.exit(main())
