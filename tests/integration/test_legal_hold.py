"""A legal hold blocks closing, changing and erasing a complaint, and lets the work on it go on (part 11 of issue 4)."""

import os

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.api import special_cases
from complaint_handling.constants import COMPLAINT, CONTACT
from complaint_handling.exceptions import FieldLockedError, MissingInputError, PreconditionError
from tests.factories import as_user, employee_of, make_complaint, make_measure, press
from tests.integration.cases import awaiting_revisit, in_handling, issued_slip

REASON = "The customer has gone to court"


def _hold(cast: dict[str, str], complaint: Document) -> Document:
	with as_user(cast["coordinator"]):
		special_cases.set_hold(complaint.name, REASON)
	return frappe.get_doc(COMPLAINT, complaint.name)


def _timeline(complaint: Document) -> str:
	comments = {"reference_doctype": COMPLAINT, "reference_name": complaint.name, "comment_type": "Info"}
	return "\n".join(frappe.get_all("Comment", filters=comments, pluck="content"))


def _contact(complaint: Document) -> Document:
	values = {"contacted_on": now_datetime(), "direction": "Incoming", "channel": "Telephone"}
	text = {"contacted_person": "Manager Wang", "purpose": "Other", "summary": "Asks how the case stands"}
	return frappe.get_doc({"doctype": CONTACT, "complaint": complaint.name, **values, **text}).insert()


def _file(doctype: str, name: str) -> Document:
	values = {"file_name": "evidence.txt", "content": f"evidence of {name} {frappe.generate_hash()}"}
	reference = {"attached_to_doctype": doctype, "attached_to_name": name, "is_private": 1}
	return frappe.get_doc({"doctype": "File", **values, **reference}).insert()


def test_hold_is_stamped_and_told_in_the_timeline(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	assert (held.legal_hold, held.legal_hold_reason) == (1, REASON)
	assert held.legal_hold_since
	assert REASON in _timeline(held)


def test_only_the_general_manager_releases(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	for person in ("coordinator", "reviewer", "vice_president", "agent", "handler"):
		with as_user(cast[person]), pytest.raises(frappe.PermissionError):
			special_cases.release_hold(held.name, "No longer needed")
	with as_user(cast["general_manager"]):
		with pytest.raises(MissingInputError):
			special_cases.release_hold(held.name, "  ")
		special_cases.release_hold(held.name, "The court has closed the case")
		with pytest.raises(PreconditionError):
			special_cases.release_hold(held.name, "Once more")
	released = frappe.get_doc(COMPLAINT, held.name)
	assert (released.legal_hold, released.legal_hold_reason, released.legal_hold_since) == (0, None, None)
	assert "The court has closed the case" in _timeline(held)


def test_who_may_not_lead_sets_none(cast: dict[str, str]) -> None:
	complaint = in_handling(cast)
	for person in ("agent", "reviewer", "vice_president", "quality_manager"):
		with as_user(cast[person]), pytest.raises(frappe.PermissionError):
			special_cases.set_hold(complaint.name, REASON)
	with as_user(cast["coordinator"]), pytest.raises(MissingInputError):
		special_cases.set_hold(complaint.name, "")


def test_held_complaint_is_not_changed_by_form_or_request(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	with as_user(cast["coordinator"]):
		held.cause = "Something else"
		with pytest.raises(FieldLockedError, match=REASON):
			held.save()
		held.reload()
		held.append("measures", make_measure(employee_of(cast["handler"])))
		with pytest.raises(FieldLockedError):
			held.save()
		held.reload()
		held.save()


def test_a_form_cannot_take_the_hold_away(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	with as_user(cast["coordinator"]):
		held.legal_hold = 0
		held.legal_hold_reason = None
		held.cause = "Something else"
		with pytest.raises(FieldLockedError):
			held.save()
	assert frappe.db.get_value(COMPLAINT, held.name, "legal_hold") == 1


def test_held_complaint_is_neither_closed_nor_cancelled(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	with pytest.raises(PreconditionError, match="legal hold"):
		press(held, "Cancel Complaint", cast["coordinator"], cancel_reason="Recorded twice")
	waiting = _hold(cast, awaiting_revisit(cast))
	frappe.db.set_value(COMPLAINT, waiting.name, {"requires_revisit": 0, "requires_8d": 0})
	with pytest.raises(PreconditionError, match="legal hold"):
		press(waiting, "Close Complaint", cast["coordinator"], closing_summary="Done")


def test_other_steps_and_slips_go_on(cast: dict[str, str]) -> None:
	complaint = in_handling(cast)
	slip = issued_slip(cast, complaint)
	_hold(cast, complaint)
	with as_user(cast["handler"]):
		slip = frappe.get_doc(slip.doctype, slip.name)
		slip.finding = "Preload of the spindle bearing is missing"
		slip.cause = "Work instruction leaves the preload open"
		slip.cause_status = "Confirmed"
		slip.append("measures", make_measure(employee_of(cast["handler"])))
		slip.save()
	assert press(slip, "Report", cast["handler"]).workflow_state == "Reported"
	with as_user(cast["agent"]):
		registered = make_complaint()
	_hold(cast, registered)
	assert press(registered, "Assess", cast["agent"]).workflow_state == "Assessed"


def test_evidence_is_added_but_neither_changed_nor_deleted(cast: dict[str, str]) -> None:
	complaint = in_handling(cast)
	with as_user(cast["agent"]):
		contact, file = _contact(complaint), _file(COMPLAINT, complaint.name)
		comment = complaint.add_comment("Comment", "He insists on his money")
	held = _hold(cast, complaint)
	with as_user(cast["agent"]):
		added = _file(CONTACT, contact.name)
		contact.reload()
		contact.summary = "Never called"
		with pytest.raises(FieldLockedError):
			contact.save()
		comment.content = "He is content"
		with pytest.raises(FieldLockedError):
			comment.save()
		file.reload()
		file.attached_to_name = in_handling(cast).name
		with pytest.raises(FieldLockedError):
			file.save()
	for doctype, name in (
		("File", file.name),
		("File", added.name),
		("Comment", comment.name),
		(CONTACT, contact.name),
	):
		with pytest.raises(FieldLockedError):
			frappe.delete_doc(doctype, name, ignore_permissions=True)
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc(COMPLAINT, held.name, ignore_permissions=True, force=True)


def test_content_of_a_held_file_stays_on_the_disk(cast: dict[str, str]) -> None:
	"""The host deletes the content before it asks anybody: no rollback would bring it back."""
	complaint = in_handling(cast)
	file = _file(COMPLAINT, complaint.name)
	_hold(cast, complaint)
	with pytest.raises(FieldLockedError):
		frappe.delete_doc("File", file.name, ignore_permissions=True, force=True)
	assert frappe.get_doc("File", file.name).get_content().startswith("evidence of")
	with as_user(cast["general_manager"]):
		special_cases.release_hold(complaint.name, "Settled out of court")
	path = frappe.get_doc("File", file.name).get_full_path()
	frappe.delete_doc("File", file.name, ignore_permissions=True)
	assert not os.path.exists(path)


def test_clocks_and_engine_go_on_writing(cast: dict[str, str]) -> None:
	held = _hold(cast, in_handling(cast))
	held.db_set("clock_state", "Overdue", update_modified=False)
	with as_user(cast["coordinator"]):
		frappe.get_doc(COMPLAINT, held.name).save()
	assert frappe.db.get_value(COMPLAINT, held.name, "clock_state") == "Overdue"
