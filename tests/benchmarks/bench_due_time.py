"""Compare due times with two working-time libraries of PyPI, and with itself as holidays and horizon grow.

The libraries get through their public interface what all three can express: two periods a day, a worked
Saturday, holidays. Answers are compared before times are. Prints one line `name: ratio (limit)` for each
figure; exits with 1 when a limit is missed. Needs the packages of `requirements.txt` beside this file.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import CalendarRules, WorkingPeriod
from complaint_handling.domain.clocks import Target, Unit, due_at
from tests.benchmarks.bench_calendar import ratio, report

OFFICE_HOURS = (WorkingPeriod(time(9), time(12)), WorkingPeriod(time(13, 30), time(18)))
WORKED = range(6)  # Monday to Saturday
HOLIDAYS = frozenset(date(2026, 3, 10) + timedelta(days=15 * number) for number in range(20))
FIRST_DAY = date(2026, 1, 1)
HOURS = 72
# Inside hours, at lunch, after hours, on a Sunday, before a holiday, at an opening and at a closing time.
STARTS = (
	datetime(2026, 3, 6, 17),
	datetime(2026, 3, 6, 12, 30),
	datetime(2026, 3, 6, 20),
	datetime(2026, 3, 8, 10),
	datetime(2026, 3, 9, 17, 59),
	datetime(2026, 3, 6, 9),
	datetime(2026, 3, 6, 12),
)
Adding = Callable[[datetime], datetime]


def calendar_of(days: int = 800, holidays: frozenset[date] = HOLIDAYS) -> BusinessCalendar:
	"""Return the calendar compiled for this many days."""
	rules = CalendarRules({weekday: OFFICE_HOURS for weekday in WORKED}, holidays)
	return BusinessCalendar.compile(rules, FIRST_DAY, FIRST_DAY + timedelta(days=days))


def ours(days: int = 800, holidays: frozenset[date] = HOLIDAYS) -> Adding:
	"""Return our due time of the target, by a calendar compiled for this many days."""
	calendar = calendar_of(days, holidays)
	target = Target(HOURS, Unit.WORKING_HOURS)
	return lambda start: due_at(calendar, start, target)


def businesstimedelta_adds() -> Adding:
	"""Return the due time by businesstimedelta."""
	from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule

	rules = Rules(
		[
			*(
				WorkDayRule(start_time=period.start, end_time=period.end, working_days=list(WORKED))
				for period in OFFICE_HOURS
			),
			HolidayRule(dict.fromkeys(HOLIDAYS, "Holiday")),
		]
	)
	duration = BusinessTimeDelta(rules, hours=HOURS)
	return lambda start: start + duration


def pandas_adds() -> Adding:
	"""Return the due time by the business hours of pandas."""
	from pandas.tseries.offsets import CustomBusinessHour

	duration = CustomBusinessHour(
		HOURS,
		start=[period.start for period in OFFICE_HOURS],
		end=[period.end for period in OFFICE_HOURS],
		weekmask="Mon Tue Wed Thu Fri Sat",
		holidays=sorted(HOLIDAYS),
	)
	return lambda start: start + duration


def compare(name: str, other: Adding) -> bool:
	"""Print how much faster ours is, once the answers are the same."""
	due, calendar = ours(), calendar_of()
	for start in STARTS:
		theirs = other(start).replace(tzinfo=None)
		# A closing time and the next opening are one moment of working time; pandas names the latter.
		if theirs not in (due(start), calendar.next_opening(due(start))):
			print(f"{name}: {start} is due at {theirs}, ours says {due(start)}")
			return False
	figure = ratio(lambda: other(STARTS[0]), lambda: due(STARTS[0]), 4, times_as_often=50, rounds=100)
	return report(f"{name} / due time, {HOURS} working hours", figure, 50, at_least=True)


def later_holidays(number: int) -> frozenset[date]:
	"""Return holidays that all lie after the answer, so that it stays the same."""
	return frozenset(date(2026, 6, 1) + timedelta(days=day) for day in range(number))


def main() -> int:
	"""Measure and return the exit code."""
	few, many = ours(7300, later_holidays(10)), ours(7300, later_holidays(1000))
	year, twenty_years = ours(366), ours(7300)
	start = STARTS[0]
	assert few(start) == many(start)
	assert year(start) == twenty_years(start)
	kept = [
		compare("businesstimedelta", businesstimedelta_adds()),
		compare("pandas", pandas_adds()),
		report(
			"1,000 holidays / 10 holidays",
			ratio(lambda: many(start), lambda: few(start), 200),
			1.3,
			at_least=False,
		),
		report(
			"20 years / 1 year of horizon",
			ratio(lambda: twenty_years(start), lambda: year(start), 200),
			2,
			at_least=False,
		),
	]
	return 0 if all(kept) else 1


if __name__ == "__main__":
	sys.exit(main())
