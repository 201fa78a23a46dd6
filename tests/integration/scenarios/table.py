"""Prints rows as a table whose columns stay straight with Chinese text, which is twice as wide."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

GAP = "  "


def render(heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> str:
	"""Return a table; a cell that is wider than its column is wrapped at blanks."""
	lines = [*_lines(heads, widths), GAP.join("-" * width for width in widths)]
	for row in rows:
		lines += _lines(row, widths)
	return "\n".join(lines)


def width_of(text: str) -> int:
	"""Return how many columns of a terminal a text takes."""
	return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
	columns = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
	for number in range(max(len(column) for column in columns)):
		parts = [column[number] if number < len(column) else "" for column in columns]
		yield GAP.join(_filled(part, width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
	lines: list[str] = []
	for paragraph in text.split("\n"):
		line = ""
		for word in paragraph.split(" "):
			longer = f"{line} {word}" if line else word
			if line and width_of(longer) > width:
				lines.append(line)
				longer = word
			line = longer
		lines.append(line)
	return lines


def _filled(text: str, width: int) -> str:
	return text + " " * max(width - width_of(text), 0)
