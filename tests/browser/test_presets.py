"""A general manager takes a shipped procedure for the company, changes it, and compares it with the shipped one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe

from complaint_handling.constants import GENERAL_MANAGER, PROCEDURE
from tests import factories
from tests.browser.conftest import remove_what_is_owned_by
from tests.browser.desk import Desk, Form

pytestmark = pytest.mark.browser

MANAGER = "browser.manager@example.com"
CODE = "BROWSER"
PICTURES = os.environ.get("PICTURES")


def look(desk: Desk, name: str) -> None:
	"""Keep a picture for a person to look at, where PICTURES names a folder."""
	if PICTURES:
		desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def manager(committed: Callable[[], None]) -> Iterator[str]:
	"""The general manager, who is gone with all that he made when the test is over."""
	factories.make_user(MANAGER, GENERAL_MANAGER)
	committed()
	yield MANAGER
	frappe.db.rollback()
	remove_what_is_owned_by((MANAGER,))
	frappe.delete_doc("User", MANAGER, force=True, ignore_permissions=True)
	frappe.clear_cache(doctype=PROCEDURE)
	committed()


def read_chinese(user: str, committed: Callable[[], None]) -> None:
	frappe.db.set_value("User", user, "language", "zh")
	frappe.clear_cache(user=user)
	committed()


def load_preset(desk: Desk, code: str) -> Form:
	desk.page.goto("/app/complaint-procedure/new")
	form = desk.shown_form(PROCEDURE)
	form.root.locator("button[data-label='Load%20Preset']").click()
	dialog = desk.dialog("Load Preset")
	dialog.field("code").locator("input").click()
	dialog.field("code").locator("input").press_sequentially(code)
	dialog.field("code").locator(".awesomplete li").first.click()
	dialog.confirm()
	expect(dialog.root).to_have_count(0)
	return form


def put_in_force(form: Form) -> None:
	form.save()
	form.root.locator(".primary-action[data-label='Submit']").click()
	Desk.dialog(form, "Confirm").confirm()
	form.page.wait_for_function("cur_frm.doc.docstatus === 1 && !frappe.request.ajax_count")


def test_a_preset_is_loaded_changed_compared_and_adopted_in_part(
	manager: str, log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(manager)
	form = load_preset(desk, "000-C")
	form.fill("code", CODE)
	assert form.page.evaluate("cur_frm.doc.targets.length") == 4
	# Typing into a number and leaving it at once throws in the host's control.
	form.page.evaluate("cur_frm.set_value({ revisit_after_days: 9, reopen_within_days: 60 })")
	put_in_force(form)

	form.root.locator("button[data-label='Compare%20with%20Shipped%20Version']").click()
	comparison = desk.page.locator(".modal.show .procedure-differences tbody tr")
	expect(comparison).to_have_count(2)
	look(desk, "procedure-comparison")
	comparison.filter(has_text="Revisit after Execution").locator("input").check()
	desk.page.locator(".modal.show .btn-modal-primary").click()
	desk.page.wait_for_function(f"cur_frm.doc.name === '{CODE}-1' && cur_frm.doc.docstatus === 1")
	days = desk.page.evaluate("[cur_frm.doc.revisit_after_days, cur_frm.doc.reopen_within_days]")
	assert days == [3, 60]


def test_a_chinese_reader_sees_the_preset_in_chinese(
	manager: str, committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	read_chinese(manager, committed)
	desk = log_in(manager)
	form = desk.form(PROCEDURE, "001-E")
	expect(form.root.locator("[data-fieldname='severities'] .grid-body")).to_contain_text("上报主管")
	expect(form.field("description")).to_contain_text("八种情景")
	look(desk, "procedure-zh")
	for number, tab in enumerate(("受理登记", "处理时限", "所选默认值")):
		form.open_tab(tab)
		look(desk, f"procedure-zh-{number}")
	decisions = form.root.locator("[data-fieldname='decisions'] .grid-body")
	expect(decisions).to_contain_text("正好 10 元不算低于 10 元")
