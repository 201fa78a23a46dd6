"""Complaint categories on a site: the shipped trees install, the form offers them, the playbook reads in both languages."""

from collections import Counter
from decimal import Decimal

import pytest

import frappe
from frappe.utils import add_days, today

from complaint_handling.api import categories as api
from complaint_handling.constants import CATEGORY, DEPARTMENT_MANAGER, PROCEDURE
from complaint_handling.services import playbooks
from complaint_handling.setup.category_trees import shipped_categories
from complaint_handling.setup.presets import create_presets
from tests import factories

DRINK = "Wants Another Drink after Ordering"
FOOD_SAFETY = "Worried about Food Safety"
FOREIGN_OBJECT = "Foreign Object in the Drink"


@pytest.fixture
def agent(cast: dict[str, str]) -> str:
	return cast["agent"]


@pytest.fixture
def language():
	"""Set the language of the session for a test."""
	before = frappe.local.lang

	def set_language(code: str) -> None:
		frappe.local.lang = code

	yield set_language
	frappe.local.lang = before


def test_every_shipped_category_is_installed_as_it_ships() -> None:
	for values in shipped_categories():
		doc = frappe.get_doc(CATEGORY, values["category_name"])
		assert (doc.parent_complaint_category or "") == values["parent_complaint_category"]
		assert doc.is_group == values["is_group"]
		assert [row.procedure_code for row in doc.procedures] == [
			row["procedure_code"] for row in values["procedures"]
		]
		assert [(row.kind, row.text, row.text_zh) for row in doc.playbook_lines] == [
			(row["kind"], row["text"], row["text_zh"]) for row in values["playbook_lines"]
		]
		assert str(doc.valid_until) == values["valid_until"]
		assert len(doc.defects) == len(values.get("defects", ()))


def test_the_tree_is_sound() -> None:
	rows = frappe.get_all(
		CATEGORY, fields=["name", "lft", "rgt", "parent_complaint_category as parent", "is_group"]
	)
	places = {row.name: row for row in rows}
	assert len({row.lft for row in rows} | {row.rgt for row in rows}) == 2 * len(rows)
	for row in rows:
		if row.parent:
			assert places[row.parent].lft < row.lft < row.rgt < places[row.parent].rgt
			assert places[row.parent].is_group


def test_installing_again_adds_and_changes_nothing() -> None:
	doc = frappe.get_doc(CATEGORY, DRINK)
	doc.counter_limit = 15
	doc.save()
	before = frappe.get_all(CATEGORY, fields=["name", "modified"], order_by="name asc")
	create_presets()
	assert frappe.get_all(CATEGORY, fields=["name", "modified"], order_by="name asc") == before
	assert frappe.db.get_value(CATEGORY, DRINK, "counter_limit") == 15


@pytest.mark.parametrize(
	("code", "count"),
	[
		("000-A", 4),  # R-000A-09: exactly four
		("000-J", 4),  # R-000J-02: product quality, service attitude, logistics, others
		("001-E", 8),  # R-001E-01 to R-001E-08
		("001-F", 7),  # R-001F-03
		("002-A", 6),  # R-002A-03
		("003-A", 8),
		("003-B", 8),
	],
)
def test_a_procedure_offers_its_own_categories(code, count) -> None:
	assert len(playbooks.offered(code)) == count


def test_000_a_offers_exactly_its_four_contents() -> None:
	assert playbooks.offered("000-A") == [
		"Product Quality",
		"Service Quality",
		"Price",
		"Delivery and Handover",
	]


def test_a_category_that_names_no_procedure_is_offered_by_all() -> None:
	frappe.get_doc({"doctype": CATEGORY, "category_name": "Own Category"}).insert()
	assert "Own Category" in playbooks.offered("001-E")
	assert len(playbooks.offered("001-E")) == 9


def test_a_procedure_that_no_category_names_offers_the_whole_tree() -> None:
	leaves = frappe.db.count(CATEGORY, {"is_group": 0})
	assert len(playbooks.offered("OWN-1")) == len(playbooks.offered(None)) == leaves


