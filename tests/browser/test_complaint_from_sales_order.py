"""An agent takes a complaint over the telephone with the Sales Order on the screen."""

from collections.abc import Callable

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from tests import factories
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

MACHINE = "TEST-GRINDER"
SPINDLE = "TEST-SPINDLE"
REASON = "Registered twice, the customer called again"


@pytest.fixture
def sales_order(people: dict[str, str], committed: Callable[[], None]) -> Document:
	"""A submitted order of machines and spindles, owned by the agent."""
	customer = factories.make_customer()
	for code in (MACHINE, SPINDLE):
		factories.make_item(code)
	factories.default_procedure()
	with factories.as_user(people["agent"]):
		order = factories.make_sales_order(customer, (MACHINE, SPINDLE))
	committed()
	return order


def test_agent_registers_and_coordinator_cancels(
	sales_order: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(people["agent"])
	desk.form("Sales Order", sales_order.name).press_in_group("Create", "Customer Complaint")
	goods = desk.dialog("Which goods does the customer complain about?")
	goods.tick_only(SPINDLE)
	goods.confirm()

	form = desk.shown_form(COMPLAINT)
	form.fill("subject", "Spindle runs hot")
	form.fill("description", "The spindle is at 80 degrees after an hour.")
	form.fill("demand", "A spindle that stays cool")
	form.choose("category", "Product Quality")
	form.open_tab("Assessment")
	form.choose("severity", "Routine")
	form.save()
	form.expect_state("Registered")

	form.press_action("Assess")
	form.expect_state("Assessed")

	frappe.db.rollback()
	complaint = frappe.get_doc(COMPLAINT, form.name)
	assert complaint.workflow_state == "Assessed"
	assert complaint.owner == complaint.assessed_by == people["agent"]
	assert (complaint.sales_order, complaint.customer) == (sales_order.name, sales_order.customer)
	assert [row.item_code for row in complaint.items] == [SPINDLE]
	assert (complaint.category, complaint.severity) == ("Product Quality", "Routine")

	desk = log_in(people["coordinator"])
	form = desk.form(COMPLAINT, complaint.name)
	form.expect_state("Assessed")
	form.expect_in_timeline("Assessed")
	form.press_action("Cancel Complaint")
	question = desk.dialog("Cancel Complaint")
	question.confirm()
	desk.dismiss_message("Cancel Reason")
	question.fill("cancel_reason", REASON)
	question.confirm()
	form.expect_state("Cancelled")

	frappe.db.rollback()
	assert frappe.db.get_value(COMPLAINT, complaint.name, ["workflow_state", "cancel_reason"]) == (
		"Cancelled",
		REASON,
	)
