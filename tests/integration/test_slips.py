"""Slips: rounds, kinds, whom they go to, when they are issued, and who gets a copy."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.api import slip as api
from complaint_handling.constants import (
	AUDITOR,
	COMPLAINT,
	DEPARTMENT_MANAGER,
	GENERAL_MANAGER,
	HANDLER,
	PROCEDURE,
	RESPONSIBLE_POST,
	SETTINGS,
	SLIP,
)
from complaint_handling.exceptions import PreconditionError
from complaint_handling.services.slips import copies, routing
from tests import factories
from tests.factories import (
	as_user,
	employee_of,
	make_complaint,
	make_department,
	make_measure,
	make_slip,
	press,
)
from tests.integration import cases
from tests.permissions.conftest import make_person


def department_of(user: str) -> str:
	return frappe.db.get_value("Employee", employee_of(user), "department")


def make_post(user: str, department: str | None = None, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": department or department_of(user),
			"employee": employee_of(user),
			"valid_from": "2026-01-01",
			**values,
		}
	).insert(ignore_permissions=True)


def draft(
	cast: dict[str, str], department: str | None = None, complaint: Document | None = None, **values: Any
):
	"""Return the agent's draft of a slip."""
	with as_user(cast["agent"]):
		complaint = complaint or make_complaint()
		return make_slip(complaint, department or department_of(cast["handler"]), **values)


def about(cast: dict[str, str], user: str) -> Document:
	with as_user(cast["agent"] if user != cast["agent"] else cast["coordinator"]):
		return make_complaint(
			subject_type="Person",
			complained_about_employee=employee_of(user),
			complaint_owner=cast["reviewer"] if user != cast["reviewer"] else cast["vice_president"],
		)


# Rounds


def test_slips_to_one_department_are_numbered_and_name_the_one_before(cast):
	"""R-003A-04: slips count together with second and repeat ones, each told apart."""
	complaint = cases.in_handling(cast)
	first = draft(cast, complaint=complaint)
	second = draft(cast, complaint=complaint)
	elsewhere = draft(cast, make_department("Test Quality"), complaint=complaint)
	press(second, "Cancel Slip", cast["agent"], cancel_reason="Written twice")
	third = draft(cast, complaint=complaint)
	fourth = draft(cast, complaint=complaint)
	assert [(slip.slip_round, slip.previous_slip) for slip in (first, second, elsewhere)] == [
		("First", None),
		("Second", first.name),
		("First", None),
	]
	assert (third.slip_round, third.previous_slip) == ("Second", first.name)
	assert (fourth.slip_round, fourth.previous_slip) == ("Repeated", third.name)


def test_round_is_the_servers_and_follows_the_department(cast):
	complaint = cases.in_handling(cast)
	draft(cast, complaint=complaint)
	slip = draft(cast, complaint=complaint, slip_round="First")
	assert slip.slip_round == "Second"
	with as_user(cast["agent"]):
		slip.slip_round = "Repeated"
		slip.save()
		assert slip.slip_round == "Second"
		slip.department = make_department("Test Quality")
		slip.save()
	assert (slip.slip_round, slip.previous_slip) == ("First", None)


def test_department_is_asked_again_in_a_re_review(cast):
	"""R-000C-06, R-003A-04: the slip of the new round is a second one."""
	slip = cases.reported_slip(cast)
	press(slip, "Accept Report", cast["coordinator"])
	complaint = frappe.get_doc(COMPLAINT, slip.complaint)
	frappe.db.set_value(COMPLAINT, complaint.name, "workflow_state", "Re-review")
	again = draft(cast, complaint=complaint)
	assert (again.slip_round, again.previous_slip) == ("Second", slip.name)
	press(again, "Submit for Issue", cast["agent"])
	assert press(again, "Issue Slip", cast["coordinator"]).workflow_state == "Issued"


def test_round_is_a_column_of_lists_and_of_the_report_builder():
	field = frappe.get_meta(SLIP).get_field("slip_round")
	assert field.in_list_view
	assert field.in_standard_filter
	assert (
		frappe.get_list(SLIP, fields=["slip_round", "count(name) as slips"], group_by="slip_round")
		is not None
	)


# Whom a slip goes to


