"""Sites: made when first needed, migrated when the apps' schema changed."""

from pathlib import Path

from devbench import desk
from devbench.fingerprint import schema_fingerprint, source_fingerprint
from devbench.host import app_names, ensure_host
from devbench.machine import check_python, ensure_packages
from devbench.processes import LOOPBACK
from devbench.progress import run, step
from devbench.services import bench_environment, flush_cache, root_password, start_stores, web_port
from devbench.state import (
	ADMINISTRATOR_PASSWORD,
	DEMO_SITE,
	PYTHON,
	REPOSITORY,
	SITES,
	TIME_ZONE,
	exclusive,
	recall,
	remember,
)

_BENCH_COMMAND = (PYTHON, "-m", "frappe.utils.bench_helper", "frappe")


def ensure_ready(site: str | None, assets: bool = True) -> bool:
	"""Bring the dev bench to where `site` can be used; tell whether MariaDB or Redis had to be started.

	Without a site only Frappe itself is made ready.
	"""
	check_python()
	with exclusive():
		ensure_packages()
		ensure_host()
		if site is None:
			return False
		started = start_stores()
		ensure_site(site)
		if assets:
			desk.ensure_assets()
	return started


def _known(site: str) -> dict:
	return recall("sites", {}).get(site, {})


def _note(site: str, **facts: object) -> None:
	remember("sites", recall("sites", {}) | {site: _known(site) | facts})


def ensure_site(site: str) -> None:
	"""Make the site when it is not there, migrate it when the apps' schema changed since."""
	schema = schema_fingerprint()
	apps = app_names()
	if not _known(site).get("made") or not (SITES / site / "site_config.json").exists():
		_make(site, apps, schema)
	missing = [app for app in apps if app not in _known(site)["apps"]]
	for app in missing:
		with step(f"{app} installed on {site}"):
			_bench(site, "install-app", app, failure=f"{app} could not be installed")
			_note(site, apps=[*_known(site)["apps"], app])
	if _known(site)["schema"] != schema:
		with step(f"{site} migrated"):
			_bench(site, "migrate", failure=f"{site} could not be migrated")
			_note(site, schema=schema)
	_empty_stale_cache()


def _bench(site: str, *arguments: str, failure: str) -> None:
	command = [*_BENCH_COMMAND, "--site", site, *arguments]
	run(command, f"{arguments[0]}-{site}", failure, cwd=SITES, environment=bench_environment())


def _make(site: str, apps: list[str], schema: str) -> None:
	"""Make a site with all its apps. A site that was left half-made is made again from nothing."""
	_note(site, made=False)
	install = [part for app in apps if app != "frappe" for part in ("--install-app", app)]
	options = ["--no-mariadb-socket", "--db-root-username", "root", "--db-root-password", root_password()]
	command = [*_BENCH_COMMAND, "new-site", site, "--force", *options]
	with step(f"{site} made with {', '.join(apps)}"):
		run(
			[*command, "--admin-password", ADMINISTRATOR_PASSWORD, *install],
			f"new-site-{site}",
			f"{site} could not be made",
			cwd=SITES,
			environment=bench_environment(),
		)
		configure(site)
	_note(site, made=True, apps=apps, schema=schema)


def configure(site: str) -> None:
	"""Set what the set-up wizard and a system administrator would set."""
	is_demo = site == DEMO_SITE
	run(
		[
			PYTHON,
			REPOSITORY / "devbench" / "inside.py",
			site,
			TIME_ZONE,
			f"http://{LOOPBACK}:{web_port()}",
			"scheduled" if is_demo else "testing",
		],
		f"configure-{site}",
		f"{site} could not be configured",
		cwd=SITES,
		environment=bench_environment(),
	)


def _empty_stale_cache() -> None:
	"""Forget what Redis holds of the apps' files when any of them changed."""
	found = source_fingerprint()
	if recall("source_in_cache") != found:
		flush_cache()
		remember("source_in_cache", found)


def forget(site: str) -> None:
	"""Let the site be made from nothing at its next use."""
	_note(site, made=False)


def log_folder() -> Path:
	"""Return where Frappe writes the logs of the bench."""
	return SITES.parent / "logs"
