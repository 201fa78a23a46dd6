"""Rows of a table at a higher permission level, listed by themselves.

The host checks the level of single columns there, and in some versions leaves every second one that it should take
away (`remove_field` shortens the list that it walks). So the rows themselves are kept back.
"""

import frappe

from complaint_handling.services.access.reading_rules import NOTHING, child_condition


def private_child_condition(parent: str, table: str, child_doctype: str, user: str | None = None) -> str:
	"""Return the condition on a child table whose parent shows it only at a higher level."""
	user = user or frappe.session.user
	if user == "Administrator":
		return child_condition(child_doctype, user)
	meta = frappe.get_meta(parent)
	level = meta.get_field(table).permlevel
	if level not in meta.get_permlevel_access("read", user=user):
		return NOTHING
	return child_condition(child_doctype, user)
