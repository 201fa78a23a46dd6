"""MariaDB and Redis of the dev bench, the web server, the scheduler and the worker."""

import getpass
import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from devbench.processes import LOOPBACK, Service, answers, marked_processes, port_of
from devbench.progress import run, step
from devbench.state import (
	HOME,
	LOGS,
	PYTHON,
	REPOSITORY,
	RUN,
	SITES,
	remember,
	remembered_secret,
	write_atomically,
)

_SYSTEM_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_DATA = HOME / "mariadb"

# A process title of its own would be written over the environment by which a service is recognised.
_KEEP_ENVIRONMENT = ("--set-proc-title", "no")

DATABASE = Service("mariadb")
CACHE_SERVER = Service("redis-cache")
QUEUE_SERVER = Service("redis-queue")
SERVED = {"web": Service("web"), "worker": Service("worker"), "scheduler": Service("scheduler")}


def _program(name: str) -> str:
	return shutil.which(name, path=_SYSTEM_PATH) or name


def root_password() -> str:
	"""Return the database's root password."""
	return remembered_secret("database_root_password")


def _socket_path() -> Path:
	"""Return a path short enough for a Unix socket, whatever the repository's place is."""
	path = RUN / "mariadb.sock"
	if len(str(path)) < 100:
		return path
	return Path("/tmp") / f"devbench-{hashlib.sha1(str(HOME).encode()).hexdigest()[:12]}.sock"


def _initialise_database() -> None:
	"""Make an empty data directory; it appears under its name only when complete."""
	if _DATA.is_dir():
		return
	draft = HOME / "mariadb.draft"
	shutil.rmtree(draft, ignore_errors=True)
	with step("empty database"):
		remember("sites", {})
		run(
			[
				_program("mariadb-install-db"),
				"--no-defaults",
				f"--user={getpass.getuser()}",
				f"--datadir={draft}",
				"--auth-root-authentication-method=normal",
				"--skip-test-db",
			],
			"mariadb-install",
			"MariaDB could not make its data directory",
		)
		os.rename(draft, _DATA)


def _write_accounts_file() -> Path:
	"""Write what MariaDB runs at each start: one root with a password, nobody anonymous.

	Anonymous accounts would shadow the accounts of the sites.
	"""
	path = RUN / "mariadb-accounts.sql"
	password = root_password()
	statements = [
		"DELETE FROM mysql.global_priv WHERE User = ''",
		"DELETE FROM mysql.global_priv WHERE User = 'root' AND Host NOT IN ('localhost', '127.0.0.1')",
		"FLUSH PRIVILEGES",
	]
	for host in ("localhost", LOOPBACK):
		statements += [
			f"CREATE OR REPLACE USER 'root'@'{host}' IDENTIFIED BY '{password}'",
			f"GRANT ALL PRIVILEGES ON *.* TO 'root'@'{host}' WITH GRANT OPTION",
		]
	write_atomically(path, "".join(f"{statement};\n" for statement in statements), 0o600)
	return path


def _database_greets(port: int) -> bool:
	"""Tell whether MariaDB accepts connections: it speaks first."""
	try:
		with socket.create_connection((LOOPBACK, port), timeout=2) as client:
			return len(client.recv(8)) > 4
	except OSError:
		return False


def _start_database() -> None:
	port = port_of("mariadb")
	_initialise_database()
	with step(f"MariaDB on port {port}"):
		DATABASE.start(
			[
				_program("mariadbd"),
				"--no-defaults",
				f"--user={getpass.getuser()}",
				f"--datadir={_DATA}",
				f"--socket={_socket_path()}",
				f"--pid-file={RUN / 'mariadbd.pid'}",
				f"--port={port}",
				f"--bind-address={LOOPBACK}",
				f"--init-file={_write_accounts_file()}",
				"--skip-name-resolve",
				"--character-set-server=utf8mb4",
				"--collation-server=utf8mb4_unicode_ci",
				"--innodb-buffer-pool-size=256M",
				"--innodb-flush-log-at-trx-commit=2",
				"--max-allowed-packet=64M",
			],
			lambda: _database_greets(port),
			seconds=120,
		)


def _start_redis(service: Service, *options: str) -> None:
	port = port_of(service.name)
	folder = HOME / service.name
	folder.mkdir(parents=True, exist_ok=True)
	command = [_program("redis-server"), "--port", str(port), "--bind", LOOPBACK, "--dir", str(folder)]
	with step(f"{service.name} on port {port}"):
		service.start(
			[*command, "--save", "", "--appendonly", "no", *_KEEP_ENVIRONMENT, *options],
			lambda: answers(port),
		)