def test_slip_goes_to_the_post_and_without_one_to_the_head_of_the_department(cast):
	"""R-003A-09, R-000K-06: the listed owner, else the department's manager."""
	without = draft(cast)
	assert without.responsible_user == cast["department_manager"]
	make_post(cast["handler"])
	assert draft(cast).responsible_user == cast["handler"]


def test_department_without_post_and_manager_leaves_the_choice_open(cast):
	slip = draft(cast, make_department("Test Orphaned"))
	assert not slip.responsible_employee
	press(slip, "Submit for Issue", cast["agent"])
	press(frappe.get_doc(COMPLAINT, slip.complaint), "Assess", cast["agent"])
	with pytest.raises(PreconditionError, match="Nobody is responsible"):
		press(slip, "Issue Slip", cast["coordinator"])


def test_handler_who_was_chosen_stays(cast):
	make_post(cast["handler"])
	chosen = employee_of(cast["department_manager"])
	assert draft(cast, responsible_employee=chosen).responsible_employee == chosen


@pytest.mark.parametrize(
	("subject", "expected"),
	[
		("handler", "department_manager"),
		("agent", "reviewer"),
		("department_manager", "vice_president"),
		("reviewer", "vice_president"),
		("coordinator", "general_manager"),
		("vice_president", "general_manager"),
		("general_manager", "owner"),
	],
)
def test_complaint_about_a_person_goes_to_who_is_above(cast, subject, expected):
	"""R-000K-03, R-000K-04, R-000K-05, R-000K-06, R-000K-13: also where the person holds the post himself."""
	cast["owner"] = make_person("owner", AUDITOR)
	settings = frappe.get_doc(SETTINGS)
	settings.escalation_owner = cast["owner"]
	settings.save()
	make_post(cast[subject])
	slip = frappe.new_doc(SLIP)
	complaint = about(cast, cast[subject])
	slip.update({"complaint": complaint.name, "department": department_of(cast[subject])})
	found = routing.responsible_for(slip, complaint)
	assert found.user == cast[expected]
	assert found.employee == (employee_of(cast[expected]) if expected != "owner" else None)


def test_slip_to_another_department_goes_to_its_own_post(cast):
	quality = make_department("Test Quality")
	make_post(cast["quality_manager"], quality)
	slip = draft_about = frappe.new_doc(SLIP)
	complaint = about(cast, cast["handler"])
	slip.update({"complaint": complaint.name, "department": quality})
	assert routing.responsible_for(draft_about, complaint).user == cast["quality_manager"]


def test_post_holder_who_is_complained_about_is_passed_over_everywhere(cast):
	"""Nobody handles a complaint about himself, also as post holder of another department."""
	quality = make_department("Test Quality")
	make_post(cast["handler"], quality, substitute=employee_of(cast["quality_manager"]))
	slip = frappe.new_doc(SLIP)
	complaint = about(cast, cast["handler"])
	slip.update({"complaint": complaint.name, "department": quality})
	assert routing.responsible_for(slip, complaint).user == cast["quality_manager"]


def test_complaint_about_a_unit_goes_to_its_manager(cast):
	"""R-000K-13: the manager of the unit complained about, before the holder of the post."""
	make_post(cast["handler"])
	department = department_of(cast["handler"])
	complaint = make_complaint(subject_type="Unit", complained_about_department=department)
	assert draft(cast, complaint=complaint).responsible_user == cast["department_manager"]


def test_superior_answers_a_slip_about_a_manager(cast):
	"""R-000K-04: the vice president in charge handles a complaint about a manager of his departments."""
	complaint = about(cast, cast["department_manager"])
	press(complaint, "Assess", cast["agent"])
	slip = draft(cast, complaint=frappe.get_doc(COMPLAINT, complaint.name))
	assert slip.responsible_user == cast["vice_president"]
	press(slip, "Submit for Issue", cast["agent"])
	press(slip, "Issue Slip", cast["coordinator"])
	with as_user(cast["vice_president"]):
		issued = frappe.get_doc(SLIP, slip.name)
		issued.finding, issued.cause = "The manager was out of temper", "Three cases on one day"
		issued.append("measures", make_measure(employee_of(cast["vice_president"])))
		issued.save()
	assert press(slip, "Report", cast["vice_president"]).reported_by == cast["vice_president"]


# When a slip is issued


