"""Special cases in the Desk: badges above the form, a decision with its reason, a group made from the list."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

import frappe

from complaint_handling.constants import AUTHORITY_CASE, COMPLAINT
from tests import factories
from tests.browser.desk import Desk

BADGES = ".complaint-badges .indicator-pill"


def test_coordinator_holds_a_case_and_the_form_shows_it(
	people: dict[str, str], log_in: Callable[[str], Desk], committed: Callable[[], None]
) -> None:
	with factories.as_user(people["coordinator"]):
		complaint = factories.make_complaint()
		case = {"doctype": AUTHORITY_CASE, "complaint": complaint.name, "authority": "12315 Platform"}
		frappe.get_doc({**case, "external_number": "3101-2026-118"}).insert()
	desk = log_in(people["coordinator"])
	form = desk.form(COMPLAINT, complaint.name)
	badges = desk.page.locator(BADGES)
	expect(badges).to_have_count(1)
	expect(badges.first).to_contain_text("12315 Platform 3101-2026-118: answer due on")

	form.press_in_group("Special Cases", "Set Legal Hold")
	dialog = desk.dialog("Set Legal Hold")
	dialog.fill("reason", "The customer has gone to court")
	dialog.root.locator(".btn-primary", has_text="Set Legal Hold").click()
	expect(badges).to_have_count(2)
	expect(badges.first).to_have_text("Legal hold: The customer has gone to court")

	form.press_in_group("Special Cases", "Restrict to Named Persons")
	dialog = desk.dialog("Restrict to Named Persons")
	dialog.fill("reason", "A person is accused by name")
	dialog.root.locator(".btn-primary", has_text="Restrict to Named Persons").click()
	expect(badges).to_have_count(3)
	expect(badges.nth(1)).to_have_text("Restricted to named persons")
	frappe.db.rollback()
	stored = frappe.db.get_value(COMPLAINT, complaint.name, ["legal_hold", "is_restricted"])
	assert stored == (1, 1)


def test_coordinator_makes_a_group_from_the_list(
	people: dict[str, str], log_in: Callable[[str], Desk], committed: Callable[[], None]
) -> None:
	with factories.as_user(people["coordinator"]):
		leading, member = (factories.make_complaint(subject=f"Group of two, {word}") for word in "ab")
	desk = log_in(people["coordinator"])
	desk.page.goto("/app/customer-complaint?subject=%5B%22like%22%2C%22Group of two%25%22%5D")
	rows = desk.page.locator(".list-row-container", has_text="Group of two")
	expect(rows).to_have_count(2)
	for row in rows.all():
		row.locator(".list-row-checkbox").check()
	desk.page.locator(".actions-btn-group button").first.click()
	desk.page.locator(".actions-btn-group .dropdown-item", has_text="Handle as Group").click()
	dialog = desk.dialog("Handle as Group")
	dialog.field("leading").locator("select").select_option(leading.name)
	dialog.root.locator(".btn-primary", has_text="Handle as Group").click()
	expect(desk.page.locator(".desk-alert")).to_contain_text(f"1 complaints follow {leading.name}")
	desk.form(COMPLAINT, member.name)
	badge = desk.page.locator(BADGES)
	expect(badge).to_have_text(re.compile(f"Handled in the group case.*{leading.name}"))
