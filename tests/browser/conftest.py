"""A real Chromium that shows the Desk of the site under test, and people who log in with it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import frappe
from frappe.sessions import clear_sessions
from frappe.utils.password import remove_encrypted_password, update_password

from complaint_handling.constants import AGENT, COORDINATOR
from tests import factories
from tests.browser.desk import Desk
from tests.conftest import WebServer

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
)
PATIENCE = 30_000
# Whatever these people made is taken away after a test; nobody else may own it.
PEOPLE = {
	"agent": ("browser.agent@example.com", (AGENT, "Sales User")),
	"coordinator": ("browser.coordinator@example.com", (COORDINATOR, "Sales User")),
}
EVIDENCE = Path(__file__).resolve().parents[2] / ".devbench" / "logs" / "browser"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
	"""Chromium without a window."""
	expect.set_options(timeout=PATIENCE)
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(FLAGS))
		yield browser
		browser.close()


@pytest.fixture(scope="package")
def people(site_connection: None) -> dict[str, str]:
	"""The users who log in: word -> user. They stay on the site, without a password."""
	factories.make_outgoing_account()
	people = {word: factories.make_user(user, *roles) for word, (user, roles) in PEOPLE.items()}
	frappe.db.commit()
	return people


@pytest.fixture
def committed(people: dict[str, str], rolled_back: None) -> Iterator[Callable[[], None]]:
	"""A function that commits what the browser shall see; what its people own is removed afterwards."""
	yield frappe.db.commit
	frappe.db.rollback()
	frappe.set_user("Administrator")
	remove_what_is_owned_by(tuple(people.values()))
	for user in people.values():
		clear_sessions(user, force=True)
		remove_encrypted_password("User", user, "password")
	frappe.db.commit()


def remove_what_is_owned_by(users: tuple[str, ...]) -> None:
	"""Delete every row of these users from every table, past the rule that evidence is not deleted."""
	for table in frappe.db.get_tables(cached=False):
		doctype = table.removeprefix("tab")
		if not table.startswith("tab") or not frappe.db.has_column(doctype, "owner"):
			continue
		# Asked for before it is deleted: a delete that finds nothing would lock the whole table.
		names = frappe.db.sql_list(f"select name from `{table}` where owner in %s", (users,))
		if names:
			frappe.db.delete(doctype, {"name": ("in", names)})


@pytest.fixture
def log_in(
	request: pytest.FixtureRequest, browser: Browser, web_server: WebServer, committed: Callable[[], None]
) -> Iterator[Callable[[str], Desk]]:
	"""A function that logs a user in through the login page, in a browser of the user's own.

	The test fails when a page threw an error that nobody caught, or when the server failed. A picture of each
	page of a failed test is kept with the logs of the dev bench.
	"""
	desks: list[Desk] = []

	def log_in(user: str) -> Desk:
		password = frappe.generate_hash(length=20)
		update_password(user, password)
		committed()
		context = browser.new_context(
			base_url=web_server.address, viewport={"width": 1400, "height": 900}, locale="en-GB"
		)
		context.set_default_timeout(PATIENCE)
		desk = Desk(context.new_page())
		desks.append(desk)
		desk.log_in(user, password)
		return desk

	failed_before = request.session.testsfailed
	yield log_in
	for number, desk in enumerate(desks):
		if request.session.testsfailed > failed_before or desk.errors:
			EVIDENCE.mkdir(parents=True, exist_ok=True)
			desk.page.screenshot(path=EVIDENCE / f"{request.node.name}-{number}.png")
		desk.page.context.close()
	errors = [error for desk in desks for error in desk.errors]
	assert not errors, "\n".join(errors)
