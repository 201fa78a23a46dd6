"""What a company changes in a shipped procedure stays; a newer shipped version is shown, and taken only by choice."""

import json
import shutil
from pathlib import Path

import pytest

import frappe

from complaint_handling.api import presets as api
from complaint_handling.constants import COMPLAINT, CONTACT, PROCEDURE, SETTINGS
from complaint_handling.domain.differences import Kind
from complaint_handling.exceptions import ProcedureError
from complaint_handling.install import ensure_setup
from complaint_handling.services.presets import comparison, new_versions, shipped
from complaint_handling.setup import DATA
from complaint_handling.setup.presets import create_presets
from tests.factories import as_user, employee_of, make_measure, make_revisit, press
from tests.figures import shipped_codes
from tests.integration import cases

CODE = "000-C"


def in_force(code: str = CODE):
	return frappe.get_doc(PROCEDURE, {"code": code, "docstatus": 1})


def amend(procedure, **changes):
	"""Cancel and amend by hand, as the form does it."""
	procedure.cancel()
	amended = frappe.copy_doc(procedure)
	amended.update({**changes, "amended_from": procedure.name, "docstatus": 0})
	amended.insert()
	amended.submit()
	return amended


@pytest.fixture
def newer_files(tmp_path: Path) -> Path:
	"""The shipped data files as a later version of the app brings them: 000-C has changed."""
	data = tmp_path / "data"
	shutil.copytree(DATA, data)
	path = data / "procedures" / "000_c.json"
	values = json.loads(path.read_text("utf-8"))
	values["shipped_version"] += 1
	values["revisit_after_days"] = 5
	values["maximum_re_review_rounds"] = 2
	values["targets"][0]["target_value"] = 2
	values["targets"].insert(1, {**values["targets"][0], "only_urgent": 1, "target_value": 1})
	del values["checks"][3]
	path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")
	return data


@pytest.mark.parametrize("code", shipped_codes())
def test_a_procedure_as_shipped_differs_in_nothing(code):
	procedure = in_force(code)
	assert comparison.compare(procedure) == ()
	assert shipped.latest_version(procedure) == procedure.shipped_version


def test_migration_keeps_what_a_company_changed():
	amended = amend(in_force(), revisit_after_days=14)
	ensure_setup()
	kept = in_force()
	assert (kept.name, kept.revisit_after_days) == (amended.name, 14)
	assert frappe.db.count(PROCEDURE, {"code": CODE}) == 2
	(difference,) = comparison.compare(kept)
	assert (difference.ours, difference.shipped) == ({"revisit_after_days": 14}, {"revisit_after_days": 3})


def test_a_shipped_procedure_taken_out_of_force_does_not_come_back():
	in_force().cancel()
	ensure_setup()
	assert not frappe.db.exists(PROCEDURE, {"code": CODE, "docstatus": 1})


def test_a_newer_shipped_version_is_shown_and_not_taken_by_itself(newer_files):
	before = in_force().as_dict()
	create_presets(newer_files)
	procedure = in_force()
	assert procedure.as_dict() == before
	assert shipped.latest_version(procedure, newer_files) == procedure.shipped_version + 1
	found = {difference.id: difference.kind for difference in comparison.compare(procedure, newer_files)}
	assert found == {
		"|revisit_after_days": Kind.CHANGED,
		"|maximum_re_review_rounds": Kind.CHANGED,
		"targets|First Answer|Customer Complaint|Complaint Registered||0|": Kind.CHANGED,
		"targets|First Answer|Customer Complaint|Complaint Registered||1|": Kind.ONLY_SHIPPED,
		"checks|Acceptance|Is it new, and not a matter that was settled with this customer before?": Kind.ONLY_OURS,
	}


