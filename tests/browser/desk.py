"""What a person does in the Desk, in words of the Desk: open a form, fill a field, press a button."""

import re
from urllib.parse import quote

from playwright.sync_api import Error, Locator, Page, Response, expect


class Desk:
	"""The Desk in one tab of a browser. `errors` collects what no page caught and what the server failed at."""

	def __init__(self, page: Page) -> None:
		self.page = page
		self.errors: list[str] = []
		page.on("pageerror", self._note_error)
		page.on("response", self._note_failure)

	def _note_error(self, error: Error) -> None:
		self.errors.append(f"{self.page.url}: {error.stack or error.message}")

	def _note_failure(self, response: Response) -> None:
		if response.status >= 500:
			self.errors.append(f"{response.status} {response.request.method} {response.url}")

	def log_in(self, user: str, password: str) -> None:
		"""Fill in the login page and wait for the Desk."""
		self.page.goto("/login")
		self.page.locator("#login_email").fill(user)
		self.page.locator("#login_password").fill(password)
		self.page.locator(".form-login .btn-login").click()
		self.page.wait_for_url(re.compile("/app"))
		expect(self.page.locator("#page-Workspaces, .layout-main-section").first).to_be_visible()

	def form(self, doctype: str, name: str) -> "Form":
		"""Open a document in its form."""
		self.page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{quote(name)}")
		return self.shown_form(doctype)

	def shown_form(self, doctype: str) -> "Form":
		"""Wait for the form of a DocType to be shown and ready."""
		self.page.wait_for_function(
			"doctype => window.cur_frm?.doctype === doctype && cur_frm.doc && $(cur_frm.wrapper).is(':visible')"
			" && !frappe.request.ajax_count",
			arg=doctype,
		)
		return Form(self.page, doctype)

	def dialog(self, title: str) -> "Dialog":
		"""Return the open dialog of this title."""
		shown = self.page.locator(".modal.show")
		return Dialog(
			self.page, shown.filter(has=self.page.locator(".modal-title", has_text=_exactly(title)))
		)

	def dismiss_message(self, text: str) -> None:
		"""Wait for a message of the Desk that says this, and close it."""
		message = self.page.locator(".modal.show", has=self.page.locator(".msgprint"))
		expect(message).to_contain_text(text)
		message.locator(".btn-modal-close").click()
		expect(message).to_have_count(0)


class Panel:
	"""A part of the page with fields: a form or a dialog."""

	def __init__(self, page: Page, root: Locator) -> None:
		self.page = page
		self.root = root

	def field(self, fieldname: str) -> Locator:
		"""Return the visible field."""
		return self.root.locator(f".frappe-control[data-fieldname='{fieldname}']").first

	def fill(self, fieldname: str, value: str) -> None:
		"""Type into a field and leave it."""
		entry = self.field(fieldname).locator("input, textarea, .ql-editor").first
		entry.fill(value)
		entry.blur()

	def choose(self, fieldname: str, value: str) -> None:
		"""Type into a field that proposes values, and take the proposal of this name."""
		field = self.field(fieldname)
		field.locator("input").first.click()
		field.locator("input").first.press_sequentially(value[:6])
		field.locator(".awesomplete li", has_text=value).first.click()
		expect(field.locator("input").first).to_have_value(value)


class Form(Panel):
	"""The form of one document."""

	def __init__(self, page: Page, doctype: str) -> None:
		super().__init__(page, page.locator(f"[id='page-{doctype}']"))
		self.doctype = doctype

	@property
	def name(self) -> str:
		"""The name of the document shown."""
		return self.page.evaluate("cur_frm.doc.name")

	def press_in_group(self, group: str, label: str) -> None:
		"""Open a group of buttons, such as Create, and press one of them."""
		buttons = self.root.locator(f".inner-group-button[data-label='{quote(group)}']")
		buttons.locator("button").click()
		buttons.locator(f".dropdown-item[data-label='{quote(label)}']").click()

	def fill(self, fieldname: str, value: str) -> None:
		"""Type into a field and leave it; rich text reaches the document a moment later."""
		super().fill(fieldname, value)
		self.page.wait_for_function(
			"([fieldname, value]) => String(cur_frm.doc[fieldname] ?? '').includes(value)",
			arg=[fieldname, value],
		)

	def open_tab(self, label: str) -> None:
		"""Open one of the form's tabs."""
		self.root.locator(".form-tabs .nav-link", has_text=label).click()

	def save(self) -> None:
		"""Press Save and wait until it is saved."""
		self.root.locator(".primary-action[data-label='Save']").click()
		self.page.wait_for_function("!cur_frm.is_dirty() && !cur_frm.is_new()")

	def press_action(self, label: str) -> None:
		"""Press a button of the Workflow."""
		menu = self.root.locator(".actions-btn-group")
		menu.locator("button").click()
		menu.locator(".dropdown-item", has_text=_exactly(label)).click()

	def expect_state(self, state: str) -> None:
		"""Wait until the form shows this state of the Workflow."""
		expect(self.root.locator(".page-head .indicator-pill")).to_have_text(state)

	def expect_in_timeline(self, text: str) -> None:
		"""Wait until the form's timeline says this."""
		expect(self.root.locator(".new-timeline")).to_contain_text(text)


class Dialog(Panel):
	"""A dialog in front of the page."""

	def tick_only(self, *labels: str) -> None:
		"""Tick these boxes of a list of check boxes and no others."""
		boxes = self.root.locator(".checkbox label")
		expect(boxes).not_to_have_count(0)
		for box in boxes.all():
			wanted = any(label in box.inner_text() for label in labels)
			box.locator("input").set_checked(wanted)

	def confirm(self) -> None:
		"""Press the primary button."""
		self.root.locator(".modal-footer .btn-modal-primary, .modal-header .btn-modal-primary").first.click()


def _exactly(text: str) -> re.Pattern[str]:
	return re.compile(rf"^\s*{re.escape(text)}\s*$")
