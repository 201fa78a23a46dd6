"""Collects every English text of the app that people read, from its files alone: no host is imported.

A text is looked up with a context or without one. Frappe 15 and 16 look up the labels, descriptions and
options of a field with the name of its DocType as context and fall back to the text alone; messages have no
context unless the call names one; the words of the prints have their own.
"""

import ast
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "complaint_handling"
TRANSLATIONS = PACKAGE / "translations"
PRINT_CONTEXT = "Complaint Print"

# Calls whose argument at this place is an English text, and the context they look it up with.
PYTHON_CALLS = {"_": (0, ""), "_lt": (0, "")}
PRINT_CALLS = {
	"words": (0, PRINT_CONTEXT),
	"label": (0, PRINT_CONTEXT),
	"bilingual": (0, PRINT_CONTEXT),
	"_event": (2, PRINT_CONTEXT),
}
TEMPLATE_CALLS = {
	"_": (0, ""),
	"words": (0, PRINT_CONTEXT),
	"label": (0, PRINT_CONTEXT),
	"block": (1, PRINT_CONTEXT),
	"grid": (1, PRINT_CONTEXT),
	"table": (1, PRINT_CONTEXT),
	"head": (1, ""),
}
# Calls that show a text to a person as it stands.
PYTHON_MESSAGES = ("throw", "msgprint")

# What people read of the records that a module ships, besides the labels of DocTypes.
RECORD_TEXTS = frozenset(
	("chart_name", "dashboard_name", "format", "group", "label", "subtitle", "success_message", "title")
)
# Records whose own name is shown.
NAMED_RECORDS = frozenset(("DocType", "Number Card", "Print Format", "Report", "Role", "Workspace"))
# Records that are shown by name and texts as above; another kind must be thought about first.
KNOWN_RECORDS = NAMED_RECORDS | {
	"Dashboard",
	"Dashboard Chart",
	"Form Tour",
	"Module Onboarding",
	"Onboarding Step",
	"Page",
	"Web Form",
	"Workspace Sidebar",
}

# Words that Frappe translates acceptably in every supported version, so that the app adds nothing.
# Some fit a context-free place only loosely; where the app looks the word up with a context, it has its own.
# fmt: off
LEFT_TO_HOST = frozenset((
	"Amended From", "Amount", "Brand", "Calendar Name", "Cancelled", "Category", "Category Name", "Channel", "Closed",
	"Code", "Company", "Completed", "Contact", "Create", "Currency", "Date", "Department", "Description", "Document",
	"Draft", "Fax", "Friday", "From", "Half Day", "High", "Left", "Level", "Low", "Medium", "Monday",
	"Not Permitted", "Online", "Open", "Other", "Progress", "Reason", "Reference Doctype", "Reference Name", "Reopen",
	"Report", "Right", "Role", "Saturday", "Service", "State", "Subject", "Summary", "Sunday", "Thursday", "Time Zone",
	"Title", "To", "Today", "Tuesday", "User", "Warning", "Wednesday", "Yes",
	"You don't have permission to access this file",
))
# fmt: on

# Options that another DocType keeps in a Data field and shows with itself as context.
COPIED_OPTIONS = {
	("Complaint Procedure Target", "stops_on"): "Complaint Milestone",
	("Complaint Procedure Target", "target_unit"): "Complaint Milestone",
}

_SCRIPT_CALL = re.compile(
	r"""\b__\(\s*(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)\s*"""
	r"""(?:,\s*(?:null|undefined|\[[^]]*\])\s*,\s*(?P<mark>["'])(?P<context>.*?)(?P=mark)\s*)?(?P<next>.)""",
	re.DOTALL,
)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, order=True)
class Source:
	"""A text that people read, the context it is looked up with, and the file it stands in."""

	text: str
	context: str
	where: str


@dataclass(frozen=True)
class Translation:
	"""One row of a translation file."""

	source: str
	translated: str
	context: str


class ExtractionError(AssertionError):
	"""A text that cannot be translated as it is written."""


