"""Which customers a user of the portal speaks for."""

import frappe


def customers_of(user: str) -> frozenset[str]:
	"""Return the customers that list a user as their portal user, else those of the user's own Contact.

	The link is read as it is stored: nothing that the user can write gives a customer.
	"""
	if not user or user == "Guest":
		return frozenset()
	listing = {"user": user, "parenttype": "Customer"}
	# What decides over permissions cannot itself ask for permission.
	listed = frappe.get_all("Portal User", filters=listing, pluck="parent")
	if listed:
		return frozenset(listed)
	contacts = frappe.get_all("Contact", filters={"user": user}, pluck="name")
	if not contacts:
		return frozenset()
	linked = {"parenttype": "Contact", "parent": ("in", contacts), "link_doctype": "Customer"}
	return frozenset(frappe.get_all("Dynamic Link", filters=linked, pluck="link_name"))
