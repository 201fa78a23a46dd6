"""Every step that the Workflow does not know is refused, at every door, for every role and state."""

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError

from complaint_handling.constants import (
	COMPLAINT,
	DEFERRAL,
	EIGHT_D,
	OWN_ROLES,
	QUALITY_MANAGER,
	REVISIT,
	SLIP,
	WORKFLOW_DOCTYPES,
)
from complaint_handling.exceptions import (
	AuthorityError,
	FieldLockedError,
	MissingInputError,
	PreconditionError,
	SelfApprovalError,
	TransitionRefusedError,
)
from complaint_handling.services.workflow import workflow_steps
from complaint_handling.setup import read_folder
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases

SHIPPED = {shipped["document_type"]: shipped for shipped in read_folder("workflows")}
REFUSALS = (WorkflowTransitionError, WorkflowPermissionError, TransitionRefusedError, frappe.PermissionError)
CONDITIONS = (PreconditionError, MissingInputError, AuthorityError, SelfApprovalError)
ROLES = (*OWN_ROLES, QUALITY_MANAGER)


def states_of(doctype: str) -> list[str]:
	return [row["state"] for row in SHIPPED[doctype]["states"] if not row.get("doc_status")]


def actions_of(doctype: str) -> set[str]:
	return {row["action"] for row in SHIPPED[doctype]["transitions"]}


def steps_open_to(doc: Document, role: str) -> list[dict]:
	return [
		step
		for step in SHIPPED[doc.doctype]["transitions"]
		if step["state"] == doc.workflow_state
		and role in step["allowed"]
		and (not step.get("condition") or frappe.safe_eval(step["condition"], None, {"doc": doc.as_dict()}))
	]


@pytest.fixture
def documents(cast: dict[str, str]) -> dict[str, Document]:
	complaint = cases.in_handling(cast)
	slip = cases.issued_slip(cast, complaint)
	with as_user(cast["quality_manager"]):
		report = factories.make_eight_d(
			complaint, tuple(factories.employee_of(cast[word]) for word in ("handler", "department_manager"))
		)
	with as_user(cast["coordinator"]):
		revisit = factories.make_revisit(complaint)
	return {
		COMPLAINT: complaint,
		SLIP: slip,
		EIGHT_D: report,
		REVISIT: revisit,
		DEFERRAL: cases.deferral_request(cast),
	}


def user_with_only(role: str, cast: dict[str, str]) -> str:
	"""Return the member of the cast with the role (beside Employee, which ERPNext gives by itself)."""
	for user in cast.values():
		if frappe.db.exists("Has Role", {"parent": user, "role": role}):
			return user
	return factories.make_user("test.auditor@example.com", role)


def attempt(door, doc: Document, *arguments: str) -> Exception | None:
	"""Try a door and take back what it wrote; return what it raised."""
	frappe.db.savepoint("attempt")
	try:
		door(doc, *arguments)
	except Exception as error:
		return error
	finally:
		frappe.db.rollback(save_point="attempt")
		frappe.clear_messages()
	return None


def by_button(doc: Document, action: str) -> None:
	workflow_steps.take(frappe.get_doc(doc.doctype, doc.name), action)


def by_put(doc: Document, state: str) -> None:
	"""What REST does for `PUT /api/resource/<doctype>/<name>` with a new state."""
	fresh = frappe.get_doc(doc.doctype, doc.name, for_update=True)
	fresh.update({"workflow_state": state})
	fresh.save()


def is_condition(error: Exception) -> bool:
	"""Tell whether a step is open to the role, and refused for what the document or the department lacks."""
	return isinstance(error, CONDITIONS) or "Only the department that has the slip" in str(error)


def put_in_state(doc: Document, state: str) -> Document:
	frappe.db.set_value(doc.doctype, doc.name, "workflow_state", state, update_modified=False)
	return frappe.get_doc(doc.doctype, doc.name)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("doctype", WORKFLOW_DOCTYPES)