def test_slip_is_drafted_for_a_registered_complaint_and_issued_once_it_is_assessed(cast):
	slip = draft(cast)
	press(slip, "Submit for Issue", cast["agent"])
	with pytest.raises(PreconditionError, match="not assessed yet"):
		press(slip, "Issue Slip", cast["coordinator"])
	press(frappe.get_doc(COMPLAINT, slip.complaint), "Assess", cast["agent"])
	assert press(slip, "Issue Slip", cast["coordinator"]).workflow_state == "Issued"


@pytest.mark.parametrize("missing", ["finding", "cause", "measures", "owner", "due date"])
def test_slip_is_reported_only_when_filled_completely(cast, missing):
	"""R-000K-15: finding, cause, and measures with an owner and a date."""
	slip = cases.issued_slip(cast)
	row = make_measure(employee_of(cast["handler"]))
	row.pop({"owner": "responsible_employee", "due date": "due_on"}.get(missing, ""), None)
	with as_user(cast["handler"]):
		doc = frappe.get_doc(SLIP, slip.name)
		doc.finding = None if missing == "finding" else "The preload is missing"
		doc.cause = None if missing == "cause" else "The work instruction leaves it open"
		if missing != "measures":
			doc.append("measures", row)
		doc.save()
	words = {
		"owner": "no owner or no due date",
		"due date": "no owner or no due date",
		"measures": "measure is",
	}
	with pytest.raises(PreconditionError, match=words.get(missing, missing)):
		press(slip, "Report", cast["handler"])


def test_technical_opinion_is_reported_without_a_measure(cast):
	"""R-000H-09: the technical department learns the content, confirms the reason and gives reference."""
	complaint = cases.in_handling(cast)
	slip = draft(cast, complaint=complaint, slip_kind="Technical Opinion")
	assert slip.goods_summary
	press(slip, "Submit for Issue", cast["agent"])
	press(slip, "Issue Slip", cast["coordinator"])
	manager = cast["department_manager"]
	with as_user(manager):
		doc = frappe.get_doc(SLIP, slip.name)
		doc.finding, doc.cause = "See drawing 12", "The bearing has no preload"
		doc.save()
	assert press(slip, "Report", manager).workflow_state == "Reported"
	html = frappe.get_print(SLIP, slip.name, "Complaint Handling Slip")
	assert "Technical Opinion" in html


def test_another_department_neither_answers_nor_disputes(cast):
	"""R-003A-11: a dispute is raised by the responsible department."""
	slip = cases.issued_slip(cast)
	stranger = make_person("stranger", HANDLER, "Quality Manager", department=make_department("Test Quality"))
	with as_user(stranger):
		doc = frappe.get_doc(SLIP, slip.name)
		doc.finding = "Not mine"
		with pytest.raises(frappe.PermissionError, match="department that has the slip"):
			doc.save()
	with pytest.raises(frappe.PermissionError, match="department that has the slip"):
		press(slip, "Dispute Responsibility", stranger, dispute_reason="Not theirs")


# Proposals of the dialog


def test_slip_is_proposed_to_the_follow_up_owner_of_the_case(cast):
	"""R-003A-14, R-003A-16: also for a case of a production line; either kind may be started."""
	production = make_department("Test Production Line")
	follower = employee_of(cast["handler"])
	with as_user(cast["agent"]):
		complaint = make_complaint(follow_up_employee=follower, responsible_department=production)
		proposed = api.get_proposal(complaint.name)
	assert proposed["department"] == department_of(cast["handler"])
	assert {"value": production, "label": "Test Production Line"} in proposed["departments"]
	for kind in ("Complaint Slip", "Service Slip"):
		slip = draft(cast, proposed["department"], complaint, slip_kind=kind)
		assert (slip.responsible_employee, slip.slip_kind) == (follower, kind)
	again = draft(cast, proposed["department"], complaint)
	assert (again.slip_round, again.responsible_employee) == ("Repeated", follower)


def test_without_a_follow_up_owner_the_responsible_department_is_proposed(cast):
	department = department_of(cast["handler"])
	with as_user(cast["agent"]):
		complaint = make_complaint(responsible_department=department)
		assert api.get_proposal(complaint.name)["department"] == department


