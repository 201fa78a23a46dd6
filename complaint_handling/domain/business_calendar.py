"""Working time compiled once and then only looked up.

All moments are naive wall-clock times of the calendar's own zone; aware ones are refused. Intervals are
half-open, [start, end): the closing time itself is closed. A compiled calendar covers a bounded span of days
and raises `HorizonError` for anything beyond it, so no question can loop.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

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


@dataclass(frozen=True)
class BusinessCalendar:
	"""A calendar compiled for the days first_day to last_day, both included. Immutable; safe to cache.

	Inside, moments are whole microseconds since `origin`, the first midnight; `span` is the last. `starts` and `ends` hold the joined open
	intervals, `open_before[i]` the open time before interval i (its last entry the total), `working_days` the
	ordinals of the days with any open time. Every question costs one or two binary searches.
	"""

	first_day: date
	last_day: date
	origin: datetime = field(repr=False)
	span: int = field(repr=False)
	starts: tuple[int, ...] = field(repr=False)
	ends: tuple[int, ...] = field(repr=False)
	open_before: tuple[int, ...] = field(repr=False)
	working_days: tuple[int, ...] = field(repr=False)

	@classmethod
	def compile(cls, rules: CalendarRules, first_day: date, last_day: date) -> "BusinessCalendar":
		"""Return the calendar of these rules for the days first_day to last_day, both included.

		Raises ValueError when the last day is before the first.
		"""
		if last_day < first_day:
			raise ValueError(f"The last day {last_day} is before the first day {first_day}")
		origin = datetime.combine(first_day, time.min)
		span = _to_ticks(last_day - first_day + timedelta(days=1))
		starts, ends = _joined(open_intervals(rules, first_day, last_day), origin)
		open_before = [0]
		for start, end in zip(starts, ends, strict=True):
			open_before.append(open_before[-1] + end - start)
		days = range(first_day.toordinal(), last_day.toordinal() + 1)
		working_days = tuple(day for day in days if rules.periods_on(date.fromordinal(day)))
		return cls(
			first_day, last_day, origin, span, tuple(starts), tuple(ends), tuple(open_before), working_days
		)

	def is_open(self, moment: datetime) -> bool:
		"""Tell whether the moment lies in working time. Raises HorizonError outside the compiled days."""
		position = self._position(moment)
		if position == self.span:
			raise HorizonError(f"{moment} is after the last day {self.last_day} of the calendar")
		return self._is_open(position)

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
		position = self._position(moment)
		index = bisect_right(self.ends, position)
		if index == len(self.ends):
			raise HorizonError(f"Nothing opens between {moment} and the calendar's end, {self.last_day}")
		return self._moment(max(position, self.starts[index]))

	def add_working_time(self, start: datetime, duration: timedelta) -> datetime:
		"""Return the earliest moment at which `duration` of working time has passed since the start.

		A start outside working time counts from the next opening; a duration that fills a period ends at its
		closing time; none at all returns the start. Raises ValueError for a negative duration, HorizonError
		when the compiled days hold too little working time.
		"""
		position, ticks = self._position(start), _ticks(duration)
		if not ticks:
			return start
		wanted = self._open_until(position) + ticks
		if wanted > self.open_before[-1]:
			raise HorizonError(f"{duration} of working time after {start} ends after {self.last_day}")
		index = bisect_left(self.open_before, wanted) - 1
		return self._moment(self.starts[index] + wanted - self.open_before[index])

	def subtract_working_time(self, end: datetime, duration: timedelta) -> datetime:
		"""Return the latest moment from which `duration` of working time is left until the end.

		The inverse of `add_working_time`: adding the duration again gives the end, or the closing time
		before it when the end lies outside working time. None at all returns the end. Raises ValueError for
		a negative duration, HorizonError when the compiled days hold too little working time.
		"""
		position, ticks = self._position(end), _ticks(duration)
		if not ticks:
			return end
		wanted = self._open_until(position) - ticks
		if wanted < 0:
			raise HorizonError(f"{duration} of working time before {end} starts before {self.first_day}")
		index = bisect_right(self.open_before, wanted) - 1
		return self._moment(self.starts[index] + wanted - self.open_before[index])

	def working_time_between(self, start: datetime, end: datetime) -> timedelta:
		"""Return the working time in [start, end); negative when the end is before the start.

		Raises HorizonError when either lies outside the compiled days.
		"""
		ticks = self._open_until(self._position(end)) - self._open_until(self._position(start))
		return timedelta(microseconds=ticks)

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
		self._position(start)
		if not days:
			return start
		opening = self.next_opening(start)
		index = bisect_right(self.working_days, opening.toordinal()) + days - 1
		if index >= len(self.working_days):
			raise HorizonError(f"{days} working days after {start} end after {self.last_day}")
		return self._within_day(date.fromordinal(self.working_days[index]), opening.time())

	def _within_day(self, day: date, clock_time: time) -> datetime:
		moment = datetime.combine(day, clock_time)
		position = self._position(moment)
		if self._is_open(position):
			return moment
		index = bisect_right(self.ends, position)
		if index < len(self.starts):
			opening = self._moment(self.starts[index])
			if opening.date() == day:
				return opening
		return self._moment(self.ends[index - 1])

	def _is_open(self, position: int) -> bool:
		index = bisect_right(self.ends, position)
		return index < len(self.starts) and self.starts[index] <= position

	def _open_until(self, position: int) -> int:
		"""Return the open time from the first midnight to the position."""
		index = bisect_right(self.starts, position) - 1
		if index < 0:
			return 0
		return self.open_before[index] + min(position, self.ends[index]) - self.starts[index]

	def _position(self, moment: datetime) -> int:
		"""Return the microseconds since the first midnight; the midnight that ends the span is in it."""
		if moment.tzinfo is not None:
			raise ValueError(f"The calendar takes naive times of its own zone, not {moment.isoformat()}")
		position = _to_ticks(moment - self.origin)
		if not 0 <= position <= self.span:
			raise HorizonError(f"{moment} is outside the calendar, {self.first_day} to {self.last_day}")
		return position

	def _moment(self, position: int) -> datetime:
		return self.origin + timedelta(microseconds=position)


def _to_ticks(duration: timedelta) -> int:
	return (duration.days * 86_400 + duration.seconds) * 1_000_000 + duration.microseconds


def _ticks(duration: timedelta) -> int:
	if duration < timedelta(0):
		raise ValueError(f"The working time must not be negative: {duration}")
	return _to_ticks(duration)


def _joined(intervals: Iterator[Interval], origin: datetime) -> tuple[list[int], list[int]]:
	"""Return the starts and ends in ticks since the origin, intervals that touch joined into one."""
	starts: list[int] = []
	ends: list[int] = []
	for start, end in intervals:
		if ends and ends[-1] == _to_ticks(start - origin):
			ends[-1] = _to_ticks(end - origin)
		else:
			starts.append(_to_ticks(start - origin))
			ends.append(_to_ticks(end - origin))
	return starts, ends
