"""Old complaints enter through Data Import, start nothing, and are archived with their old dates (part 10)."""

import csv
import io

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.api import special_cases
from complaint_handling.constants import AGENT, COMPLAINT, COORDINATOR, MILESTONE, PROMISE
from complaint_handling.exceptions import AccessRefusedError, FieldLockedError, PreconditionError
from complaint_handling.services.intake import widespread
from complaint_handling.services.special_cases import import_template
from tests.factories import COMPANY, CUSTOMER, as_user, default_procedure, make_complaint, make_user, press

HEADINGS = ("is_imported", "original_number", "received_on", "original_closed_on")
GOOD = ("1", "OLD-1", "2023-05-04 09:00:00", "2023-05-10 09:00:00")


def _row(*values: str, subject: str = "Spindle ran hot in 2023") -> dict[str, str]:
	common = {
		"company": COMPANY,
		"procedure": default_procedure(),
		"customer": frappe.db.get_value("Customer", {"customer_name": CUSTOMER}),
		"subject": subject,
		"channel": "Telephone",
		"complainant_phone": "+86 21 5550 0199",
		"cause": "Bearing without grease",
	}
	return dict(zip(HEADINGS, values, strict=True)) | common


@pytest.fixture
def importer(cast: dict[str, str]) -> str:
	"""A coordinator who may also start a Data Import, which the host gives to System Managers."""
	return make_user("old.cases@example.com", COORDINATOR, "System Manager")


def _import(user: str, *rows: dict[str, str]) -> tuple[list[str], list[str]]:
	"""Import rows as the host does from its form; return the names that came in and the messages of the others."""
	from frappe.core.doctype.data_import.importer import Importer

	sheet = io.StringIO()
	writer = csv.DictWriter(sheet, list(rows[0]))
	writer.writeheader()
	writer.writerows(rows)
	with as_user(user):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "old.csv", "content": sheet.getvalue(), "is_private": 1}
		).insert()
		run = frappe.get_doc(
			{
				"doctype": "Data Import",
				"reference_doctype": COMPLAINT,
				"import_type": "Insert New Records",
				"import_file": file.file_url,
			}
		).insert()
		importer = Importer(COMPLAINT, data_import=run)
		try:
			importer.import_data()
		finally:
			frappe.flags.in_import = False
			frappe.flags.mute_emails = False
	log = frappe.get_all(
		"Data Import Log",
		filters={"data_import": run.name},
		fields=["success", "docname", "messages", "exception"],
		order_by="log_index",
	)
	assert len(log) == len(rows)
	good = [row.docname for row in log if row.success]
	return good, [f"{row.messages} {row.exception}" for row in log if not row.success]


@pytest.fixture(autouse=True)
def nothing_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
	"""The host commits after each row and takes back a bad one; the test's transaction is to survive both."""
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.savepoint("row"))
	rollback = frappe.db.rollback

	def to_last_row(*, save_point: str | None = None, **_options: object) -> None:
		rollback(save_point=save_point or "row")

	monkeypatch.setattr(frappe.db, "rollback", to_last_row)
	frappe.db.savepoint("row")
	yield
	monkeypatch.undo()


def _imported(importer: str, number: str = "OLD-1") -> Document:
	names, errors = _import(importer, _row("1", number, *GOOD[2:]))
	assert not errors, errors
	(name,) = names
	return frappe.get_doc(COMPLAINT, name)


def test_old_case_enters_as_registered_and_starts_nothing(cast: dict[str, str], importer: str) -> None:
	complaint = _imported(importer)
	assert (complaint.workflow_state, complaint.is_imported, complaint.original_number) == (
		"Registered",
		1,
		"OLD-1",
	)
	assert complaint.received_on == get_datetime(GOOD[2])
	assert complaint.cause == "Bearing without grease"
	assert complaint.complaint_owner is None
	for doctype in (MILESTONE, PROMISE, "Complaint Escalation Log"):
		assert not frappe.db.exists(doctype, {"complaint": complaint.name}), doctype
	about = {"reference_name": complaint.name}
	assert not frappe.db.exists("ToDo", about)
	assert not frappe.db.exists("Email Queue", about)
	assert not frappe.db.exists("Notification Log", {"document_name": complaint.name})


