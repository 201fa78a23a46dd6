"""Taking a complaint in a minute: few clicks from an order, duplicates before saving, the playbook beside the form."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, CONTACT, PROCEDURE
from tests import factories
from tests.browser.desk import Desk, Form

pytestmark = pytest.mark.browser

MACHINE = "TEST-GRINDER"
SPINDLE = "TEST-SPINDLE"
MOST_STEPS = 12
TITLE_OF_GOODS = "Which goods does the customer complain about?"
PICTURES = os.environ.get("PICTURES")


def look(desk: Desk, name: str) -> None:
	"""Keep a picture for a person to look at, where PICTURES names a folder."""
	if PICTURES:
		desk.page.wait_for_timeout(700)
		desk.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


class Hand:
	"""A hand that counts: a click is one step, a field that is filled by typing is one."""

	def __init__(self, page: Page) -> None:
		self.page = page
		self.steps: list[str] = []

	def click(self, place: Locator, what: str) -> None:
		self.steps.append(f"click {what}")
		place.click()

	def type(self, place: Locator, text: str, what: str) -> None:
		"""Type into a field that has the focus already, or gets it by the first key."""
		self.steps.append(f"type {what}")
		place.focus()
		place.press_sequentially(text)

	def fill(self, place: Locator, text: str, what: str) -> None:
		self.steps.append(f"fill {what}")
		place.fill(text)


@pytest.fixture
def sales_order(people: dict[str, str], committed: Callable[[], None]) -> Document:
	"""A submitted order of machines and spindles, owned by the agent."""
	customer = factories.make_customer()
	for code in (MACHINE, SPINDLE):
		factories.make_item(code)
	with factories.as_user(people["agent"]):
		order = factories.make_sales_order(customer, (MACHINE, SPINDLE))
	committed()
	return order


@pytest.fixture
def reads_chinese(people: dict[str, str], committed: Callable[[], None]) -> Iterator[str]:
	"""The agent, who reads Chinese for one test."""
	user = people["agent"]
	frappe.db.set_value("User", user, "language", "zh")
	frappe.clear_cache(user=user)
	yield user
	frappe.db.set_value("User", user, "language", "en")
	frappe.clear_cache(user=user)
	committed()


def procedure(code: str) -> str:
	return frappe.db.get_value(PROCEDURE, {"code": code, "docstatus": 1})


def registered(people: dict[str, str], **values: object) -> Document:
	"""Return a complaint that the agent registered."""
	with factories.as_user(people["agent"]):
		return factories.make_complaint(**values)


def test_an_agent_registers_from_an_order_in_few_steps(
	sales_order: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	"""At most 12 clicks and keystroke fields from the order on the screen to the registered complaint."""
	desk = log_in(people["agent"])
	order = desk.form("Sales Order", sales_order.name)
	hand = Hand(desk.page)
	group = order.root.locator(".inner-group-button[data-label='Create']")
	hand.click(group.locator("button"), "Create")
	hand.click(group.locator(".dropdown-item[data-label='Customer%20Complaint']"), "Customer Complaint")
	goods = desk.dialog(TITLE_OF_GOODS)
	hand.click(goods.root.locator(".checkbox label", has_text=SPINDLE), "the goods")
	hand.click(goods.root.locator(".btn-modal-primary"), "Create Complaint")

	form = desk.shown_form(COMPLAINT)
	category = form.field("category")
	expect(category.locator("input").first).to_be_focused()
	hand.type(category.locator("input").first, "Product", "category")
	hand.click(category.locator(".awesomplete li", has_text="Product Quality").first, "the category")
	expect(form.root.locator(".playbook-panel")).to_contain_text("Product Quality")
	hand.fill(
		form.field("description").locator(".ql-editor").first, "80 degrees after an hour", "description"
	)
	hand.fill(form.field("demand").locator("textarea"), "A spindle that stays cool", "demand")
	desk.page.wait_for_timeout(500)
	look(desk, "intake-from-order")
	hand.click(form.root.locator(".primary-action[data-label='Save']"), "Save")
	desk.page.wait_for_function("!cur_frm.is_dirty() && !cur_frm.is_new()")
	form.expect_state("Registered")
	print(f"\n{len(hand.steps)} steps: " + ", ".join(hand.steps))
	assert len(hand.steps) <= MOST_STEPS

	frappe.db.rollback()
	complaint = frappe.get_doc(COMPLAINT, form.name)
	assert (complaint.sales_order, complaint.customer) == (sales_order.name, sales_order.customer)
	assert [row.item_code for row in complaint.items] == [SPINDLE]
	assert complaint.subject == f"{SPINDLE} · Product Quality" or complaint.subject.endswith(
		"· Product Quality"
	)
	assert complaint.channel and complaint.procedure and complaint.received_on
	assert (complaint.description, complaint.demand) != ("", "")


def test_duplicates_show_before_saving(
	sales_order: Document,
	people: dict[str, str],
	committed: Callable[[], None],
	log_in: Callable[[str], Desk],
) -> None:
	earlier = registered(people, sales_order=sales_order.name, subject="Spindle runs hot")
	committed()
	desk = log_in(people["agent"])
	desk.form("Sales Order", sales_order.name).press_in_group("Create", "Customer Complaint")
	goods = desk.dialog(TITLE_OF_GOODS)
	goods.tick_only(SPINDLE)
	goods.confirm()
	form = desk.shown_form(COMPLAINT)
	line = form.root.locator(f".duplicate[data-name='{earlier.name}']")
	expect(line).to_contain_text("same Sales Order")
	assert form.page.evaluate("cur_frm.is_new()")
	look(desk, "intake-duplicates")
	expect(line.locator("a", has_text="Open")).to_have_attribute("target", "_blank")
	line.locator("button", has_text="Link as Repeat").click()
	expect(line).to_contain_text("Linked as Repeat")
	form.fill("subject", "Spindle runs hot again")
	expect(line).to_contain_text("similar subject")
	form.choose("category", "Product Quality")
	form.save()
	expect(form.root.locator(".duplicates-board")).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value(COMPLAINT, form.name, "repeat_of") == earlier.name


def test_a_caller_is_found_by_what_he_tells(
	sales_order: Document, people: dict[str, str], log_in: Callable[[str], Desk]
) -> None:
	desk = log_in(people["agent"])
	desk.page.goto("/app/customer-complaint")
	desk.page.locator(".primary-action:visible").first.click()
	dialog = desk.dialog("New Complaint")
	dialog.field("text").locator("input").press_sequentially(sales_order.name)
	expect(dialog.root.locator(".source").first).to_contain_text(sales_order.name)
	look(desk, "intake-search")
	dialog.root.locator(".source").first.click()
	goods = desk.dialog(TITLE_OF_GOODS)
	goods.tick_only(SPINDLE)
	goods.confirm()
	form = desk.shown_form(COMPLAINT)
	expect(form.field("customer").locator("input").first).to_have_value(sales_order.customer)


def test_a_guest_is_answered_at_once(
	people: dict[str, str], committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-001E-01, R-001E-05: the playbook says what to do, and the amount below which the counter decides."""
	complaint = registered(
		people,
		procedure=procedure("001-E"),
		category="Wants Another Drink after Ordering",
		severity="At the Counter",
		channel="On the Spot",
		items=[],
	)
	committed()
	desk = log_in(people["agent"])
	form = desk.form(COMPLAINT, complaint.name)
	panel = form.root.locator(".playbook-panel")
	expect(panel).to_contain_text("the counter decides")
	expect(panel).to_contain_text("10")
	assert form.root.locator(".form-message .complaint-playbook").count() == 0
	look(desk, "intake-playbook")
	form.root.locator(".btn[data-label='Answer%20at%20Once']:visible").click()
	dialog = desk.dialog("Answer at Once")
	dialog.fill("answer", "Of course, I change it for you.")
	dialog.fill("closing_summary", "Changed, the guest is content")
	look(desk, "intake-answer")
	dialog.confirm()
	form.expect_state("Closed")
	frappe.db.rollback()
	assert frappe.db.get_value(CONTACT, {"complaint": complaint.name}, "purpose") == "First Answer"


