"""Comparing a procedure with its shipped version, and taking over a part of what differs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.differences import Kind, Shape, TableShape, differences, take_over

SHAPE = Shape(("days", "role"), (TableShape("rows", ("stage", "urgent"), ("stage", "urgent", "value")),))


def row(stage: str, value: int = 1, urgent: int = 0) -> dict[str, Any]:
	return {"stage": stage, "urgent": urgent, "value": value}


def document(*rows: dict[str, Any], days: int = 3, role: str = "") -> dict[str, Any]:
	return {"days": days, "role": role, "rows": list(rows)}


OURS = document(row("First Answer", 2), row("Own Stage"), row("Solution", 5), days=5)
SHIPPED = document(row("First Answer", 1), row("First Answer", 1, 1), row("Solution", 5))


def ids(*found: Any) -> list[str]:
	return [difference.id for difference in found]


def test_equal_documents_differ_in_nothing():
	assert differences(OURS, OURS, SHAPE) == ()


def test_a_field_a_changed_row_and_rows_of_one_side_are_told_apart():
	field, changed, own, shipped = differences(OURS, SHIPPED, SHAPE)
	assert (field.table, field.key, field.ours, field.shipped) == ("", ("days",), {"days": 5}, {"days": 3})
	assert (changed.kind, changed.ours, changed.shipped) == (Kind.CHANGED, {"value": 2}, {"value": 1})
	assert (own.kind, own.key, own.shipped) == (Kind.ONLY_OURS, ("Own Stage", 0), None)
	assert (shipped.kind, shipped.key, shipped.ours) == (Kind.ONLY_SHIPPED, ("First Answer", 1), None)


def test_the_place_of_a_row_is_no_difference():
	turned = document(*reversed(OURS["rows"]), days=5)
	assert differences(OURS, turned, SHAPE) == ()


def test_nothing_accepted_changes_nothing():
	assert take_over(OURS, SHIPPED, SHAPE, ()) == OURS


def test_only_what_is_accepted_is_taken():
	taken = take_over(OURS, SHIPPED, SHAPE, ["rows|First Answer|1", "|days"])
	assert taken["days"] == 3
	assert taken["rows"] == [
		row("First Answer", 2),
		row("First Answer", 1, 1),
		row("Own Stage"),
		row("Solution", 5),
	]


def test_a_row_of_our_own_goes_when_its_removal_is_accepted():
	taken = take_over(OURS, SHIPPED, SHAPE, ["rows|Own Stage|0"])
	assert taken["rows"] == [row("First Answer", 2), row("Solution", 5)]
	assert taken["days"] == 5


def test_the_first_row_of_the_other_side_comes_first():
	taken = take_over(document(row("b")), document(row("a"), row("b")), SHAPE, ["rows|a|0"])
	assert [each["stage"] for each in taken["rows"]] == ["a", "b"]


def test_the_second_row_with_a_key_is_a_row_of_its_own():
	ours, shipped = document(row("a", 1)), document(row("a", 1), row("a", 2))
	(found,) = differences(ours, shipped, SHAPE)
	assert (found.kind, found.id) == (Kind.ONLY_SHIPPED, "rows|a|0|2")
	assert take_over(ours, shipped, SHAPE, [found.id])["rows"] == shipped["rows"]


def test_what_differs_no_more_is_refused():
	with pytest.raises(KeyError):
		take_over(OURS, SHIPPED, SHAPE, ["rows|Gone|0"])


ROWS = st.lists(st.builds(row, st.sampled_from("abcd"), st.integers(0, 2), st.integers(0, 1)), max_size=6)
DOCUMENTS = st.builds(
	lambda rows, days, role: document(*rows, days=days, role=role),
	ROWS,
	st.integers(0, 3),
	st.sampled_from(["", "x"]),
)


@given(DOCUMENTS, DOCUMENTS)
def test_all_accepted_leaves_no_difference(ours, shipped):
	found = differences(ours, shipped, SHAPE)
	assert differences(take_over(ours, shipped, SHAPE, ids(*found)), shipped, SHAPE) == ()


@given(DOCUMENTS, DOCUMENTS, st.data())
def test_fields_and_single_rows_that_are_not_accepted_keep_differing(ours, shipped, data):
	found = differences(ours, shipped, SHAPE)
	accepted = set(data.draw(st.lists(st.sampled_from(ids(*found)), unique=True))) if found else set()
	left = differences(take_over(ours, shipped, SHAPE, accepted), shipped, SHAPE)
	fields = {difference.id for difference in found if not difference.table} - accepted
	assert {difference.id for difference in left if not difference.table} == fields
	assert len(left) <= len(found)
