"""The fields of ERPNext: as the table of the stand-in says, here, in the stand-in and on a genuine bench.

`devbench/erpnext/field_table.json` holds for each DocType and field what ERPNext 15 has. `versions` names what
differs elsewhere: `null` where the field is absent, else the differing type, options and `reqd`. A field that
is absent from version 15 has `"15": null` and describes the version that has it.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import frappe

from tests.conftest import REPOSITORY, on_stand_in

TABLE = REPOSITORY / "devbench" / "erpnext" / "field_table.json"
APP_DOCTYPES = REPOSITORY / "complaint_handling" / "complaint_handling" / "doctype"
DECLARED = REPOSITORY / "complaint_handling" / "integrations" / "erpnext" / "foreign_fields.json"

LAYOUT_TYPES = frozenset({"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Fold"})
LINKING_TYPES = frozenset({"Link", "Table", "Table MultiSelect", "Dynamic Link"})
BASELINE = "15"

Description = dict[str, Any]


@cache
def table() -> dict[str, dict[str, Description]]:
	"""Return DocType -> field -> what ERPNext has."""
	return json.loads(TABLE.read_text())


@cache
def declared() -> dict[str, list[str]]:
	"""Return DocType -> the foreign fields that the app says it uses."""
	return json.loads(DECLARED.read_text())


def variants(described: Description) -> list[Description]:
	"""Return the descriptions of the field in all versions that have it."""
	baseline = {key: described[key] for key in ("fieldtype", "options", "reqd")}
	others = [version for version in described.get("versions", {}).values() if version]
	return [baseline, *others]


def may_be_absent(described: Description) -> bool:
	return None in described.get("versions", {}).values()


def site_fields(doctype: str) -> dict[str, Any]:
	"""Return the fields that the DocType's own app gives it: no layout, no field that was added to it."""
	return {
		field.fieldname: field
		for field in frappe.get_meta(doctype).fields
		if field.fieldtype not in LAYOUT_TYPES and not field.get("is_custom_field")
	}


def stand_in_doctypes() -> list[str]:
	modules = frappe.get_module_list("erpnext")
	return frappe.get_all("DocType", filters={"module": ("in", modules)}, pluck="name", order_by="name")


def fits(field: Any, described: Description) -> bool:
	"""Tell whether a field of the site is what one version's description says.

	Of a Select only the options that are described must be there: sites add and rename naming series, and
	versions in between have statuses of their own.
	"""
	if field.fieldtype != described["fieldtype"]:
		return False
	if field.fieldtype == "Select":
		return field.fieldname == "naming_series" or choices(described["options"]) <= choices(field.options)
	return field.fieldtype not in LINKING_TYPES or (field.options or "") == described["options"]


def choices(options: str | None) -> frozenset[str]:
	return frozenset(option for option in (options or "").split("\n") if option)


def common_choices(described: Description) -> Description:
	"""Return the baseline with the options that a Select has in every version."""
	shared = frozenset.intersection(*(choices(variant["options"]) for variant in variants(described)))
	return {**variants(described)[0], "options": "\n".join(sorted(shared))}


def fetched_from_foreign_doctypes() -> Iterator[tuple[str, str, str]]:
	"""Yield (place, DocType, field) for what the app's own DocTypes fetch through their links."""
	for path in sorted(APP_DOCTYPES.glob("*/*.json")):
		record = json.loads(path.read_text())
		fields = {field["fieldname"]: field for field in record["fields"]}
		for field in fields.values():
			link, _dot, source = field.get("fetch_from", "").partition(".")
			linked = fields.get(link, {}).get("options")
			if linked in table():
				yield f"{record['name']}.{field['fieldname']}", linked, source


