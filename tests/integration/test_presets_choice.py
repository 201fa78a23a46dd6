"""Which procedure a new complaint follows: the rules of the settings, the default, and what is amended since."""

import json

import pytest

import frappe

from complaint_handling.api import presets as api
from complaint_handling.constants import CATEGORY, PROCEDURE, SETTINGS
from complaint_handling.services import procedures
from tests import factories
from tests.factories import as_user, make_complaint


def in_force(code: str) -> str:
	return frappe.db.get_value(PROCEDURE, {"code": code, "docstatus": 1})


def set_rules(*rules: dict[str, str]) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.set("procedure_rules", [])
	for rule in rules:
		settings.append("procedure_rules", {**rule, "procedure": in_force(rule["procedure"])})
	settings.save()


def amend(code: str, **changes: object):
	old = frappe.get_doc(PROCEDURE, in_force(code))
	old.cancel()
	amended = frappe.copy_doc(old)
	amended.update({**changes, "amended_from": old.name, "docstatus": 0})
	amended.insert()
	amended.submit()
	return amended


@pytest.fixture
def groups(cast):
	"""A parent and a child group of items and of customers, with an item and a customer in the children."""
	for doctype, parent_field, name_field in (
		("Item Group", "parent_item_group", "item_group_name"),
		("Customer Group", "parent_customer_group", "customer_group_name"),
	):
		root = frappe.db.get_value(doctype, {parent_field: ("in", ("", None))}) or ""
		for name, parent, is_group in (("Furniture Line", root, 1), ("Doors Line", "Furniture Line", 0)):
			values = {name_field: name, parent_field: parent, "is_group": is_group}
			frappe.get_doc({"doctype": doctype, **values}).insert()
	customer = factories.make_customer("Partner Store North")
	frappe.db.set_value("Customer", customer, "customer_group", "Doors Line")
	frappe.clear_document_cache("Customer", customer)
	return {"customer": customer, "item": factories.make_item("TEST-DOOR", item_group="Doors Line")}


@pytest.mark.parametrize(
	("rule", "case", "fits"),
	[
		({"company": factories.COMPANY}, {}, True),
		({"channel": "Fax"}, {"channel": "Fax"}, True),
		({"channel": "Fax"}, {"channel": "Telephone"}, False),
		({"item_group": "Furniture Line"}, {"items": ["TEST-DOOR"]}, True),
		({"item_group": "Doors Line"}, {"items": ["TEST-DOOR"]}, True),
		({"item_group": "Doors Line"}, {"items": ["TEST-GRINDER"]}, False),
		({"customer_group": "Furniture Line"}, {}, True),
		({"category": "Home Furnishing Group"}, {"category": "Wooden Doors"}, True),
		({"category": "Home Furnishing Group"}, {"category": "Product Quality"}, False),
		({"category": "Wooden Doors", "channel": "Fax"}, {"category": "Wooden Doors"}, False),
	],
)
def test_a_rule_holds_for_its_groups_and_what_lies_below_them(groups, rule, case, fits):
	set_rules({**rule, "procedure": "003-B"})
	found = procedures.choose(
		**{"company": factories.COMPANY, "customer": groups["customer"], "channel": "Telephone", **case}
	)
	assert found == (in_force("003-B") if fits else in_force("004-A"))


def test_the_first_rule_that_fits_wins_and_a_complaint_takes_its_procedure(groups, cast):
	set_rules(
		{"procedure": "002-A", "channel": "Fax"},
		{"procedure": "003-B", "customer_group": "Doors Line"},
		{"procedure": "003-A", "item_group": "Doors Line"},
	)
	with as_user(cast["agent"]):
		complaint = make_complaint(
			procedure=None,
			customer=groups["customer"],
			items=[{"item_code": groups["item"]}],
			severity=None,
			category="Wooden Doors",
		)
	assert complaint.procedure == in_force("003-B")
	with as_user(cast["agent"]):
		arguments = {"company": factories.COMPANY, "items": json.dumps([groups["item"]])}
		assert api.chosen_procedure(**arguments) == in_force("003-A")
		assert api.chosen_procedure(**arguments, channel="Fax") == in_force("002-A")


def test_who_registers_no_complaints_asks_for_no_procedure(cast):
	refused = (frappe.PermissionError, frappe.ValidationError)
	with as_user(cast["handler"]), pytest.raises(refused, match=r"No permission|Insufficient"):
		api.chosen_procedure(company=factories.COMPANY)


def test_rules_and_default_follow_an_amendment(cast):
	set_rules({"procedure": "003-B", "channel": "Fax"})
	frappe.db.set_single_value(SETTINGS, "default_procedure", in_force("004-A"))
	for code in ("003-B", "004-A", "003-B"):
		amend(code, revisit_after_days=9)
	settings = frappe.get_doc(SETTINGS)
	assert [row.procedure for row in settings.procedure_rules] == ["003-B-2"] == [in_force("003-B")]
	assert settings.default_procedure == "004-A-1" == in_force("004-A")
	assert procedures.choose(factories.COMPANY, channel="Fax") == "003-B-2"
	assert procedures.choose(factories.COMPANY, channel="Telephone") == "004-A-1"


def test_an_amended_procedure_does_not_become_the_default_of_another_one(cast):
	frappe.db.set_single_value(SETTINGS, "default_procedure", in_force("004-A"))
	frappe.get_doc(PROCEDURE, in_force("004-A")).cancel()
	amend("003-B")
	assert not frappe.db.get_single_value(SETTINGS, "default_procedure")


def test_between_cancel_and_amendment_the_rule_passes_and_another_procedure_holds(cast):
	set_rules({"procedure": "003-B", "channel": "Fax"}, {"procedure": "002-A"})
	frappe.get_doc(PROCEDURE, in_force("003-B")).cancel()
	assert procedures.choose(factories.COMPANY, channel="Fax") == in_force("002-A")


def test_a_procedure_of_another_company_is_not_chosen(cast):
	other = factories.make_company("Other Test Machines")
	own = frappe.copy_doc(frappe.get_doc(PROCEDURE, in_force("003-B")))
	own.update({"code": "OTHER", "company": other, "docstatus": 0})
	own.insert()
	own.submit()
	set_rules({"procedure": "OTHER"}, {"procedure": "002-A"})
	assert procedures.choose(factories.COMPANY) == in_force("002-A")
	assert procedures.choose(other) == own.name


def test_every_category_that_a_rule_may_name_has_its_parents():
	assert (
		frappe.db.get_value(CATEGORY, "Wooden Doors", "parent_complaint_category") == "Home Furnishing Group"
	)