def test_agent_drafts_a_slip_without_a_right_on_departments_and_employees(cast):
	"""R-003A-16: a slip of either kind, by whoever may create one and reads the case."""
	department = department_of(cast["handler"])
	with as_user(cast["agent"]):
		complaint = make_complaint()
		handlers = [row["value"] for row in api.get_handlers_for(complaint.name, department)]
		name = api.create_slip(complaint.name, "Service Slip", department, "Mend it", handlers[0])
	slip = frappe.get_doc(SLIP, name)
	assert employee_of(cast["handler"]) in handlers
	assert (slip.workflow_state, slip.slip_kind, slip.owner) == ("Draft", "Service Slip", cast["agent"])
	assert (slip.department, slip.responsible_employee) == (department, handlers[0])
	with as_user(make_person("watcher", AUDITOR)):
		for call in (api.get_proposal, lambda case: api.create_slip(case, "Service Slip", department)):
			with pytest.raises(frappe.ValidationError, match="No permission"):
				call(complaint.name)


# Copies


@pytest.fixture
def auditor(cast) -> str:
	return make_person("auditor", AUDITOR)


@pytest.fixture
def copied(cast, auditor) -> Document:
	"""A complaint in handling whose procedure copies slips to supervision and audit."""
	complaint = cases.in_handling(cast)
	procedure = frappe.get_doc(PROCEDURE, complaint.procedure)
	row = {"purpose": "Slip Copy", "recipient": "Supervision and Audit", "role": AUDITOR}
	recipient = procedure.append("recipients", row)
	recipient.db_insert()
	frappe.clear_document_cache(PROCEDURE, complaint.procedure)
	return complaint


def notices_to(user: str, slip: Document) -> int:
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": slip.name})


def test_copies_of_an_issued_slip_go_to_audit_and_to_those_of_the_post(cast, copied, auditor):
	"""R-003A-16: cc to supervision and audit; who may not read the slip is told nothing."""
	reader = make_person("reader", DEPARTMENT_MANAGER, department=department_of(cast["handler"]))
	outsider = make_person("outsider", HANDLER, department=make_department("Test Elsewhere"))
	make_post(cast["handler"], copies=[{"user": reader}, {"user": outsider}])
	slip = cases.issued_slip(cast, copied)
	assert [notices_to(user, slip) for user in (auditor, reader, outsider)] == [1, 1, 0]
	assert set(frappe.db.get_value(SLIP, slip.name, "copied_to").split(", ")) == {
		frappe.utils.get_fullname(auditor),
		frappe.utils.get_fullname(reader),
	}


def test_copies_are_sent_once_an_issue(cast, copied, auditor):
	slip = cases.reported_slip(cast, copied)
	assert notices_to(auditor, slip) == 1
	copies.send(frappe.get_doc(SLIP, slip.name), copied)
	assert notices_to(auditor, slip) == 1
	again = press(slip, "Ask Again", cast["coordinator"], return_reason="Which batch?")
	assert notices_to(auditor, slip) == 2
	assert frappe.db.get_value(SLIP, again.name, "copied_to") == frappe.utils.get_fullname(auditor)


def test_slip_given_back_from_above_is_no_new_issue(cast, copied, auditor):
	slip = cases.issued_slip(cast, copied)
	issued_on = frappe.db.get_value(SLIP, slip.name, "issued_on")
	superior = cast["department_manager"]
	press(slip, "Pass Upward", cast["handler"], escalated_to=superior, escalation_reason="Above the standard")
	given = press(slip, "Give Instruction", superior, higher_instruction="Offer the repair")
	assert (given.issued_on, given.issued_by) == (issued_on, cast["coordinator"])
	assert notices_to(auditor, slip) == 1


def test_general_manager_is_no_recipient_by_chance(cast, copied):
	"""Only purpose Slip Copy counts: recipients of the monthly report get no slips."""
	procedure = frappe.get_doc(PROCEDURE, copied.procedure)
	row = {"purpose": "Monthly Report", "recipient": "General Manager", "role": GENERAL_MANAGER}
	procedure.append("recipients", row).db_insert()
	frappe.clear_document_cache(PROCEDURE, copied.procedure)
	slip = cases.issued_slip(cast, copied)
	assert not notices_to(cast["general_manager"], slip)
	assert now_datetime() >= slip.issued_on
