"""The case of a regulator, an association or a marketplace has a clock of its own (part 11 of issue 4)."""

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime, now_datetime

from complaint_handling.api import special_cases
from complaint_handling.constants import AUTHORITY_CASE, COMPLAINT, MILESTONE, SETTINGS
from complaint_handling.exceptions import FieldLockedError, PreconditionError
from complaint_handling.services.sweep import escalation
from complaint_handling.setup import authorities
from tests.factories import as_user, make_complaint, press
from tests.integration.cases import in_handling

MONDAY = "2026-03-02 10:00:00"


def _open(complaint: Document, **overrides: object) -> Document:
	values = {"authority": "12315 Platform", "external_number": frappe.generate_hash(length=12)}
	values |= {"doctype": AUTHORITY_CASE, "complaint": complaint.name, "received_on": now_datetime()}
	return frappe.get_doc({**values, **overrides}).insert()


def _clock(case: Document) -> frappe._dict:
	reference = {"reference_doctype": AUTHORITY_CASE, "reference_name": case.name}
	return frappe.db.get_value(MILESTONE, reference, "*", as_dict=True, order_by="creation desc")


def _answer(cast: dict[str, str], case: Document, **overrides: object) -> Document:
	with as_user(cast["coordinator"]):
		case = frappe.get_doc(AUTHORITY_CASE, case.name)
		case.update({"answer": "We repair at no charge", "answered_on": now_datetime(), **overrides})
		return case.save()


@pytest.fixture
def complaint(cast: dict[str, str], frozen_time) -> Document:
	frozen_time(MONDAY)
	return in_handling(cast)


def test_shipped_periods_are_marked_to_be_verified(cast: dict[str, str]) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.authorities = []
	settings.save()
	authorities.create_authorities()
	rows = frappe.get_doc(SETTINGS).authorities
	assert {row.authority for row in rows} >= {"12315 Platform", "Consumer Association", "Marketplace"}
	assert all(not row.is_verified and "To be verified" in row.note and row.answer_within for row in rows)


def test_migration_keeps_what_an_administrator_changed(cast: dict[str, str]) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.authorities = settings.authorities[:1]
	settings.authorities[0].update({"answer_within": 3, "is_verified": 1})
	settings.save()
	authorities.create_authorities()
	rows = frappe.get_doc(SETTINGS).authorities
	assert [(row.answer_within, row.is_verified) for row in rows] == [(3, 1)]


def test_period_of_the_authority_is_proposed_and_starts_a_clock(
	cast: dict[str, str], complaint: Document
) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	# Five working days after Monday 10:00; document 004's calendar is closed on Saturday and Sunday.
	assert get_datetime(case.answer_due_at) == get_datetime("2026-03-09 10:00:00")
	assert not case.is_period_verified
	clock = _clock(case)
	assert (clock.state, clock.complaint, clock.responsible_user) == (
		"On Track",
		complaint.name,
		complaint.complaint_owner,
	)
	assert clock.due_at == get_datetime(case.answer_due_at)
	assert frappe.db.get_value(AUTHORITY_CASE, case.name, "clock_state") == "On Track"


def test_what_the_authority_wrote_wins_over_the_proposal(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint, answer_due_at="2026-03-04 17:00:00")
		assert _clock(case).due_at == get_datetime("2026-03-04 17:00:00")
		with pytest.raises(PreconditionError, match="no period"):
			_open(complaint, authority="Mayor's Hotline")
		case.reload()
		case.answer_due_at = "2026-03-06 17:00:00"
		with pytest.raises(frappe.PermissionError):
			case.save()
	with as_user(cast["coordinator"]):
		case.reload()
		case.answer_due_at = "2026-03-06 17:00:00"
		case.save()
	assert _clock(case).due_at == get_datetime("2026-03-06 17:00:00")
	assert frappe.db.count(MILESTONE, {"reference_name": case.name}) == 1


@pytest.mark.parametrize(
	("day", "state"), [("2026-03-09 10:00:00", "Met"), ("2026-03-09 10:01:00", "Missed")]
)
def test_answer_ends_the_clock(
	cast: dict[str, str], complaint: Document, frozen_time, day: str, state: str
) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	frozen_time(day)
	answered = _answer(cast, case)
	assert (answered.answered_by, _clock(case).state) == (cast["coordinator"], state)
	assert frappe.db.get_value(AUTHORITY_CASE, case.name, "clock_state") == state