def test_only_what_is_accepted_is_taken_into_a_new_version(newer_files):
	old = in_force()
	accepted = ["|revisit_after_days", "targets|First Answer|Customer Complaint|Complaint Registered||1|"]
	new = new_versions.take_over(old, accepted, newer_files)
	assert (new.name, new.amended_from, new.docstatus) == ("000-C-1", "000-C", 1)
	assert frappe.db.get_value(PROCEDURE, "000-C", "docstatus") == 2
	assert (new.revisit_after_days, new.maximum_re_review_rounds) == (5, 1)
	assert [(row.stage, row.only_urgent, row.target_value) for row in new.targets][:3] == [
		("First Answer", 0, 1),
		("First Answer", 1, 1),
		("Department Reply", 0, 2),
	]
	assert len(new.checks) == len(old.checks)
	assert shipped.latest_version(new, newer_files) == new.shipped_version
	left = {difference.id for difference in comparison.compare(new, newer_files)}
	assert not left & set(accepted) and len(left) == 3


def test_a_draft_takes_over_without_a_new_version(newer_files):
	old = in_force()
	old.cancel()
	draft = frappe.copy_doc(old)
	draft.update({"amended_from": old.name, "docstatus": 0})
	draft.insert()
	taken = new_versions.take_over(draft, ["|revisit_after_days"], newer_files)
	assert (taken.name, taken.docstatus, taken.revisit_after_days) == (draft.name, 0, 5)


def test_keeping_our_own_ends_the_announcement(newer_files):
	procedure = in_force()
	new_versions.keep_own(procedure, newer_files)
	procedure = in_force()
	assert procedure.shipped_version == shipped.latest_version(procedure, newer_files)
	assert procedure.revisit_after_days == 3
	assert len(comparison.compare(procedure, newer_files)) == 5


def test_what_is_no_difference_any_more_is_refused_and_nothing_changes(newer_files):
	with pytest.raises(ProcedureError):
		new_versions.take_over(in_force(), ["|reopen_within_days"], newer_files)
	assert in_force().name == "000-C"


def test_a_procedure_of_the_company_has_nothing_to_be_compared_with():
	own = frappe.copy_doc(in_force())
	own.update({"code": "OWN", "shipped_code": None})
	own.insert()
	with pytest.raises(ProcedureError):
		api.compare(own.name)


def test_a_copy_under_another_code_is_compared_with_what_it_was_taken_from():
	values = api.get_shipped("003-A")
	assert values.pop("code") == ""
	own = frappe.get_doc({"doctype": PROCEDURE, **values, "code": "SOUTH", "revisit_after_days": 8}).insert()
	found = api.compare(own.name)
	assert [(row["where"], row["what"], row["ours"], row["shipped"]) for row in found["differences"]] == [
		("Settings", "Revisit after Execution (Days)", ["8"], ["3"])
	]


def test_the_form_is_offered_every_shipped_procedure():
	rows = api.list_shipped()
	assert [row["code"] for row in rows] == shipped_codes()
	assert all(row["is_taken"] and row["procedure_name"] for row in rows)
	frappe.db.set_value(PROCEDURE, {"code": CODE}, "code", "MOVED")
	assert api.get_shipped(CODE)["code"] == CODE


def test_differences_are_read_in_the_language_of_the_reader(newer_files):
	frappe.local.lang = "zh"
	try:
		rows = [comparison.as_text(found) for found in comparison.compare(in_force(), newer_files)]
	finally:
		frappe.local.lang = "en"
	urgent = next(row for row in rows if row["kind"] == "Only Shipped")
	assert urgent["where"] == "时限目标"
	assert urgent["what"].startswith("首次答复 · 客户投诉 · ")


@pytest.mark.parametrize("word", ["agent", "handler", "reviewer"])
def test_who_may_not_amend_takes_nothing_over(cast, word):
	with as_user(cast[word]):
		assert api.compare("000-C")["differences"] == []
		for call in (lambda: api.take_over("000-C", ["|days"]), lambda: api.keep_own("000-C")):
			with pytest.raises(frappe.PermissionError):
				call()
		with pytest.raises(
			(frappe.PermissionError, frappe.ValidationError), match=r"No permission|Insufficient"
		):
			api.get_shipped("000-C")


