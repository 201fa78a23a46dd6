"""What buttons on the responsible posts and on the lists of them call."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import OWNER_LIST, RESPONSIBLE_POST
from complaint_handling.services.slips import process_engineering
from complaint_handling.services.staff import hand_over, owner_lists


@frappe.whitelist()
def get_employees(post: str) -> list[dict[str, str]]:
	"""Return who of the department can take a post over; no right on Employee is needed."""
	doc = _readable(RESPONSIBLE_POST, post)
	return process_engineering.handlers_of(doc, doc.department)


@frappe.whitelist(methods=["POST"])
def propose_hand_over(post: str, employee: str, valid_from: str, reason: str) -> str:
	"""Propose that somebody else takes a post over on a day; return the name of the proposed post."""
	return hand_over.propose(_readable(RESPONSIBLE_POST, post), employee, valid_from, reason).name


@frappe.whitelist(methods=["POST"])
def approve_hand_over(post: str, note: str | None = None) -> None:
	"""Approve a proposed hand-over as the head of the department."""
	hand_over.approve(_readable(RESPONSIBLE_POST, post), note)


@frappe.whitelist(methods=["POST"])
def refuse_hand_over(post: str, note: str) -> None:
	"""Refuse a proposed hand-over as the head of the department."""
	hand_over.refuse(_readable(RESPONSIBLE_POST, post), note)


@frappe.whitelist(methods=["POST"])
def confirm_list(owner_list: str) -> None:
	"""Confirm the list of a department's posts as its head."""
	owner_lists.confirm(_readable(OWNER_LIST, owner_list))


@frappe.whitelist(methods=["POST"])
def ask_for_lists(company: str, organised_on: str) -> list[str]:
	"""Make the lists that the departments of a company owe after a new organisation; return those that are new."""
	frappe.has_permission(OWNER_LIST, "create", throw=True)
	return owner_lists.ask_for_lists(company, get_datetime(organised_on))


def _readable(doctype: str, name: str) -> Document:
	# Who may decide is asked by the services: a department's head has no right to write posts.
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return doc
