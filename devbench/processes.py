"""Private background processes: started once, recognised later, stopped cleanly. Linux only."""

import json
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
from devbench.state import HOME, LOGS, RUN, recall, remember, write_atomically

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the ports of outgoing connections.
_PORTS = range(18000, 28000)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


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


def started_at(pid: int) -> str | None:
	"""Return when the kernel started a process (boot and clock tick), None when there is no such process."""
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return None
	return None if fields[0] == "Z" else f"{_BOOT.read_text().strip()} {fields[19]}"


def answers(port: int) -> bool:
	"""Tell whether somebody listens on this port."""
	with socket.socket() as client:
		client.settimeout(1)
		return client.connect_ex((LOOPBACK, port)) == 0


@dataclass(frozen=True)
class Service:
	"""One background process, known by name; its pid file also holds the start time of the process,
	so that another process that got the same number later is never taken for it."""

	name: str

	@property
	def pid_file(self) -> Path:
		return RUN / f"{self.name}.json"

	@property
	def log(self) -> Path:
		return LOGS / f"{self.name}.log"

	def pid(self) -> int | None:
		"""Return the number of the running process, None when it does not run (a stale file is removed)."""
		try:
			kept = json.loads(self.pid_file.read_text())
			if started_at(kept["pid"]) == kept["started_at"]:
				return kept["pid"]
		except FileNotFoundError:
			return None
		except (OSError, ValueError, KeyError, TypeError):
			pass
		self.pid_file.unlink(missing_ok=True)
		return None

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
		for folder in (LOGS, RUN):
			folder.mkdir(parents=True, exist_ok=True)
		with open(self.log, "ab") as log:
			process = subprocess.Popen(
				[str(part) for part in command],
				cwd=cwd or HOME,
				env={**os.environ, **(environment or {})},
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)
		kept = {"pid": process.pid, "started_at": started_at(process.pid)}
		write_atomically(self.pid_file, json.dumps(kept))
		self._wait_until(is_ready, process, seconds)
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
		while self._is_alive(pid) and time.monotonic() < deadline:
			time.sleep(0.05)
		if self._is_alive(pid):
			os.killpg(pid, signal.SIGKILL)
		self.pid_file.unlink(missing_ok=True)
		return True

	def _is_alive(self, pid: int) -> bool:
		_reap(pid)
		return self.pid() == pid


def _reap(pid: int) -> None:
	"""Take notice of the end of a child, which would otherwise stay as a zombie."""
	try:
		os.waitpid(pid, os.WNOHANG)
	except ChildProcessError:
		return


def _tail(path: Path, lines: int = 20) -> str:
	text = path.read_text(errors="replace") if path.exists() else ""
	return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