def test_stand_in_has_only_fields_of_erpnext() -> None:
	if not on_stand_in():
		pytest.skip("this is genuine ERPNext; the stand-in is not here")
	doctypes = stand_in_doctypes()
	assert "Sales Order" in doctypes
	assert [doctype for doctype in doctypes if doctype not in table()] == []
	wrong = [
		f"{doctype}.{name}"
		for doctype in doctypes
		for name, field in site_fields(doctype).items()
		if not _is_baseline(field, table()[doctype].get(name))
	]
	assert wrong == []


def _is_baseline(field: Any, described: Description | None) -> bool:
	if not described or described.get("versions", {}).get(BASELINE, described) is None:
		return False
	found = (field.fieldtype, field.options or "", int(field.reqd or 0))
	return found == (described["fieldtype"], described["options"], described["reqd"])


def test_every_link_of_the_stand_in_leads_somewhere() -> None:
	if not on_stand_in():
		pytest.skip("this is genuine ERPNext; the stand-in is not here")
	dangling = [
		f"{doctype}.{name} -> {field.options}"
		for doctype in stand_in_doctypes()
		for name, field in site_fields(doctype).items()
		if field.fieldtype in ("Link", "Table", "Table MultiSelect")
		and not frappe.db.exists("DocType", field.options)
	]
	assert dangling == []


@pytest.mark.genuine(reason="the table is compared with ERPNext's own meta")
def test_table_is_what_genuine_erpnext_has() -> None:
	missing = [
		f"{doctype}.{name}"
		for doctype, fields in table().items()
		for name, described in fields.items()
		if not may_be_absent(described) and not frappe.get_meta(doctype).has_field(name)
	]
	different = [
		f"{doctype}.{name}: {field.fieldtype} {field.options!r}"
		for doctype, fields in table().items()
		for name, field in site_fields(doctype).items()
		if name in fields and not _is_any_version(field, fields[name])
	]
	assert (missing, different) == ([], [])


def _is_any_version(field: Any, described: Description) -> bool:
	if described["fieldtype"] == "Select":
		return fits(field, common_choices(described))
	return any(fits(field, variant) for variant in variants(described))


def test_declared_fields_are_in_the_table() -> None:
	unknown = [
		f"{doctype}.{name}"
		for doctype, names in declared().items()
		for name in names
		if name not in table().get(doctype, {})
	]
	assert unknown == []


def test_declared_fields_are_on_the_site() -> None:
	missing = [
		f"{doctype}.{name}"
		for doctype, names in declared().items()
		for name in names
		if not frappe.get_meta(doctype).has_field(name)
	]
	assert missing == []


def test_what_the_app_fetches_through_links_is_declared() -> None:
	undeclared = [
		f"{place} fetches {doctype}.{name}"
		for place, doctype, name in fetched_from_foreign_doctypes()
		if name not in declared().get(doctype, [])
	]
	assert undeclared == []


def test_every_foreign_doctype_that_the_app_links_is_in_the_table() -> None:
	own = {path.parent.name for path in APP_DOCTYPES.glob("*/*.json")}
	linked = {
		field["options"]
		for path in APP_DOCTYPES.glob("*/*.json")
		for field in json.loads(path.read_text())["fields"]
		if field["fieldtype"] in ("Link", "Table") and frappe.scrub(field["options"]) not in own
	}
	of_erpnext = {doctype for doctype in linked if _app_of(doctype) == "erpnext"}
	assert of_erpnext <= table().keys()


def _app_of(doctype: str) -> str | None:
	module = frappe.db.get_value("DocType", doctype, "module")
	return frappe.db.get_value("Module Def", module, "app_name")


def test_declaration_and_table_are_sorted() -> None:
	assert list(declared()) == sorted(declared())
	assert all(names == sorted(set(names)) for names in declared().values())
	assert list(table()) == sorted(table())


def test_stand_in_is_never_imported_by_the_app() -> None:
	package = Path(REPOSITORY / "complaint_handling")
	importing = [
		str(path.relative_to(REPOSITORY))
		for path in sorted(package.rglob("*.py"))
		if "devbench" in path.read_text()
	]
	assert importing == []
