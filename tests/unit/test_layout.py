"""The layout of the repository, told from its files alone: no host is imported."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "complaint_handling"
OWN = "complaint_handling"
MAXIMUM_DOMAIN_LINES = 300

DOMAIN_FILES = sorted((PACKAGE / "domain").glob("*.py"))


@pytest.mark.parametrize("name", ["fixtures", "patches"])
def test_linked_folder_is_a_directory(name):
	link = PACKAGE / name
	assert link.is_dir(), (
		f"{link} is no directory: git must check out symbolic links, or the zip was unpacked without them"
	)
	assert link.resolve() == REPOSITORY / name


@pytest.mark.parametrize("path", DOMAIN_FILES, ids=lambda path: path.name)
def test_domain_imports_the_standard_library_and_itself_only(path):
	allowed = {*sys.stdlib_module_names, OWN}
	for module in _imported_modules(path):
		assert module.split(".")[0] in allowed, f"{path.name} imports {module}"
		assert module.split(".")[0] != OWN or module.startswith(f"{OWN}.domain."), (
			f"{path.name} imports {module}"
		)


@pytest.mark.parametrize("path", DOMAIN_FILES, ids=lambda path: path.name)
def test_domain_files_stay_readable(path):
	assert len(path.read_text().splitlines()) <= MAXIMUM_DOMAIN_LINES


def test_every_patch_exists_and_can_be_executed():
	for line in _patch_lines():
		if line.startswith("execute:"):
			compile(line.removeprefix("execute:"), "patches.txt", "exec")
			continue
		module = line.split()[0]
		assert module.startswith(f"{OWN}.patches."), f"{line} is not a patch of this app"
		path = _module_file(module)
		assert path, f"patches.txt names {module}, which does not exist"
		assert "execute" in _top_level_names(path), f"{module} has no function execute"


def test_every_patch_that_exists_is_listed():
	listed = {line.split()[0] for line in _patch_lines()}
	for path in (REPOSITORY / "patches").rglob("*.py"):
		if path.name != "__init__.py":
			parts = path.relative_to(REPOSITORY).with_suffix("").parts
			assert ".".join((OWN, *parts)) in listed


def test_every_dotted_path_in_hooks_names_an_existing_function():
	for text in _hook_strings():
		if text.startswith(f"{OWN}.") and not text.endswith((".js", ".css", ".scss")):
			assert _resolves(text), f"hooks.py names {text}, which does not exist"


def test_every_asset_in_hooks_exists():
	for text in _hook_strings():
		if text.endswith((".js", ".css", ".scss")):
			assert _asset_exists(text), f"hooks.py names {text}, which does not exist"


@pytest.mark.parametrize(
	("text", "resolves"),
	[
		("complaint_handling.domain.clocks.due_at", True),
		("complaint_handling.domain.clocks", True),
		("complaint_handling.domain", True),
		("complaint_handling.domain.clocks.due_when", False),
		("complaint_handling.domain.clock.due_at", False),
		("complaint_handling.domain.states.ComplaintState.CLOSED", True),
		("complaint_handling.domain.states.NoState.CLOSED", False),
	],
)
def test_the_check_of_dotted_paths_tells_right_from_wrong(text, resolves):
	assert _resolves(text) is resolves


def _imported_modules(path: Path) -> Iterator[str]:
	for node in ast.walk(ast.parse(path.read_text())):
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names)
		elif isinstance(node, ast.ImportFrom):
			assert not node.level, f"{path.name} imports relatively"
			yield f"{node.module}.{node.names[0].name}" if node.module == f"{OWN}.domain" else node.module


def _patch_lines() -> list[str]:
	lines = (line.strip() for line in (PACKAGE / "patches.txt").read_text().splitlines())
	return [line for line in lines if line and not line.startswith(("#", "["))]


def _hook_strings() -> list[str]:
	tree = ast.parse((PACKAGE / "hooks.py").read_text())
	constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
	return [value for value in constants if isinstance(value, str)]


def _resolves(dotted: str) -> bool:
	"""Tell whether a dotted path names a module, or something at the top level of one."""
	parts = dotted.split(".")
	for length in range(len(parts), 0, -1):
		path = _module_file(".".join(parts[:length]))
		if path:
			return length == len(parts) or parts[length] in _top_level_names(path)
	return False


def _module_file(module: str) -> Path | None:
	base = REPOSITORY.joinpath(*module.split("."))
	candidates = (base.with_suffix(".py"), base / "__init__.py")
	return next((path for path in candidates if path.is_file()), None)


def _top_level_names(path: Path) -> set[str]:
	names: set[str] = set()
	for node in ast.parse(path.read_text()).body:
		if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
			names.add(node.name)
		elif isinstance(node, (ast.Import, ast.ImportFrom)):
			names |= {alias.asname or alias.name for alias in node.names}
		elif isinstance(node, ast.Assign):
			names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
		elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
			names.add(node.target.id)
	return names


def _asset_exists(text: str) -> bool:
	if text.startswith("/assets/"):
		return (PACKAGE / "public" / Path(text).relative_to(f"/assets/{OWN}")).is_file()
	if ".bundle." in text:
		return any((PACKAGE / "public").rglob(Path(text).name))
	return (PACKAGE / text).is_file()
