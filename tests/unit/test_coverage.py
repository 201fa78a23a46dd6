"""The page of coverage is whole and true: every number of the requirements stands there and lives where it says."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "coverage.md"
# A place is a path from one of these.
ROOTS = (
	REPOSITORY,
	REPOSITORY / "complaint_handling",
	REPOSITORY / "complaint_handling" / "complaint_handling",
)
# How many requirements each procedure of the documents has.
DEMANDS = {
	"000A": 14,
	"000B": 7,
	"000C": 9,
	"000D": 12,
	"000E": 13,
	"000F": 8,
	"000G": 8,
	"000H": 12,
	"000I": 8,
	"000J": 6,
	"000K": 27,
	"001A": 8,
	"001B": 1,
	"001C": 9,
	"001D": 9,
	"001E": 8,
	"001F": 3,
	"002A": 16,
	"003A": 18,
	"003B": 1,
	"004A": 9,
}
NUMBERS = [
	f"R-{procedure}-{number:02d}" for procedure, last in DEMANDS.items() for number in range(1, last + 1)
]
MAXIMUM_ORGANISATIONAL = 10
# Ratchets: each is the count of today. Who builds what is planned, or cites a number, lowers it; nobody raises it.
PLANNED = 40
NOT_CITED = 0

TESTED, SHIPPED, ORGANISATIONAL, PLANNED_STATE = "tested", "shipped content", "organisational", "planned"
_ROW = re.compile(r"^\| (R-\d{3}[A-Z]-\d{2}) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_NUMBER = r"R-(\d{3}[A-Z])-(\d{2})"
_FOLLOWERS = re.compile(rf"{_NUMBER}((?:(?:,| and|, and) -\d{{2}})+)")
_RANGE = re.compile(rf"{_NUMBER} to R-\1-(\d{{2}})")


@dataclass(frozen=True)
class Row:
	"""One requirement on the page."""

	number: str
	demand: str
	where: str
	state: str

	@property
	def places(self) -> list[str]:
		"""The paths that the row names."""
		return re.findall(r"`([^`]+)`", self.where)

	@property
	def is_planned(self) -> bool:
		"""Tell whether a later issue completes it."""
		return self.state.startswith(PLANNED_STATE)


def read_rows(text: str) -> list[Row]:
	return [Row(*found) for found in _ROW.findall(text)]


def numbers_in(text: str) -> Iterator[str]:
	"""Yield every number that a text cites, written out, after a comma, or inside a range."""
	for procedure, number in re.findall(_NUMBER, text):
		yield f"R-{procedure}-{number}"
	for procedure, _first, followers in _FOLLOWERS.findall(text):
		yield from (f"R-{procedure}-{number}" for number in re.findall(r"-(\d{2})", followers))
	for procedure, first, last in _RANGE.findall(text):
		yield from (f"R-{procedure}-{number:02d}" for number in range(int(first), int(last) + 1))


@cache
def cited() -> frozenset[str]:
	"""The numbers that the tests cite, this one left out."""
	paths = (path for path in (REPOSITORY / "tests").rglob("*.py") if path != Path(__file__).resolve())
	return frozenset(number for path in paths for number in numbers_in(path.read_text(encoding="utf-8")))


def exists(place: str) -> bool:
	return any((root / place).exists() for root in ROOTS)


ROWS = read_rows(PAGE.read_text(encoding="utf-8"))


def test_every_number_stands_on_the_page_once_and_in_order() -> None:
	assert len(NUMBERS) == 206
	assert [row.number for row in ROWS] == NUMBERS


def test_tests_cite_only_numbers_that_there_are() -> None:
	assert cited() <= set(NUMBERS), sorted(cited() - set(NUMBERS))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_a_number_is_cited_by_a_test_or_lives_where_the_page_says(row) -> None:
	missing = [place for place in row.places if not exists(place)]
	assert not missing, f"{row.number} names what is not there: {missing}"
	assert is_covered(row), f"{row.number} is neither cited by a test nor named with a place"


def is_covered(row: Row) -> bool:
	"""Tell whether the state of a row is borne out: by a test, by content, by its reason, or by an issue."""
	if row.state == TESTED:
		return row.number in cited() or any(place.startswith("tests/") for place in row.places)
	if row.state == SHIPPED:
		return any(not place.startswith("tests/") for place in row.places)
	if row.state == ORGANISATIONAL:
		return not row.places and len(row.where) > 20
	return bool(re.fullmatch(r"planned \(issue [4-8]\)", row.state))


def test_few_rows_are_organisational() -> None:
	assert sum(row.state == ORGANISATIONAL for row in ROWS) <= MAXIMUM_ORGANISATIONAL


def test_what_is_planned_only_becomes_less() -> None:
	assert sum(row.is_planned for row in ROWS) == PLANNED, (
		"Lower PLANNED when rows are built; never raise it."
	)


def test_tests_that_do_not_cite_their_number_only_become_fewer() -> None:
	uncited = [row.number for row in ROWS if row.state == TESTED and row.number not in cited()]
	assert len(uncited) == NOT_CITED, f"Lower NOT_CITED when tests cite more; never raise it: {uncited}"


def test_the_page_explains_its_states() -> None:
	known = {TESTED, SHIPPED, ORGANISATIONAL}
	assert {row.state for row in ROWS if not row.is_planned} <= known
	assert Counter(row.state for row in ROWS)[TESTED] > 0


# The check itself


def test_citations_are_read_however_they_are_written() -> None:
	assert set(numbers_in("(R-000K-11, -18, and -21)")) == {"R-000K-11", "R-000K-18", "R-000K-21"}
	assert set(numbers_in("R-001E-01 to R-001E-03.")) == {"R-001E-01", "R-001E-02", "R-001E-03"}
	assert set(numbers_in("R-003A-12 and -17")) == {"R-003A-12", "R-003A-17"}
	assert set(numbers_in("2026-01-12, R-000A-7")) == set()


@pytest.mark.parametrize(
	("where", "state", "covered"),
	[
		("`tests/unit/test_coverage.py`", TESTED, True),
		("somewhere", TESTED, False),
		("`setup/data/categories`", SHIPPED, True),
		("`tests/unit`", SHIPPED, False),
		("people do this with their own hands", ORGANISATIONAL, True),
		("later", ORGANISATIONAL, False),
		("later", "planned (issue 5)", True),
		("later", "planned", False),
		("later", "done", False),
	],
)
def test_a_state_without_what_bears_it_out_is_found(where, state, covered) -> None:
	# A number that no requirement has, so that no test cites it.
	assert is_covered(Row("R-000A-99", "x", where, state)) is covered


def test_a_place_that_is_not_there_is_found() -> None:
	assert exists("services/playbooks.py") and not exists("services/playbook_of_nobody.py")
