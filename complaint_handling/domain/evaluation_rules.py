"""When a complaint is evaluated, and how responsibility is shared out (R-000E-10, R-000H-08)."""

from collections.abc import Sequence
from decimal import Decimal

from complaint_handling.domain.states import ComplaintState

# A case is evaluated once it is decided what is done, and not before.
EVALUATED_STATES = (
	ComplaintState.EXECUTING,
	ComplaintState.AWAITING_REVISIT,
	ComplaintState.NOT_JUSTIFIED,
	ComplaintState.CLOSED,
)
WHOLE = Decimal(100)


def may_be_evaluated(state: str | None) -> bool:
	"""Tell whether a complaint in this state can be evaluated."""
	return state in EVALUATED_STATES


def adds_up(shares: Sequence[Decimal]) -> bool:
	"""Tell whether shares of responsibility in percent are either all left open or the whole.

	0 stands for a share that was left open. Nobody bears less than nothing.
	"""
	if any(share < 0 for share in shares):
		return False
	return not any(shares) or sum(shares, Decimal(0)) == WHOLE