def test_a_widespread_problem_is_decided_at_the_button(
	people: dict[str, str], committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-002A-08: the form says why it has to be decided, and proposes the gravest severity."""
	complaint = registered(people, procedure=procedure("002-A"), is_safety_related=1)
	committed()
	desk = log_in(people["agent"])
	form = desk.form(COMPLAINT, complaint.name)
	expect(form.root.locator(".form-message").last).to_contain_text("The case is safety-related.")
	form.open_tab("Assessment")
	form.field("widespread").locator("select").select_option("Yes")
	form.fill("widespread_reason", "Same casting batch")
	proposal = form.field("widespread").locator(".take-severity")
	expect(form.field("widespread")).to_contain_text("Serious")
	look(desk, "intake-widespread")
	proposal.click()
	expect(form.field("severity").locator("input").first).to_have_value("Serious")
	form.save()
	form.press_action("Assess")
	question = desk.dialog("Assess")
	expect(question.field("widespread_reason").locator("textarea")).to_have_value("Same casting batch")
	question.confirm()
	form.expect_state("Assessed")


def test_defects_are_those_of_the_category(
	people: dict[str, str], committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-001F-03: the kinds of defects of shoes and clothes; R-001F-01: the receipt is asked for."""
	complaint = registered(
		people,
		procedure=procedure("001-F"),
		category="Defect of the Goods",
		severity="Minor",
		channel="On the Spot",
	)
	committed()
	desk = log_in(people["agent"])
	form = desk.form(COMPLAINT, complaint.name)
	form.choose("defect", "Sole Comes Unglued")
	expect(form.field("receipt_time")).to_be_visible()
	look(desk, "intake-mall")
	form.save()


def test_the_answer_to_a_rejected_complaint_is_proposed(
	people: dict[str, str], committed: Callable[[], None], log_in: Callable[[str], Desk]
) -> None:
	"""R-000H-03, R-000F-05: questions of the procedure, and an answer with reason, evidence and recourse."""
	complaint = registered(people, procedure=procedure("000-H"), severity="Minor")
	factories.press(complaint, "Assess", people["agent"])
	with factories.as_user(people["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		for row in complaint.checks:
			row.answer = "No" if row.purpose == "Acceptance" else None
		complaint.save()
	committed()
	desk = log_in(people["coordinator"])
	form = desk.form(COMPLAINT, complaint.name)
	form.open_tab("Assessment")
	expect(form.field("checks")).to_contain_text("Is the demand of the customer reasonable?")
	expect(form.field("checks").locator(".grid-add-row:visible")).to_have_count(0)
	look(desk, "intake-checklist")
	form.press_action("Declare Not Justified")
	dialog = desk.dialog("Declare Not Justified")
	dialog.fill("not_justified_reason", "The seal was broken")
	dialog.fill("not_justified_evidence", "Photograph 12")
	dialog.fill("other_recourse", "Paid repair")
	answer = dialog.field("answer_to_customer").locator("textarea")
	desk.page.wait_for_function(
		"() => [...document.querySelectorAll('.modal.show [data-fieldname=answer_to_customer] textarea')]"
		".some((area) => area.value.includes('Photograph 12') && area.value.includes('Paid repair'))"
	)
	expect(answer).to_be_visible()
	look(desk, "intake-rejection")
	dialog.confirm()
	form.expect_state("Not Justified")


def test_the_intake_in_chinese(
	sales_order: Document,
	people: dict[str, str],
	reads_chinese: str,
	committed: Callable[[], None],
	log_in: Callable[[str], Desk],
) -> None:
	registered(people, sales_order=sales_order.name)
	committed()
	desk = log_in(reads_chinese)
	order = desk.form("Sales Order", sales_order.name)
	group = order.root.locator(".inner-group-button").filter(has_text="创建")
	group.locator("button").click()
	group.locator(".dropdown-item", has_text="客户投诉").click()
	goods = desk.page.locator(".modal.show")
	goods.locator(".checkbox label").first.click()
	goods.locator(".btn-modal-primary").click()
	form: Form = desk.shown_form(COMPLAINT)
	expect(form.root.locator(".duplicates-board")).to_contain_text("同一销售订单")
	form.choose("category", "产品质量")
	expect(form.root.locator(".playbook-panel")).to_contain_text("产品质量")
	look(desk, "intake-zh")
