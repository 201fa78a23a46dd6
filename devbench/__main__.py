"""The commands of the dev bench: `python3 -m devbench <command>`, from the repository's root."""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from devbench import services
from devbench.progress import BenchError, say, step
from devbench.site import ensure_ready
from devbench.state import (
	ADMINISTRATOR_PASSWORD,
	DEMO_SITE,
	HOME,
	PYTHON,
	REPOSITORY,
	SITES,
	TEST_SITE,
	exclusive,
	is_only_user,
	recall,
)

# What MariaDB and Chromium can feed on one machine.
MAXIMUM_PROCESSES = 4


def _replace_process(command: Sequence[object], folder: os.PathLike[str]) -> None:
	"""Go on as another program, which then answers to the terminal and gives the exit code."""
	sys.stdout.flush()
	os.chdir(folder)
	os.execv(str(command[0]), [str(part) for part in command])


def _go_on_in_dev_bench(command: Sequence[object], folder: os.PathLike[str]) -> None:
	os.environ.update(services.bench_environment())
	_replace_process(command, folder)


def up(arguments: argparse.Namespace) -> None:
	"""Bring the dev bench up with its site, nothing served."""
	ensure_ready(arguments.site)
	say(f"The dev bench is up, site {arguments.site}.")


def test(arguments: argparse.Namespace) -> None:
	"""Run pytest, on the dev bench or with --bench PATH --site SITE on an existing one.

	A whole run on the dev bench is shared among processes, file by file, each with a site of its own.
	"""
	bench = _existing_bench(arguments.rest)
	if bench is None:
		ensure_ready(None)
		rest = arguments.rest or _shared_among(min(os.cpu_count() or 1, MAXIMUM_PROCESSES))
		_go_on_in_dev_bench([PYTHON, "-m", "pytest", *rest], REPOSITORY)
	python = bench / "env" / "bin" / "python"
	if not python.exists():
		raise BenchError(f"{bench} is not a bench: there is no {python}.")
	_replace_process([python, "-m", "pytest", *_with_equals_sign(arguments.rest)], REPOSITORY)


def _shared_among(processes: int) -> list[str]:
	return ["-n", str(processes), "--dist", "loadfile"] if processes > 1 else []


def _existing_bench(arguments: Sequence[str]) -> Path | None:
	"""Return the bench that pytest's arguments name."""
	parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
	parser.add_argument("--bench", type=Path)
	named = parser.parse_known_args(arguments)[0].bench
	return named and named.expanduser().resolve()


def _with_equals_sign(arguments: Sequence[str]) -> list[str]:
	"""Return the arguments with `--bench PATH` as one: apart, pytest takes the path for a folder of tests."""
	arguments = list(arguments)
	if "--bench" in arguments[:-1]:
		place = arguments.index("--bench")
		arguments[place : place + 2] = [f"--bench={arguments[place + 1]}"]
	return arguments


def bench(arguments: argparse.Namespace) -> None:
	"""Run a bench command on the dev bench, such as `bench --site test.localhost console`."""
	ensure_ready(TEST_SITE, assets=False)
	_go_on_in_dev_bench([PYTHON, "-m", "frappe.utils.bench_helper", "frappe", *arguments.rest], SITES)


def python(arguments: argparse.Namespace) -> None:
	"""Run the dev bench's Python in the `sites` folder."""
	ensure_ready(None)
	_go_on_in_dev_bench([PYTHON, *arguments.rest], SITES)


def serve(arguments: argparse.Namespace) -> None:
	"""Serve a site until Ctrl-C: Desk, scheduler and worker."""
	_refuse_to_serve_twice()
	with _up_for_now(arguments.site):
		_serve(arguments.site)


def _refuse_to_serve_twice() -> None:
	if services.SERVED["web"].is_running():
		raise BenchError(f"The Desk is served already, on port {services.web_port()}.", "make stop")


@contextlib.contextmanager
def _up_for_now(site: str) -> Iterator[None]:
	"""Bring the dev bench up; stop at the end what was started for it, unless others use it by then."""
	started = ensure_ready(site)
	try:
		yield
	finally:
		if started and is_only_user():
			with step("MariaDB and Redis stopped"):
				services.stop_all()