def collect_sources(package: Path = PACKAGE) -> list[Source]:
	"""Return every text of the app, sorted; raise `ExtractionError` for one that no translation can reach."""
	found: set[Source] = set()
	for path in sorted(package.rglob("*")):
		if path.is_file() and "__pycache__" not in path.parts:
			for text, context in _read(path, package):
				found.add(Source(text, context, str(path.relative_to(package))))
	for path in sorted((package.parent / "fixtures").glob("*.json")):
		for text, context in records(json.loads(path.read_text(encoding="utf-8"))):
			found.add(Source(text, context, f"fixtures/{path.name}"))
	return sorted(source for source in found if re.search("[A-Za-z]", source.text))


def read_translations(language: str = "zh", folder: Path = TRANSLATIONS) -> list[Translation]:
	"""Return the rows of a translation file as they stand."""
	with (folder / f"{language}.csv").open(encoding="utf-8", newline="") as file:
		return [Translation(*row) for row in csv.reader(file)]


Pair = tuple[str, str]


def _read(path: Path, package: Path) -> Iterable[Pair]:
	reader = _reader(path.relative_to(package))
	if not reader:
		return ()
	try:
		return list(reader(path.read_text(encoding="utf-8")))
	except ExtractionError as error:
		raise ExtractionError(f"{path.relative_to(package)}: {error}") from None


def _reader(path: Path) -> Callable[[str], Iterable[Pair]] | None:
	"""Return what reads the texts of a file, by its place and ending; None where a file holds none."""
	if path.suffix == ".json":
		return _json_reader(path)
	if path.suffix == ".py":
		return print_code if path.parts[0] == "printing" else _python_reader(path)
	if path.suffix == ".html":
		return templates
	if path.suffix in (".js", ".vue"):
		return scripts
	return _lines if path.name == "modules.txt" else None


def _python_reader(path: Path) -> Callable[[str], Iterable[Pair]]:
	return {"hooks.py": hooks, "constants.py": constants}.get(path.name, python_code)


def _json_reader(path: Path) -> Callable[[str], Iterable[Pair]] | None:
	if path.parts[:2] == ("setup", "data"):
		read = SETUP_READERS.get(path.parts[2] if len(path.parts) > 3 else path.stem)
		if not read:
			raise ExtractionError(f"{path}: name what people read of it in SETUP_READERS of {__name__}")
		return lambda text: read(json.loads(text))
	if path.parts[0] == "complaint_handling":
		return lambda text: records(json.loads(text))
	return None


def _lines(text: str) -> Iterator[Pair]:
	for line in text.splitlines():
		yield line.strip(), ""


# Python


def python_code(code: str, calls: dict[str, tuple[int, str]] = PYTHON_CALLS) -> Iterator[Pair]:
	"""Yield what `_()` marks, wherever it is called or only marks, and the words that records hold."""
	for node in ast.walk(ast.parse(code)):
		if isinstance(node, ast.Call):
			yield from _call(node, calls)
		elif isinstance(node, ast.ClassDef) and any(_name(base) == "Word" for base in node.bases):
			yield from ((text, "") for value in node.body for text in _assigned(value))


def print_code(code: str) -> Iterator[Pair]:
	"""Yield the texts of Python that prepares prints."""
	return python_code(code, PYTHON_CALLS | PRINT_CALLS)


def constants(code: str) -> Iterator[Pair]:
	"""Yield every name that a module of names assigns: DocTypes, roles, answers; keys and paths are none."""
	for node in ast.parse(code).body:
		yield from ((text, "") for text in _assigned(node) if text[:1].isupper())


def hooks(code: str) -> Iterator[Pair]:
	"""Yield the title of the app."""
	for node in ast.walk(ast.parse(code)):
		if isinstance(node, ast.Assign) and _name(node.targets[0]) == "app_title":
			yield from ((text, "") for text in _texts(node.value))
		elif isinstance(node, ast.Dict):
			for key, value in zip(node.keys, node.values, strict=True):
				if isinstance(key, ast.Constant) and key.value == "title":
					yield from ((text, "") for text in _texts(value))


