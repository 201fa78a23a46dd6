"""A slip is begun from the complaint and passed upward; a responsible post changes hands; a list is confirmed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

import frappe
from frappe.model.document import Document
from frappe.sessions import clear_sessions
from frappe.utils import add_days, getdate, nowdate
from frappe.utils.password import remove_encrypted_password

from complaint_handling.constants import (
	COMPLAINT,
	DEPARTMENT_MANAGER,
	HANDLER,
	OWNER_LIST,
	RESPONSIBLE_POST,
	SLIP,
)
from tests import factories
from tests.browser.conftest import remove_what_is_owned_by
from tests.browser.desk import Desk
from tests.factories import as_user, employee_of
from tests.integration import cases

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(people: dict[str, str], committed: Callable[[], None]) -> Iterator[dict[str, str]]:
	"""The people of the browser tests, with a handler and a manager of one department above the handler."""
	service = factories.make_department("Test Slip Service")
	own = {
		"department_manager": factories.make_user("browser.slip.manager@example.com", DEPARTMENT_MANAGER),
		"handler": factories.make_user("browser.slip.handler@example.com", HANDLER),
		"successor": factories.make_user("browser.slip.successor@example.com", HANDLER),
	}
	manager = factories.make_employee(own["department_manager"], service)
	for word in ("handler", "successor"):
		factories.make_employee(own[word], service, manager)
	for user in own.values():
		frappe.db.set_value("User", user, "enabled", 1)
	committed()
	yield {**people, **own}
	frappe.db.rollback()
	frappe.set_user("Administrator")
	remove_what_is_owned_by(tuple(own.values()))
	for user in own.values():
		clear_sessions(user, force=True)
		remove_encrypted_password("User", user, "password")
		# A second manager would be told in the first one's place by tests that follow.
		frappe.db.set_value("User", user, "enabled", 0)
		frappe.clear_document_cache("User", user)
	frappe.db.commit()


@pytest.fixture
def service(cast: dict[str, str]) -> str:
	return factories.make_department("Test Slip Service")


def post_of(cast: dict[str, str], service: str, **values: Any) -> Document:
	with as_user(cast["coordinator"]):
		return frappe.get_doc(
			{
				"doctype": RESPONSIBLE_POST,
				"company": factories.make_company(),
				"department": service,
				"employee": employee_of(cast["handler"]),
				"valid_from": add_days(nowdate(), -30),
				**values,
			}
		).insert()


def test_agent_begins_a_slip_of_a_kind_and_the_handler_passes_it_upward(
	cast: dict[str, str], service: str, committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-003A-14, R-003A-16, R-000K-14: department and superior are proposed, nobody looks them up."""
	factories.make_customer()
	factories.make_item()
	post_of(cast, service)
	complaint = cases.in_handling(cast, responsible_department=service)
	committed()
	desk = log_in(cast["coordinator"])
	form = desk.form(COMPLAINT, complaint.name)
	form.press_in_group("Create", "Handling Slip")
	dialog = desk.dialog("Create Slip")
	expect(dialog.field("department").locator("input").first).to_have_value("Test Slip Service")
	dialog.field("slip_kind").locator("select").select_option("Technical Opinion")
	dialog.fill("instruction", "Which preload does the bearing need?")
	dialog.confirm()
	form = desk.shown_form(SLIP)
	form.expect_state("Draft")
	slip = form.name
	form.press_action("Submit for Issue")
	form.expect_state("Pending Issue")
	form.press_action("Issue Slip")
	form.expect_state("Issued")

	desk = log_in(cast["handler"])
	form = desk.form(SLIP, slip)
	form.press_action("Pass Upward")
	dialog = desk.dialog("Pass Upward")
	expect(dialog.field("escalated_to").locator("input").first).to_have_value(cast["department_manager"])
	dialog.fill("escalation_reason", "The drawing is not ours")
	dialog.confirm()
	form.expect_state("Escalated")

	desk = log_in(cast["department_manager"])
	form = desk.form(SLIP, slip)
	form.press_action("Give Instruction")
	dialog = desk.dialog("Give Instruction")
	dialog.fill("higher_instruction", "Ask the design office")
	dialog.confirm()
	form.expect_state("Issued")
	frappe.db.rollback()
	stored = frappe.get_doc(SLIP, slip)
	assert (stored.slip_kind, stored.slip_round) == ("Technical Opinion", "First")
	assert stored.responsible_user == cast["handler"]


def test_post_changes_hands_by_the_head_of_the_department(
	cast: dict[str, str], service: str, committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-003A-10: the holder proposes, the head approves, the form says who waits for whom."""
	post = post_of(cast, service)
	committed()
	desk = log_in(cast["handler"])
	form = desk.form(RESPONSIBLE_POST, post.name)
	form.root.locator("button[data-label='Propose%20Hand-over']").click()
	dialog = desk.dialog("Propose Hand-over")
	field = dialog.field("employee")
	field.locator("input").first.click()
	field.locator(".awesomplete li", has_text="Browser Slip Successor").first.click()
	dialog.fill("reason", "Moves to another line")
	dialog.confirm()
	desk.page.wait_for_function("name => cur_frm?.doc?.replaces === name", arg=post.name)
	form = desk.shown_form(RESPONSIBLE_POST)
	expect(form.root).to_contain_text("waits for the decision")
	proposal = form.name

	desk = log_in(cast["department_manager"])
	form = desk.form(RESPONSIBLE_POST, proposal)
	form.root.locator("button[data-label='Approve%20Hand-over']").click()
	dialog = desk.dialog("Approve Hand-over")
	dialog.fill("note", "Agreed")
	dialog.confirm()
	expect(form.root.locator("button[data-label='Approve%20Hand-over']")).to_have_count(0)
	frappe.db.rollback()
	approved = frappe.get_doc(RESPONSIBLE_POST, proposal)
	assert (approved.status, approved.decided_by) == ("In Force", cast["department_manager"])
	assert frappe.db.get_value(RESPONSIBLE_POST, post.name, "valid_to") == getdate(nowdate())


def test_head_confirms_the_list_of_the_department(
	cast: dict[str, str], service: str, committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-003A-09: the list shows as owed, then as confirmed with what is in force."""
	post_of(cast, service)
	with as_user(cast["coordinator"]):
		values = {
			"company": factories.make_company(),
			"department": service,
			"organised_on": f"{nowdate()} 00:00:00",
		}
		owed = frappe.get_doc({"doctype": OWNER_LIST, **values}).insert()
	committed()
	desk = log_in(cast["department_manager"])
	desk.page.goto("/app/complaint-owner-list")
	expect(desk.page.locator(".list-row", has_text=service)).to_contain_text("Owed")
	form = desk.form(OWNER_LIST, owed.name)
	form.root.locator("button[data-label='Confirm%20List']").click()
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(form.field("posts")).to_contain_text("Browser Slip Handler")
	expect(form.root.locator("button[data-label='Confirm%20List']")).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value(OWNER_LIST, owed.name, "confirmed_by") == cast["department_manager"]
