"""Which procedure a complaint follows by the rules of the settings."""

import pytest

from complaint_handling.domain.procedure_choice import ChoiceCase, ChoiceRule, first_fitting

CASE = ChoiceCase(
	"A Ltd",
	"Telephone",
	frozenset({"Doors", "Products", "All Item Groups"}),
	frozenset({"Partner Stores", "All Customer Groups"}),
	frozenset({"Wooden Doors", "Home Furnishing Group"}),
)


@pytest.mark.parametrize(
	("rule", "fitting"),
	[
		({}, True),
		({"company": "A Ltd"}, True),
		({"company": "B Ltd"}, False),
		({"channel": "Telephone"}, True),
		({"channel": "Fax"}, False),
		({"item_group": "Doors"}, True),
		({"item_group": "Products"}, True),
		({"item_group": "Bath"}, False),
		({"customer_group": "Partner Stores"}, True),
		({"customer_group": "Direct Users"}, False),
		({"category": "Home Furnishing Group"}, True),
		({"category": "Bath Products"}, False),
		({"company": "A Ltd", "customer_group": "Partner Stores", "channel": "Fax"}, False),
	],
)
def test_every_condition_named_has_to_fit(rule, fitting):
	assert (first_fitting([ChoiceRule("003-B", **rule)], CASE) == "003-B") is fitting


def test_the_first_rule_that_fits_wins():
	rules = [
		ChoiceRule("002-A", item_group="Devices"),
		ChoiceRule("003-B", customer_group="Partner Stores"),
		ChoiceRule("003-A"),
	]
	assert first_fitting(rules, CASE) == "003-B"
	assert first_fitting(rules, ChoiceCase("A Ltd")) == "003-A"


def test_what_is_not_known_fits_no_condition():
	conditions = {
		"company": "A",
		"item_group": "B",
		"customer_group": "C",
		"channel": "Fax",
		"category": "D",
	}
	rules = [ChoiceRule("x", **{name: value}) for name, value in conditions.items()]
	assert first_fitting(rules, ChoiceCase()) is None