def _call(node: ast.Call, calls: dict[str, tuple[int, str]]) -> Iterator[Pair]:
	name = _name(node.func)
	if name in PYTHON_MESSAGES and node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
		raise ExtractionError(f"line {node.lineno}: the message does not pass through _()")
	if name not in calls or len(node.args) <= calls[name][0]:
		return
	place, context = calls[name]
	argument = node.args[place]
	if isinstance(argument, ast.JoinedStr | ast.BinOp):
		raise ExtractionError(f"line {node.lineno}: _() is given a text put together; use placeholders")
	for keyword in node.keywords:
		if keyword.arg == "context" and isinstance(keyword.value, ast.Constant):
			context = keyword.value.value
	yield from ((text, context) for text in _texts(argument))


def _texts(node: ast.expr | None) -> Iterator[str]:
	"""Yield the texts an expression may stand for: a literal, either branch of a choice, members of a tuple."""
	if isinstance(node, ast.Constant) and isinstance(node.value, str):
		yield node.value
	elif isinstance(node, ast.IfExp):
		yield from (*_texts(node.body), *_texts(node.orelse))
	elif isinstance(node, ast.BoolOp):
		yield from (text for value in node.values for text in _texts(value))
	elif isinstance(node, ast.Tuple | ast.List | ast.Set):
		yield from (text for value in node.elts for text in _texts(value))


def _assigned(node: ast.stmt) -> Iterator[str]:
	if isinstance(node, ast.Assign | ast.AnnAssign):
		yield from _texts(node.value)


def _name(node: ast.expr) -> str:
	if isinstance(node, ast.Attribute):
		return node.attr
	return node.id if isinstance(node, ast.Name) else ""


# Templates and scripts


def templates(text: str) -> Iterator[Pair]:
	"""Yield the texts of a Jinja template: what the calls are given, and the labels of rows and columns."""
	tree = jinja2.Environment(autoescape=True).parse(text)
	for call in tree.find_all(nodes.Call):
		name = getattr(call.node, "name", None) or getattr(call.node, "attr", None)
		place, context = TEMPLATE_CALLS.get(name, (0, None))
		if context is not None and len(call.args) > place:
			yield from ((value, context) for value in _template_texts(call.args[place]))
	for pair in tree.find_all(nodes.Pair):
		if isinstance(pair.key, nodes.Const) and pair.key.value == "label":
			yield from ((value, PRINT_CONTEXT) for value in _template_texts(pair.value))


def _template_texts(node: nodes.Node) -> Iterator[str]:
	if isinstance(node, nodes.Const) and isinstance(node.value, str):
		yield node.value
	elif isinstance(node, nodes.CondExpr):
		yield from (*_template_texts(node.expr1), *(_template_texts(node.expr2) if node.expr2 else ()))
	elif isinstance(node, nodes.Add | nodes.Concat):
		raise ExtractionError(f"line {node.lineno}: a text is put together; use placeholders")


def scripts(text: str) -> Iterator[Pair]:
	"""Yield the texts of `__()` in a script."""
	for found in _SCRIPT_CALL.finditer(text):
		if "${" in found["text"] or found["next"] not in ",)|":
			raise ExtractionError(f"__({found['quote']}{found['text']} is put together; use placeholders")
		source = re.sub(r"\\(.)", lambda escaped: {"n": "\n"}.get(escaped[1], escaped[1]), found["text"])
		yield source, found["context"] or ""


# Records


def records(content: Any) -> Iterator[Pair]:
	"""Yield what people read of a shipped record, or of a list of them."""
	for record in content if isinstance(content, list) else [content]:
		kind = record.get("doctype")
		if kind not in KNOWN_RECORDS:
			raise ExtractionError(f"{kind}: name what people read of it in {__name__}")
		if kind in NAMED_RECORDS:
			yield record["name"], ""
		yield from _doctype(record) if kind == "DocType" else _labels(record)


