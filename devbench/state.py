"""Where the dev bench keeps its things, and what it remembers between two runs."""

import contextlib
import fcntl
import json
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).resolve().parent.parent
HOME = REPOSITORY / ".devbench"

VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
DOWNLOADS = HOME / "downloads"
BENCH = HOME / "bench"
APPS = BENCH / "apps"
SITES = BENCH / "sites"
LOGS = HOME / "logs"
RUN = HOME / "run"
NODE = HOME / "node"
CACHE = HOME / "cache"

STAND_IN = REPOSITORY / "devbench" / "erpnext"
ASSET_BUILDER = REPOSITORY / "devbench" / "assets"

TEST_SITE = "test.localhost"
DEMO_SITE = "demo.localhost"
TIME_ZONE = "Asia/Shanghai"
ADMINISTRATOR_PASSWORD = "admin"

_STATE_FILE = HOME / "state.json"


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
	"""Replace `path` in one step, so that a kill leaves either the old file or the new one."""
	path.parent.mkdir(parents=True, exist_ok=True)
	draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
	descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
	with os.fdopen(descriptor, "w") as handle:
		handle.write(text)
	os.replace(draft, path)


def remembered() -> dict[str, Any]:
	"""Return everything remembered; an empty dict when nothing is, or when the file is damaged."""
	try:
		return json.loads(_STATE_FILE.read_text())
	except (OSError, ValueError):
		return {}


def recall(key: str, default: Any = None) -> Any:
	"""Return what is remembered under `key`."""
	return remembered().get(key, default)


def remember(key: str, value: Any) -> None:
	"""Keep `value` under `key` until `make clean`. Call it only when the fact is true on disk."""
	write_atomically(_STATE_FILE, json.dumps(remembered() | {key: value}, indent=1, sort_keys=True), 0o600)


def remembered_secret(key: str) -> str:
	"""Return the password remembered under `key`, made at its first use."""
	if not recall(key):
		remember(key, secrets.token_hex(12))
	return recall(key)


_locks: list[int] = []


@contextlib.contextmanager
def exclusive() -> Iterator[None]:
	"""Let one process at a time change the dev bench; the others wait and say so."""
	HOME.mkdir(parents=True, exist_ok=True)
	with open(HOME / "lock", "w") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			print(
				"Another command is preparing the dev bench; waiting for it ...", file=sys.stderr, flush=True
			)
			fcntl.flock(handle, fcntl.LOCK_EX)
		_locks.append(handle.fileno())
		try:
			yield
		finally:
			_locks.clear()


def held_locks() -> tuple[int, ...]:
	"""Return what a command run under the lock inherits, so that it holds the lock should we be killed."""
	return tuple(_locks)


_users: list[IO[str]] = []


def use() -> None:
	"""Count this process, and what it goes on as, among the users of MariaDB and Redis until it ends."""
	if not _users:
		handle = open(HOME / "users", "w")  # noqa: SIM115
		os.set_inheritable(handle.fileno(), True)
		fcntl.flock(handle, fcntl.LOCK_SH)
		_users.append(handle)


def is_only_user() -> bool:
	"""Tell whether no other process uses MariaDB and Redis; from then on others wait to use them."""
	try:
		fcntl.flock(_users[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
	except BlockingIOError:
		return False
	return True