def test_the_form_finds_categories_of_its_procedure_by_words_of_either_language(agent, language) -> None:
	name = frappe.db.get_value(PROCEDURE, {"code": "002-A", "docstatus": 1})
	with factories.as_user(agent):
		language("zh")
		found = api.search_offered(CATEGORY, "返修", "name", 0, 20, {"procedure": name})
		assert found == [("Repair by the Factory", "设备与维修料")]
		language("en")
		found = api.search_offered(CATEGORY, "repair", "name", 0, 20, {"procedure": name})
		assert found == [("Repair by the Factory", "Devices and Service Parts")]
		assert api.search_offered(CATEGORY, "shoes", "name", 0, 20, {"procedure": name}) == []


def test_the_playbook_reads_in_the_language_of_the_reader(agent, language) -> None:
	with factories.as_user(agent):
		language("en")
		english = api.get_playbook(FOOD_SAFETY)
		language("zh")
		chinese = api.get_playbook(FOOD_SAFETY)
	assert "All utensils are disinfected every day at high temperature." in english
	assert "所有器具每天高温消毒。" in chinese
	# R-001E-08: five facts, A to E; the lines of the group follow those of the scenario.
	for html in (english, chinese):
		facts = html.split('data-kind="Answer Fact"')[1].split("</ol>")[0]
		assert "type=A" in facts and facts.count("<li>") == 5
		assert html.index("<details>") > html.index('data-kind="What to Do"')
	assert "disinfected" not in chinese and "消毒" not in english


def test_a_text_that_stands_in_one_language_only_is_shown_to_both(language) -> None:
	doc = frappe.get_doc(CATEGORY, FOREIGN_OBJECT)
	doc.append("playbook_lines", {"kind": "What to Do", "text": "Only in English"})
	doc.append("playbook_lines", {"kind": "What to Do", "text_zh": "只有中文"})
	doc.save()
	for code in ("en", "zh"):
		language(code)
		html = playbooks.render(FOREIGN_OBJECT)
		assert "Only in English" in html and "只有中文" in html


def test_what_people_wrote_does_not_become_markup(language) -> None:
	doc = frappe.get_doc(CATEGORY, FOREIGN_OBJECT)
	doc.append("playbook_lines", {"kind": "What to Do", "text": "An image"})
	doc.playbook = "<p>Note <b>of the shop</b><img src=x onerror=alert(1)></p>"
	doc.counter_limit, doc.currency = 5, "CNY"
	doc.save()
	# The host cleans what is saved; whatever got past it is escaped.
	doc.playbook_lines[-1].db_set("text", "<img src=x onerror=alert(1)>")
	doc.db_set("above_limit_post", "<script>alert(1)</script>")
	frappe.clear_document_cache(CATEGORY, doc.name)
	language("en")
	html = playbooks.render(FOREIGN_OBJECT)
	assert "&lt;img src=x" in html and "onerror=alert(1)>" not in html and "<script" not in html
	assert "<b>of the shop</b>" in html


# R-001E-05, e.2.10: exactly 10 yuan is not below 10
@pytest.mark.parametrize(
	("amount", "role"),
	[("0", None), ("9.99", None), ("10", DEPARTMENT_MANAGER), ("10.01", DEPARTMENT_MANAGER)],
)
def test_the_counter_changes_a_drink_below_ten_yuan(amount, role) -> None:
	assert playbooks.role_above_counter(DRINK, Decimal(amount)) == role


def test_a_limit_that_includes_its_amount_and_a_category_without_one() -> None:
	doc = frappe.get_doc(CATEGORY, DRINK)
	doc.below_limit_only = 0
	doc.save()
	assert playbooks.role_above_counter(DRINK, Decimal("10")) is None
	assert playbooks.role_above_counter(DRINK, Decimal("10.01")) == DEPARTMENT_MANAGER
	assert playbooks.role_above_counter(FOREIGN_OBJECT, Decimal("99999")) is None


def test_the_playbook_names_amount_and_post(language) -> None:
	language("en")
	assert "Below CNY 10.00 the counter decides; from CNY 10.00 on: Shop Supervisor." in playbooks.render(
		DRINK
	)
	language("zh")
	assert "由柜台决定；达到" in playbooks.render(DRINK) and "主管" in playbooks.render(DRINK)
	# R-001E-07: to the area supervisor at once
	assert "督导" in playbooks.render(FOREIGN_OBJECT)