def _doctype(record: dict[str, Any]) -> Iterator[Pair]:
	name = record["name"]
	if record.get("description"):
		yield record["description"], name
	for field in record["fields"]:
		yield from ((text, name) for text in _field(field))
		copied_to = COPIED_OPTIONS.get((name, field["fieldname"]))
		if copied_to:
			yield from ((text, copied_to) for text in _options(field))
	for link in record.get("links", ()):
		if link.get("group"):
			yield link["group"], ""
	for action in record.get("actions", ()):
		yield action["label"], ""
	for state in record.get("states", ()):
		yield state["title"], name


def _field(field: dict[str, Any]) -> Iterator[str]:
	for key in ("label", "description", "placeholder"):
		if field.get(key):
			yield field[key]
	if field["fieldtype"] == "Select" and field["fieldname"] != "naming_series":
		yield from _options(field)


def _options(field: dict[str, Any]) -> Iterator[str]:
	yield from (option for option in (field.get("options") or "").split("\n") if option)


def _labels(value: Any) -> Iterator[Pair]:
	if isinstance(value, list):
		yield from (pair for member in value for pair in _labels(member))
	elif isinstance(value, dict):
		for key, member in value.items():
			if isinstance(member, dict | list):
				yield from _labels(member)
			elif key in RECORD_TEXTS and member:
				yield member, ""
			elif key == "content" and member:
				yield from _workspace_content(json.loads(member))


def _workspace_content(blocks: list[dict[str, Any]]) -> Iterator[Pair]:
	for block in blocks:
		text = _TAGS.sub("", block.get("data", {}).get("text") or "").strip()
		if text:
			yield text, ""


# What `setup/` creates. The name of a workflow is a record's own text that nothing translates; playbooks hold their
# Chinese beside the English.


def _workflow(workflow: dict[str, Any]) -> Iterator[Pair]:
	for state in workflow["states"]:
		yield from (
			(state["state"], context) for context in ("", "Workflow State", workflow["document_type"])
		)
	for transition in workflow["transitions"]:
		yield transition["action"], ""


# The rows of a procedure that its form, the complaint and its messages show in the reader's language.
PROCEDURE_TEXTS = (
	("checks", "question"),
	("recipients", "recipient"),
	("forms", "form_name"),
	("decisions", "chosen"),
	("decisions", "reason"),
)


def _procedure(procedure: dict[str, Any]) -> Iterator[Pair]:
	yield procedure["procedure_name"], ""
	yield procedure["description"], ""
	for severity in procedure["severities"]:
		yield from ((severity["severity"], context) for context in ("", "Customer Complaint"))
		if severity.get("definition"):
			yield severity["definition"], ""
	for target in procedure["targets"]:
		yield from ((target["stage"], context) for context in ("", "Complaint Milestone"))
	for table, fieldname in PROCEDURE_TEXTS:
		yield from ((row[fieldname], "") for row in procedure.get(table, ()))
	for decision in procedure.get("decisions", ()):
		yield decision["setting"], "Complaint Procedure"


def _category(category: dict[str, Any]) -> Iterator[Pair]:
	"""Yield the names; the lines of a playbook stand in both languages in the record."""
	yield category["category_name"], ""
	for post in ("above_limit_post", "report_upward_post"):
		if category.get(post):
			yield category[post], ""
	for row in category.get("defects", ()):
		yield from ((row[key], "") for key in ("goods", "defect"))
	for child in category.get("children", ()):
		yield from _category(child)


SETUP_READERS: dict[str, Callable[[Any], Iterable[Pair]]] = {
	"authorities": lambda authorities: [(row["authority"], "") for row in authorities],
	"calendars": lambda calendar: [(calendar["calendar_name"], "")],
	"categories": _category,
	"procedures": _procedure,
	"role_profiles": lambda profiles: [(name, "") for name in profiles],
	"workflows": _workflow,
}
