"""Widespread problems: when it has to be evaluated whether a problem is widespread (R-002A-08).

The same customer reports the same problem a number of times, or a number of different customers report it,
within a window of days. "3 or more" includes 3, and the window is a setting of the procedure (requirements,
section e.2.7). What the same problem is, a service says: a fault of an item, a category, a batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto


@dataclass(frozen=True)
class Report:
	"""One case: who reported which problem when. A customer that is not known (None) counts for neither test."""

	case: str
	customer: str | None
	problem: str
	reported_at: datetime


@dataclass(frozen=True)
class Thresholds:
	"""From how many reports of one customer, or different customers, on; 0 switches a test off.

	Raises ValueError for a negative number or a window without days.
	"""

	reports_of_one_customer: int = 3
	different_customers: int = 3
	window_days: int = 90

	def __post_init__(self) -> None:
		if min(self.reports_of_one_customer, self.different_customers) < 0 or self.window_days < 1:
			raise ValueError(f"Numbers of reports count from 0, the window from 1 day: {self}")


class Spread(Enum):
	"""Why a problem may be widespread."""

	ONE_CUSTOMER_REPEATEDLY = auto()
	DIFFERENT_CUSTOMERS = auto()


@dataclass(frozen=True)
class Signal:
	"""A problem to evaluate: why, how many reports or customers, and the cases behind the number.

	`customer` is the one who reports repeatedly, None for different customers.
	"""

	problem: str
	spread: Spread
	count: int
	cases: tuple[str, ...]
	customer: str | None = None


def signals(
	reports: Iterable[Report], as_of: datetime, thresholds: Thresholds = Thresholds()
) -> tuple[Signal, ...]:
	"""Return the problems that have to be evaluated, by problem: repeated reports by customer, then spread.

	The window reaches from so many days before `as_of`, that moment included, to `as_of` itself: a report
	exactly 90 days old still counts. Cases of a signal stand in the order in which they were reported.
	"""
	by_problem: dict[str, list[Report]] = defaultdict(list)
	opens = as_of - timedelta(days=thresholds.window_days)
	for report in sorted(reports, key=lambda report: (report.reported_at, report.case)):
		if report.customer is not None and opens <= report.reported_at <= as_of:
			by_problem[report.problem].append(report)
	return tuple(
		signal
		for problem in sorted(by_problem)
		for signal in _signals_of(problem, by_problem[problem], thresholds)
	)


def _signals_of(problem: str, reports: Sequence[Report], thresholds: Thresholds) -> list[Signal]:
	by_customer: dict[str, list[str]] = defaultdict(list)
	for report in reports:
		by_customer[str(report.customer)].append(report.case)
	found = [
		Signal(problem, Spread.ONE_CUSTOMER_REPEATEDLY, len(cases), tuple(cases), customer)
		for customer, cases in sorted(by_customer.items())
		if _reaches(len(cases), thresholds.reports_of_one_customer)
	]
	if _reaches(len(by_customer), thresholds.different_customers):
		cases = tuple(report.case for report in reports)
		found.append(Signal(problem, Spread.DIFFERENT_CUSTOMERS, len(by_customer), cases))
	return found


def _reaches(count: int, threshold: int) -> bool:
	return 0 < threshold <= count
