"""Rules as data: a code, the fields it concerns, what must hold, and the text that says what to do.

A message is an English source text with positional placeholders; the service translates `message` and then
fills in `values`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from complaint_handling.domain.words import _

Values = tuple[str, ...]


@dataclass(frozen=True)
class Violation:
	"""A rule that does not hold: its code, the document's fields to look at, the message and its values."""

	code: str
	fields: tuple[str, ...]
	message: str
	values: Values = ()


def _no_values(facts: Any) -> Values:
	return ()


@dataclass(frozen=True)
class Rule:
	"""What must hold of the facts; `values` fills the placeholders of the message."""

	code: str
	fields: tuple[str, ...]
	message: str
	holds: Callable[[Any], bool]
	values: Callable[[Any], Values] = _no_values


def required(fact: str, message: str, field: str | None = None) -> Rule:
	"""Return the rule that this fact is given; `field` is the document's field where it has another name."""
	return Rule(f"{fact}_missing", (field or fact,), message, lambda facts: is_given(getattr(facts, fact)))


def is_given(value: object) -> bool:
	"""Tell whether a fact is given: not None, not empty, not only blanks. False and 0 are answers."""
	if isinstance(value, str):
		return bool(value.strip())
	return value is not None and value not in ((), frozenset())


def broken(rules: Iterable[Rule], facts: Any) -> list[Violation]:
	"""Return a violation for each rule that the facts break, in the order of the rules."""
	return [
		Violation(rule.code, rule.fields, rule.message, rule.values(facts))
		for rule in rules
		if not rule.holds(facts)
	]


def are_planned(actions: Iterable[Any]) -> bool:
	"""Tell whether every measure or action has an owner and a due date."""
	return all(is_given(action.owner) and is_given(action.due) for action in actions)


MEASURES_ARE_PLANNED = Rule(
	"measure_not_planned",
	("measures",),
	_("A measure has no owner or no due date. Enter both for every measure."),
	lambda facts: are_planned(facts.measures),
)
"""The rule on the measures of a complaint and of a slip alike."""
