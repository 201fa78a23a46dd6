"""Which procedure a new complaint follows: the first rule that fits, where every condition named has to fit."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceRule:
	"""A procedure, and for which complaints it is; a condition left empty holds for all."""

	procedure: str
	company: str | None = None
	item_group: str | None = None
	customer_group: str | None = None
	channel: str | None = None
	category: str | None = None


@dataclass(frozen=True)
class ChoiceCase:
	"""What is known of a new complaint; of trees each group with all that it lies in."""

	company: str | None = None
	channel: str | None = None
	item_groups: frozenset[str] = frozenset()
	customer_groups: frozenset[str] = frozenset()
	categories: frozenset[str] = frozenset()


def first_fitting(rules: Iterable[ChoiceRule], case: ChoiceCase) -> str | None:
	"""Return the procedure of the first rule that fits, or None."""
	return next((rule.procedure for rule in rules if fits(rule, case)), None)


def fits(rule: ChoiceRule, case: ChoiceCase) -> bool:
	"""Tell whether a rule holds for a case; what is not known yet fits no condition."""
	return (
		(not rule.company or rule.company == case.company)
		and (not rule.channel or rule.channel == case.channel)
		and (not rule.item_group or rule.item_group in case.item_groups)
		and (not rule.customer_group or rule.customer_group in case.customer_groups)
		and (not rule.category or rule.category in case.categories)
	)
