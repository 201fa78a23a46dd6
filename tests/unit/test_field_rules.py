"""Field rules: what is open in a state, what a transition asks for, and that both name existing fields."""

import json
from pathlib import Path

import pytest

from complaint_handling.domain.field_rules import (
	ASKED_FIELDS,
	COMPLAINT,
	OPEN_FIELDS,
	AskedField,
	asked_fields,
	asks,
	open_fields,
)

DOCTYPES = Path(__file__).resolve().parents[2] / "complaint_handling" / "complaint_handling" / "doctype"


def meta_fields(doctype: str) -> dict[str, dict]:
	name = doctype.lower().replace(" ", "_")
	content = json.loads((DOCTYPES / name / f"{name}.json").read_text())
	return {field["fieldname"]: field for field in content["fields"]}


def test_required_fields_come_before_optional_ones():
	assert asks("reason", optional=("note",)) == (AskedField("reason"), AskedField("note", required=False))


def test_transition_is_looked_up_exactly_before_the_star():
	assert asked_fields(COMPLAINT, "Registered", "Cancelled") == asks("cancel_reason")
	assert asked_fields(COMPLAINT, "With Customer", "Re-review") != asked_fields(
		COMPLAINT, "Closed", "Re-review"
	)
	assert asked_fields(COMPLAINT, "Registered", "In Handling") == ()


def test_states_that_are_not_described_have_no_open_field():
	assert open_fields(COMPLAINT, "Closed") == frozenset()
	assert "description" in open_fields(COMPLAINT, "Registered")


@pytest.mark.parametrize("doctype", OPEN_FIELDS)
def test_rules_name_existing_fields(doctype):
	fields = meta_fields(doctype)
	conditions = {asked.only_if for step in ASKED_FIELDS[doctype].values() for asked in step} - {None}
	assert {fields[name]["fieldtype"] for name in conditions} <= {"Check", "Int", "Link"}
	named = {name for names in OPEN_FIELDS[doctype].values() for name in names}
	named |= {asked.fieldname for step in ASKED_FIELDS[doctype].values() for asked in step}
	for name in named:
		table, _, column = name.partition(".")
		assert table in fields
		assert not column or column in meta_fields(fields[table]["options"])
