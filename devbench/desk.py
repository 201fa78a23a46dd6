"""The Desk's and the website's assets: npm packages and build, each only when its sources changed."""

import shutil

from devbench.fingerprint import asset_fingerprint
from devbench.host import app_names
from devbench.progress import run, step
from devbench.services import bench_environment, flush_cache
from devbench.source import SOURCE_SHA256, blob_name
from devbench.state import ASSET_BUILDER, BENCH, NODE, SITES, recall, remember

_BUILD = ASSET_BUILDER / "build.mjs"
_PACKAGES = ASSET_BUILDER / "package.json"


def ensure_assets() -> None:
	"""Build the assets when the builder, the apps' public files or Frappe changed since the last build."""
	_ensure_packages()
	wanted = f"{SOURCE_SHA256}{asset_fingerprint(ASSET_BUILDER)}"
	if recall("assets") == wanted and (SITES / "assets" / "assets.json").exists():
		return
	with step("assets of Desk and website"):
		command = ["node", _BUILD, "--bench", BENCH, "--node-modules", NODE / "node_modules"]
		run(
			[*command, "--apps", ",".join(app_names())],
			"assets",
			"The assets could not be built",
			cwd=NODE,
			environment=bench_environment(),
		)
		flush_cache()
		remember("assets", wanted)


def _ensure_packages() -> None:
	wanted = blob_name(_PACKAGES.read_bytes())
	if recall("node_packages") == wanted and (NODE / "node_modules").is_dir():
		return
	with step("npm packages"):
		NODE.mkdir(parents=True, exist_ok=True)
		shutil.copyfile(_PACKAGES, NODE / "package.json")
		run(
			["npm", "install", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"],
			"npm",
			"The npm packages could not be installed",
			cwd=NODE,
		)
		remember("node_packages", wanted)
