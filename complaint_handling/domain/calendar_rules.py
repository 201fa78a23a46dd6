"""What is open when: working periods by weekday, less holidays, and what an exception says instead.

The rules are data, and `open_intervals` is their plain reading, day by day. Questions about longer spans go
to the compiled form, `business_calendar.BusinessCalendar`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

END_OF_DAY = time.max
"""As the end of a period: midnight at the end of the day, 24:00."""

_DAY = timedelta(days=1)
_LAST_SECOND_OF_A_TIME_FIELD = timedelta(hours=23, minutes=59, seconds=59)

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class WorkingPeriod:
	"""Open time of one day, [start, end). `END_OF_DAY` as the end means 24:00.

	Raises ValueError when the end is not after the start or a time carries a zone.
	"""

	start: time
	end: time

	def __post_init__(self) -> None:
		if self.start.tzinfo or self.end.tzinfo:
			raise ValueError("A working period takes naive times")
		if self.start >= self.end:
			raise ValueError(f"A working period must end after it starts: {self.start} to {self.end}")

	@classmethod
	def from_offsets(cls, start: timedelta, end: timedelta) -> "WorkingPeriod":
		"""Return the period between two offsets from midnight, the form in which a database holds times.

		An end of 0:00, of 23:59:59 (the last a time field takes) or of 24:00 means 24:00.
		Raises ValueError for offsets outside the day or an end that is not after the start.
		"""
		if not timedelta(0) <= start < _DAY or not timedelta(0) <= end <= _DAY:
			raise ValueError(f"A working period lies within one day: {start} to {end}")
		if end == timedelta(0) or end >= _LAST_SECOND_OF_A_TIME_FIELD:
			return cls((datetime.min + start).time(), END_OF_DAY)
		return cls((datetime.min + start).time(), (datetime.min + end).time())

	def on(self, day: date) -> Interval:
		"""Return the period as [start, end) of the given day."""
		start = datetime.combine(day, self.start)
		if self.end == END_OF_DAY:
			return start, datetime.combine(day, time.min) + _DAY
		return start, datetime.combine(day, self.end)


@dataclass(frozen=True)
class CalendarRules:
	"""What is open when: by weekday (0 = Monday), less holidays, and whatever an exception says instead.

	An exception wins over holiday and weekday: a worked Saturday, a make-up workday (R-003A-04), a half day,
	and with no periods a closed day. Periods of a day may touch, not overlap: overlapping ones raise
	ValueError, as does a weekday outside 0 to 6.
	"""

	weekly: Mapping[int, tuple[WorkingPeriod, ...]]
	holidays: frozenset[date] = frozenset()
	exceptions: Mapping[date, tuple[WorkingPeriod, ...]] = field(default_factory=dict)

	def __post_init__(self) -> None:
		if not set(self.weekly) <= set(range(7)):
			raise ValueError("Weekdays run from 0 (Monday) to 6 (Sunday)")
		object.__setattr__(self, "weekly", {day: _in_order(these) for day, these in self.weekly.items()})
		object.__setattr__(self, "holidays", frozenset(self.holidays))
		object.__setattr__(
			self, "exceptions", {day: _in_order(these) for day, these in self.exceptions.items()}
		)

	@classmethod
	def around_the_clock(cls, holidays: frozenset[date] = frozenset()) -> "CalendarRules":
		"""Return rules open day and night except on the holidays.

		For targets of 24 hours and more that run elapsed but are extended over statutory holidays
		(requirements, section e.2.2): give such a target the unit Working Hours and these rules.
		"""
		whole_day = (WorkingPeriod(time.min, END_OF_DAY),)
		return cls({weekday: whole_day for weekday in range(7)}, holidays)

	def periods_on(self, day: date) -> tuple[WorkingPeriod, ...]:
		"""Return the working periods of a day in order; empty when it is closed."""
		if day in self.exceptions:
			return self.exceptions[day]
		if day in self.holidays:
			return ()
		return self.weekly.get(day.weekday(), ())


def open_intervals(rules: CalendarRules, first_day: date, last_day: date) -> Iterator[Interval]:
	"""Yield the open intervals [start, end) from the first to the last day, both included, in order.

	Intervals of neighbouring days may touch at midnight; they are not joined.
	"""
	for ordinal in range(first_day.toordinal(), last_day.toordinal() + 1):
		day = date.fromordinal(ordinal)
		for period in rules.periods_on(day):
			yield period.on(day)


def _in_order(periods: tuple[WorkingPeriod, ...]) -> tuple[WorkingPeriod, ...]:
	ordered = tuple(sorted(periods))
	for earlier, later in pairwise(ordered):
		if later.start < earlier.end:
			raise ValueError(f"Working periods of a day overlap: {earlier} and {later}")
	return ordered
