"""The shipped categories, read from their data: what each document lists, and playbooks complete in both languages."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from complaint_handling.domain.count_rules import (
	CLOTHES_DEFECTS,
	CLOTHES_MISUSES,
	FOOD_SAFETY_FACTS,
	MALL_COMPLAINT_TYPES,
	QUALITY_ROUTE_STEPS,
	RESTAURANT_SCENARIOS,
	SERVICE_ROUTE_STEPS,
	SHOE_DEFECTS,
	SHOE_MISUSES,
)
from complaint_handling.setup.category_trees import KINDS_OF_LINES, shipped_categories
from tests.figures import shipped_codes
from tests.translation_sources import read_translations

CATEGORIES = {values["category_name"]: values for values in shipped_categories()}
LEAVES = {name: values for name, values in CATEGORIES.items() if not values["is_group"]}
# The 21 procedures and handbooks of the documents.
PROCEDURES = {
	*(f"000-{letter}" for letter in "ABCDEFGHIJK"),
	*(f"001-{letter}" for letter in "ABCDEF"),
	"002-A",
	"003-A",
	"003-B",
	"004-A",
}
CHINESE = re.compile("[\u4e00-\u9fff]")
# Words of the documents that no company owns; the brands and famous users that one of them names must not appear.
TRADEMARKS = re.compile("立升|爱惠普|白宫|空军|欧派|White House|Everpure|Litree|Oppein", re.IGNORECASE)


def offered(code: str) -> set[str]:
	return {name for name, values in LEAVES.items() if code in codes(values)}


def codes(values: dict[str, Any]) -> set[str]:
	return {row["procedure_code"] for row in values["procedures"]}


def lines(name: str, kind: str) -> list[dict[str, str]]:
	return [row for row in CATEGORIES[name]["playbook_lines"] if row["kind"] == kind]


def children(name: str) -> list[str]:
	return [child for child, values in CATEGORIES.items() if values["parent_complaint_category"] == name]


def test_every_name_is_there_once() -> None:
	assert len(list(shipped_categories())) == len(CATEGORIES)


def test_every_procedure_of_the_documents_has_its_categories() -> None:
	named = {code for values in LEAVES.values() for code in codes(values)}
	assert named == PROCEDURES
	assert set(shipped_codes()) <= named
	for values in LEAVES.values():
		assert codes(values), values["category_name"]


@pytest.mark.parametrize(
	("code", "names"),
	[
		# R-000A-09: exactly four
		("000-A", {"Product Quality", "Service Quality", "Price", "Delivery and Handover"}),
		# R-000B-03: examples, the list is open
		("000-B", {"Product Quality", "Service Attitude", "Late Delivery", "Other Matters"}),
		# R-000E-13: product, service, after-sales
		("000-E", {"Product Quality", "Service Quality", "After-sales Service", "Other Matters"}),
		# R-000J-02
		("000-J", {"Product Quality", "Service Attitude", "Logistics", "Other Matters"}),
		# R-000K-01, R-000K-03 to R-000K-06
		("000-K", {"Property Sale", "Property Leasing", "Property Services", "Conduct of Staff"}),
		# R-002A-03, R-002A-05
		(
			"002-A",
			{
				"Quality of the Device",
				"Repair by the Factory",
				"Return for Refund",
				"Exchange Unit",
				"Service Parts",
				"Technical Consultation",
			},
		),
		# R-004A-02 and its case
		(
			"004-A",
			{
				"Product Quality",
				"Late Delivery",
				"Service Attitude",
				"Equipment Fault in Production",
				"Other Matters",
			},
		),
	],
)
def test_a_procedure_has_the_contents_of_its_document(code, names) -> None:
	assert offered(code) == names


def test_003_knows_requests_and_every_product_line() -> None:
	# R-003A-07, R-003A-12, R-003A-13
	for code in ("003-A", "003-B"):
		assert {
			"Request for Service",
			"Kitchen Cabinets",
			"Kitchen Appliances",
			"Home Furniture",
			"Bath Products",
			"Wooden Doors",
			"Non-standard Process or Material",
		} < offered(code)


def test_the_property_desk_passes_on_to_each_department_it_works_with() -> None:
	# R-001D-03, R-001D-08: engineering, finance, contracts; the property company outside
	assert len(offered("001-D")) == 4


def test_the_lists_of_document_001_have_their_counts() -> None:
	assert RESTAURANT_SCENARIOS.breach(len(offered("001-E"))) is None
	assert MALL_COMPLAINT_TYPES.breach(len(offered("001-F"))) is None
	assert FOOD_SAFETY_FACTS.breach(len(lines("Worried about Food Safety", "Answer Fact"))) is None
	assert QUALITY_ROUTE_STEPS.breach(len(lines("Complaint about Goods of the Mall", "What to Do"))) is None
	assert SERVICE_ROUTE_STEPS.breach(len(lines("Complaint about Service of the Mall", "What to Do"))) is None


def test_the_defects_of_the_mall_have_their_counts() -> None:
	counted = Counter(
		(row["goods"], row["kind"]) for values in CATEGORIES.values() for row in values.get("defects", ())
	)
	assert set(counted) == {(goods, kind) for goods in ("Shoes", "Clothes") for kind in ("Defect", "Misuse")}
	assert SHOE_DEFECTS.breach(counted["Shoes", "Defect"]) is None
	assert CLOTHES_DEFECTS.breach(counted["Clothes", "Defect"]) is None
	assert SHOE_MISUSES.breach(counted["Shoes", "Misuse"]) is None
	assert CLOTHES_MISUSES.breach(counted["Clothes", "Misuse"]) is None


def test_the_defects_are_those_of_the_document() -> None:
	words = {row.source: row.translated for row in read_translations() if not row.context}
	named = [words[row["defect"]] for row in CATEGORIES["Defect of the Goods"]["defects"]]
	assert named == [
		*("脱胶", "断底", "劣面", "表皮脱落", "塌芯", "网面断裂", "断跟", "掉色"),
		*("开线", "变形", "色染不均匀", "明显破损", "缝制粗陋", "瑕疵"),
	]
	misused = [words[row["defect"]] for row in CATEGORIES["Damage by Wrong Use"]["defects"]]
	assert misused == ["外力受损", "鞋皮踢破", "染色", "变形", "污垢", "勾丝", "刮破", "起球"]


@pytest.mark.parametrize(
	("category", "kind", "chinese"),
	[
		("Waiting in the Queue to Order", "Not to Say or Promise", "不可催促正在点单的客人"),  # R-001E-01
		("Waiting for the Drink", "What to Do", "还有多少杯"),  # R-001E-02
		("Poor Service, Dismissal Demanded", "What to Do", "当事员工当面致歉，店长代表"),  # R-001E-03
		("Poor Service, Dismissal Demanded", "Not to Say or Promise", "不得承诺开除"),  # R-001E-03
		("Annoyed by Promotion", "What to Do", "一次促销的原则"),  # R-001E-04
		("Wants Another Drink after Ordering", "What to Do", "上报主管"),  # R-001E-05
		("Wrong Order Taken", "Not to Say or Promise", "不可强行推销"),  # R-001E-06
		("Foreign Object in the Drink", "What to Do", "柠檬籽皮像指甲"),  # R-001E-07
		("Foreign Object in the Drink", "Report Upward", "立刻上报督导"),  # R-001E-07
		("Complaint about Goods of the Mall", "What to Do", "两种以上的处理方法"),  # R-001F-01
		("Complaint about Goods of the Mall", "What to Do", "现金、信用卡、储值卡"),  # R-001F-01
		("Complaint about Service of the Mall", "What to Do", "商场主管接待顾客"),  # R-001F-02
		("Need Not Met", "What to Do", "重新调来两件货品供顾客选择，没货就退货"),  # R-001F-03
		("Defect of the Goods", "What to Do", "三包"),  # R-001F-03
		("Damage by Wrong Use", "What to Do", "尽量免费维修"),  # R-001F-03
		("Price Differs", "What to Do", "退还差价"),  # R-001F-03
		("Behaviour of Sales Staff", "What to Do", "专柜配合值班主管向顾客道歉"),  # R-001F-03
		("Property Owners", "What to Do", "投诉理由是否充分、投诉要求是否合理"),  # R-001D-02
		("General Complaints", "What to Do", "耐心听完再提问"),  # R-000D-03
		("General Complaints", "Not to Say or Promise", "不得向无关人员透露"),  # R-000D-12, R-000E-12
		("Repair by the Factory", "What to Do", "授权编号"),  # R-002A-04
		("Equipment Fault in Production", "What to Do", "产线速度下降多少"),  # R-004A-03
	],
)
def test_a_playbook_holds_the_words_of_its_document(category, kind, chinese) -> None:
	assert any(chinese in row["text_zh"] for row in lines(category, kind))


def test_the_counter_changes_a_drink_below_ten_yuan_and_the_supervisor_from_ten_on() -> None:
	# R-001E-05
	drink = CATEGORIES["Wants Another Drink after Ordering"]
	assert (drink["counter_limit"], drink["below_limit_only"], drink["currency"]) == (10, 1, "CNY")
	assert drink["above_limit_role"] == "Complaint Department Manager"
	assert [name for name, values in CATEGORIES.items() if values.get("counter_limit")] == [
		drink["category_name"]
	]


@pytest.mark.parametrize("name", LEAVES)
def test_every_scenario_says_what_to_do_to_say_and_not_to_say(name) -> None:
	kinds = {row["kind"] for row in CATEGORIES[name]["playbook_lines"]}
	assert {"What to Do", "What to Say", "Not to Say or Promise"} <= kinds <= set(KINDS_OF_LINES.values())
	assert CATEGORIES[name]["parent_complaint_category"] in CATEGORIES


@pytest.mark.parametrize("name", [name for name in CATEGORIES if name not in LEAVES])
def test_every_group_says_when_to_report_upward_and_holds_something(name) -> None:
	assert lines(name, "Report Upward") and children(name)


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_text_stands_in_both_languages_and_says_the_same_figures(name) -> None:
	for row in CATEGORIES[name]["playbook_lines"]:
		english, chinese = row["text"], row["text_zh"]
		assert english and not CHINESE.search(english), english
		# The handbook says "A类健康证" (R-001E-08); else no Latin letter stands in the Chinese.
		assert CHINESE.search(chinese) and not re.search("[A-Za-z]", chinese.replace("A类", "")), chinese
		assert not re.search("[\u4e00-\u9fff][,;:?!.]", chinese), chinese
		assert re.findall(r"\d+", english) == re.findall(r"\d+", chinese) or not re.search(r"\d", english)
		if row["kind"] == "What to Say":
			assert english.count("“") == chinese.count("“") >= 1, chinese
		for text in (english, chinese):
			assert text == text.strip() and "<" not in text and not TRADEMARKS.search(text), text


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_playbook_has_a_day_until_which_it_is_valid_and_a_source(name) -> None:
	assert date.fromisoformat(CATEGORIES[name]["valid_until"]) > date(2026, 12, 31)
	assert CATEGORIES[name]["source_document"].startswith("Document 00")
	assert not TRADEMARKS.search(CATEGORIES[name]["source_document"])


def test_a_defect_stands_once_in_a_list() -> None:
	for values in CATEGORIES.values():
		rows = [tuple(row.values()) for row in values.get("defects", ())]
		assert len(rows) == len(set(rows))
