"""`make benchmark`: what is compared with ERPNext runs on the bench that is named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import run_all

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "tests" / "benchmarks"


@pytest.fixture
def bench(tmp_path: Path) -> Path:
	"""A folder that looks like a bench."""
	python = tmp_path / "env" / "bin" / "python"
	python.parent.mkdir(parents=True)
	python.touch()
	return tmp_path


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_hands_bench_and_site_to_the_benchmarks():
	command = ["make", "--dry-run", "benchmark", "BENCH=/srv/bench", "SITE=erp.localhost"]
	# Not as a part of the `make test` that may run this.
	environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
	shown = subprocess.check_output(command, cwd=REPOSITORY, env=environment, text=True)
	assert shown.rstrip().endswith("run_all.py --bench=/srv/bench --site=erp.localhost")


def test_comparison_with_erpnext_runs_by_the_python_of_the_bench(bench):
	named, site = run_all._named([f"--bench={bench}", "--site=erp.localhost"])
	file = FOLDER / "bench_expected_time.py"
	assert run_all.command_of(file, named, site) == [
		str(bench / "env" / "bin" / "python"),
		str(file),
		f"--bench={bench}",
		"--site=erp.localhost",
	]


def test_other_benchmarks_and_those_without_a_bench_run_on_the_dev_bench(bench):
	for name, named in (("bench_sweep.py", bench), ("bench_expected_time.py", None)):
		assert run_all.command_of(FOLDER / name, named, "erp.localhost") == [
			sys.executable,
			str(FOLDER / name),
		]
	assert run_all._named([]) == (None, None)


def test_every_benchmark_that_needs_erpnext_exists():
	assert all((FOLDER / f"{name}.py").exists() for name in run_all.NEEDS_ERPNEXT)


@pytest.mark.parametrize("half", ["--bench=/nowhere", "--site=erp.localhost"])
def test_bench_without_a_site_is_refused(half):
	with pytest.raises(SystemExit):
		run_all._named([half])
