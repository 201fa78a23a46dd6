"""The tables of docs/permissions.md, rendered from the DocTypes and workflows that the app ships.

`python3 -m tests.permissions.matrix` writes them anew; a test compares them with the page.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "permissions.md"
DOCTYPES = REPOSITORY / "complaint_handling" / "complaint_handling" / "doctype"
WORKFLOWS = REPOSITORY / "complaint_handling" / "setup" / "data" / "workflows"
BEGIN = "<!-- begin of the tables: python3 -m tests.permissions.matrix -->"
END = "<!-- end of the tables -->"

# In the order of the page.
ROLES = (
	"Complaint Agent",
	"Complaint Coordinator",
	"Complaint Reviewer",
	"Complaint Handler",
	"Complaint Department Manager",
	"Complaint Vice President",
	"Complaint General Manager",
	"Quality Manager",
	"Complaint Auditor",
	"System Manager",
)
LETTERS = {
	"read": "R",
	"write": "W",
	"create": "C",
	"delete": "D",
	"submit": "S",
	"cancel": "X",
	"amend": "A",
	"print": "P",
	"email": "M",
	"report": "L",
	"export": "E",
	"import": "I",
	"share": "H",
}


def doctypes() -> dict[str, dict[str, Any]]:
	"""Return the shipped DocTypes that have permissions of their own, by name."""
	found = (json.loads(path.read_text()) for path in sorted(DOCTYPES.glob("*/*.json")))
	return {
		record["name"]: record
		for record in found
		if record["doctype"] == "DocType" and not record.get("istable")
	}


def workflows() -> list[dict[str, Any]]:
	"""Return the shipped workflows, the complaint's first."""
	shipped = [json.loads(path.read_text()) for path in sorted(WORKFLOWS.glob("*.json"))]
	return sorted(shipped, key=lambda workflow: workflow["document_type"] != "Customer Complaint")


def rights(doctype: dict[str, Any], role: str, permlevel: int = 0) -> set[str]:
	"""Return the rights that a DocType gives a role."""
	rows = [row for row in doctype["permissions"] if row["role"] == role]
	return {
		right for row in rows if row.get("permlevel", 0) == permlevel for right in LETTERS if row.get(right)
	}


def render() -> str:
	"""Return the tables as Markdown."""
	return "\n".join(
		[*_rights_table(), *(line for workflow in workflows() for line in _state_table(workflow))]
	)


def _rights_table() -> Iterator[str]:
	yield "### Role × DocType"
	yield ""
	yield ", ".join(f"{letter} {right}" for right, letter in LETTERS.items() if _is_used(right)) + "."
	yield "After a slash: the rights on private data (permission level 1)."
	yield ""
	yield from _table(
		("DocType", *map(_short, ROLES)),
		[(name, *(_letters(doctype, role) for role in ROLES)) for name, doctype in doctypes().items()],
	)


def _state_table(workflow: dict[str, Any]) -> Iterator[str]:
	roles = [role for role in ROLES if any(_acts(workflow, role))]
	yield ""
	yield f"### Role × state: {workflow['document_type']}"
	yield ""
	yield from _table(
		("State", *map(_short, roles)),
		[
			(state["state"], *("<br>".join(_acts(workflow, role, state["state"])) for role in roles))
			for state in workflow["states"]
		],
	)


def _acts(workflow: dict[str, Any], role: str, state: str | None = None) -> Iterator[str]:
	"""Yield what a role does in a state, or in any: edits, and the buttons with where they lead."""
	for row in workflow["states"]:
		if role in _as_list(row.get("allow_edit")) and state in (None, row["state"]):
			yield "edits"
			break
	for step in workflow["transitions"]:
		if role in _as_list(step["allowed"]) and state in (None, step["state"]):
			own = "" if step.get("allow_self_approval", 1) else " ¹"
			yield f"**{step['action']}** → {step['next_state']}{own}"


def _is_used(right: str) -> bool:
	return any(row.get(right) for doctype in doctypes().values() for row in doctype["permissions"])


def _letters(doctype: dict[str, Any], role: str) -> str:
	open_data, private = (
		"".join(letter for right, letter in LETTERS.items() if right in rights(doctype, role, level))
		for level in (0, 1)
	)
	return f"{open_data}/{private}" if private else open_data


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
	yield f"| {' | '.join(head)} |"
	yield f"|{'---|' * len(head)}"
	for row in rows:
		yield f"| {' | '.join(cell or '–' for cell in row)} |"


def _short(role: str) -> str:
	return role.removeprefix("Complaint ")


def _as_list(value: str | list[str] | None) -> list[str]:
	return value if isinstance(value, list) else [value] if value else []


def page_with(tables: str) -> str:
	"""Return the page with these tables in place of its own."""
	head, _begin, rest = PAGE.read_text().partition(BEGIN)
	_old, _end, tail = rest.partition(END)
	return f"{head}{BEGIN}\n{tables}\n{END}{tail}"


if __name__ == "__main__":
	PAGE.write_text(page_with(render()))
