"""Categories and their playbooks in the Desk: the tree, the form, and beside the complaint that an agent takes."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe

from complaint_handling.constants import CATEGORY, COMPLAINT, PROCEDURE
from tests import factories
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

DRINK = "Wants Another Drink after Ordering"
PICTURES = os.environ.get("PICTURES")


def look(desk: Desk, name: str) -> None:
	"""Keep a picture for a person to look at, where PICTURES names a folder."""
	if PICTURES:
		desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def reads_chinese(people: dict[str, str], committed: Callable[[], None]) -> Iterator[str]:
	"""The coordinator, who reads Chinese for one test."""
	user = people["coordinator"]
	frappe.db.set_value("User", user, "language", "zh")
	frappe.clear_cache(user=user)
	yield user
	frappe.db.set_value("User", user, "language", "en")
	frappe.clear_cache(user=user)
	committed()


@pytest.fixture
def passed_validity(people: dict[str, str], committed: Callable[[], None]) -> str:
	"""A category of the coordinator's own whose playbook was valid until the end of 2025."""
	with factories.as_user(people["coordinator"]):
		values = {
			"category_name": "Straw Forgotten",
			"parent_complaint_category": "Food and Drink",
			"valid_until": "2025-12-31",
			"procedures": [{"procedure_code": "001-E"}],
			"playbook_lines": [{"kind": "What to Do", "text": "Bring one.", "text_zh": "立即补上。"}],
		}
		frappe.get_doc({"doctype": CATEGORY, **values}).insert()
	committed()
	return values["category_name"]


def test_the_tree_shows_the_documents_categories(
	people: dict[str, str], passed_validity: str, log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(people["coordinator"])
	desk.page.goto("/app/complaint-category/view/tree")
	tree = desk.page.locator(".tree")
	expect(tree).to_contain_text("Food and Drink")
	tree.locator(".tree-link", has_text="Food and Drink").click()
	expect(tree.locator(".tree-link", has_text=DRINK)).to_contain_text("001-E")
	expect(tree.locator(".tree-link", has_text=passed_validity)).to_contain_text("Read Again")
	look(desk, "category-tree")
	form = desk.form(CATEGORY, passed_validity)
	expect(form.root.locator(".form-message").first).to_contain_text("Read it, correct it, and set a new day")
	expect(form.field("shown_playbook")).to_contain_text("Ask the coordinator before you rely on it")
	look(desk, "category-form")


def test_the_playbook_is_read_in_chinese(reads_chinese: str, log_in: Callable[[str], Desk]) -> None:
	desk = log_in(reads_chinese)
	desk.page.goto("/app/complaint-category/view/tree")
	expect(desk.page.locator(".tree")).to_contain_text("餐饮")
	look(desk, "category-tree-zh")
	form = desk.form(CATEGORY, DRINK)
	playbook = form.field("shown_playbook")
	expect(playbook).to_contain_text("低于 CNY 10.00 由柜台决定；达到 CNY 10.00 上报：主管。")
	look(desk, "category-form-zh")
	desk.page.goto("/app/complaint-category/view/list")
	expect(desk.page.locator(".frappe-list .list-row-container").first).to_contain_text("2027")
	link = desk.page.locator(".list-subject a", has_text="生产设备故障")
	expect(link).to_have_attribute("href", re.compile("Equipment"))
	look(desk, "category-list-zh")


def test_an_agent_is_offered_the_categories_of_the_procedure_and_reads_the_playbook(
	people: dict[str, str], committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	procedure = frappe.db.get_value(PROCEDURE, {"code": "002-A", "docstatus": 1})
	with factories.as_user(people["agent"]):
		complaint = factories.make_complaint(procedure=procedure, severity="Routine", category=None)
	committed()
	desk = log_in(people["agent"])
	form = desk.form(COMPLAINT, complaint.name)
	category = form.field("category")
	category.locator("input").first.click()
	offered = category.locator(".awesomplete li strong")
	expect(offered.first).to_be_visible()
	names = [text.strip() for text in offered.all_inner_texts()]
	assert names[:2] == ["Quality of the Device", "Repair by the Factory"]
	assert "Food and Drink" not in names and DRINK not in names
	look(desk, "complaint-categories")
	form.choose("category", "Repair by the Factory")
	playbook = form.root.locator(".playbook-panel")
	expect(playbook).to_contain_text("give the number of the return authorisation")
	look(desk, "complaint-playbook")