def test_alerts_and_assignment_rules_leave_old_cases_alone(cast: dict[str, str], importer: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Notification",
			"name": "Tell of every complaint",
			"subject": "New complaint",
			"document_type": COMPLAINT,
			"event": "New",
			"channel": "System Notification",
			"recipients": [{"receiver_by_role": COORDINATOR}],
			"message": "Registered",
			"enabled": 1,
		}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Assignment Rule",
			"name": "Give every complaint to the agent",
			"document_type": COMPLAINT,
			"assign_condition": "workflow_state == 'Registered'",
			"rule": "Round Robin",
			"description": "Take it",
			"users": [{"user": cast["agent"]}],
			"assignment_days": [
				{"day": day}
				for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
			],
		}
	).insert()
	frappe.cache.delete_keys("notifications")
	frappe.cache.delete_value("assignment_rule_map")
	frappe.clear_cache(doctype=COMPLAINT)
	try:
		old = _imported(importer)
		with as_user(cast["agent"]):
			ordinary = make_complaint()
		for name, expected in ((old.name, False), (ordinary.name, True)):
			assert bool(frappe.db.exists("ToDo", {"reference_name": name})) is expected, name
		assert not frappe.parse_json(frappe.db.get_value(COMPLAINT, old.name, "_assign") or "[]")
		assert not frappe.db.exists("Notification Log", {"document_name": old.name})
	finally:
		frappe.cache.delete_keys("notifications")
		frappe.cache.delete_value("assignment_rule_map")


def test_template_has_the_columns_that_the_host_takes(cast: dict[str, str], importer: str) -> None:
	from frappe.core.doctype.data_import.importer import get_df_for_column_header

	headings = next(csv.reader(io.StringIO(import_template.content())))
	assert [get_df_for_column_header(COMPLAINT, heading).fieldname for heading in headings] == list(
		import_template.COLUMNS
	)
	with as_user(importer):
		special_cases.download_import_template()
	assert frappe.response.filecontent.decode("utf-8-sig").startswith("Imported (is_imported)")
	with as_user(cast["agent"]), pytest.raises(frappe.PermissionError):
		special_cases.download_import_template()


@pytest.mark.parametrize(
	("values", "message"),
	[
		(("1", "", *GOOD[2:]), "original number"),
		(("1", "OLD-2", GOOD[2], ""), "original number"),
		(("1", "OLD-2", GOOD[3], GOOD[2]), "before the receipt"),
		(("1", "OLD-2", GOOD[2], "2999-01-01 09:00:00"), "future"),
		(("0", "OLD-2", *GOOD[2:]), "Mark it as imported"),
	],
)
def test_bad_row_is_named_and_leaves_nothing(
	cast: dict[str, str], importer: str, values: tuple[str, ...], message: str
) -> None:
	before = frappe.db.count(COMPLAINT)
	good, errors = _import(importer, _row(*values), _row(*GOOD))
	assert (len(good), len(errors)) == (1, 1)
	assert message in errors[0]
	assert frappe.db.count(COMPLAINT) == before + 1


def test_the_same_sheet_twice_brings_nothing_twice(cast: dict[str, str], importer: str) -> None:
	rows = [_row(*GOOD), _row("1", "OLD-2", *GOOD[2:])]
	assert len(_import(importer, *rows)[0]) == 2
	good, errors = _import(importer, *rows)
	assert (good, len(errors)) == ([], 2)
	assert "imported already" in errors[0]


