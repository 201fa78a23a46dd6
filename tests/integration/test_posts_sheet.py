"""The list of responsible posts as a sheet: in through the host's Data Import, out with the same columns (R-003A-09)."""

import csv
import io

import pytest

import frappe
from frappe.core.doctype.data_import.exporter import Exporter

from complaint_handling.constants import COORDINATOR, RESPONSIBLE_POST
from tests import factories
from tests.factories import as_user, employee_of, make_department
from tests.permissions.conftest import make_person

COLUMNS = ("company", "department", "category", "item_group", "duty", "employee", "substitute", "valid_from")


@pytest.fixture(autouse=True)
def nothing_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
	"""The host commits after each row and takes back a bad one; the test's transaction survives both."""
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.savepoint("row"))
	monkeypatch.setattr(frappe.db, "rollback", _rollback_to_row(frappe.db.rollback))


def _rollback_to_row(rollback):
	def back(*_arguments, save_point: str | None = None, **_options) -> None:
		rollback(save_point=save_point or "row")

	return back


@pytest.fixture
def keeper(cast) -> str:
	"""A coordinator who may use the host's Data Import."""
	return make_person("keeper", COORDINATOR, "System Manager")


def imported(rows: list[dict[str, str]], user: str) -> tuple[list[str], list[str]]:
	"""Import rows as a sheet and return the names of the good ones and what was said of the bad ones."""
	from frappe.core.doctype.data_import.importer import Importer

	sheet = io.StringIO()
	writer = csv.DictWriter(sheet, COLUMNS)
	writer.writeheader()
	writer.writerows(rows)
	with as_user(user):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "posts.csv", "content": sheet.getvalue(), "is_private": 1}
		).insert()
		run = frappe.get_doc(
			{
				"doctype": "Data Import",
				"reference_doctype": RESPONSIBLE_POST,
				"import_type": "Insert New Records",
				"import_file": file.file_url,
			}
		).insert()
		frappe.db.savepoint("row")
		try:
			Importer(RESPONSIBLE_POST, data_import=run).import_data()
		finally:
			frappe.flags.in_import = False
			frappe.flags.mute_emails = False
	log = frappe.get_all(
		"Data Import Log",
		filters={"data_import": run.name},
		fields=["success", "docname", "messages"],
		order_by="log_index",
	)
	assert len(log) == len(rows), frappe.db.get_value("Data Import", run.name, "template_warnings")
	return [row.docname for row in log if row.success], [row.messages for row in log if not row.success]


def test_list_is_imported_and_bad_rows_say_what_is_wrong(cast, keeper):
	"""R-003A-09: the list to customer service as a sheet; a bad row does not keep the good ones out."""
	service, quality = make_department("Test Technical Service"), make_department("Test Quality")
	row = {
		"company": factories.make_company(),
		"department": service,
		"category": "Product Quality",
		"duty": "Answers Slips",
		"employee": employee_of(cast["handler"]),
		"substitute": employee_of(cast["department_manager"]),
		"valid_from": "2026-01-01",
	}
	left = employee_of(make_person("left", department=service))
	frappe.db.set_value("Employee", left, "status", "Left")
	good, bad = imported(
		[
			row,
			{**row, "employee": left},
			{**row, "substitute": row["employee"]},
			{
				**row,
				"department": quality,
				"employee": employee_of(cast["quality_manager"]),
				"substitute": "",
			},
		],
		keeper,
	)
	assert [frappe.db.get_value(RESPONSIBLE_POST, name, ["department", "status"]) for name in good] == [
		(service, "In Force"),
		(quality, "In Force"),
	]
	assert "no active employee" in bad[0]
	assert "substitute is the post holder" in bad[1]


def test_list_is_exported_with_the_columns_that_are_imported(cast, keeper):
	service = make_department("Test Technical Service")
	row = {
		"company": factories.make_company(),
		"department": service,
		"duty": "Answers Slips",
		"employee": employee_of(cast["handler"]),
		"valid_from": "2026-01-01",
	}
	good, _bad = imported([row], keeper)
	with as_user(keeper):
		exported = Exporter(
			RESPONSIBLE_POST,
			export_fields={RESPONSIBLE_POST: ["name", *COLUMNS]},
			export_data=True,
			export_filters={"name": good[0]},
		).get_csv_array()
	meta = frappe.get_meta(RESPONSIBLE_POST)
	assert [heading.split(" (")[0] for heading in exported[0]] == [
		"ID",
		*(meta.get_label(name) for name in COLUMNS),
	]
	values = dict(zip(("name", *COLUMNS), exported[1], strict=True))
	assert {name: str(values[name]) for name in row} == row


def test_only_who_keeps_the_list_imports_and_exports_it(cast):
	"""The app's roles are asked by the host: `import` and `export` of the DocType."""
	for word, allowed in (("coordinator", True), ("department_manager", False), ("handler", False)):
		for right in ("import", "export"):
			assert bool(frappe.has_permission(RESPONSIBLE_POST, right, user=cast[word])) is allowed
