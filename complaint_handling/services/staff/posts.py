"""The list of responsible posts: which post in force answers for what, the closest one first (R-003A-09).

A post of the product line wins over one for every product, a post of the category over one for every category; in
both the nearest group counts. Whoever is proposed, refused or has ended answers for nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import today

from complaint_handling.constants import CATEGORY, RESPONSIBLE_POST

IN_FORCE, PROPOSED, REFUSED, ENDED = "In Force", "Proposed", "Refused", "Ended"
ANSWERS_SLIPS, FOLLOWS_UP = "Answers Slips", "Default Follow-up"


@dataclass(frozen=True)
class Scope:
	"""What a post is asked for: the company, and as far as known the department, category and product line."""

	company: str
	department: str | None = None
	category: str | None = None
	item_group: str | None = None


def scope_of(complaint: Document, department: str | None = None) -> Scope:
	"""Return what a case asks of a department: its category and the line of its first product."""
	item_group = complaint.item_code and frappe.get_cached_value("Item", complaint.item_code, "item_group")
	return Scope(complaint.company, department, complaint.category, item_group or None)


def fitting(scope: Scope, duty: str = ANSWERS_SLIPS, day: date | str | None = None) -> list[frappe._dict]:
	"""Return the posts in force on a day (today) that answer for a scope, the closest first."""
	groups, categories = _lineage("Item Group", scope.item_group), _lineage(CATEGORY, scope.category)
	ranked = [
		(groups.index(row.item_group or None), categories.index(row.category or None), row)
		for row in _in_force(scope, duty, day or today())
		if (row.item_group or None) in groups and (row.category or None) in categories
	]
	# Stable: of two that are equally close the one that began later comes first.
	return [row for *_distance, row in sorted(ranked, key=lambda rank: rank[:2])]


def in_force_of(company: str, department: str, day: date | str | None = None) -> list[frappe._dict]:
	"""Return every post of a department in force on a day (today), of whatever duty."""
	return frappe.get_all(  # the list of a department, as it confirms it
		RESPONSIBLE_POST,
		filters={"company": company, "department": department, **_valid_from(day or today())},
		or_filters=_valid_to(day or today()),
		fields=["name", "department", "category", "employee", "employee_name", "substitute"],
		order_by="category asc, valid_from asc, name asc",
	)


def _in_force(scope: Scope, duty: str, day: date | str) -> list[frappe._dict]:
	filters: dict[str, Any] = {"company": scope.company, "duty": duty, **_valid_from(day)}
	if scope.department:
		filters["department"] = scope.department
	return frappe.get_all(  # a rule of the company, not a record of the user's
		RESPONSIBLE_POST,
		filters=filters,
		or_filters=_valid_to(day),
		fields=["name", "department", "employee", "substitute", "category", "item_group"],
		order_by="valid_from desc, name asc",
	)


def _valid_from(day: date | str) -> dict[str, Any]:
	return {"status": IN_FORCE, "valid_from": ("<=", day)}


def _valid_to(day: date | str) -> list[list[Any]]:
	return [["valid_to", ">=", day], ["valid_to", "is", "not set"]]


def _lineage(doctype: str, name: str | None) -> list[str | None]:
	"""Return a node of a tree, its groups from the nearest to the farthest, and None for "every"."""
	node = name and frappe.db.get_value(doctype, name, ["lft", "rgt"], as_dict=True)
	if not node:
		return [None]
	groups = frappe.get_all(
		doctype, filters={"lft": ("<=", node.lft), "rgt": (">=", node.rgt)}, pluck="name", order_by="lft desc"
	)
	return [*groups, None]