@pytest.mark.parametrize("accepted", ["[]", '{"a": 1}', "[1]", '"text"'])
def test_a_choice_that_is_no_list_of_differences_is_refused(accepted):
	with pytest.raises(ProcedureError):
		api.take_over("000-C", accepted)


def test_a_version_that_is_no_longer_in_force_is_not_compared():
	amend(in_force())
	with pytest.raises(ProcedureError):
		api.compare("000-C")


def plan(cast, complaint, **values):
	"""Add a measure, done already, to the plan of a complaint."""
	done = {"done_on": frappe.utils.now_datetime()}
	with as_user(cast["coordinator"]):
		case = frappe.get_doc(COMPLAINT, complaint.name)
		case.update(values)
		case.append("measures", make_measure(employee_of(cast["handler"]), **done))
		case.save()


def explain(cast, complaint):
	"""Record that the customer was told the plan."""
	values = {
		"direction": "Outgoing",
		"channel": "Telephone",
		"purpose": "Solution Explained",
		"summary": "The plan",
	}
	with as_user(cast["agent"]):
		frappe.get_doc(
			{
				"doctype": CONTACT,
				"complaint": complaint.name,
				"contacted_on": frappe.utils.now_datetime(),
				**values,
			}
		).insert()


def test_a_running_complaint_keeps_its_version_and_every_button_works(cast):
	complaint = cases.in_handling(cast)
	old = complaint.procedure
	# The new version asks for two options and an endorsement; the running case is asked for neither.
	changes = {"minimum_remedy_options": 2, "endorser_role": "Quality Manager", "revisit_after_days": 30}
	amended = amend(frappe.get_doc(PROCEDURE, old), **changes)
	assert frappe.db.get_single_value(SETTINGS, "default_procedure") == amended.name
	slip = cases.reported_slip(cast, complaint)
	press(slip, "Accept Report", cast["coordinator"])
	plan(cast, complaint, verification_result="Confirmed", cause="Preload missing", no_compensation=1)
	press(complaint, "Propose Solution", cast["coordinator"])
	press(complaint, "Send Back", cast["general_manager"], send_back_reason="Say more of the cause")
	press(complaint, "Propose Solution", cast["coordinator"])
	press(complaint, "Approve Solution", cast["general_manager"])
	consent = {"consent_by": "Manager Wang", "consent_method": "Telephone"}
	now = frappe.utils.now_datetime()
	refused = {"refusal_reason": "Too late", "consent_on": now}
	press(complaint, "Record Refusal", cast["agent"], **consent, **refused)
	press(complaint, "Resume Handling", cast["reviewer"], re_review_opinion="Plan it anew")
	plan(cast, complaint)
	press(complaint, "Propose Solution", cast["coordinator"])
	press(complaint, "Approve Solution", cast["general_manager"])
	explain(cast, complaint)
	agreed = frappe.utils.now_datetime()
	press(complaint, "Record Consent", cast["agent"], **consent, consent_on=agreed)
	press(complaint, "Confirm Execution", cast["agent"], execution_note="Replaced")
	revisit = (
		frappe.db.get_value("Complaint Revisit", {"complaint": complaint.name})
		or make_revisit(complaint).name
	)
	press(
		frappe.get_doc("Complaint Revisit", revisit),
		"Complete Revisit",
		cast["agent"],
		method="Telephone",
		revisited_on=frappe.utils.now_datetime(),
		contacted_person="Manager Wang",
		satisfaction_with_result="Satisfied",
		satisfaction_with_process="Satisfied",
	)
	closed = press(complaint, "Close Complaint", cast["coordinator"], closing_summary="Done")
	assert (closed.workflow_state, closed.procedure) == ("Closed", old)
	reopened = press(complaint, "Reopen for Re-review", cast["reviewer"], re_review_reason="It came back")
	assert reopened.procedure == old
