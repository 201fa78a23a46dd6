"""How much two short texts say the same, in any script: by the pairs of characters that they share."""

import re

SIMILAR = 0.5


def similarity(first: str, second: str) -> float:
	"""Return the share of common pairs of characters (Dice), from 0 to 1; case, space and signs do not count.

	Pairs need no words, so that Chinese and English are compared alike.
	"""
	one, other = _pairs(first), _pairs(second)
	if not one or not other:
		return 0.0
	return 2 * len(one & other) / (len(one) + len(other))


def is_similar(first: str | None, second: str | None) -> bool:
	"""Tell whether two subjects are likely about the same."""
	return similarity(first or "", second or "") >= SIMILAR


def spellings(telephone: str | None) -> frozenset[str]:
	"""Return how a telephone number may be written elsewhere: as given, in digits, with and without +86 or 86.

	Empty for fewer than five digits, which many numbers share.
	"""
	digits = re.sub(r"\D", "", telephone or "")
	if len(digits) < 5:
		return frozenset()
	bare = digits[2:] if digits.startswith("86") and len(digits) > 10 else digits
	written = {digits, bare, f"+{digits}", f"86{bare}", f"+86{bare}", f"+86-{bare}", f"+86 {bare}"}
	return frozenset(written | {(telephone or "").strip()})


def _pairs(text: str) -> set[str]:
	plain = re.sub(r"[\W_]+", "", text.casefold())
	return {plain[place : place + 2] for place in range(len(plain) - 1)} or ({plain} if plain else set())
