"""Brings the tests to a host: the dev bench by itself, or an existing bench with `--bench` and `--site`.

Tests under `tests/unit` need no host. All others run inside one connection to the site; whatever a test
writes is rolled back after it.
"""

import contextlib
import inspect
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
	sys.path.insert(0, str(REPOSITORY))

_DEFAULT_SITE = "test.localhost"


@dataclass(frozen=True)
class Host:
	"""The bench and the site that the tests run on."""

	sites: Path
	site: str
	is_dev_bench: bool

	def bench(self, site: str, *arguments: str) -> subprocess.CompletedProcess[str]:
		"""Run a bench command on a site of this bench in a process of its own and return what it said.

		The test connection sees what the command committed only after `frappe.db.rollback()`.
		"""
		command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *arguments]
		return subprocess.run(
			command, cwd=self.sites, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
		)


@dataclass(frozen=True)
class WebServer:
	"""A web server for the site under test. What it shall see must be committed."""

	address: str
	site: str


def pytest_addoption(parser: pytest.Parser) -> None:
	group = parser.getgroup("bench", "the bench to test on")
	group.addoption(
		"--bench", metavar="PATH", help="an existing bench; without it the dev bench is brought up"
	)
	group.addoption("--site", metavar="SITE", help=f"the site; {_DEFAULT_SITE} on the dev bench unless told")
	group.addoption(
		"--scratch-site", metavar="SITE", help="a site with the app that tests may change for good"
	)


def _needs_host(item: pytest.Item) -> bool:
	return (REPOSITORY / "tests" / "unit") not in item.path.parents


@contextlib.contextmanager
def _progress_shown(config: pytest.Config) -> Iterator[None]:
	"""Let the dev bench print its steps, and end the session plainly when one fails."""
	from devbench.progress import BenchError

	capture = config.pluginmanager.getplugin("capturemanager")
	try:
		with capture.global_and_fixture_disabled():
			print()
			yield
	except BenchError as error:
		pytest.exit(str(error), returncode=3)


def _existing_bench(config: pytest.Config) -> Host:
	sites = Path(config.getoption("--bench")).expanduser().resolve() / "sites"
	site = config.getoption("--site")
	if not site:
		raise pytest.UsageError("--bench needs --site: which site of that bench shall be tested?")
	if not (sites / site / "site_config.json").exists():
		raise pytest.UsageError(f"{sites / site} is not a site.")
	return Host(sites, site, is_dev_bench=False)


def _own_site() -> str:
	"""Return the site of this process: whole runs share the work among several, each on a site of its own."""
	worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
	return _DEFAULT_SITE if worker == "gw0" else f"test-{worker}.localhost"


def _dev_bench(config: pytest.Config) -> Host:
	from devbench.site import ensure_ready
	from devbench.state import SITES

	site = config.getoption("--site") or _own_site()
	with _progress_shown(config):
		ensure_ready(site)
	return Host(SITES, site, is_dev_bench=True)


def pytest_configure(config: pytest.Config) -> None:
	"""Refuse a Python that holds no Frappe, and say how to get to the one that does."""
	from devbench.state import VENV

	if not config.getoption("--bench") and Path(sys.prefix).resolve() != VENV.resolve():
		raise pytest.UsageError(
			'This Python is not the dev bench\'s. Type: make test ARGS="..." (it prepares the dev bench and runs '
			"pytest there), or name a bench of your own with --bench PATH --site SITE."
		)


@pytest.fixture(scope="session")
def host(request: pytest.FixtureRequest) -> Host:
	"""The bench and site under test, up and ready."""
	return (
		_existing_bench(request.config) if request.config.getoption("--bench") else _dev_bench(request.config)
	)


