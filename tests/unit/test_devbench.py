"""The parts of the dev bench that decide without a host."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devbench import __main__, fingerprint, machine, processes, source, state
from devbench.progress import BenchError, run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
	"""An empty folder in the place of the dev bench's own."""
	for module in (state, processes):
		monkeypatch.setattr(module, "HOME", tmp_path)
	monkeypatch.setattr(state, "_STATE_FILE", tmp_path / "state.json")
	monkeypatch.setattr(processes, "LOGS", tmp_path / "logs")
	return tmp_path


@pytest.mark.parametrize(
	("renamed", "original"),
	[
		("import criscostack", "import frappe"),
		("CRISCOSTACK_SITE", "FRAPPE_SITE"),
		("X-Crisco-Site-Name", "X-Frappe-Site-Name"),
		("Criscoerp and criscoerp", "ERPNext and erpnext"),
		("criscostack.utils.brik_helper", "frappe.utils.bench_helper"),
		("crisp", "crisp"),
	],
)
def test_names_are_restored(renamed: str, original: str) -> None:
	assert source.restore_names(renamed) == original


def test_content_that_is_not_text_stays_as_it_is() -> None:
	for content in (b"\xff\xfecriscostack", b"criscostack\0"):
		assert source.restore_content(content) == content


def test_blob_name_is_the_one_git_gives() -> None:
	assert source.blob_name(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_source_digest_reads_source_files_in_byte_order_only() -> None:
	blobs = {"b.py": "2", "a.js": "1", "Z.vue": "0", "image.png": "9"}
	reordered = dict(reversed(blobs.items())) | {"other.png": "8"}
	assert source.source_digest(blobs) == source.source_digest(reordered)
	assert source.source_digest(blobs) != source.source_digest(blobs | {"a.js": "3"})


@pytest.mark.parametrize(
	("path", "schema"),
	[
		("complaint_handling/doctype/customer_complaint/customer_complaint.json", True),
		("complaint_handling/doctype/customer_complaint/customer_complaint.py", False),
		("hooks.py", True),
		("patches/v1_0/rename_field.py", True),
		("fixtures/role.json", True),
		("setup/workflows.py", True),
		("services/sla_clock.py", False),
		("public/js/complaint.bundle.js", False),
		("public/data.json", False),
	],
)
def test_a_changed_file_asks_for_a_migration_or_not(path: str, schema: bool) -> None:
	assert fingerprint.is_schema(Path(path)) is schema


def test_public_files_ask_for_a_build_only_where_a_bundle_may_hold_them(tmp_path: Path) -> None:
	(tmp_path / "js").mkdir()
	(tmp_path / "js" / "form.js").write_text("one")
	assert [path.name for path in fingerprint.asset_files(tmp_path)] == ["js"]
	(tmp_path / "js" / "app.bundle.js").write_text("two")
	assert [path.name for path in fingerprint.asset_files(tmp_path)] == ["app.bundle.js", "form.js"]
	assert list(fingerprint.asset_files(tmp_path / "missing")) == []


def test_fingerprint_sees_content_and_name_and_ignores_caches(tmp_path: Path) -> None:
	def taken() -> str:
		return fingerprint.digest((tmp_path, path) for path in fingerprint.files_under(tmp_path))

	(tmp_path / "a.py").write_text("one")
	first = taken()
	(tmp_path / "__pycache__").mkdir()
	(tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
	assert taken() == first
	(tmp_path / "a.py").write_text("two")
	changed = taken()
	(tmp_path / "a.py").rename(tmp_path / "b.py")
	assert len({first, changed, taken()}) == 3


def test_a_preferred_port_is_taken_when_free_and_passed_over_when_not() -> None:
	assert processes.choose_port((8000, 8001), (), free=lambda port: True) == 8000
	assert processes.choose_port((8000, 8001), (8000,), free=lambda port: True) == 8001
	assert processes.choose_port((8000,), (), free=lambda port: port != 8000) in processes._PORTS


def test_no_free_port_is_said_plainly() -> None:
	with pytest.raises(BenchError, match="No free port"):
		processes.choose_port((), (), free=lambda port: False)


def test_a_chosen_port_is_remembered_until_somebody_else_takes_it(home: Path) -> None:
	import socket

	first = processes.port_of("thing")
	assert processes.port_of("thing") == first
	with socket.socket() as somebody:
		somebody.bind((processes.LOOPBACK, first))
		somebody.listen()
		assert processes.port_of("thing") != first


def _sleeper() -> list[str]:
	return [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_service_is_started_once_recognised_and_stopped(home: Path) -> None:
	service = processes.Service("sleeper")
	pid = service.start(_sleeper(), lambda: True)
	assert service.start(_sleeper(), lambda: True) == pid
	assert service.stop(seconds=5)
	assert not service.is_running()
	assert not service.stop()


def test_a_killed_service_counts_as_stopped_and_starts_again(home: Path) -> None:
	service = processes.Service("sleeper")
	pid = service.start(_sleeper(), lambda: True)
	os.kill(pid, signal.SIGKILL)
	os.waitpid(pid, 0)
	assert not service.is_running()
	assert service.start(_sleeper(), lambda: True) != pid
	assert service.stop(seconds=5)


def test_a_service_of_another_dev_bench_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	service = processes.Service("sleeper")
	service.start(_sleeper(), lambda: True)
	with monkeypatch.context() as elsewhere:
		elsewhere.setattr(processes, "HOME", home / "elsewhere")
		assert not service.stop()
	assert service.stop(seconds=5)


def test_children_end_with_their_service(home: Path) -> None:
	service = processes.Service("parent")
	nested = "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(60)"
	service.start([sys.executable, "-c", nested, *_sleeper()], lambda: len(service._processes()) == 2)
	service.stop(seconds=0.2)
	deadline = time.monotonic() + 5
	while service._processes() and time.monotonic() < deadline:
		time.sleep(0.05)
	assert not service._processes()


def test_a_service_that_ends_at_once_shows_the_end_of_its_log(home: Path) -> None:
	command = [sys.executable, "-c", "raise SystemExit('no room left')"]
	with pytest.raises(BenchError, match="no room left"):
		processes.Service("failing").start(command, lambda: time.sleep(0.05))


def test_damaged_memory_counts_as_empty(home: Path) -> None:
	(home / "state.json").write_text("{half")
	assert state.recall("ports", {}) == {}
	state.remember("ports", {"web": 8000})
	assert state.recall("ports") == {"web": 8000}


def test_without_root_the_one_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(machine, "missing_packages", lambda: ["redis-server"])
	monkeypatch.setattr(machine, "_root_prefix", lambda: None)
	with pytest.raises(BenchError, match="redis-server") as caught:
		machine.ensure_packages()
	assert "apt-get install -y --no-install-recommends redis-server" in caught.value.command


def test_an_unsuitable_python_is_refused_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(machine.sys, "version_info", (3, 13, 0, "final", 0))
	with pytest.raises(BenchError, match=r"3\.13\.0") as caught:
		machine.check_python()
	assert caught.value.command


def test_a_failing_command_shows_its_last_lines_and_what_to_type(
	tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("devbench.progress.LOGS", tmp_path)
	with pytest.raises(BenchError, match="the reason") as caught:
		run([sys.executable, "-c", "raise SystemExit('the reason')"], "probe", "It failed", hint="make clean")
	assert "Type:  make clean" in str(caught.value)


def test_an_existing_bench_is_handed_to_pytest_in_one_word() -> None:
	apart = ["--bench", "/some/bench", "--site", "a.localhost", "tests/unit"]
	assert __main__._existing_bench(apart) == Path("/some/bench")
	assert __main__._with_equals_sign(apart)[0] == "--bench=/some/bench"
	assert __main__._with_equals_sign(["-q"]) == ["-q"]
	assert __main__._existing_bench(["-q", "-m", "not browser"]) is None


def test_commands_are_listed_without_a_host() -> None:
	asked = subprocess.run(
		[sys.executable, "-m", "devbench", "--help"],
		cwd=state.REPOSITORY,
		capture_output=True,
		text=True,
		check=True,
	)
	for command in ("up", "serve", "demo", "test", "stop", "status", "clean"):
		assert command in asked.stdout
