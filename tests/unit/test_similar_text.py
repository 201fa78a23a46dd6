"""Similar subjects and spellings of telephone numbers, in English and Chinese."""

import pytest

from complaint_handling.domain.similar_text import is_similar, similarity, spellings


@pytest.mark.parametrize(
	("first", "second", "similar"),
	[
		("Grinding machine runs unevenly", "Grinding machine runs uneven", True),
		("GRINDING machine: runs unevenly!", "grinding machine runs unevenly", True),
		("磨床运转不平稳", "磨床运转不稳", True),
		("磨床运转不平稳", "发货延误", False),
		("Grinding machine runs unevenly", "Late delivery", False),
		("", "Late delivery", False),
		(None, None, False),
		("门", "门", True),
	],
)
def test_subjects_are_compared_by_what_they_share(first: str, second: str, similar: bool) -> None:
	assert is_similar(first, second) is similar
	assert similarity(first or "", second or "") == similarity(second or "", first or "")


def test_a_number_is_found_however_it_is_written() -> None:
	written = spellings("+86 138 0013 8000")
	assert {"13800138000", "8613800138000", "+8613800138000", "+86-13800138000"} <= written
	assert "13800138000" in spellings("138-0013-8000")
	assert "+8613800138000" in spellings("13800138000")
	assert "+86 138 0013 8000" in written


@pytest.mark.parametrize("short", ["", None, "400", "ext. 12"])
def test_few_digits_find_nobody(short: str | None) -> None:
	assert spellings(short) == frozenset()
