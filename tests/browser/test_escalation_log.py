"""The recipient of an escalation acknowledges it on its form; nobody else finds the button."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

import frappe
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import ESCALATION_LOG, GENERAL_MANAGER, MILESTONE, PROCEDURE
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def escalated(people: dict[str, str], committed: Callable[[], None]) -> str:
	"""An escalation to the agent's superior that asks for an acknowledgement."""
	factories.make_customer()
	factories.make_item()
	# Whom the ladder reaches when the agent has no superior.
	factories.make_user("test.general.manager@example.com", GENERAL_MANAGER)
	with factories.as_user(people["agent"]):
		complaint = factories.make_complaint(received_on=add_to_date(now_datetime(), days=-30))
	clock = frappe.get_doc(MILESTONE, {"complaint": complaint.name, "stage": "First Answer"})
	step = frappe.db.get_value("Complaint Escalation Step", {"parent": complaint.procedure, "level": 1})
	before = frappe.db.get_value("Complaint Escalation Step", step, "action")
	for action in ("Require Acknowledgement", before):
		frappe.db.set_value("Complaint Escalation Step", step, "action", action, update_modified=False)
		frappe.clear_document_cache(PROCEDURE, complaint.procedure)
		if action != before:
			# As somebody whose rows are taken away after the test.
			with factories.as_user(people["agent"]):
				escalation.sweep_chunk([clock.name])
	committed()
	return frappe.db.get_value(ESCALATION_LOG, {"milestone": clock.name, "level": 1})


def test_recipient_acknowledges_an_escalation_once(
	escalated: str, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	recipient = frappe.db.get_value(ESCALATION_LOG, escalated, "escalated_to")
	desk = log_in(recipient)
	desk.page.goto("/app/complaint-escalation-log")
	expect(desk.page.locator(".list-row", has_text="To be Acknowledged").first).to_be_visible()
	desk.form(ESCALATION_LOG, escalated)
	button = desk.page.get_by_role("button", name="Acknowledge", exact=True)
	button.click()
	expect(button).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value(ESCALATION_LOG, escalated, "acknowledged_by") == recipient


def test_nobody_else_finds_the_button(
	escalated: str, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	assert frappe.db.get_value(ESCALATION_LOG, escalated, "escalated_to") != people["agent"]
	desk = log_in(people["agent"])
	desk.form(ESCALATION_LOG, escalated)
	expect(desk.page.get_by_role("button", name="Customer Complaint", exact=True)).to_be_visible()
	expect(desk.page.get_by_role("button", name="Acknowledge", exact=True)).to_have_count(0)
