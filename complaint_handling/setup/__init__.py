"""What installation creates once and migration never overwrites; the data stands in `setup/data/`."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read_data(name: str) -> Any:
	"""Return the content of a data file of `setup/data/`, named without its ending."""
	return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def read_folder(name: str, data: Path = DATA) -> list[Any]:
	"""Return the content of every data file of a folder of `setup/data/`, in the order of their names."""
	return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((data / name).glob("*.json"))]
