"""What the machine must offer: a Python that Frappe runs on and a few Debian packages."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from devbench.progress import BenchError, run, step

_PYTHONS = ((3, 10), (3, 11))
_NODE_MAJOR = 18
_POLICY = Path("/usr/sbin/policy-rc.d")
_CJK_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

# What proves that a package is there: a program on the path or a file.
_PROOFS = {
	"mariadb-server": "mariadbd",
	"mariadb-client": "mariadb",
	"redis-server": "redis-server",
	"wkhtmltopdf": "wkhtmltopdf",
	"fonts-noto-cjk": _CJK_FONT,
	"chromium": "chromium",
	"poppler-utils": "pdftoppm",
}


def check_python() -> None:
	"""Refuse a Python that the dev bench's Frappe does not run on."""
	if sys.version_info[:2] not in _PYTHONS:
		found = ".".join(map(str, sys.version_info[:3]))
		better = next((name for name in ("python3.11", "python3.10") if shutil.which(name)), None)
		raise BenchError(
			f"The dev bench needs Python 3.10 or 3.11; this is {found}.",
			f"make {' '.join(sys.argv[1:2]) or 'test'} PYTHON={better}"
			if better
			else "apt-get install python3.11 python3.11-venv",
		)


def _is_there(proof: str) -> bool:
	if proof.startswith("/"):
		return Path(proof).exists()
	return shutil.which(proof, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") is not None


def _node_is_new_enough() -> bool:
	if not (shutil.which("node") and shutil.which("npm")):
		return False
	answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
	major = answer.strip().lstrip("v").split(".")[0]
	return major.isdigit() and int(major) >= _NODE_MAJOR


def _can_make_environments() -> bool:
	try:
		import ensurepip
		import venv
	except ImportError:
		return False
	return True


def missing_packages() -> list[str]:
	"""Return the names of the Debian packages that are still to be installed."""
	missing = [package for package, proof in _PROOFS.items() if not _is_there(proof)]
	if not _node_is_new_enough():
		missing += ["nodejs", "npm"]
	if not _can_make_environments():
		missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
	return missing


def install_command(packages: Iterable[str]) -> list[str]:
	"""Return the one command that installs `packages` without recommendations and questions."""
	return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def _root_prefix() -> list[str] | None:
	"""Return what to put before a command to run it as root, None when there is no way without questions."""
	if os.geteuid() == 0:
		return []
	if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
		return ["sudo", "-n"]
	return None


def _as_root(command: str) -> str:
	"""Return what to type to run `command` as root."""
	if os.geteuid() == 0:
		return command
	return f"sudo sh -c '{command}'" if shutil.which("sudo") else f"su -c '{command}'"


class _ServicesStayDown:
	"""Keep apt from starting the system services of the packages it installs."""

	def __init__(self, prefix: list[str]):
		self.prefix = prefix
		self.ours = False

	def __enter__(self) -> None:
		if _POLICY.exists():
			return
		with tempfile.NamedTemporaryFile("w", suffix=".policy", delete=False) as draft:
			draft.write("#!/bin/sh\nexit 101\n")
		subprocess.run([*self.prefix, "install", "-m", "755", draft.name, str(_POLICY)], check=False)
		os.unlink(draft.name)
		self.ours = True

	def __exit__(self, *exception: object) -> None:
		if self.ours:
			subprocess.run([*self.prefix, "rm", "-f", str(_POLICY)], check=False)


def _keep_from_starting_at_boot(prefix: list[str], packages: list[str]) -> None:
	units = {"mariadb-server": "mariadb", "redis-server": "redis-server"}
	wanted = [unit for package, unit in units.items() if package in packages]
	if wanted and Path("/run/systemd/system").exists():
		subprocess.run([*prefix, "systemctl", "disable", *wanted], capture_output=True, check=False)


def ensure_packages() -> None:
	"""Install the Debian packages that are missing, or stop with the command that does."""
	missing = missing_packages()
	if not missing:
		return
	command = install_command(missing)
	spelled = _as_root(f"apt-get update && {' '.join(command)}")
	prefix = _root_prefix()
	if not shutil.which("apt-get"):
		raise BenchError(
			f"Missing: {', '.join(missing)}. Only Debian and its relatives are supported.", spelled
		)
	if prefix is None:
		raise BenchError(
			f"Missing Debian packages: {', '.join(missing)}. Root is needed to install them.", spelled
		)
	environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
	with step(f"Debian packages: {' '.join(missing)}"), _ServicesStayDown(prefix):
		failure = "Debian packages could not be installed"
		run([*environment, "apt-get", "update"], "apt", failure, hint=spelled)
		run([*environment, *command], "apt", failure, hint=spelled)
	_keep_from_starting_at_boot(prefix, missing)
	if still := missing_packages():
		raise BenchError(f"apt-get ended well, yet these are still missing: {', '.join(still)}.", spelled)
