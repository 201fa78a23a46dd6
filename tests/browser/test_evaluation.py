"""An agent records which option the customer chose; a coordinator evaluates the case from its form."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT, COORDINATOR, EVALUATION
from tests import factories
from tests.browser.desk import Desk
from tests.factories import as_user, employee_of, make_measure, press

pytestmark = pytest.mark.browser

# Where to leave pictures of what was shown, for people; nothing is kept without it.
PICTURES = os.environ.get("SCREENSHOTS")


def picture(desk: Desk, name: str) -> None:
	if PICTURES:
		desk.page.wait_for_timeout(600)
		desk.page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def approved(people: dict[str, str], committed: Callable[[], None]) -> Document:
	"""A complaint in its second round whose two options are approved and explained."""
	factories.make_customer()
	factories.make_item()
	with as_user(people["agent"]):
		complaint = factories.make_complaint(subject="Spindle runs unevenly", handled_directly=1)
	press(complaint, "Assess", people["agent"])
	press(complaint, "Start Handling", people["coordinator"])
	with as_user(people["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.cause = "Bearing fitted without preload"
		measure = make_measure(
			employee_of(people["coordinator"])
			or factories.make_employee(people["coordinator"], factories.make_department("Test Sales"))
		)
		complaint.append("measures", measure)
		for number, kind, rate in ((1, "Refund", 800), (2, "Exchange", 0)):
			complaint.append(
				"remedies", {"remedy_type": kind, "option_number": number, "quantity": 1, "rate": rate}
			)
		complaint.save()
	complaint = press(complaint, "Propose Solution", people["coordinator"])
	# Nobody of the browser's people approves; what the approval means is tested elsewhere.
	frappe.db.set_value(
		COMPLAINT,
		complaint.name,
		{
			"workflow_state": "With Customer",
			"approved_by": "Administrator",
			"approved_on": now_datetime(),
		},
	)
	frappe.clear_document_cache(COMPLAINT, complaint.name)
	committed()
	return complaint


def test_agent_records_the_chosen_option_and_a_coordinator_evaluates(
	approved: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	"""R-001F-01, R-000H-08: options in the words of their remedies; summary, accountability, improvement."""
	desk = log_in(people["agent"])
	form = desk.form(COMPLAINT, approved.name)
	form.press_action("Record Consent")
	dialog = desk.dialog("Record Consent")
	expect(dialog.field("chosen_option")).to_contain_text("Exchange")
	picture(desk, "consent-en")
	dialog.field("chosen_option").locator("select").select_option("1")
	dialog.field("consent_method").locator("select").select_option("Telephone")
	dialog.confirm()
	form.expect_state("Executing")

	desk = log_in(people["coordinator"])
	form = desk.form(COMPLAINT, approved.name)
	form.root.locator("button[data-label='Evaluate']").click()
	evaluation = desk.shown_form(EVALUATION)
	evaluation.fill("summary", "Handled in time; the cause is proven")
	evaluation.field("handling_quality").locator("select").select_option("Good")
	evaluation.save()
	picture(desk, "evaluation-en")
	expect(evaluation.field("responsible_parties")).to_be_visible()
	frappe.db.rollback()
	name = frappe.db.get_value(EVALUATION, {"complaint": approved.name})
	assert frappe.db.get_value(COMPLAINT, approved.name, "total_remedy_amount") == 800
	assert frappe.db.get_value(EVALUATION, name, "handling_quality") == "Good"

	form = desk.form(COMPLAINT, approved.name)
	expect(form.root.locator("button[data-label='Evaluation']")).to_be_visible()
	assert COORDINATOR in frappe.get_roles(people["coordinator"])
