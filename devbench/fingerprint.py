"""Digests of the files that, when changed, ask for work: a migration, a build, an emptied cache."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from devbench.state import REPOSITORY, STAND_IN

APP = REPOSITORY / "complaint_handling"

_IGNORED_FOLDERS = {"__pycache__", "node_modules", ".devbench", ".git", "dist"}
_SCHEMA_NAMES = {"hooks.py", "modules.txt", "patches.txt", "install.py", "constants.py"}
_SCHEMA_FOLDERS = {"setup", "patches", "fixtures"}


def files_under(root: Path) -> Iterator[Path]:
	"""Yield the files under `root`, linked folders included, in a fixed order."""
	for folder, folders, names in os.walk(root, followlinks=True):
		folders[:] = sorted(set(folders) - _IGNORED_FOLDERS)
		yield from (Path(folder, name) for name in sorted(names) if not name.endswith((".pyc", ".draft")))


def digest(files: Iterable[tuple[Path, Path]]) -> str:
	"""Return one digest over (root, file) pairs: paths below the root and contents."""
	total = hashlib.sha256()
	for root, path in files:
		try:
			content = b"" if path.is_dir() else path.read_bytes()
		except FileNotFoundError:
			continue
		total.update(f"{path.relative_to(root)}\0{len(content)}\0".encode())
		total.update(content)
	return total.hexdigest()


def is_schema(relative: Path) -> bool:
	"""Tell whether a change of this file of an app asks for `migrate`."""
	if "public" in relative.parts:
		return False
	is_record = relative.suffix == ".json"
	return is_record or relative.name in _SCHEMA_NAMES or bool(_SCHEMA_FOLDERS & set(relative.parts[:-1]))


def asset_files(public: Path) -> Iterator[Path]:
	"""Yield what the build of an app's assets depends on.

	Without a bundle to build, public files are linked as they are: then only the top of the folder counts.
	"""
	files = list(files_under(public))
	if any(".bundle." in path.name for path in files):
		yield from files
	elif public.is_dir():
		yield from (path for path in sorted(public.iterdir()) if path.name not in _IGNORED_FOLDERS)


def _app_roots() -> list[Path]:
	return [root for root in (APP, STAND_IN / "erpnext") if root.is_dir()]


def _of_apps(wanted: Callable[[Path], bool]) -> str:
	pairs = ((root, path) for root in _app_roots() for path in files_under(root))
	return digest((root, path) for root, path in pairs if wanted(path.relative_to(root)))


def schema_fingerprint() -> str:
	"""Return the digest of everything that `migrate` brings to a site."""
	return _of_apps(is_schema)


def source_fingerprint() -> str:
	"""Return the digest of every file of the apps: what Redis may hold a stale copy of."""
	return _of_apps(lambda relative: True)


def stand_in_fingerprint() -> str:
	"""Return the digest of the ERPNext stand-in: what a fresh site is made of beside Frappe."""
	return digest((STAND_IN, path) for path in files_under(STAND_IN) if is_schema(path.relative_to(STAND_IN)))


def asset_fingerprint(builder: Path) -> str:
	"""Return the digest of what the apps' assets are built from, the builder's own files included."""
	public = ((root, path) for root in _app_roots() for path in asset_files(root / "public"))
	own = ((builder, path) for path in files_under(builder) if path.suffix != ".md")
	return digest((*public, *own))
