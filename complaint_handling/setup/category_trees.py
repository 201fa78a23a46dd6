"""The shipped complaint categories: trees of data with a short way of writing playbooks, as values of documents.

A tree names its playbook by kinds, each a list of texts in English and Chinese; what stands in a group holds for
the categories below it.
"""

from collections.abc import Iterator
from typing import Any

from complaint_handling.setup import read_folder

# How a tree writes a kind of line, and the option of Complaint Playbook Line that it means.
KINDS_OF_LINES = {
	"steps": "What to Do",
	"script": "What to Say",
	"not_to_say": "Not to Say or Promise",
	"report_upward": "Report Upward",
	"facts": "Answer Fact",
}


def shipped_categories() -> Iterator[dict[str, Any]]:
	"""Yield the values of every shipped category, a group before what it holds."""
	for tree in read_folder("categories"):
		yield from _categories(tree, "")


def _categories(node: dict[str, Any], parent: str) -> Iterator[dict[str, Any]]:
	written = {"children", "procedures", *KINDS_OF_LINES}
	yield {
		**{key: value for key, value in node.items() if key not in written},
		"parent_complaint_category": parent,
		"is_group": int("children" in node),
		"procedures": [{"procedure_code": code} for code in node.get("procedures", ())],
		"playbook_lines": [
			{"kind": kind, "text": english, "text_zh": chinese}
			for key, kind in KINDS_OF_LINES.items()
			for english, chinese in node.get(key, ())
		],
	}
	for child in node.get("children", ()):
		yield from _categories(child, node["category_name"])