@pytest.fixture(scope="session", autouse=True)
def site_connection(request: pytest.FixtureRequest) -> Iterator[None]:
	"""Connect to the site once, before the first test class is set up. Unit tests alone need none."""
	if not any(_needs_host(item) for item in request.session.items):
		yield
		return
	host = request.getfixturevalue("host")
	import frappe

	before = os.getcwd()
	os.chdir(host.sites)
	frappe.init(site=host.site, sites_path=".")
	frappe.connect()
	frappe.flags.in_test = True
	with contextlib.suppress(AttributeError):
		frappe.in_test = True
	frappe.set_user("Administrator")
	frappe.db.commit()
	try:
		yield
	finally:
		frappe.db.rollback()
		frappe.destroy()
		os.chdir(before)


@pytest.fixture(autouse=True)
def rolled_back(request: pytest.FixtureRequest, site_connection: None) -> Iterator[None]:
	"""Take back what a test wrote, so that the next begins as Administrator in a clean transaction."""
	yield
	if _needs_host(request.node):
		_take_back()


# What Redis holds by user or by document and what a test's rolled-back writes may have got into.
_STALE_AFTER_ROLLBACK = (
	"bootinfo",
	"defaults",
	"has_role:Page",
	"has_role:Report",
	"home_page",
	"lang",
	"linked_with",
	"roles",
	"user_doc",
	"user_perm_can_read",
	"user_permissions",
	"system_settings",
	"time_zone",
)


def _take_back() -> None:
	"""Return to what is committed: database, session, and what the caches saw of the test's writes."""
	import frappe

	frappe.db.rollback()
	frappe.flags.in_test = True
	frappe.clear_messages()
	cache = frappe.cache() if inspect.isroutine(frappe.cache) else frappe.cache
	cache.delete_value(_STALE_AFTER_ROLLBACK)
	cache.delete_keys("document_cache::")
	frappe.local.cache.clear()
	# Values of single documents that the connection remembers beyond its transaction.
	getattr(frappe.db, "value_cache", {}).clear()
	frappe.local.role_permissions = {}
	if hasattr(frappe.local, "request_cache"):
		frappe.local.request_cache.clear()
	frappe.set_user("Administrator")


def on_stand_in() -> bool:
	"""Tell whether the connected site runs the ERPNext stand-in: its hooks say `stand_in = True`."""
	import frappe

	return bool(frappe.get_hooks("stand_in", app_name="erpnext"))


@pytest.fixture(autouse=True)
def genuine_only(request: pytest.FixtureRequest, rolled_back: None) -> None:
	"""Skip what needs genuine ERPNext where only the stand-in is."""
	marker = request.node.get_closest_marker("genuine")
	if marker and on_stand_in():
		reason = marker.kwargs.get("reason") or (marker.args[0] if marker.args else "see the test")
		pytest.skip(f"needs genuine ERPNext, this is the stand-in: {reason}")


@pytest.fixture(scope="session")
def web_server(host: Host, site_connection: None) -> Iterator[WebServer]:
	"""Serve the site under test on a port of its own until the session ends."""
	from devbench.processes import LOOPBACK, Service, choose_port
	from devbench.services import start_web

	service = Service(f"web-of-tests-{os.getpid()}")
	port = choose_port((), ())
	start_web(service, host.sites, host.site, port, sys.executable)
	try:
		yield WebServer(f"http://{LOOPBACK}:{port}", host.site)
	finally:
		service.stop(seconds=10)


@pytest.fixture
def scratch_site(request: pytest.FixtureRequest, host: Host) -> Iterator[str]:
	"""The name of a site with the app that the test may ruin; on the dev bench it is made and dropped."""
	named = request.config.getoption("--scratch-site")
	if not host.is_dev_bench:
		if not named:
			pytest.skip("needs a site that may be changed for good: name one with --scratch-site")
		yield named
		return
	from devbench.site import drop_site, make_site
	from devbench.state import exclusive

	site = named or f"scratch-{os.getpid()}.localhost"
	with _progress_shown(request.config), exclusive():
		make_site(site)
	yield site
	with _progress_shown(request.config), exclusive():
		drop_site(site)
