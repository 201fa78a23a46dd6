"""Re-review: who takes the next round when the customer is not satisfied (R-000C-05 to R-000C-07)."""

from collections.abc import Sequence


def is_beyond(round_number: int, rounds: int) -> bool:
	"""Tell whether the round (1 is the first) exceeds the rounds that the procedure gives the reviewer."""
	return round_number > rounds


def role_for_round(round_number: int, rounds: int, roles: Sequence[str]) -> str:
	"""Return the role that takes the round (1 is the first re-review).

	`roles` is the ladder, the reviewer first. Rounds up to `rounds` are the reviewer's; each further one goes
	one level up (R-000C-07: second re-review or a higher level) and stays at the top of the ladder. Raises
	ValueError for a round below 1, a negative number of rounds, or an empty ladder.
	"""
	if round_number < 1 or rounds < 0:
		raise ValueError(f"Rounds count from 1 and their number from 0: {round_number} of {rounds}")
	if not roles:
		raise ValueError("The ladder of a re-review names at least the reviewer")
	level = max(0, round_number - rounds)
	return roles[min(level, len(roles) - 1)]