def test_answer_is_whole_and_stays_as_it_was_given(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	for missing in (
		{"answer": ""},
		{"answered_on": None},
		{"answered_on": add_to_date(now_datetime(), days=1)},
	):
		with pytest.raises(PreconditionError):
			_answer(cast, case, **missing)
	_answer(cast, case)
	for field, value in (("answer", "We pay nothing"), ("answered_on", None), ("external_number", "other")):
		with as_user(cast["coordinator"]):
			settled = frappe.get_doc(AUTHORITY_CASE, case.name)
			settled.set(field, value)
			with pytest.raises((FieldLockedError, PreconditionError)):
				settled.save()
	with as_user(cast["coordinator"]):
		settled = frappe.get_doc(AUTHORITY_CASE, case.name)
		settled.outcome = "Mediation succeeded"
		settled.save()
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc(AUTHORITY_CASE, case.name, ignore_permissions=True, force=True)


def test_overdue_answer_escalates_like_every_clock(
	cast: dict[str, str], complaint: Document, frozen_time
) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	frozen_time("2026-03-20 10:00:00")
	assert escalation.sweep_chunk([_clock(case).name], now_datetime()) > 0
	clock = _clock(case)
	assert (clock.state, clock.breached) == ("Overdue", 1)
	copied = frappe.db.get_value(AUTHORITY_CASE, case.name, ["clock_state", "escalation_level"], as_dict=True)
	assert copied.clock_state == "Overdue"
	assert copied.escalation_level == clock.escalation_level
	log = {"reference_doctype": AUTHORITY_CASE, "reference_name": case.name}
	assert frappe.db.exists("Complaint Escalation Log", log)


def test_clock_follows_the_owner_of_the_complaint(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	with as_user(cast["coordinator"]):
		doc = frappe.get_doc(COMPLAINT, complaint.name)
		doc.complaint_owner = cast["coordinator"]
		doc.save()
	assert _clock(case).responsible_user == cast["coordinator"]


def test_complaint_does_not_end_while_an_authority_waits(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint)
	with pytest.raises(PreconditionError, match=case.external_number):
		press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Recorded twice")
	with as_user(cast["agent"]):
		rejected = make_complaint()
	press(rejected, "Assess", cast["agent"])
	with as_user(cast["agent"]):
		waiting = _open(rejected)
	reasons = {
		"not_justified_reason": "No fault",
		"not_justified_evidence": "Measured",
		"other_recourse": "Court",
	}
	press(
		rejected,
		"Declare Not Justified",
		cast["coordinator"],
		answer_to_customer="No fault was found",
		**reasons,
	)
	with pytest.raises(PreconditionError, match=waiting.external_number):
		press(rejected, "Answer and Close", cast["coordinator"], answer_to_customer="No fault was found")
	_answer(cast, waiting)
	closed = press(rejected, "Answer and Close", cast["coordinator"], answer_to_customer="No fault was found")
	assert closed.workflow_state == "Closed"
	with as_user(cast["agent"]), pytest.raises(PreconditionError):
		_open(rejected)


def test_number_of_an_authority_is_recorded_once(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		_open(complaint, external_number="1431-2026-77")
		with pytest.raises(PreconditionError, match="1431-2026-77"):
			_open(complaint, external_number=" 1431-2026-77 ")
		_open(complaint, external_number="1431-2026-77", authority="Marketplace")
	row = frappe.get_doc(
		{"doctype": AUTHORITY_CASE, "name": frappe.generate_hash(), "complaint": complaint.name}
	)
	row.update({"authority": "Marketplace", "external_number": "1431-2026-77"})
	with pytest.raises(frappe.UniqueValidationError):
		row.db_insert()


def test_external_number_finds_the_complaint(cast: dict[str, str], complaint: Document) -> None:
	with as_user(cast["agent"]):
		case = _open(complaint, external_number="ZJ-88-4711")
		found = special_cases.find_by_external_number("88-47")
		assert [(row.name, row.complaint) for row in found] == [(case.name, complaint.name)]
		badges = special_cases.get_badges(complaint.name)
		assert [row.external_number for row in badges["authorities"]] == ["ZJ-88-4711"]
	frappe.db.set_value(COMPLAINT, complaint.name, "complained_about_user", cast["agent"])
	with as_user(cast["agent"]):
		assert special_cases.find_by_external_number("88-47") == []
		with pytest.raises(frappe.PermissionError):
			special_cases.get_badges(complaint.name)
