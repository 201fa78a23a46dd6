"""Run every benchmark of this folder, one after the other; exits with 1 when one of them misses a limit."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
	"""Run the files `bench_*.py`, show what they print and return the exit code."""
	# The libraries that some of them compare with.
	asked = Path(__file__).parent / "requirements.txt"
	subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--requirement", asked], check=True)
	failed = []
	for file in sorted(Path(__file__).parent.glob("bench_*.py")):
		print(f"# {file.stem}", flush=True)
		if subprocess.run([sys.executable, str(file)], check=False).returncode:
			failed.append(file.stem)
	if failed:
		print(f"A limit is missed, or the benchmark broke: {', '.join(failed)}", file=sys.stderr)
	return 1 if failed else 0


if __name__ == "__main__":
	sys.exit(main())