def _serve(site: str) -> None:
	try:
		services.start_serving(site)
		_announce(site)
		_wait_for_the_end()
	finally:
		with step("web server, worker and scheduler stopped"):
			services.stop_serving()


def _announce(site: str) -> None:
	say()
	say(f"  Desk of {site}:  http://127.0.0.1:{services.web_port()}/app")
	say(f"  Account:  Administrator, password {ADMINISTRATOR_PASSWORD}")
	say("  Stop with Ctrl-C.")
	say()


def _wait_for_the_end() -> None:
	signal.signal(signal.SIGTERM, signal.default_int_handler)
	try:
		while True:
			time.sleep(1)
			for service in services.SERVED.values():
				if not service.is_running():
					raise BenchError(f"The {service.name} ended; see {service.log}.")
	except KeyboardInterrupt:
		say()


def stop(arguments: argparse.Namespace) -> None:
	"""Stop every service of the dev bench."""
	stopped = services.stop_all()
	if not arguments.quiet:
		say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")


def status(arguments: argparse.Namespace) -> None:
	"""Show the services and the sites."""
	ports = recall("ports", {})
	for service in services.all_services():
		pid = service.pid()
		port = f"port {ports[service.name]}" if service.name in ports else ""
		say(f"  {service.name:<14} {f'runs, pid {pid}' if pid else 'stopped':<18} {port}")
	for site, facts in sorted(recall("sites", {}).items()):
		state = ", ".join(facts.get("apps", [])) if facts.get("made") else "not finished"
		say(f"  site {site:<24} {state}")


def clean(arguments: argparse.Namespace) -> None:
	"""Stop everything and throw the dev bench away."""
	services.stop_all()
	with exclusive():
		shutil.rmtree(HOME, ignore_errors=True)
	say("The dev bench is gone; the next command makes a new one.")


def demo(arguments: argparse.Namespace) -> None:
	"""Play the demo's case through the workflow, then serve the Desk."""
	if arguments.serve:
		_refuse_to_serve_twice()
	with _up_for_now(DEMO_SITE):
		address = f"http://127.0.0.1:{services.web_port()}"
		command = [str(PYTHON), "-m", "devbench.demo", "--site", DEMO_SITE, "--address", address]
		environment = {**os.environ, **services.bench_environment()}
		played = subprocess.run(command, cwd=SITES, env=environment, check=False)
		if played.returncode:
			raise SystemExit(played.returncode)
		if arguments.serve:
			_serve(DEMO_SITE)


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(prog="python3 -m devbench", description=__doc__)
	commands = parser.add_subparsers(required=True, metavar="command")
	for function in (up, serve, demo, test, bench, python, stop, status, clean):
		command = commands.add_parser(
			function.__name__, help=function.__doc__, add_help=function not in _PASSING_ON
		)
		command.set_defaults(function=function)
		if function in (up, serve):
			default = DEMO_SITE if function is serve else TEST_SITE
			command.add_argument("--site", default=default, help=f"the site, {default} unless told")
		if function is demo:
			command.add_argument("--no-serve", dest="serve", action="store_false", help="end after the case")
		if function is stop:
			command.add_argument("--quiet", action="store_true", help="print nothing")
	return parser


_PASSING_ON = (test, bench, python)


def main() -> None:
	names = {function.__name__: function for function in _PASSING_ON}
	if len(sys.argv) > 1 and sys.argv[1] in names:
		arguments = argparse.Namespace(function=names[sys.argv[1]], rest=sys.argv[2:])
	else:
		arguments = _parser().parse_args()
	try:
		arguments.function(arguments)
	except BenchError as error:
		print(f"\n{error}", file=sys.stderr)
		raise SystemExit(1)
	except KeyboardInterrupt:
		print("\nInterrupted; the next command goes on from here.", file=sys.stderr)
		raise SystemExit(130)


if __name__ == "__main__":
	main()