def test_button_unknown_to_role_and_state_is_refused(doctype, role, cast, documents):
	user = user_with_only(role, cast)
	tried = 0
	for state in states_of(doctype):
		doc = put_in_state(documents[doctype], state)
		legal = {step["action"] for step in steps_open_to(doc, role)}
		with as_user(user):
			for action in sorted(actions_of(doctype)):
				error = attempt(by_button, doc, action)
				tried += 1
				if action in legal:
					assert error is None or is_condition(error), (state, action, repr(error))
				else:
					assert isinstance(error, REFUSALS), (state, action, repr(error))
	assert tried == len(states_of(doctype)) * len(actions_of(doctype))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("doctype", WORKFLOW_DOCTYPES)
def test_put_of_a_state_past_the_workflow_is_refused(doctype, role, cast, documents):
	user = user_with_only(role, cast)
	for state in states_of(doctype):
		doc = put_in_state(documents[doctype], state)
		# A submitted state is entered by submitting; a mere save into it is refused to everybody.
		legal = {step["next_state"] for step in steps_open_to(doc, role)} & set(states_of(doctype))
		with as_user(user):
			for target in (row["state"] for row in SHIPPED[doctype]["states"]):
				if target == state:
					continue
				error = attempt(by_put, doc, target)
				if target in legal:
					assert error is None or is_condition(error), (state, target, repr(error))
				else:
					assert isinstance(error, REFUSALS), (state, target, repr(error))


@pytest.mark.parametrize("doctype", WORKFLOW_DOCTYPES)
def test_new_document_cannot_be_inserted_in_a_later_state(doctype, cast, documents):
	for state in states_of(doctype)[1:]:
		copy = frappe.copy_doc(documents[doctype])
		copy.workflow_state = state
		with pytest.raises((TransitionRefusedError, WorkflowPermissionError)):
			copy.insert()


def test_server_owned_field_sent_by_a_client_is_not_believed(cast):
	complaint = cases.in_handling(cast)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.update({"approved_by": cast["coordinator"], "total_remedy_amount": 0, "approval_level": 0})
		complaint.resources = "Two engineers"
		complaint.save()
	stored = frappe.get_doc(COMPLAINT, complaint.name)
	assert stored.resources == "Two engineers"
	assert stored.approved_by is None
	assert stored.approval_level == 1


def test_raised_amount_in_the_save_that_proposes_is_refused(cast):
	complaint = cases.solved(cast, rate=1000)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.remedies[0].rate = 900000
		complaint.workflow_state = "Solution Proposed"
		with pytest.raises(FieldLockedError):
			complaint.save()


def test_raised_amount_in_the_save_that_approves_is_refused(cast):
	complaint = cases.proposed(cast, rate=1000)
	with as_user(cast["department_manager"]):
		frappe.db.set_value(
			COMPLAINT,
			complaint.name,
			"responsible_department",
			frappe.db.get_value("Employee", factories.employee_of(cast["handler"]), "department"),
		)
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.remedies[0].rate = 4000
		complaint.workflow_state = "With Customer"
		with pytest.raises(FieldLockedError):
			complaint.save()


def test_amount_forged_in_a_row_of_a_locked_table_is_computed_again(cast):
	complaint = cases.proposed(cast, rate=1000)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.remedies[0].base_amount = 1
		complaint.save()
	assert frappe.get_doc(COMPLAINT, complaint.name).remedies[0].base_amount == 1000


