"""Agreed reply times: how often one may be changed, by whom, and when a case is taken over (R-000K-21).

An agreed time that passes unsolved counts, renegotiated or not (requirements, section e.2.3). The figures are
the procedure's: document 000-K allows two changes, the last one by the general manager, and takes the case to
the general manager with the second agreed time that passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from complaint_handling.domain.words import Word


@dataclass(frozen=True)
class Agreement:
	"""A time agreed with the customer, and when the answer came that it was agreed for (None: not yet)."""

	due_at: datetime
	solved_at: datetime | None = None


class ChangeRefusal(Enum):
	"""Why an agreed time may not be changed."""

	NO_CHANGE_LEFT = auto()
	LAST_CHANGE_IS_HIGHER = auto()


class PromiseStage(Word):
	"""How the clock of a promise is called."""

	AGREED_REPLY = "Agreed Reply"
	PROGRESS_NOTICE = "Promised Progress Notice"


def is_last_change(changes_made: int, maximum: int) -> bool:
	"""Tell whether the next change is the last one allowed; never without a limit (0)."""
	return maximum > 0 and changes_made == maximum - 1


def change_refusal(changes_made: int, maximum: int, may_agree_last: bool) -> ChangeRefusal | None:
	"""Return why the next change is refused, or None when it is allowed; a maximum of 0 sets no limit."""
	if maximum <= 0:
		return None
	if changes_made >= maximum:
		return ChangeRefusal.NO_CHANGE_LEFT
	if is_last_change(changes_made, maximum) and not may_agree_last:
		return ChangeRefusal.LAST_CHANGE_IS_HIGHER
	return None


def passed_unsolved(agreements: Iterable[Agreement], now: datetime) -> int:
	"""Return how many agreed times passed without the answer; at the agreed time itself it is still in time."""
	return sum(
		agreement.due_at < now and (agreement.solved_at is None or agreement.solved_at > agreement.due_at)
		for agreement in agreements
	)


def is_taken_over(passed: int, limit: int) -> bool:
	"""Tell whether so many agreed times passed that the case goes up; a limit of 0 never takes over."""
	return 0 < limit <= passed
