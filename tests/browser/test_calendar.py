"""A coordinator looks after a calendar: public holidays, an announcement, and what a change would move."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import frappe

from complaint_handling.constants import CALENDAR
from tests import factories
from tests.browser.desk import Desk, Dialog, Form
from tests.factories import as_user
from tests.integration.test_calendars import make_calendar

pytestmark = pytest.mark.browser

NAME = "Calendar in the Browser"


@pytest.fixture
def form(people: dict[str, str], log_in: Callable[[str], Desk]) -> Form:
	"""The form of a calendar of the coordinator's own."""
	company = factories.make_company()  # of China
	with as_user(people["coordinator"]):
		make_calendar(NAME, company=company)
	return log_in(people["coordinator"]).form(CALENDAR, NAME)


def open_dialog(form: Form, label: str) -> Dialog:
	form.press_in_group("Public Holidays", label)
	return Desk.dialog(form, label)


def choose_year(dialog: Dialog, fieldname: str, year: str) -> None:
	dialog.field(fieldname).locator("select").select_option(year)


def saved() -> dict:
	"""Return what the server holds now."""
	frappe.db.rollback()
	return frappe.get_doc(CALENDAR, NAME).as_dict()


def test_public_holidays_are_shown_before_they_are_written(form: Form) -> None:
	dialog = open_dialog(form, "Propose Public Holidays")
	choose_year(dialog, "year", "2026")
	expect(dialog.field("country").locator("input")).to_have_value("China")
	rows = dialog.root.locator("[data-fieldname='preview'] tbody tr")
	expect(rows.filter(has_text="Make-up Workday").first).to_contain_text("Added")
	expect(dialog.root.locator("[data-fieldname='preview']")).to_contain_text("This year is complete.")
	assert not saved()["exceptions"]
	dialog.confirm()
	expect(form.field("years")).to_contain_text("Published")
	kinds = {row.kind for row in saved()["exceptions"]}
	assert kinds == {"Holiday", "Make-up Workday"}


def test_a_wrong_row_of_an_announcement_is_named(form: Form) -> None:
	dialog = open_dialog(form, "Import Announcement")
	choose_year(dialog, "year", "2027")
	dialog.fill("rows", "2027-10-01, Holiday\n2027-10-40, Holiday")
	preview = dialog.root.locator("[data-fieldname='preview']")
	expect(preview).to_contain_text("Row 2: 2027-10-40 is no date.")
	expect(dialog.root.locator(".btn-modal-primary")).to_be_disabled()
	dialog.fill("rows", "2027-10-01, Holiday\n2027-10-09, Make-up Workday")
	expect(preview.locator("tbody tr")).to_have_count(2)
	dialog.confirm()
	expect(form.field("years")).to_contain_text("2027")
	assert len(saved()["exceptions"]) == 3  # the make-up workday has two periods


def test_a_new_exception_begins_without_times(form: Form) -> None:
	form.field("exceptions").locator(".grid-add-row").click()
	assert form.page.evaluate("cur_frm.doc.exceptions[0].start_time") is None
	form.page.evaluate(
		"frappe.model.set_value(cur_frm.doc.exceptions[0].doctype, cur_frm.doc.exceptions[0].name,"
		" {date: '2026-12-24', kind: 'Closed'})"
	)
	form.save()
	dialog = open_dialog(form, "Copy to Year")
	choose_year(dialog, "from_year", "2026")
	choose_year(dialog, "to_year", "2027")
	expect(dialog.root.locator("[data-fieldname='preview'] tbody tr")).to_have_count(1)
	dialog.confirm()
	expect(form.field("exceptions").locator(".grid-body .grid-row")).to_have_count(2)
	form.root.locator("button[data-label='Open%20Due%20Times%20this%20Would%20Move']").click()
	moved = Desk.dialog(form, "Open Due Times this Would Move")
	expect(moved.root).to_contain_text("No open due time would be different under this calendar.")