@pytest.mark.parametrize(("days", "warned"), [(-1, True), (0, False), (1, False)])
def test_the_agent_is_warned_once_the_validity_has_passed(days, warned, language) -> None:
	doc = frappe.get_doc(CATEGORY, FOOD_SAFETY)
	doc.valid_until = add_days(today(), days)
	doc.save()
	language("en")
	assert ("This text was valid until" in playbooks.render(FOOD_SAFETY)) is warned
	(node,) = (row for row in api.get_tree_nodes(CATEGORY, "Food and Drink") if row.value == FOOD_SAFETY)
	assert node.is_past is warned and node.codes == "001-E"


def test_a_group_whose_validity_has_passed_warns_on_its_categories(language) -> None:
	group = frappe.get_doc(CATEGORY, "Food and Drink")
	group.valid_until = add_days(today(), -3)
	group.save()
	language("en")
	assert "This text was valid until" in playbooks.render(FOOD_SAFETY)


def test_the_tree_view_begins_with_the_groups() -> None:
	top = api.get_tree_nodes(CATEGORY, "All Complaint Categories", is_root="true")
	assert top and top[0].value == "General Complaints" and top[0].expandable
	shipped = [values for values in shipped_categories() if not values["parent_complaint_category"]]
	assert {values["category_name"] for values in shipped} <= {row.value for row in top}


def test_an_empty_line_and_a_defect_twice_are_refused() -> None:
	doc = frappe.get_doc(CATEGORY, FOREIGN_OBJECT)
	doc.append("playbook_lines", {"kind": "What to Do"})
	with pytest.raises(frappe.ValidationError, match="has no text"):
		doc.save()
	doc = frappe.get_doc(CATEGORY, "Defect of the Goods")
	doc.append("defects", {"goods": "Shoes", "kind": "Defect", "defect": "Broken Sole"})
	with pytest.raises(frappe.ValidationError, match="stands twice"):
		doc.save()


def test_the_defects_of_the_mall_are_offered_by_goods(language) -> None:
	rows = frappe.get_doc(CATEGORY, "Defect of the Goods").defects
	assert Counter((row.goods, row.kind) for row in rows) == {
		("Shoes", "Defect"): 8,
		("Clothes", "Defect"): 6,
	}
	language("zh")
	assert "脱胶 · 断底 · 劣面 · 表皮脱落 · 塌芯 · 网面断裂 · 断跟 · 掉色" in " ".join(
		playbooks.render("Defect of the Goods").split()
	)


def test_an_agent_reads_and_a_coordinator_writes(cast) -> None:
	for user, may_write in ((cast["agent"], False), (cast["coordinator"], True)):
		with factories.as_user(user):
			assert frappe.has_permission(CATEGORY, "read")
			assert frappe.has_permission(CATEGORY, "write") is may_write
	outsider = factories.make_user("playbook.outsider@example.com", "Sales User")
	with factories.as_user(outsider), pytest.raises(frappe.PermissionError):
		api.get_playbook(FOOD_SAFETY)


def test_the_categories_of_version_0_1_take_their_place() -> None:
	from complaint_handling.patches.v0_2.complete_shipped_categories import execute

	doc = frappe.get_doc(CATEGORY, "Price")
	doc.update(
		{"parent_complaint_category": None, "procedures": [], "playbook_lines": [], "valid_until": None}
	)
	doc.save()
	own = frappe.get_doc(
		{"doctype": CATEGORY, "category_name": "Price of Ours", "playbook": "<p>Ours</p>"}
	).insert()
	execute()
	doc.reload()
	assert doc.parent_complaint_category == "General Complaints"
	assert "000-A" in {row.procedure_code for row in doc.procedures} and doc.playbook_lines
	own.reload()
	assert not own.parent_complaint_category and own.playbook == "<p>Ours</p>"
	before = doc.modified
	execute()
	doc.reload()
	assert doc.modified == before