def test_revisit_is_not_submitted_past_its_button(cast, documents):
	answer = {
		"method": "Telephone",
		"revisited_on": frappe.utils.now_datetime(),
		"contacted_person": "Manager Wang",
		"satisfaction_with_result": "Satisfied",
		"satisfaction_with_process": "Satisfied",
	}
	with as_user(cast["coordinator"]):
		submitted = frappe.get_doc(REVISIT, documents[REVISIT].name)
		with pytest.raises(TransitionRefusedError):
			submitted.submit()
		written = frappe.get_doc(REVISIT, documents[REVISIT].name)
		written.update({**answer, "workflow_state": "Completed"})
		with pytest.raises(TransitionRefusedError):
			written.save()
	completed = press(documents[REVISIT], "Complete Revisit", cast["coordinator"], **answer)
	assert (completed.docstatus, completed.workflow_state) == (1, "Completed")


def test_unsatisfied_revisit_opens_the_re_review_by_itself(cast):
	complaint = cases.awaiting_revisit(cast)
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	press(
		revisit,
		"Complete Revisit",
		cast["agent"],
		method="Telephone",
		revisited_on=frappe.utils.now_datetime(),
		contacted_person="Manager Wang",
		satisfaction_with_result="Unsatisfied",
		satisfaction_with_process="Neutral",
		comments="The machine still vibrates",
	)
	reopened = frappe.get_doc(COMPLAINT, complaint.name)
	assert (reopened.workflow_state, reopened.re_review_round) == ("Re-review", 1)
	assert reopened.re_review_reason == "The machine still vibrates"
	again = press(reopened, "Resume Handling", cast["reviewer"], re_review_opinion="Look at the foundation")
	assert again.workflow_state == "In Handling"


def test_row_of_a_table_cannot_be_saved_past_its_document(cast):
	"""REST `PUT /api/resource/Complaint Remedy/<row>` saves the row, then a document that finds nothing changed."""
	complaint = cases.proposed(cast, rate=1000)
	with as_user(cast["coordinator"]):
		row = frappe.get_doc("Complaint Remedy", complaint.remedies[0].name)
		row.update({"rate": 900000})
		with pytest.raises(FieldLockedError):
			row.save()
		added = frappe.get_doc(
			{
				"doctype": "Complaint Remedy",
				"parenttype": COMPLAINT,
				"parentfield": "remedies",
				"parent": complaint.name,
				"remedy_type": "Refund",
				"rate": 5,
			}
		)
		with pytest.raises(FieldLockedError):
			added.insert()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Complaint Remedy", complaint.remedies[0].name)


