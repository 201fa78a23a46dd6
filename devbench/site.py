"""Sites: made when first needed, migrated when the apps' schema changed."""

import json
import shutil
from pathlib import Path

from devbench import desk
from devbench.fingerprint import schema_fingerprint, source_fingerprint, stand_in_fingerprint
from devbench.host import OWN_APP, app_names, ensure_host
from devbench.machine import check_python, ensure_packages
from devbench.processes import LOOPBACK
from devbench.progress import run, step
from devbench.services import (
	bench_environment,
	dump_database,
	flush_cache,
	root_password,
	start_stores,
	web_port,
)
from devbench.source import SOURCE_SHA256
from devbench.state import (
	ADMINISTRATOR_PASSWORD,
	CACHE,
	DEMO_SITE,
	PYTHON,
	REPOSITORY,
	SITES,
	TIME_ZONE,
	exclusive,
	recall,
	remember,
	use,
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
		use()
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
	is_made = _known(site).get("made") and (SITES / site / "site_config.json").exists()
	if not is_made or _known(site)["apps"] != apps:
		make_site(site)
	elif _known(site)["schema"] != schema:
		with step(f"{site} migrated"):
			_bench(site, "migrate", failure=f"{site} could not be migrated")
		_note(site, schema=schema)
	_empty_stale_cache()


def make_site(site: str) -> None:
	"""Make the site from nothing, whatever was there: Frappe and ERPNext first, then this app."""
	_note(site, made=False)
	schema = schema_fingerprint()
	apps = app_names()
	_make_host_site(site, [app for app in apps if app not in ("frappe", OWN_APP)])
	with step(f"{OWN_APP} installed on {site}"):
		_bench(site, "install-app", OWN_APP, failure=f"{OWN_APP} could not be installed")
		configure(site)
	_note(site, made=True, apps=apps, schema=schema)


def _make_host_site(site: str, apps: list[str]) -> None:
	"""Make a site with Frappe and `apps`, from the copy of an earlier fresh one where there is one."""
	frappe_copy = CACHE / f"frappe-{SOURCE_SHA256[:12]}.sql"
	full_copy = CACHE / f"frappe-with-apps-{stand_in_fingerprint()[:12]}.sql"
	copy = next((copy for copy in (full_copy, frappe_copy) if copy.exists()), None)
	with step(f"{site} made {'from a copy' if copy else 'with frappe'}"):
		_new_site(site, copy)
		if not copy:
			_keep_copy(site, frappe_copy)
	if copy != full_copy:
		with step(f"{', '.join(apps)} installed on {site}"):
			_bench(site, "install-app", *apps, failure=f"{', '.join(apps)} could not be installed")
			_keep_copy(site, full_copy)


def _new_site(site: str, copy: Path | None) -> None:
	root = ["--db-root-username", "root", "--db-root-password", root_password(), "--no-mariadb-socket"]
	source = ["--source-sql", copy] if copy else []
	command = ["new-site", site, "--force", *root, "--admin-password", ADMINISTRATOR_PASSWORD, *source]
	_bench(None, *command, failure=f"{site} could not be made")


def _keep_copy(site: str, target: Path) -> None:
	"""Keep a fresh site's database as SQL, in the place of an older copy of the same kind."""
	CACHE.mkdir(parents=True, exist_ok=True)
	draft = target.with_suffix(".draft")
	dump_database(json.loads((SITES / site / "site_config.json").read_text())["db_name"], draft)
	kind = target.stem.rpartition("-")[0]
	for older in CACHE.glob(f"{kind}-????????????.sql"):
		older.unlink()
	draft.rename(target)


def _bench(site: str | None, *arguments: str | Path, failure: str) -> None:
	chosen = ["--site", site] if site else []
	log = f"{arguments[0]}-{site or arguments[1]}"
	run([*_BENCH_COMMAND, *chosen, *arguments], log, failure, cwd=SITES, environment=bench_environment())


def drop_site(site: str) -> None:
	"""Drop a site with its database, without a backup."""
	_note(site, made=False)
	archive = CACHE / "dropped"
	root = ["--root-login", "root", "--root-password", root_password()]
	options = [*root, "--no-backup", "--force", "--archived-sites-path", archive]
	_bench(None, "drop-site", site, *options, failure=f"{site} could not be dropped")
	shutil.rmtree(archive, ignore_errors=True)
	remember("sites", {name: facts for name, facts in recall("sites", {}).items() if name != site})


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
