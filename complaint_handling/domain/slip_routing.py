"""Whom a slip goes to, and who is above whom when it is handed upwards.

A slip goes to the post of its department; one about a person goes to who is above that person (R-000K-03 to -06,
R-000K-13). Upwards it goes one level at a time (R-000K-14, R-003A-15).
"""

from collections.abc import Collection, Sequence
from enum import Enum, auto


class Position(Enum):
	"""What the person complained about is in the company, as far as it decides who answers; or a unit."""

	UNIT = auto()
	EMPLOYEE = auto()
	SERVICE_STAFF = auto()
	CUSTOMER_REPRESENTATIVE = auto()
	DEPARTMENT_MANAGER = auto()
	VICE_PRESIDENT = auto()
	GENERAL_MANAGER = auto()


class Recipient(Enum):
	"""Who may be asked to answer a slip."""

	FOLLOW_UP_OWNER = auto()
	POST_HOLDER = auto()
	DIRECT_LEADER = auto()
	REVIEWER = auto()
	DEPARTMENT_MANAGER = auto()
	VICE_PRESIDENT = auto()
	GENERAL_MANAGER = auto()
	ESCALATION_OWNER = auto()


_TOP = (Recipient.GENERAL_MANAGER, Recipient.ESCALATION_OWNER)

_ROUTES: dict[Position | None, tuple[Recipient, ...]] = {
	None: (Recipient.FOLLOW_UP_OWNER, Recipient.POST_HOLDER, Recipient.DEPARTMENT_MANAGER),
	Position.UNIT: (
		Recipient.DEPARTMENT_MANAGER,
		Recipient.POST_HOLDER,
		Recipient.VICE_PRESIDENT,
		*_TOP,
	),
	Position.EMPLOYEE: (
		Recipient.DIRECT_LEADER,
		Recipient.DEPARTMENT_MANAGER,
		Recipient.VICE_PRESIDENT,
		*_TOP,
	),
	Position.SERVICE_STAFF: (
		Recipient.REVIEWER,
		Recipient.DIRECT_LEADER,
		Recipient.VICE_PRESIDENT,
		*_TOP,
	),
	Position.CUSTOMER_REPRESENTATIVE: _TOP,
	Position.DEPARTMENT_MANAGER: (Recipient.VICE_PRESIDENT, *_TOP),
	Position.VICE_PRESIDENT: _TOP,
	Position.GENERAL_MANAGER: (Recipient.ESCALATION_OWNER,),
}


def route_for(complained_about: Position | None) -> tuple[Recipient, ...]:
	"""Return who answers a slip of the department complained about, the first that can be found.

	Without a person complained about the follow-up owner of the case comes first (R-003A-14), then the holder of
	the responsible post. The customer representative is answered for by the general manager, who is answered for
	by a named owner (requirements, e.2.19).
	"""
	return _ROUTES[complained_about]


def rung_of(roles: Collection[str], ladder: Sequence[str]) -> int:
	"""Return the highest rung of a ladder of roles, the lowest first, that somebody stands on; 0 for none."""
	return max((rung for rung, role in enumerate(ladder, start=1) if role in roles), default=0)


def next_superior(
	line: Sequence[str], rungs: Sequence[Sequence[str]], present_rung: int, excluded: Collection[str]
) -> str | None:
	"""Return who is the next above the present handler, or None at the top.

	`line` is the reporting line, nearest first. Where it has nobody left, the lowest rung above the present one
	counts; `rungs` are the holders of the ladder's roles. Who is excluded is passed over, not the end of the line.
	"""
	of_rungs = (user for holders in rungs[present_rung:] for user in holders)
	return next((user for user in (*line, *of_rungs) if user not in excluded), None)


def is_above(user: str, line: Sequence[str], rung: int, other_rung: int) -> bool:
	"""Tell whether a user is above another, whose reporting line and rung are given."""
	return user in line or rung > other_rung