def test_approval_above_the_limit_names_the_role_that_may(cast):
	complaint = cases.proposed(cast, rate=200000)
	with as_user(cast["vice_president"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.workflow_state = "With Customer"
		with pytest.raises((AuthorityError, TransitionRefusedError)):
			complaint.save()
	approved = press(complaint, "Approve Solution", cast["general_manager"])
	assert approved.approved_by == cast["general_manager"]


def test_split_remedies_are_added_up_before_the_limit_is_compared(cast):
	complaint = cases.solved(cast, rate=60000)
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.append("remedies", {"remedy_type": "Refund", "quantity": 1, "rate": 60000})
		complaint.save()
	proposed = press(complaint, "Propose Solution", cast["coordinator"])
	assert proposed.total_remedy_amount == 120000
	assert proposed.next_approver_role == "Complaint General Manager"


def test_proposer_with_the_approvers_role_cannot_approve_himself(cast):
	frappe.get_doc("User", cast["coordinator"]).add_roles("Complaint General Manager")
	complaint = cases.proposed(cast, rate=1000)
	with pytest.raises((SelfApprovalError, TransitionRefusedError, frappe.ValidationError)):
		press(complaint, "Approve Solution", cast["coordinator"])
	assert frappe.db.get_value(COMPLAINT, complaint.name, "workflow_state") == "Solution Proposed"


def test_dialog_does_not_take_fields_that_the_button_does_not_ask_for(cast):
	complaint = cases.proposed(cast, rate=1000)
	with pytest.raises(FieldLockedError):
		press(complaint, "Approve Solution", cast["general_manager"], cause="Another cause")


def test_button_without_its_reason_is_refused_and_says_what_is_missing(cast):
	complaint = cases.with_customer(cast)
	with pytest.raises(MissingInputError, match="Answer Given by"):
		press(complaint, "Record Consent", cast["agent"])


def test_field_closed_in_the_state_is_locked_and_named(cast):
	complaint = cases.with_customer(cast)
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.cause = "Another cause"
		with pytest.raises(FieldLockedError, match="Cause"):
			complaint.save()


def test_shipped_workflow_on_the_site_is_its_description(cast):
	for doctype, shipped in SHIPPED.items():
		workflow = frappe.get_doc("Workflow", {"document_type": doctype})
		described = {
			(step["state"], step["action"], step["next_state"], role)
			for step in shipped["transitions"]
			for role in step["allowed"]
		}
		assert {
			(row.state, row.action, row.next_state, row.allowed) for row in workflow.transitions
		} == described
		reached = {row.next_state for row in workflow.transitions} | {workflow.states[0].state}
		assert reached == {row.state for row in workflow.states}
		assert not workflow.send_email_alert


@pytest.fixture
def permissions_forgotten():
	"""Take changed permissions out of the cached meta, which the rollback does not reach."""
	yield
	for doctype in (COMPLAINT, "Complaint Procedure"):
		frappe.clear_cache(doctype=doctype)


def test_everything_holds_in_a_workflow_that_an_administrator_changed(cast, permissions_forgotten):
	"""A role of the company's own approves, and a shortcut leads from Executing to Closed."""
	director = frappe.get_doc({"doctype": "Role", "role_name": "Plant Director", "desk_access": 1}).insert()
	user = factories.make_user("test.director@example.com", director.name)
	for permission in ("read", "write"):
		_add_permission(COMPLAINT, director.name, permission)
	_add_permission("Complaint Procedure", director.name, "read")
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	for row in workflow.transitions:
		if row.allowed == "Complaint General Manager":
			row.allowed = director.name
	workflow.append(
		"transitions",
		{
			"state": "Executing",
			"action": "Close Complaint",
			"next_state": "Closed",
			"allowed": "Complaint Coordinator",
		},
	)
	workflow.save()
	complaint = cases.proposed(cast, rate=1000)
	with pytest.raises(AuthorityError):
		press(complaint, "Approve Solution", user)
	press(complaint, "Approve Solution", cast["vice_president"])
	press(
		complaint,
		"Record Consent",
		cast["agent"],
		consent_by="Manager Wang",
		consent_method="Telephone",
		consent_on=frappe.utils.now_datetime(),
	)
	with pytest.raises((PreconditionError, MissingInputError)):
		press(complaint, "Close Complaint", cast["coordinator"])


def _add_permission(doctype: str, role: str, permission: str) -> None:
	from frappe.permissions import add_permission, update_permission_property

	add_permission(doctype, role)
	update_permission_property(doctype, role, 0, permission, 1)


def test_urgent_case_is_not_proposed_without_its_task_force(cast):
	complaint = cases.solved(cast, severity="Urgent")
	with pytest.raises(PreconditionError, match="task force"):
		press(complaint, "Propose Solution", cast["coordinator"])


def test_those_who_may_approve_are_told_and_nobody_else(cast):
	complaint = cases.proposed(cast, rate=60000)
	told = frappe.get_all("Notification Log", filters={"document_name": complaint.name}, pluck="for_user")
	assert cast["vice_president"] in told
	assert cast["coordinator"] not in told
	assert cast["handler"] not in told


def test_mail_that_cannot_be_built_undoes_no_notice(cast, monkeypatch):
	def broken(*_arguments, **_values):
		raise ValueError("no template")

	monkeypatch.setattr(frappe, "sendmail", broken)
	complaint = cases.proposed(cast, rate=60000)
	assert frappe.db.exists(
		"Notification Log", {"document_name": complaint.name, "for_user": cast["vice_president"]}
	)
