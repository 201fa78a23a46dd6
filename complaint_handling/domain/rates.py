"""Rates: timely replies, contacts and final results as numerator and denominator (R-003A-04 to R-003A-06).

A cohort is the slips dispatched in a month. A slip that is past due and unanswered is not timely; one still
inside its time is open, counts in neither number and is shown apart; the figure is frozen after the last due
time of the cohort (requirements, section e.2.5). Rates are kept unrounded and shown in whole percent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Rate:
	"""So many of so many, and how many are still open beside them.

	Raises ValueError for a negative number or more hits than cases.
	"""

	numerator: int
	denominator: int
	open: int = 0

	def __post_init__(self) -> None:
		if not 0 <= self.numerator <= self.denominator or self.open < 0:
			raise ValueError(f"A rate counts some out of all, from 0 on: {self}")

	@property
	def share(self) -> Fraction | None:
		"""The rate unrounded, from 0 to 1; None, to be shown as a blank, when there is nothing to count."""
		return Fraction(self.numerator, self.denominator) if self.denominator else None

	@property
	def whole_percent(self) -> int | None:
		"""The rate in whole percent, a half rounded up: 5 of 6 is 83, 4 of 5 is 80; None is a blank."""
		return (
			(200 * self.numerator + self.denominator) // (2 * self.denominator) if self.denominator else None
		)

	def __add__(self, other: "Rate") -> "Rate":
		"""Return the rate of both cohorts together: the numbers are added, never the percentages."""
		return Rate(
			self.numerator + other.numerator, self.denominator + other.denominator, self.open + other.open
		)


@dataclass(frozen=True)
class Reply:
	"""A slip of the cohort: when its reply was due, and when it came (None: not yet)."""

	due_at: datetime
	replied_at: datetime | None = None

	def is_timely(self) -> bool:
		"""Tell whether the reply came in time; at the due time it is in time."""
		return self.replied_at is not None and self.replied_at <= self.due_at

	def is_open(self, now: datetime) -> bool:
		"""Tell whether the reply may still come in time."""
		return self.replied_at is None and now <= self.due_at


def timely_reply_rate(cohort: Iterable[Reply], now: datetime) -> Rate:
	"""Return the timely replies out of all slips of a cohort that are answered or past due (R-003A-04)."""
	replies = list(cohort)
	settled = [reply for reply in replies if not reply.is_open(now)]
	return Rate(sum(reply.is_timely() for reply in settled), len(settled), len(replies) - len(settled))


def frozen_from(cohort: Iterable[Reply]) -> datetime | None:
	"""Return the last due time of a cohort, after which its rate changes no more; None for an empty one."""
	return max((reply.due_at for reply in cohort), default=None)


def rate_of(reached: Iterable[bool]) -> Rate:
	"""Return how many of the cases reached something: headquarters spoke with the customer (R-003A-05), the
	final result was returned (R-003A-06)."""
	cases = list(reached)
	return Rate(sum(cases), len(cases))
