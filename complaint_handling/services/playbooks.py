"""Playbooks of complaint categories: which categories a procedure offers, and what the agent reads beside the form."""

from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, today
from frappe.utils.html_utils import sanitize_html

from complaint_handling.constants import CATEGORY
from complaint_handling.domain.authority import Limit
from complaint_handling.printing.markup import money

TEMPLATE = "complaint_handling/templates/playbook.html"
CATEGORY_PROCEDURE = "Complaint Category Procedure"


def offered(code: str | None) -> list[str]:
	"""Return the categories that a procedure offers, in the order of the tree, groups left out.

	A category that names no procedure is offered by all; a procedure that no category names offers the whole tree.
	"""
	leaves = frappe.get_list(CATEGORY, filters={"is_group": 0}, pluck="name", order_by="lft asc", limit=0)
	codes = codes_by_category()
	if not any(code in named for named in codes.values()):
		return leaves
	return [name for name in leaves if code in codes[name] or not codes[name]]


def codes_by_category() -> defaultdict[str, set[str]]:
	"""Return the codes of the procedures that offer a category, by its name; empty for one that all offer."""
	codes: defaultdict[str, set[str]] = defaultdict(set)
	rows = frappe.get_all(  # which procedure offers what is no secret of a record
		CATEGORY_PROCEDURE, filters={"parenttype": CATEGORY}, fields=["parent", "procedure_code"]
	)
	for row in rows:
		codes[row.parent].add(row.procedure_code)
	return codes


def counter_decides(category: str, amount: Decimal) -> bool:
	"""Tell whether the counter decides about an amount by itself (R-001E-05: below 10 yuan).

	Where the category gives the counter no amount, it decides about none.
	"""
	row = frappe.get_cached_value(CATEGORY, category, ["counter_limit", "below_limit_only"], as_dict=True)
	if not row or not row.counter_limit:
		return not amount
	return Limit("", Decimal(str(row.counter_limit)), below=bool(row.below_limit_only)).covers(amount)


def role_above_counter(category: str, amount: Decimal) -> str | None:
	"""Return the role that decides about an amount in the counter's place, or None where the category names none.

	A category without an amount sets no limit here: the authority limits of the procedure hold alone.
	"""
	row = frappe.get_cached_value(CATEGORY, category, ["counter_limit", "above_limit_role"], as_dict=True)
	if not row.counter_limit or counter_decides(category, amount):
		return None
	return row.above_limit_role


def defects_of(category: str) -> list[Document]:
	"""Return the rows of defects of a category, or of the nearest group above it that has some (R-001F-03)."""
	return next((doc.defects for doc in _chain(category) if doc.defects), [])


def render(category: str) -> str:
	"""Return what to do, to say and not to say as HTML in the reader's language: the category's own, then its groups'."""
	chain = _chain(category)
	parts = [part for part in (_part(doc) for doc in chain) if part["blocks"] or part["notes"]]
	if not parts:
		return ""
	return frappe.render_template(TEMPLATE, {"parts": parts, "passed_on": validity_passed_on(chain)})


def validity_passed_on(chain: list[Document]) -> Any:
	"""Return the earliest day that has passed until which one of the playbooks was valid, or None."""
	days = [getdate(doc.valid_until) for doc in chain if doc.valid_until]
	return min((day for day in days if day < getdate(today())), default=None)


def _chain(category: str) -> list[Document]:
	"""Return a category and the groups above it, the nearest first."""
	chain: list[Document] = []
	name: str | None = category
	while name and name not in {doc.name for doc in chain}:
		chain.append(frappe.get_cached_doc(CATEGORY, name))
		name = chain[-1].parent_complaint_category
	return chain


def _part(doc: Document) -> dict[str, Any]:
	blocks: dict[str, list[str]] = {}
	for row in doc.playbook_lines:
		blocks.setdefault(row.kind, []).append(_in_language(row.text, row.text_zh))
	return {
		"category": doc.name,
		"blocks": blocks,
		"limit": money(doc.counter_limit, doc.currency) if doc.counter_limit else "",
		"below_only": doc.below_limit_only,
		"above": doc.above_limit_post or doc.above_limit_role or "",
		"upward": doc.report_upward_post or doc.report_upward_role or "",
		"defects": [
			{"goods": goods, "kind": kind, "names": [row.defect for row in rows]}
			for (goods, kind), rows in groupby(doc.defects, key=lambda row: (row.goods, row.kind))
		],
		"notes": sanitize_html(_in_language(doc.playbook, doc.playbook_zh)),
	}


def _in_language(english: str | None, chinese: str | None) -> str:
	"""Return the text that the reader reads, or the other one where there is none."""
	reads_chinese = (frappe.local.lang or "").startswith("zh")
	first, second = (chinese, english) if reads_chinese else (english, chinese)
	return first or second or ""
