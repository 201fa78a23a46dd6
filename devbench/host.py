"""Frappe on this machine: virtual environment, restored source, dependencies, the bench's folders."""

import os
import shutil
import sys
import zipfile
from pathlib import Path

from devbench import source
from devbench.progress import BenchError, run, step
from devbench.state import (
	APPS,
	BENCH,
	DOWNLOADS,
	PYTHON,
	REPOSITORY,
	SITES,
	STAND_IN,
	VENV,
	recall,
	remember,
	write_atomically,
)

OWN_APP = "complaint_handling"
REQUIREMENTS = REPOSITORY / "devbench" / "requirements.txt"
_WHEEL = DOWNLOADS / f"{source.PACKAGE}-{source.VERSION}-py3-none-any.whl"
_PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input")


# A pip that was killed leaves packages behind that look complete and are not: then begin from nothing.
_BEGUN = "begun"


def app_names() -> list[str]:
	"""Return the apps of the bench in the order of their installation."""
	return ["frappe", "erpnext", OWN_APP]


def ensure_host() -> None:
	"""Bring Frappe and its dependencies to where the bench looks for them; do only what is missing."""
	_ensure_environment()
	_ensure_wheel()
	_ensure_source()
	_ensure_dependencies()
	_link_apps()


def _ensure_environment() -> None:
	version = list(sys.version_info[:3])
	if PYTHON.exists() and recall("environment") == version and recall("dependencies") != _BEGUN:
		return
	with step("virtual environment"):
		run([sys.executable, "-m", "venv", "--clear", VENV], "venv", "The virtual environment was not made")
		remember("dependencies", None)
		remember("environment", version)


def _ensure_wheel() -> None:
	if _WHEEL.exists() and recall("wheel") == source.WHEEL_SHA256:
		return
	DOWNLOADS.mkdir(parents=True, exist_ok=True)
	with step(f"download of {source.PACKAGE} {source.VERSION}"):
		run(
			[*_PIP, "download", "--no-deps", "--dest", DOWNLOADS, f"{source.PACKAGE}=={source.VERSION}"],
			"download",
			"Frappe's wheel could not be downloaded; is the package index reachable",
		)
		found = source.sha256_of_file(_WHEEL)
		if found != source.WHEEL_SHA256:
			_WHEEL.unlink()
			raise BenchError(f"The wheel's sha256 is {found}, not {source.WHEEL_SHA256}: refused.")
		remember("wheel", found)


def _ensure_source() -> None:
	root = APPS / "frappe"
	if root.is_dir() and recall("source") == source.SOURCE_SHA256:
		return
	draft = root.with_name("frappe.draft")
	with step("Frappe's names restored and proven"):
		for leftover in (draft, root):
			shutil.rmtree(leftover, ignore_errors=True)
		found = source.unpack(_WHEEL, draft)
		if found != source.SOURCE_SHA256:
			raise BenchError(f"The restored source's digest is {found}, not {source.SOURCE_SHA256}: refused.")
		os.rename(draft, root)
		remember("source", found)


def _required_by_frappe() -> str:
	"""Return what the wheel asks for, one requirement a line."""
	with zipfile.ZipFile(_WHEEL) as archive:
		metadata = archive.read(f"{source.PACKAGE}-{source.VERSION}.dist-info/METADATA").decode()
	head = metadata.split("\n\n", 1)[0]
	lines = [line.partition(": ")[2] for line in head.splitlines() if line.startswith("Requires-Dist: ")]
	return "\n".join(lines) + "\n"


def _ensure_dependencies() -> None:
	wanted = source.blob_name(REQUIREMENTS.read_bytes())
	if recall("dependencies") == wanted:
		return
	asked = DOWNLOADS / "frappe-requirements.txt"
	write_atomically(asked, _required_by_frappe())
	remember("dependencies", _BEGUN)
	with step("Python dependencies (a minute or two)"):
		run(
			[*_PIP, "install", "--requirement", REQUIREMENTS, "--requirement", asked],
			"pip",
			"The Python dependencies could not be installed",
		)
		remember("dependencies", wanted)


def _link(link: Path, target: str) -> None:
	if link.is_symlink() and os.readlink(link) == target:
		return
	link.unlink(missing_ok=True)
	link.symlink_to(target, target_is_directory=True)


def _write_if_changed(path: Path, text: str) -> None:
	if not path.exists() or path.read_text() != text:
		write_atomically(path, text)


def _link_apps() -> None:
	"""Put the apps where Frappe looks for them: on the import path and under `apps/`."""
	for folder in (SITES, APPS, BENCH / "config", BENCH / "logs"):
		folder.mkdir(parents=True, exist_ok=True)
	_link(APPS / OWN_APP, os.path.relpath(REPOSITORY, APPS))
	_link(APPS / "erpnext", os.path.relpath(STAND_IN, APPS))
	roots = [APPS / "frappe", STAND_IN, REPOSITORY]
	packages = next((VENV / "lib").glob("python3.*/site-packages"))
	_write_if_changed(packages / "devbench.pth", "".join(f"{root}\n" for root in roots))
	_write_if_changed(SITES / "apps.txt", "\n".join(app_names()) + "\n")
