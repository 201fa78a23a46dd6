"""A coordinator works through the day's list: a note on a line, and done with it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import COMPLAINT
from tests import factories
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

NOTE = "Ask the carrier for the delivery receipt"


@pytest.fixture
def overdue(people: dict[str, str], committed: Callable[[], None]) -> Document:
	"""A complaint of the agent's whose clocks have run out."""
	factories.make_customer()
	factories.make_item()
	with factories.as_user(people["agent"]):
		complaint = factories.make_complaint(
			subject="Guard door does not close", received_on=add_to_date(now_datetime(), days=-30)
		)
	committed()
	return complaint


def test_coordinator_notes_something_on_a_line_and_is_done_with_it(
	overdue: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(people["coordinator"])
	desk.page.goto("/app/complaint-work-list")
	line = desk.page.locator(".work-part[data-part='overdue'] .work-row", has_text=overdue.name).first
	expect(line).to_contain_text("Guard door does not close")
	line.locator("[data-act='note']").click()
	dialog = desk.dialog(f"Note on {overdue.name}")
	dialog.fill("text", NOTE)
	dialog.confirm()

	expect(line.locator(".work-note")).to_contain_text(NOTE)
	frappe.db.rollback()
	note = frappe.get_last_doc("ToDo", {"reference_name": overdue.name})
	assert (note.reference_type, note.allocated_to, note.status) == (
		COMPLAINT,
		people["coordinator"],
		"Open",
	)

	line.locator(".work-note [data-act='close']").click()
	expect(line.locator(".work-note")).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value("ToDo", note.name, "status") == "Closed"


def test_form_shows_who_waits_for_whom(
	overdue: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	form = log_in(people["coordinator"]).form(COMPLAINT, overdue.name)
	form.open_tab("Clocks")
	wait = form.root.locator(".waits-board .wait.late")
	expect(wait).to_contain_text("Customer → Customer Service")
	expect(wait).to_contain_text("30 days")