def test_marker_is_given_at_the_import_door_only(cast: dict[str, str], importer: str) -> None:
	values = {
		"is_imported": 1,
		"original_number": "OLD-9",
		"original_closed_on": GOOD[3],
		"received_on": GOOD[2],
	}
	for user in (cast["agent"], cast["coordinator"], importer):
		with as_user(user), pytest.raises(AccessRefusedError):
			make_complaint(**values)
	# The door alone gives it to nobody who may not import complaints.
	clerk = make_user("old.clerk@example.com", AGENT, "System Manager")
	good, errors = _import(clerk, _row(*GOOD))
	assert (good, len(errors)) == ([], 1)
	with as_user(cast["agent"]):
		ordinary = make_complaint()
		with pytest.raises(PreconditionError):
			make_complaint(original_number="OLD-9")
		ordinary.is_imported = 1
		with pytest.raises((FieldLockedError, frappe.CannotChangeConstantError)):
			ordinary.save()
	assert frappe.db.exists(MILESTONE, {"complaint": ordinary.name})


def test_old_case_is_archived_with_its_old_dates(cast: dict[str, str], importer: str) -> None:
	complaint = _imported(importer)
	with as_user(cast["coordinator"]):
		answer = special_cases.archive_imported([complaint.name, complaint.name])
	assert answer == [{"name": complaint.name, "error": None}]
	closed = frappe.get_doc(COMPLAINT, complaint.name)
	assert (closed.workflow_state, closed.closed_on) == ("Closed", get_datetime(GOOD[3]))
	assert closed.cycle_hours == 6 * 24
	assert closed.closed_by == cast["coordinator"]
	notes = {
		"reference_name": complaint.name,
		"comment_type": "Info",
		"content": ("like", "%archived%OLD-1%"),
	}
	assert frappe.db.exists("Comment", notes)
	assert not frappe.db.exists(MILESTONE, {"complaint": complaint.name})


def test_each_selected_case_has_its_own_answer(cast: dict[str, str], importer: str) -> None:
	first, second = _imported(importer), _imported(importer, "OLD-2")
	with as_user(cast["agent"]):
		ordinary = make_complaint()
	with as_user(cast["coordinator"]):
		answers = special_cases.archive_imported([first.name, ordinary.name, "CC-NONE", second.name])
	assert [bool(row["error"]) for row in answers] == [False, True, True, False]
	assert frappe.db.get_value(COMPLAINT, ordinary.name, "workflow_state") == "Registered"
	with as_user(cast["coordinator"]):
		assert special_cases.archive_imported([first.name])[0]["error"]
	for person in ("agent", "handler", "general_manager"):
		with as_user(cast[person]):
			third = special_cases.archive_imported([_imported(importer, person).name])
		assert third[0]["error"], person


def test_old_case_is_not_handled_without_clocks(cast: dict[str, str], importer: str) -> None:
	complaint = _imported(importer)
	values = {"category": "Product Quality", "severity": "Routine", "description": "Hot", "demand": "Repair"}
	with as_user(cast["agent"]):
		complaint.update(values)
		complaint.save()
	with pytest.raises(PreconditionError, match="archived or cancelled"):
		press(complaint, "Assess", cast["agent"])
	with as_user(cast["coordinator"]):
		special_cases.archive_imported([complaint.name])
	with pytest.raises((PreconditionError, frappe.ValidationError)):
		press(complaint, "Reopen for Re-review", cast["coordinator"], re_review_reason="Again")


def test_trends_leave_old_cases_out(cast: dict[str, str], importer: str) -> None:
	"""R-002A-08 counts what happens now."""
	recent = str(add_to_date(now_datetime(), days=-3)), str(add_to_date(now_datetime(), days=-2))
	with as_user(cast["agent"]):
		ordinary = make_complaint()
	before = widespread.reasons_to_decide(ordinary)
	for number in range(5):
		(name,), _errors = _import(importer, _row("1", f"OLD-{number}", *(moment[:19] for moment in recent)))
		frappe.db.set_value(COMPLAINT, name, {"item_code": ordinary.item_code, "category": ordinary.category})
	assert widespread.reasons_to_decide(ordinary) == before
