"""Authority: who may approve how much.

The amount is always `total_of` all remedies of a case in company currency, so that splitting a remedy does
not help. Limits form a ladder, the lowest role first. All amounts are Decimals.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Limit:
	"""What a role may approve: up to and including the amount, or without limit when it is None.

	With `below`, the amount itself is already too much (R-001E-05: exactly 10 yuan is not below 10).
	"""

	role: str
	amount: Decimal | None
	below: bool = False

	def covers(self, total: Decimal) -> bool:
		"""Tell whether the limit allows the total."""
		if self.amount is None:
			return True
		return total < self.amount if self.below else total <= self.amount


@dataclass(frozen=True)
class Refusal:
	"""Why an approval is refused: the total, and the lowest role that may approve it (None: nobody may)."""

	total: Decimal
	required_role: str | None


def total_of(remedies: Iterable[Decimal]) -> Decimal:
	"""Return the sum of all remedies of a case in company currency.

	Raises ValueError for a negative remedy, which would lower the total, TypeError for anything but Decimal.
	"""
	total = Decimal(0)
	for amount in remedies:
		_check(amount)
		total += amount
	return total


def dearest_total(remedies: Iterable[tuple[int, Decimal]], chosen: int = 0) -> Decimal:
	"""Return what a case may cost: what is given in any case, and one of the options.

	`remedies` are pairs of option number and amount; number 0 is given in any case. Before the customer has chosen,
	the dearest option counts: who approves answers for whatever the customer may choose.
	"""
	always, options = Decimal(0), dict[int, Decimal]()
	for option, amount in remedies:
		_check(amount)
		if option:
			options[option] = options.get(option, Decimal(0)) + amount
		else:
			always += amount
	return always + (options[chosen] if chosen in options else max(options.values(), default=Decimal(0)))


def may_approve(limits: Sequence[Limit], roles: Collection[str], total: Decimal) -> bool:
	"""Tell whether one of the roles covers the total; without limits nobody does.

	Raises ValueError for a negative total, TypeError for one that is no Decimal.
	"""
	_check(total)
	return any(limit.role in roles and limit.covers(total) for limit in limits)


def required_role(limits: Sequence[Limit], total: Decimal) -> str | None:
	"""Return the lowest role of the ladder whose limit covers the total, or None when no limit does.

	Raises ValueError for a negative total, TypeError for one that is no Decimal.
	"""
	_check(total)
	return next((limit.role for limit in limits if limit.covers(total)), None)


def refusal(limits: Sequence[Limit], roles: Collection[str], total: Decimal) -> Refusal | None:
	"""Return why somebody with these roles may not approve the total, or None when he may."""
	if may_approve(limits, roles, total):
		return None
	return Refusal(total, required_role(limits, total))


def _check(amount: Decimal) -> None:
	if not isinstance(amount, Decimal):
		raise TypeError(f"Amounts are Decimals, not {type(amount).__name__}")
	if not amount >= 0:
		raise ValueError(f"An amount must not be negative: {amount}")
