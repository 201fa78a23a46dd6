"""Run every benchmark of this folder, one after the other; exits with 1 when one of them misses a limit.

With `--bench PATH --site NAME`, a bench with genuine ERPNext and a site of it with this app, what is compared with
ERPNext runs there, by the Python of that bench; it is skipped otherwise.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDS_ERPNEXT = ("bench_expected_time",)


def main(arguments: Sequence[str] | None = None) -> int:
	"""Run the files `bench_*.py`, show what they print and return the exit code."""
	bench, site = _named(arguments)
	# The libraries that some of them compare with.
	asked = Path(__file__).parent / "requirements.txt"
	subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--requirement", asked], check=True)
	failed = []
	for file in sorted(Path(__file__).parent.glob("bench_*.py")):
		print(f"# {file.stem}", flush=True)
		if subprocess.run(command_of(file, bench, site), check=False).returncode:
			failed.append(file.stem)
	if failed:
		print(f"A limit is missed, or the benchmark broke: {', '.join(failed)}", file=sys.stderr)
	return 1 if failed else 0


def command_of(file: Path, bench: Path | None, site: str | None) -> list[str]:
	"""Return what runs a benchmark; one that needs ERPNext runs on the bench with it."""
	if bench is None or file.stem not in NEEDS_ERPNEXT:
		return [sys.executable, str(file)]
	return [str(bench / "env" / "bin" / "python"), str(file), f"--bench={bench}", f"--site={site}"]


def _named(arguments: Sequence[str] | None) -> tuple[Path | None, str | None]:
	"""Return bench and site, both or neither; a relative path counts from the repository, as for `make`."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--bench", type=Path, help="a bench with genuine ERPNext")
	parser.add_argument("--site", help="a site of it with this app; nothing is left there")
	given = parser.parse_args(arguments)
	if bool(given.bench) != bool(given.site):
		parser.error("name both --bench and --site, or neither")
	if not given.bench:
		return None, None
	bench = (REPOSITORY / given.bench.expanduser()).resolve()
	if not (bench / "env" / "bin" / "python").exists():
		parser.error(f"{bench} is not a bench: it has no env/bin/python")
	return bench, given.site


if __name__ == "__main__":
	sys.exit(main())
