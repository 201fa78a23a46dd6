"""Frappe's source: restore its names in the renamed wheel and prove the result. Pure but for the files."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "criscostack"
VERSION = "1.0.0"
WHEEL_SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"
SOURCE_SHA256 = "7d0ae4622d655d0f2c2208d6c968d10f543991264ce72ede97992c014b41a49d"
SOURCE_SUFFIXES = (".py", ".js", ".vue", ".scss")

# In this order: a later rule must not see what an earlier one is still to turn.
_NAMES = (
	("Criscoerp", "ERPNext"),
	("criscoerp", "erpnext"),
	("CRISCOSTACK", "FRAPPE"),
	("criscostack", "frappe"),
	("Crisco", "Frappe"),
	("brik_helper", "bench_helper"),
)


def restore_names(text: str) -> str:
	"""Return `text` with Frappe's names where the wheel's publisher put its own."""
	for theirs, original in _NAMES:
		text = text.replace(theirs, original)
	return text


def restore_content(content: bytes) -> bytes:
	"""Return a file's content with the names restored; what is not UTF-8 text stays as it is."""
	try:
		text = content.decode("utf-8")
	except UnicodeDecodeError:
		return content
	return content if "\0" in text else restore_names(text).encode("utf-8")


def blob_name(content: bytes) -> str:
	"""Return the name git gives to a file with this content."""
	return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def sha256_of_file(path: Path) -> str:
	"""Return the SHA-256 of a file."""
	return hashlib.sha256(path.read_bytes()).hexdigest()


def restored_files(wheel: Path) -> Iterator[tuple[str, bytes]]:
	"""Yield (path, content) of each of Frappe's files in the wheel, names restored."""
	with zipfile.ZipFile(wheel) as archive:
		for member in archive.namelist():
			is_ours = member.startswith(f"{PACKAGE}/") and not member.endswith("/")
			if is_ours and os.path.basename(member) != ".DS_Store":
				yield restore_names(member), restore_content(archive.read(member))


def source_digest(blobs: dict[str, str]) -> str:
	"""Return the digest of the source files among `blobs` (path to git blob name), by path in byte order."""
	paths = sorted((path for path in blobs if path.endswith(SOURCE_SUFFIXES)), key=str.encode)
	lines = "".join(f"{blobs[path]}  {path}\n" for path in paths)
	return hashlib.sha256(lines.encode()).hexdigest()


def unpack(wheel: Path, target: Path) -> str:
	"""Write the restored files under `target` and return their source digest."""
	blobs = {}
	for path, content in restored_files(wheel):
		destination = target / path
		destination.parent.mkdir(parents=True, exist_ok=True)
		destination.write_bytes(content)
		blobs[path] = blob_name(content)
	return source_digest(blobs)