def start_stores() -> bool:
	"""Start MariaDB and Redis where they do not run yet; tell whether any had to be started."""
	starters: list[tuple[Service, Callable[[], None]]] = [
		(DATABASE, _start_database),
		(
			CACHE_SERVER,
			lambda: _start_redis(CACHE_SERVER, "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"),
		),
		(QUEUE_SERVER, lambda: _start_redis(QUEUE_SERVER)),
	]
	missing = [start for service, start in starters if not service.is_running()]
	RUN.mkdir(parents=True, exist_ok=True)
	for start in missing:
		start()
	_write_common_configuration()
	return bool(missing)


def _write_common_configuration() -> None:
	"""Tell Frappe the ports. No mail leaves the dev bench."""
	configuration = {
		"db_host": LOOPBACK,
		"db_port": port_of("mariadb"),
		"redis_cache": f"redis://{LOOPBACK}:{port_of('redis-cache')}",
		"redis_queue": f"redis://{LOOPBACK}:{port_of('redis-queue')}",
		"redis_socketio": f"redis://{LOOPBACK}:{port_of('redis-cache')}",
		"webserver_port": web_port(),
		"socketio_port": port_of("socketio", (9000,)),
		"mute_emails": 1,
		"developer_mode": 0,
	}
	path = SITES / "common_site_config.json"
	text = json.dumps(configuration, indent=1, sort_keys=True) + "\n"
	if not path.exists() or path.read_text() != text:
		write_atomically(path, text)


def dump_database(name: str, target: Path) -> None:
	"""Write a database as SQL."""
	account = [
		f"--host={LOOPBACK}",
		f"--port={port_of('mariadb')}",
		"--user=root",
		f"--password={root_password()}",
	]
	options = ["--no-defaults", *account, "--single-transaction", "--quick", f"--result-file={target}"]
	run([_program("mariadb-dump"), *options, name], "dump", "The database could not be dumped")


def web_port() -> int:
	"""Return the port on which the dev bench serves the Desk."""
	return port_of("web", (8000, 8001, 8002))


def flush_cache() -> None:
	"""Empty Redis' cache, as after a change of the app's files."""
	with socket.create_connection((LOOPBACK, port_of("redis-cache")), timeout=10) as client:
		client.sendall(b"FLUSHALL\r\n")
		client.recv(64)


def bench_environment() -> dict[str, str]:
	"""Return what a process of the bench needs beyond this one's environment."""
	return {
		"PATH": f"{PYTHON.parent}:{_SYSTEM_PATH}",
		"PYTHONUNBUFFERED": "1",
		"LANG": "C.UTF-8",
		"LC_ALL": "C.UTF-8",
		"SITES_PATH": str(SITES),
	}


def start_web(service: Service, sites: Path, site: str, port: int, python: str | Path = PYTHON) -> None:
	"""Start a web server for one site of any bench on the loopback address."""
	command = [python, "-m", "gunicorn", "devbench.wsgi:application", "--bind", f"{LOOPBACK}:{port}"]
	options = ["--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "5", "--preload"]
	environment = bench_environment() | {
		"SITES_PATH": str(sites),
		"DEVBENCH_SITE": site,
		"PYTHONPATH": str(REPOSITORY),
	}
	service.start([*command, *options], lambda: answers(port), cwd=sites, environment=environment)


def _start_bench_process(name: str, *arguments: str) -> None:
	command = [PYTHON, "-m", "frappe.utils.bench_helper", "frappe", *arguments]
	SERVED[name].start(command, lambda: True, cwd=SITES, environment=bench_environment())


def start_serving(site: str) -> None:
	"""Start the web server, the scheduler and one worker."""
	port = web_port()
	with step(f"web server for {site} on port {port}"):
		start_web(SERVED["web"], SITES, site, port)
	with step("worker and scheduler"):
		_start_bench_process("worker", "worker", "--queue", "default,short,long")
		_start_bench_process("scheduler", "schedule")


def all_services() -> list[Service]:
	"""Return every service that may run, in the order in which they are stopped."""
	known = [*SERVED.values(), CACHE_SERVER, QUEUE_SERVER, DATABASE]
	names = {service.name for service in known}
	others = {process.service for process in marked_processes()} - names
	return [*(Service(name) for name in sorted(others)), *known]


def stop_serving() -> None:
	"""Stop the web server, the scheduler and the worker."""
	for service in SERVED.values():
		service.stop()


def stop_all() -> list[str]:
	"""Stop every service and return the names of those that ran."""
	return [service.name for service in all_services() if service.stop()]
