"""Words that records hold and people read.

A `Word` is a string that is written to a record as it stands ("Working Days"), so it prints as its own
value in every Python version. `_` only marks an English source text for the collector of translations:
`domain/` never translates, the services do.
"""

from enum import Enum


class Word(str, Enum):
	"""A fixed word of a record; compares, prints and serialises as its text."""

	def __str__(self) -> str:
		return self.value


def _(text: str) -> str:
	"""Mark a text for translation and return it unchanged."""
	return text
