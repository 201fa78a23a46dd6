"""Private background processes: started once, recognised later, stopped cleanly. Linux only."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devbench.progress import BenchError
from devbench.state import HOME, LOGS, recall, remember

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the ports of outgoing connections.
_PORTS = range(18000, 28000)
_MARK = "DEVBENCH_SERVICE"


def is_free(port: int) -> bool:
	"""Tell whether a server could listen on this port of the loopback address."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((LOOPBACK, port))
		except OSError:
			return False
	return True


def choose_port(preferred: Iterable[int], taken: Iterable[int], free: Callable[[int], bool] = is_free) -> int:
	"""Return the first of `preferred` that is free and not `taken`, else any free one."""
	taken = set(taken)
	candidates = [*preferred, *random.sample(_PORTS, 200)]
	for port in candidates:
		if port not in taken and free(port):
			return port
	raise BenchError("No free port was found on the loopback address.")


def port_of(name: str, preferred: Iterable[int] = ()) -> int:
	"""Return the remembered port of a service, chosen anew when somebody else took it meanwhile."""
	ports = recall("ports", {})
	known = ports.get(name)
	if known and (Service(name).is_running() or is_free(known)):
		return known
	others = [port for other, port in ports.items() if other != name]
	chosen = choose_port(preferred, others)
	remember("ports", recall("ports", {}) | {name: chosen})
	return chosen


@dataclass(frozen=True)
class Process:
	"""A running process that carries the mark of one of the services."""

	pid: int
	service: str
	started: int
	leads: bool


def marked_processes() -> list[Process]:
	"""Return the processes that this dev bench started and their children, the oldest first."""
	found = [_read_process(int(entry)) for entry in os.listdir("/proc") if entry.isdigit()]
	return sorted((process for process in found if process), key=lambda process: process.started)


def _read_process(pid: int) -> Process | None:
	"""Return what is known of a process of ours; None for anybody else's, ended ones and zombies."""
	try:
		environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
		service = next((_marked(variable) for variable in environment if _marked(variable)), None)
		if not service:
			return None
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return None
	return Process(pid, service, started=int(fields[19]), leads=int(fields[3]) == pid)


def _marked(variable: bytes) -> str | None:
	"""Return the name of the service when this environment variable is the mark of this dev bench."""
	name, _, value = os.fsdecode(variable).partition("=")
	service, _, home = value.partition("@")
	return service if name == _MARK and home == str(HOME) else None


def answers(port: int) -> bool:
	"""Tell whether somebody listens on this port."""
	with socket.socket() as client:
		client.settimeout(1)
		return client.connect_ex((LOOPBACK, port)) == 0


@dataclass(frozen=True)
class Service:
	"""One background process, known by name.

	It is recognised by a mark in its environment, not by a file with its number: a file may be lost or
	outlive its process, and the number may be another's by then.
	"""

	name: str

	@property
	def log(self) -> Path:
		return LOGS / f"{self.name}.log"

	def _processes(self) -> list[Process]:
		return [process for process in marked_processes() if process.service == self.name]

	def pid(self) -> int | None:
		"""Return the number of the running process, None when it does not run."""
		return next((process.pid for process in self._processes() if process.leads), None)

	def is_running(self) -> bool:
		return self.pid() is not None

	def start(
		self,
		command: Sequence[str | Path],
		is_ready: Callable[[], bool],
		cwd: Path | None = None,
		environment: dict[str, str] | None = None,
		seconds: float = 60,
	) -> int:
		"""Start the process apart from this terminal, wait until it is ready, return its number."""
		if running := self.pid():
			return running
		LOGS.mkdir(parents=True, exist_ok=True)
		with open(self.log, "ab") as log:
			process = subprocess.Popen(
				[str(part) for part in command],
				cwd=cwd or HOME,
				env={**os.environ, **(environment or {}), _MARK: f"{self.name}@{HOME}"},
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)
		# Just after it began, a process does not show its environment yet: not started until it is recognised.
		self._wait_until(lambda: self.is_running() and is_ready(), process, seconds)
		return process.pid

	def _wait_until(self, is_ready: Callable[[], bool], process: subprocess.Popen, seconds: float) -> None:
		deadline = time.monotonic() + seconds
		while not is_ready():
			late = time.monotonic() > deadline
			if process.poll() is not None or late:
				self.stop(seconds=5)
				reason = "was not ready in time" if late else f"ended with exit code {process.returncode}"
				raise BenchError(f"{self.name} {reason}. The end of {self.log}:\n{_tail(self.log)}")
			time.sleep(0.05)

	def stop(self, seconds: float = 30) -> bool:
		"""Ask the process to end, insist after `seconds`; tell whether it ran."""
		pid = self.pid()
		if pid is None:
			return False
		os.kill(pid, signal.SIGTERM)
		deadline = time.monotonic() + seconds
		while (left := self._left(pid)) and time.monotonic() < deadline:
			time.sleep(0.05)
		for process in left:
			with contextlib.suppress(ProcessLookupError):
				os.kill(process.pid, signal.SIGKILL)
		return True

	def _left(self, pid: int) -> list[Process]:
		_reap(pid)
		return self._processes()


def _reap(pid: int) -> None:
	"""Take notice of the end of a child, which would otherwise stay as a zombie."""
	try:
		os.waitpid(pid, os.WNOHANG)
	except ChildProcessError:
		return


def _tail(path: Path, lines: int = 20) -> str:
	text = path.read_text(errors="replace") if path.exists() else ""
	return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
