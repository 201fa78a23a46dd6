"""A coordinator asks the simulator what a procedure and a calendar would do, before they go live."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

import frappe

from complaint_handling.constants import CALENDAR, PROCEDURE
from tests.browser.desk import Desk, Dialog, Form

pytestmark = pytest.mark.browser

FRIDAY = "2026-03-06 10:00:00"
MONDAY = "2026-03-09"


def simulate(form: Form, title: str) -> Dialog:
	form.root.locator("button[data-label='Simulate']").click()
	return Desk.dialog(form, title)


def receive_on_friday(dialog: Dialog) -> None:
	"""Enter the receipt as the user's date format has it."""
	dialog.fill("received_on", dialog.page.evaluate("value => frappe.datetime.str_to_user(value)", FRIDAY))


def shown_day(dialog: Dialog, date: str) -> str:
	"""Return a date as the user's date format has it."""
	return dialog.page.evaluate("value => frappe.datetime.str_to_user(value)", date)


def day(dialog: Dialog, date: str) -> Locator:
	return dialog.root.locator(f".simulator-month .day[data-date='{date}']")


def test_friday_at_ten_is_monday_at_ten_by_the_procedure_of_document_003(
	people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	name = frappe.db.get_value(PROCEDURE, {"code": "003-A"})
	desk = log_in(people["coordinator"])
	dialog = simulate(desk.form(PROCEDURE, name), f"Simulate {name}")
	receive_on_friday(dialog)

	slip = dialog.root.locator("tr[data-stage='Slip Reply']")
	expect(slip.locator("td.due")).to_have_text(f"Mon {shown_day(dialog, MONDAY)} 10:00")
	expect(slip).to_contain_text("Six-day Week")
	slip.click()
	expect(day(dialog, MONDAY).locator(".chip.due")).to_have_text("10:00 Slip Reply")
	expect(day(dialog, "2026-03-07")).to_have_class("day is-open")
	expect(day(dialog, "2026-03-08")).to_have_class("day is-closed")

	dialog.root.locator("[data-view='week']").click()
	dialog.root.locator("[data-step='1']").click()
	expect(dialog.root.locator(f".column[data-date='{MONDAY}'] .chip.due")).to_have_text("10:00 Slip Reply")


def test_calendar_tells_when_two_working_days_are_over(
	people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(people["coordinator"])
	dialog = simulate(desk.form(CALENDAR, "Six-day Week"), "Simulate Six-day Week")
	receive_on_friday(dialog)
	expect(dialog.root.locator(".simulator-answer .text-danger")).to_contain_text(
		f"Mon {shown_day(dialog, MONDAY)} 10:00"
	)
	expect(day(dialog, MONDAY).locator(".chip.due")).to_have_text("10:00 Due")
	dialog.field("unit").locator("select").select_option("Working Hours")
	expect(day(dialog, "2026-03-06").locator(".chip.due")).to_have_text("12:00 Due")
