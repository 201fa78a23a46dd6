"""What was recorded stays what it was: rows, owners, answers of one round, clocks of one person."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import COMPLAINT, CONTACT, EIGHT_D, MILESTONE, REVISIT, SLIP
from complaint_handling.exceptions import (
	AuthorityError,
	FieldLockedError,
	MissingInputError,
	PreconditionError,
	TransitionRefusedError,
)
from complaint_handling.services.staff import people
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

SATISFIED = {
	"method": "Telephone",
	"contacted_person": "Manager Wang",
	"satisfaction_with_result": "Satisfied",
	"satisfaction_with_process": "Satisfied",
}


def test_owner_sent_by_a_client_is_not_believed(cast):
	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.owner = cast["reviewer"]
		complaint.resources = "Two engineers"
		complaint.save()
	assert frappe.db.get_value(COMPLAINT, complaint.name, "owner") == cast["agent"]


def test_read_only_column_of_a_row_keeps_its_value(cast):
	complaint = cases.executing(cast)
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.items[0].delivered_quantity = 99
		complaint.save()
	assert frappe.get_doc(COMPLAINT, complaint.name).items[0].delivered_quantity == 0


def test_row_of_another_complaint_cannot_be_taken_over(cast):
	foreign = cases.proposed(cast, rate=1000)
	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.append("remedies", {"remedy_type": "Refund", "rate": 1})
		complaint.remedies[0].name = foreign.remedies[0].name
		complaint.remedies[0].set("__islocal", None)
		with pytest.raises(FieldLockedError):
			complaint.save()
	assert len(frappe.get_doc(COMPLAINT, foreign.name).remedies) == 1


def test_consent_of_an_earlier_round_is_no_consent(cast):
	complaint = cases.with_customer(cast)
	answer = {"consent_by": "Manager Wang", "consent_method": "Telephone", "consent_on": now_datetime()}
	press(complaint, "Record Refusal", cast["agent"], refusal_reason="Too late", **answer)
	press(
		complaint,
		"Resume Handling",
		cast["reviewer"],
		re_review_opinion="It is the right plan",
		re_review_keeps_plan=1,
	)
	press(complaint, "Propose Solution", cast["coordinator"])
	press(complaint, "Approve Solution", cast["general_manager"])
	cases.explain(cast, complaint)
	with pytest.raises(MissingInputError, match="Answer Given by"):
		press(complaint, "Record Consent", cast["agent"])
	agreed = press(complaint, "Record Consent", cast["agent"], **answer)
	assert agreed.workflow_state == "Executing"


def test_round_beyond_the_procedures_number_goes_one_level_up(cast):
	complaint = cases.awaiting_revisit(cast)
	for opened_by in (cast["reviewer"], cast["vice_president"]):
		frappe.db.set_value(COMPLAINT, complaint.name, "workflow_state", "Awaiting Revisit")
		press(complaint, "Request Re-review", cast["agent"], re_review_reason=f"Not solved, says {opened_by}")
		if opened_by != cast["reviewer"]:
			with pytest.raises(TransitionRefusedError):
				press(complaint, "Resume Handling", cast["reviewer"], re_review_opinion="Again")
		resumed = press(complaint, "Resume Handling", opened_by, re_review_opinion=f"Opinion of {opened_by}")
		assert resumed.workflow_state == "In Handling"


def test_revisit_before_the_solution_is_executed_does_not_close_the_case(cast):
	complaint = cases.in_handling(cast)
	with as_user(cast["agent"]):
		early = factories.make_revisit(complaint)
	press(early, "Complete Revisit", cast["agent"], revisited_on=now_datetime(), **SATISFIED)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "satisfaction_with_result") is None


def test_cancelled_revisit_takes_its_answer_with_it(cast):
	complaint = cases.awaiting_revisit(cast)
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	press(revisit, "Complete Revisit", cast["agent"], revisited_on=now_datetime(), **SATISFIED)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "satisfaction_with_result") == "Satisfied"
	with as_user(cast["coordinator"]), pytest.raises(TransitionRefusedError):
		frappe.get_doc(REVISIT, revisit.name).cancel()
	press(revisit, "Cancel Revisit", cast["coordinator"], cancel_reason="Another person answered")
	assert frappe.db.get_value(COMPLAINT, complaint.name, "satisfaction_with_result") is None
	with pytest.raises(PreconditionError, match="revisit"):
		press(complaint, "Close Complaint", cast["coordinator"], closing_summary="Done")


def test_source_that_the_user_may_not_read_is_not_linked_later(cast):
	own, about = cases.in_handling(cast), None
	with as_user(cast["agent"]):
		about = factories.make_complaint(
			complained_about_employee=factories.employee_of(cast["quality_manager"])
		)
	with as_user(cast["quality_manager"]):
		report = factories.make_eight_d(own, (factories.employee_of(cast["handler"]),))
		report.append("complaints", {"complaint": about.name})
		with pytest.raises(frappe.PermissionError):
			report.save()
	assert len(frappe.get_doc(EIGHT_D, report.name).complaints) == 1


def test_clock_follows_the_new_handler_of_a_slip(cast):
	slip = cases.issued_slip(cast)
	with as_user(cast["handler"]):
		slip = frappe.get_doc(SLIP, slip.name)
		slip.responsible_employee = factories.employee_of(cast["department_manager"])
		slip.save()
	milestone = frappe.get_doc(MILESTONE, {"reference_name": slip.name, "stage": "Department Reply"})
	assert milestone.responsible_user == cast["department_manager"]


def test_case_with_an_open_slip_is_not_cancelled(cast):
	slip = cases.issued_slip(cast)
	complaint = frappe.get_doc(COMPLAINT, slip.complaint)
	with pytest.raises(PreconditionError, match="slips"):
		press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")


def test_answer_that_was_never_given_is_missed_when_the_case_ends(cast, frozen_time):
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["agent"]):
		complaint = factories.make_complaint()
	frozen_time("2026-03-12 10:00:00")
	press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")
	ended = frappe.get_doc(COMPLAINT, complaint.name)
	assert (ended.first_answer_in_time, ended.clock_state) == ("No", "Missed")


def test_incoming_call_is_no_first_answer_and_a_contact_keeps_its_purpose(cast):
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(received_on=add_to_date(now_datetime(), minutes=-5))
		contact = frappe.get_doc(
			{
				"doctype": CONTACT,
				"complaint": complaint.name,
				"contacted_on": now_datetime(),
				"direction": "Incoming",
				"channel": "Telephone",
				"purpose": "First Answer",
				"summary": "The customer asks how far we are",
			}
		).insert()
		assert (
			frappe.db.get_value(MILESTONE, {"complaint": complaint.name, "stage": "First Answer"}, "done_at")
			is None
		)
		contact.direction = "Outgoing"
		with pytest.raises(frappe.CannotChangeConstantError):
			contact.save()


def test_typed_exchange_rate_needs_the_highest_authority(cast):
	complaint = cases.solved(cast, rate=1000)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.remedies[0].update({"currency": "EUR", "rate": 900000, "conversion_rate": 0.0001})
		complaint.save()
	press(complaint, "Propose Solution", cast["coordinator"])
	with pytest.raises((AuthorityError, TransitionRefusedError)):
		press(complaint, "Approve Solution", cast["vice_president"])
	approved = press(complaint, "Approve Solution", cast["general_manager"])
	assert approved.next_approver_role == "Complaint General Manager"


def test_approver_who_loses_the_role_later_stops_nothing(cast):
	complaint = cases.executing(cast)
	frappe.db.delete("Has Role", {"parent": complaint.approved_by, "role": "Complaint General Manager"})
	frappe.clear_cache(user=complaint.approved_by)
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.measures[0].done_on = now_datetime()
		complaint.save()
	executed = press(complaint, "Confirm Execution", cast["agent"], execution_note="Done on site")
	assert executed.workflow_state == "Awaiting Revisit"


def test_superior_who_has_left_is_passed_over(cast):
	assert people.Staff().superiors_of(cast["handler"])[0] == cast["department_manager"]
	frappe.db.set_value("Employee", factories.employee_of(cast["department_manager"]), "status", "Left")
	assert people.Staff().superiors_of(cast["handler"])[0] == cast["vice_president"]


def test_amended_procedure_is_the_default_after_the_old_one_is_cancelled(cast):
	old = frappe.get_doc("Complaint Procedure", factories.default_procedure())
	# Running cases link the old version, so the amendment is made beside it, as the Amend button does.
	new = frappe.copy_doc(old)
	new.code = "004-A-Test"
	new.insert()
	new.submit()
	frappe.db.set_value("Complaint Procedure", old.name, "docstatus", 2)
	frappe.clear_document_cache("Complaint Procedure", old.name)
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(procedure=None)
	assert complaint.procedure == new.name


def test_revisit_cannot_be_born_submitted(cast):
	complaint = cases.awaiting_revisit(cast)
	with as_user(cast["agent"]), pytest.raises(TransitionRefusedError):
		factories.make_revisit(complaint, docstatus=1, revisited_on=now_datetime(), **SATISFIED)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "satisfaction_with_result") is None


def test_default_procedure_is_cancelled_and_amended_without_a_detour(cast):
	code = factories.default_procedure()
	complaint = cases.in_handling(cast)
	frappe.db.set_single_value("Complaint Settings", "default_procedure", code)
	procedure = frappe.get_doc("Complaint Procedure", code)
	with as_user(cast["general_manager"]):
		procedure.cancel()
		amended = frappe.copy_doc(procedure)
		amended.amended_from = procedure.name
		amended.submit()
	assert frappe.db.get_single_value("Complaint Settings", "default_procedure") == amended.name
	assert frappe.db.get_value(COMPLAINT, complaint.name, "procedure") == code
	with as_user(cast["coordinator"]):
		running = frappe.get_doc(COMPLAINT, complaint.name)
		running.cause = "Still handled by the version it began with"
		running.save()


def test_cancelled_case_leaves_no_clock_of_its_8d_running(cast):
	complaint = cases.in_handling(cast)
	with as_user(cast["quality_manager"]):
		report = factories.make_eight_d(complaint, (factories.employee_of(cast["handler"]),))
	press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")
	states = frappe.get_all(MILESTONE, filters={"reference_name": report.name}, pluck="state")
	assert states
	assert set(states) == {"Cancelled"}


def test_no_answer_is_promised_on_an_ended_case(cast):
	with as_user(cast["agent"]):
		complaint = factories.make_complaint(received_on=add_to_date(now_datetime(), minutes=-5))
	press(complaint, "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")
	contact = {
		"doctype": CONTACT,
		"complaint": complaint.name,
		"contacted_on": now_datetime(),
		"channel": "Telephone",
		"purpose": "Other",
		"summary": "The customer calls again",
	}
	with as_user(cast["agent"]), pytest.raises(frappe.ValidationError, match="ended"):
		frappe.get_doc({**contact, "next_answer_due": add_to_date(now_datetime(), hours=2)}).insert()
