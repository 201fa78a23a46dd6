"""Working time compiled once and then only looked up.

All moments are naive wall-clock times of the calendar's own zone; aware ones are refused. Intervals are
half-open, [start, end): the closing time itself is closed. A compiled calendar covers a bounded span of days
and raises `HorizonError` for anything beyond it, so no question can loop.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from complaint_handling.domain.calendar_rules import (
	END_OF_DAY,
	CalendarRules,
	Interval,
	WorkingPeriod,
	open_intervals,
)

__all__ = [
	"END_OF_DAY",
	"BusinessCalendar",
	"CalendarRules",
	"HorizonError",
	"WorkingPeriod",
	"open_intervals",
]


class HorizonError(ValueError):
	"""An answer lies outside the days that the calendar was compiled for."""


_NOTHING = timedelta(0)


@dataclass(frozen=True)
class BusinessCalendar:
	"""A calendar compiled for the days first_day to last_day, both included. Immutable; safe to cache.

	Inside, `starts` and `ends` hold the joined open intervals, `open_before[i]` the open time before interval i
	(its last entry the total), `working_days` the ordinals of the days with any open time, and `first_moment`
	and `last_moment` the midnights around the span. Every question costs one or two binary searches.
	"""

	first_day: date
	last_day: date
	first_moment: datetime = field(repr=False)
	last_moment: datetime = field(repr=False)
	starts: tuple[datetime, ...] = field(repr=False)
	ends: tuple[datetime, ...] = field(repr=False)
	open_before: tuple[timedelta, ...] = field(repr=False)
	working_days: tuple[int, ...] = field(repr=False)

	@classmethod
	def compile(cls, rules: CalendarRules, first_day: date, last_day: date) -> "BusinessCalendar":
		"""Return the calendar of these rules for the days first_day to last_day, both included.

		Raises ValueError when the last day is before the first.
		"""
		if last_day < first_day:
			raise ValueError(f"The last day {last_day} is before the first day {first_day}")
		starts, ends = _joined(open_intervals(rules, first_day, last_day))
		lengths = (end - start for start, end in zip(starts, ends, strict=True))
		days = range(first_day.toordinal(), last_day.toordinal() + 1)
		return cls(
			first_day,
			last_day,
			datetime.combine(first_day, time.min),
			datetime.combine(last_day, time.min) + timedelta(days=1),
			tuple(starts),
			tuple(ends),
			tuple(accumulate(lengths, initial=_NOTHING)),
			tuple(day for day in days if rules.periods_on(date.fromordinal(day))),
		)

	def is_open(self, moment: datetime) -> bool:
		"""Tell whether the moment lies in working time. Raises HorizonError outside the compiled days."""
		self._check(moment)
		if moment == self.last_moment:
			raise HorizonError(f"{moment} is after the last day {self.last_day} of the calendar")
		return self._is_open(moment)

	def is_working_day(self, day: date) -> bool:
		"""Tell whether the day has any working time. Raises HorizonError outside the compiled days."""
		if not self.first_day <= day <= self.last_day:
			raise HorizonError(f"{day} is outside the calendar, {self.first_day} to {self.last_day}")
		index = bisect_left(self.working_days, day.toordinal())
		return index < len(self.working_days) and self.working_days[index] == day.toordinal()

	def next_opening(self, moment: datetime) -> datetime:
		"""Return the moment itself when it is open, else the next moment that is.

		Raises HorizonError when nothing opens any more within the compiled days.
		"""
		self._check(moment)
		index = bisect_right(self.ends, moment)
		if index == len(self.ends):
			raise HorizonError(f"Nothing opens between {moment} and the calendar's end, {self.last_day}")
		return max(moment, self.starts[index])

	def add_working_time(self, start: datetime, duration: timedelta) -> datetime:
		"""Return the earliest moment at which `duration` of working time has passed since the start.

		A start outside working time counts from the next opening; a duration that fills a period ends at its
		closing time; none at all returns the start. Raises ValueError for a negative duration, HorizonError
		when the compiled days hold too little working time.
		"""
		self._check(start, duration)
		if not duration:
			return start
		wanted = self._open_until(start) + duration
		if wanted > self.open_before[-1]:
			raise HorizonError(f"{duration} of working time after {start} ends after {self.last_day}")
		index = bisect_left(self.open_before, wanted) - 1
		return self.starts[index] + (wanted - self.open_before[index])

	def subtract_working_time(self, end: datetime, duration: timedelta) -> datetime:
		"""Return the latest moment from which `duration` of working time is left until the end.

		The inverse of `add_working_time`: adding the duration again gives the end, or the closing time
		before it when the end lies outside working time. None at all returns the end. Raises ValueError for
		a negative duration, HorizonError when the compiled days hold too little working time.
		"""
		self._check(end, duration)
		if not duration:
			return end
		wanted = self._open_until(end) - duration
		if wanted < _NOTHING:
			raise HorizonError(f"{duration} of working time before {end} starts before {self.first_day}")
		index = bisect_right(self.open_before, wanted) - 1
		return self.starts[index] + (wanted - self.open_before[index])

	def working_time_between(self, start: datetime, end: datetime) -> timedelta:
		"""Return the working time in [start, end); negative when the end is before the start.

		Raises HorizonError when either lies outside the compiled days.
		"""
		self._check(start)
		self._check(end)
		return self._open_until(end) - self._open_until(start)

	def add_working_days(self, start: datetime, days: int) -> datetime:
		"""Return the same clock time on the n-th working day after the start (R-003A-04).

		Friday 10:00 and two working days with Saturday worked is Monday 10:00. A start outside working time
		counts from the next opening. When the clock time is not open on the day that is reached, the answer
		is the next opening of that day, or its closing time when nothing opens any more on it: it never
		leaves the day. No days at all returns the start. Raises ValueError for a negative number,
		HorizonError when the compiled days hold too few working days.
		"""
		if days < 0:
			raise ValueError(f"The number of working days must not be negative: {days}")
		self._check(start)
		if not days:
			return start
		opening = self.next_opening(start)
		index = bisect_right(self.working_days, opening.toordinal()) + days - 1
		if index >= len(self.working_days):
			raise HorizonError(f"{days} working days after {start} end after {self.last_day}")
		return self._within_day(date.fromordinal(self.working_days[index]), opening.time())

	def _within_day(self, day: date, clock_time: time) -> datetime:
		moment = datetime.combine(day, clock_time)
		if self._is_open(moment):
			return moment
		index = bisect_right(self.ends, moment)
		if index < len(self.starts) and self.starts[index].date() == day:
			return self.starts[index]
		return self.ends[index - 1]

	def _is_open(self, moment: datetime) -> bool:
		index = bisect_right(self.ends, moment)
		return index < len(self.starts) and self.starts[index] <= moment

	def _open_until(self, moment: datetime) -> timedelta:
		"""Return the open time from the first midnight to the moment."""
		index = bisect_right(self.starts, moment) - 1
		if index < 0:
			return _NOTHING
		return self.open_before[index] + (min(moment, self.ends[index]) - self.starts[index])

	def _check(self, moment: datetime, duration: timedelta = _NOTHING) -> None:
		"""Refuse aware and far moments and negative durations; the midnight that ends the span is in it."""
		if moment.tzinfo is not None:
			raise ValueError(f"The calendar takes naive times of its own zone, not {moment.isoformat()}")
		if not self.first_moment <= moment <= self.last_moment:
			raise HorizonError(f"{moment} is outside the calendar, {self.first_day} to {self.last_day}")
		if duration < _NOTHING:
			raise ValueError(f"The working time must not be negative: {duration}")


def _joined(intervals: Iterator[Interval]) -> tuple[list[datetime], list[datetime]]:
	"""Return the starts and ends of the intervals, those that touch joined into one."""
	starts: list[datetime] = []
	ends: list[datetime] = []
	for start, end in intervals:
		if ends and ends[-1] == start:
			ends[-1] = end
		else:
			starts.append(start)
			ends.append(end)
	return starts, ends
