"""Who calls and about which order: customers, telephones of contacts and orders, as far as the user may read them."""

import frappe
from frappe.utils import cstr

from complaint_handling.domain.similar_text import spellings

LIMIT = 6
SHORTEST = 2
FOUND_IN_ORDER = ("name", "customer", "customer_name", "transaction_date", "company")
FOUND_IN_CONTACT = ("name", "first_name", "last_name", "mobile_no", "phone", "email_id", "designation")


def sources(text: str) -> list[dict]:
	"""Return what a new complaint may start from: Sales Orders, Contacts and Customers that hold the text."""
	text = cstr(text).strip()
	if len(text) < SHORTEST:
		return []
	return [*_orders(text), *_contacts(text), *_customers(text)]


def _orders(text: str) -> list[dict]:
	rows = _list(
		"Sales Order",
		fields=list(FOUND_IN_ORDER),
		filters={"docstatus": 1},
		or_filters=_holds(text, "name", "customer_name"),
		order_by="transaction_date desc",
	)
	return [{"kind": "Sales Order", "customer": row.customer, "row": row} for row in rows]


def _contacts(text: str) -> list[dict]:
	numbers = sorted(spellings(text))
	conditions = _holds(text, "first_name", "last_name", "mobile_no", "phone", "email_id")
	if numbers:
		conditions += [["mobile_no", "in", numbers], ["phone", "in", numbers]]
	rows = _list("Contact", fields=list(FOUND_IN_CONTACT), or_filters=conditions, order_by="modified desc")
	customers = _customers_of([row.name for row in rows])
	return [
		{"kind": "Contact", "customer": customers[row.name], "row": row}
		for row in rows
		if row.name in customers
	]


def _customers(text: str) -> list[dict]:
	rows = _list(
		"Customer",
		fields=["name", "customer_name", "customer_group"],
		filters={"disabled": 0},
		or_filters=_holds(text, "name", "customer_name"),
		order_by="modified desc",
	)
	return [{"kind": "Customer", "customer": row.name, "row": row} for row in rows]


def _customers_of(contacts: list[str]) -> dict[str, str]:
	if not contacts:
		return {}
	rows = frappe.get_all(  # which customer a contact belongs to is no more than the contact shows
		"Dynamic Link",
		filters={"parenttype": "Contact", "parent": ("in", contacts), "link_doctype": "Customer"},
		fields=["parent", "link_name"],
		order_by="idx desc",
	)
	return {row.parent: row.link_name for row in rows if frappe.has_permission("Customer", doc=row.link_name)}


def _holds(text: str, *fieldnames: str) -> list[list[str]]:
	# The host escapes for itself; a text that holds a wildcard finds a little more.
	return [[name, "like", f"%{text}%"] for name in fieldnames]


def _list(doctype: str, **arguments: object) -> list[dict]:
	"""Return rows that the user may read; none where the user may read nothing of the DocType."""
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(doctype, limit=LIMIT, **arguments)
