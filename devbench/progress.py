"""Steps shown with their seconds, commands run with their output kept, failures that say what to type."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from devbench.state import LOGS, held_locks

_TAIL_LINES = 25


class BenchError(Exception):
	"""Something is missing or broken; `command` is the one thing to type about it."""

	def __init__(self, message: str, command: str | None = None):
		super().__init__(message)
		self.command = command

	def __str__(self) -> str:
		text = super().__str__()
		return f"{text}\n\n  Type:  {self.command}\n" if self.command else text


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
	"""Show a step while it runs and the seconds it took when it ends."""
	print(f"  {name} ... ", end="", flush=True)
	start = time.monotonic()
	try:
		yield
	except BaseException:
		print(f"failed after {time.monotonic() - start:.1f} s", flush=True)
		raise
	print(f"{time.monotonic() - start:.1f} s", flush=True)


def run(
	command: Sequence[str | Path],
	log: str,
	failure: str,
	cwd: Path | None = None,
	environment: Mapping[str, str] | None = None,
	hint: str | None = None,
) -> str:
	"""Run a command to its end, keep its output in `logs/<log>.log` and return it.

	Raises BenchError with `failure`, the last lines and the place of the log when it does not end well.
	"""
	LOGS.mkdir(parents=True, exist_ok=True)
	path = LOGS / f"{log}.log"
	with open(path, "w", errors="replace") as handle:
		code = subprocess.run(
			[str(part) for part in command],
			cwd=cwd,
			env={**os.environ, **(environment or {})},
			stdin=subprocess.DEVNULL,
			stdout=handle,
			stderr=subprocess.STDOUT,
			pass_fds=held_locks(),
			check=False,
		).returncode
	output = path.read_text(errors="replace")
	if code:
		tail = "\n".join(f"    {line}" for line in output.splitlines()[-_TAIL_LINES:])
		raise BenchError(f"{failure} (exit code {code}). The end of {path}:\n{tail}", hint)
	return output


def say(text: str = "") -> None:
	"""Print a line at once, also when the output is a pipe."""
	print(text, file=sys.stdout, flush=True)
