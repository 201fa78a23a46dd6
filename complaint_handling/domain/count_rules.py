"""Counts that the documents name: what must be there at least, at most or exactly so many times.

A limit of money that excludes its own amount is `authority.Limit.below`; changes of an agreed time and times
that passed are `promise_rules`; rounds of re-review are `re_review`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto


class Breach(Enum):
	"""How a number breaks a rule."""

	TOO_FEW = auto()
	TOO_MANY = auto()


@dataclass(frozen=True)
class CountRule:
	"""A number from `minimum` to `maximum`, both included; None sets no maximum.

	Raises ValueError when no number can keep the rule.
	"""

	requirement: str
	minimum: int = 0
	maximum: int | None = None

	def __post_init__(self) -> None:
		if self.minimum < 0 or (self.maximum is not None and self.maximum < self.minimum):
			raise ValueError(f"From {self.minimum} to {self.maximum} is no number of things")

	def breach(self, count: int) -> Breach | None:
		"""Return how the number breaks the rule, or None when it keeps it."""
		if count < self.minimum:
			return Breach.TOO_FEW
		if self.maximum is not None and count > self.maximum:
			return Breach.TOO_MANY
		return None

	def is_reached(self, count: int) -> bool:
		"""Tell whether nothing more is allowed: at the maximum one more would break the rule."""
		return self.maximum is not None and count >= self.maximum


def exactly(requirement: str, count: int) -> CountRule:
	"""Return the rule that there are exactly so many."""
	return CountRule(requirement, count, count)


# Acting on a case
HANDLING_OPTIONS = CountRule("R-001F-01", minimum=2)
PIECES_TO_CHOOSE_FROM = exactly("R-001F-03", 2)
PROMOTION_ATTEMPTS = CountRule("R-001E-04", maximum=1)

# What a document lists; the playbooks and routes of the presets hold the lists themselves.
EIGHT_D_STEPS = exactly("R-001C-05", 8)
CLOSING_CHECKS = CountRule("R-001C-08", minimum=13)
RESTAURANT_SCENARIOS = exactly("R-001E-01 to R-001E-08", 8)
FOOD_SAFETY_FACTS = exactly("R-001E-08", 5)
QUALITY_ROUTE_STEPS = exactly("R-001F-01", 7)
SERVICE_ROUTE_STEPS = exactly("R-001F-02", 6)
MALL_COMPLAINT_TYPES = exactly("R-001F-03", 7)
SHOE_DEFECTS = exactly("R-001F-03", 8)
CLOTHES_DEFECTS = exactly("R-001F-03", 6)
SHOE_MISUSES = exactly("R-001F-03", 2)
CLOTHES_MISUSES = exactly("R-001F-03", 6)


class Recipient(Enum):
	"""Who receives the monthly report of document 000-K (R-000K-25)."""

	MARKETING_MANAGER = auto()
	VICE_PRESIDENT_IN_CHARGE = auto()
	GENERAL_MANAGER = auto()
	QUALITY_SYSTEM_GROUP = auto()
	DEPARTMENT_OF_OCCURRENCE = auto()


def missing_recipients(recipients: Collection[Recipient]) -> tuple[Recipient, ...]:
	"""Return who of the five is left out of the monthly report, in the order of the document."""
	return tuple(recipient for recipient in Recipient if recipient not in recipients)
