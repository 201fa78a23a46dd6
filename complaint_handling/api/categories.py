"""What the forms ask about complaint categories."""

import frappe
from frappe import _
from frappe.utils import getdate, today

from complaint_handling.constants import CATEGORY, PROCEDURE
from complaint_handling.services import playbooks


@frappe.whitelist()
def get_playbook(category: str) -> str:
	"""Return the playbook of a category as HTML in the language of the user; empty when there is none."""
	frappe.get_cached_doc(CATEGORY, category).check_permission("read")
	return playbooks.render(category)


@frappe.whitelist()
def get_defects(category: str) -> list[dict[str, str]]:
	"""Return the defects to choose from for a category, or those of the nearest group above it, as options of a field."""
	frappe.get_cached_doc(CATEGORY, category).check_permission("read")
	return [
		{
			"value": row.defect,
			"label": _(row.defect),
			"description": ", ".join((_(row.goods), _(row.kind, context="Complaint Category Defect"))),
		}
		for row in playbooks.defects_of(category)
	]


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_offered(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
) -> list[tuple[str, str]]:
	"""Return the categories that the procedure of a complaint offers and that hold the text in the user's language."""
	code = (
		frappe.get_cached_value(PROCEDURE, filters.get("procedure"), "code")
		if filters.get("procedure")
		else None
	)
	wanted = (txt or "").casefold()
	found = [
		name for name in playbooks.offered(code) if wanted in name.casefold() or wanted in _(name).casefold()
	]
	# The best match first, else the order of the tree.
	found.sort(key=lambda name: not _(name).casefold().startswith(wanted))
	parents = dict(
		frappe.get_list(
			CATEGORY,
			filters={"name": ("in", found or [""])},
			fields=["name", "parent_complaint_category"],
			as_list=True,
		)
	)
	return [(name, _(parents.get(name) or "")) for name in found[start : start + page_len]]


@frappe.whitelist()
def get_tree_nodes(doctype: str, parent: str = "", is_root: bool | str = False) -> list[dict]:
	"""Return the categories right below one, or those at the top, in the order of the tree, for the tree view.

	Each carries the codes of the procedures that offer it and whether its playbook has to be read again.
	"""
	top = frappe.parse_json(is_root) if isinstance(is_root, str) else is_root
	rows = frappe.get_list(
		CATEGORY,
		filters={"parent_complaint_category": ("is", "not set") if top or not parent else parent},
		fields=["name as value", "is_group as expandable", "valid_until"],
		order_by="lft asc",
		limit=0,
	)
	codes = playbooks.codes_by_category()
	for row in rows:
		row.codes = ", ".join(sorted(codes[row.value]))
		row.is_past = bool(row.valid_until and getdate(row.valid_until) < getdate(today()))
	return rows
