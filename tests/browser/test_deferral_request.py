"""A department asks process engineering, then for a later day; its manager and customer service answer."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

import frappe
from frappe.model.document import Document
from frappe.sessions import clear_sessions
from frappe.utils import add_days, getdate, nowdate
from frappe.utils.password import remove_encrypted_password

from complaint_handling.constants import COMPLAINT, DEFERRAL, DEPARTMENT_MANAGER, HANDLER, SLIP
from tests import factories
from tests.browser.conftest import remove_what_is_owned_by
from tests.browser.desk import Desk, Dialog
from tests.integration import cases
from tests.integration.cases import procedure_with_deferral

pytestmark = pytest.mark.browser

QUESTION = "Can the door be veneered on both sides?"


@pytest.fixture
def cast(people: dict[str, str], committed: Callable[[], None]) -> Iterator[dict[str, str]]:
	"""The people of the browser tests, with a handler and a manager of one department."""
	service = factories.make_department("Test Technical Service")
	engineering = factories.make_department("Test Process Engineering")
	own = {
		"handler": factories.make_user("browser.handler@example.com", HANDLER),
		"department_manager": factories.make_user("browser.manager@example.com", DEPARTMENT_MANAGER),
	}
	for user in own.values():
		frappe.db.set_value("User", user, "enabled", 1)
		factories.make_employee(user, service)
	factories.make_employee(people["agent"], engineering)
	committed()
	yield {**people, **own}
	frappe.db.rollback()
	frappe.set_user("Administrator")
	remove_what_is_owned_by(tuple(own.values()))
	for user in own.values():
		clear_sessions(user, force=True)
		remove_encrypted_password("User", user, "password")
		# A second manager of the department would be told in the first one's place by tests that follow.
		frappe.db.set_value("User", user, "enabled", 0)
		frappe.clear_document_cache("User", user)
	frappe.db.commit()


@pytest.fixture
def slip(cast: dict[str, str], committed: Callable[[], None]) -> Document:
	"""An issued slip of the handler's, of a procedure that knows deferrals."""
	factories.make_customer()
	factories.make_item()
	complaint = cases.in_handling(cast, procedure=procedure_with_deferral(), severity="Minor")
	slip = cases.issued_slip(cast, complaint)
	committed()
	return slip


def pick(dialog: Dialog, fieldname: str, label: str) -> None:
	"""Take a proposal by the words that it shows; the field then holds its key."""
	field = dialog.field(fieldname)
	field.locator("input").first.click()
	field.locator(".awesomplete li", has_text=label).first.click()


def test_department_asks_engineering_and_requests_a_later_day(
	slip: Document, cast: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(cast["handler"])
	form = desk.form(SLIP, slip.name)
	form.expect_state("Issued")
	shown = form.field("responsible_employee")
	expect(form.field("handler_name").or_(shown).first).to_be_visible()
	form.root.locator("button[data-label='Ask%20Process%20Engineering']").click()
	question = desk.dialog("Ask Process Engineering")
	pick(question, "department", "Test Process Engineering")
	pick(question, "employee", "Browser Agent")
	question.fill("question", QUESTION)
	question.confirm()
	desk.page.wait_for_function("name => cur_frm?.doc?.requested_by_slip === name", arg=slip.name)
	request = desk.shown_form(SLIP)
	request.expect_state("Issued")

	form = desk.form(SLIP, slip.name)
	expect(form.field("engineering_answers")).to_contain_text(QUESTION)
	form.press_in_group("Create", "Deferral Request")
	form = desk.shown_form(DEFERRAL)
	form.field("cause_of_delay").locator("select").select_option("Material Shortage")
	form.fill("reason", "The veneer comes in three weeks")
	desk.page.evaluate("day => cur_frm.set_value('new_date', day)", str(add_days(nowdate(), 30)))
	form.save()
	form.expect_state("Draft")
	form.press_action("Request Deferral")
	desk.dialog("Request Deferral").confirm()
	form.expect_state("Department Opinion")
	name = form.name

	desk = log_in(cast["department_manager"])
	form = desk.form(DEFERRAL, name)
	form.press_action("Support Deferral")
	opinion = desk.dialog("Support Deferral")
	opinion.fill("department_opinion", "Nothing else is in stock")
	opinion.confirm()
	form.expect_state("Customer Service Opinion")

	desk = log_in(cast["coordinator"])
	form = desk.form(DEFERRAL, name)
	form.press_action("Agree to Deferral")
	opinion = desk.dialog("Agree to Deferral")
	opinion.fill("service_opinion", "The customer can wait")
	opinion.confirm()
	form.expect_state("Agreed")

	frappe.db.rollback()
	agreed = frappe.get_doc(DEFERRAL, name)
	assert (agreed.workflow_state, agreed.docstatus) == ("Agreed", 1)
	assert frappe.db.get_value(COMPLAINT, slip.complaint, "deferred_until") == getdate(agreed.new_date)
