"""A case restricted to named persons: every door closed to everybody else, whatever the role (part 11 of issue 4)."""

import pytest

import frappe
from frappe import client
from frappe.desk import reportview
from frappe.desk.form.document_follow import follow_document
from frappe.model.document import Document
from frappe.share import add_docshare

from complaint_handling.api import special_cases
from complaint_handling.constants import (
	AGENT,
	AUDITOR,
	CASE_DOCTYPES,
	COMPLAINT,
	CONTACT,
	COORDINATOR,
	DEPARTMENT_MANAGER,
	EIGHT_D,
	GENERAL_MANAGER,
	HANDLER,
	MILESTONE,
	QUALITY_MANAGER,
	REVIEWER,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.exceptions import AccessRefusedError, MissingInputError, PreconditionError
from complaint_handling.services.sweep import escalation
from tests import factories
from tests.permissions.conftest import BROAD_ROLES, Case, listed, make_case, readable, write_row

REASON = "A works manager of the customer is accused by name"
KEPT_OUT = (AGENT, COORDINATOR, REVIEWER, VICE_PRESIDENT, QUALITY_MANAGER, "System Manager")


def _person(case: Case, word: str, *roles: str) -> str:
	return case.person(word, *roles, department=factories.make_department("Door Hall"))


@pytest.fixture
def restricted(case: Case) -> Case:
	"""The case, restricted by a vice president; its owner is an agent."""
	case.complaint.db_set("complaint_owner", _person(case, "owner", AGENT))
	with factories.as_user(_person(case, "restrictor", VICE_PRESIDENT)):
		special_cases.restrict(case.complaint.name, REASON)
	return case


def _reads(case: Case, user: str) -> dict[str, set[str]]:
	"""Return what a user reads of the case, as lists and single documents agree on it."""
	found = {}
	for doctype in CASE_DOCTYPES:
		names = case.names(doctype)
		found[doctype] = readable(doctype, names, user)
		assert listed(doctype, user) & names == found[doctype], (user, doctype)
	return found


def _permitted(case: Case, user: str) -> dict[str, set[str]]:
	return {
		doctype: case.names(doctype) if frappe.has_permission(doctype, "read", user=user) else set()
		for doctype in CASE_DOCTYPES
	}


@pytest.mark.parametrize("role", KEPT_OUT)
def test_every_role_loses_every_document_of_the_case(case: Case, role: str) -> None:
	user = _person(case, "outsider", role)
	assert _reads(case, user) == _permitted(case, user)
	with factories.as_user(_person(case, "restrictor", REVIEWER)):
		special_cases.restrict(case.complaint.name, REASON)
	assert not any(_reads(case, user).values())
	other = make_case(suffix=" Two")
	assert _reads(other, user) == _permitted(other, user)


def test_named_persons_read_as_far_as_their_role_goes(restricted: Case) -> None:
	shared = _person(restricted, "shared", COORDINATOR)
	assert not any(_reads(restricted, shared).values())
	with factories.as_user(_person(restricted, "owner")):
		add_docshare(COMPLAINT, restricted.complaint.name, shared, notify=0)
	for user in (
		shared,
		_person(restricted, "owner"),
		_person(restricted, "restrictor"),
		_person(restricted, "general", GENERAL_MANAGER),
		_person(restricted, "auditor", AUDITOR),
	):
		assert _reads(restricted, user) == _permitted(restricted, user), user


def test_end_of_the_share_is_the_end_of_reading(restricted: Case) -> None:
	user = _person(restricted, "restrictor")
	frappe.share.remove(COMPLAINT, restricted.complaint.name, user, flags={"ignore_share_permission": True})
	assert not any(_reads(restricted, user).values())


def test_who_answers_a_slip_reads_that_slip_and_not_the_complaint(restricted: Case) -> None:
	handler, manager = restricted.service_handler, restricted.works_manager
	for user in (handler, manager, restricted.quality_handler):
		assert not any(_reads(restricted, user).values()), user
	slip = restricted.service_slip
	slip.db_set("responsible_user", handler)
	found = _reads(restricted, handler)
	assert found[SLIP] == {slip.name}
	assert found[MILESTONE] == set(
		frappe.get_all(MILESTONE, filters={"reference_name": slip.name}, pluck="name")
	)
	for doctype in (COMPLAINT, EIGHT_D, CONTACT, "Complaint Promise", "Complaint Evaluation"):
		assert not found[doctype], doctype
	assert not any(_reads(restricted, manager).values())
	slip.db_set("workflow_state", "Pending Issue")
	assert not any(_reads(restricted, handler).values())


def test_named_handler_works_on_the_slip(restricted: Case) -> None:
	handler = restricted.service_handler
	employee = factories.employee_of(handler)
	restricted.service_slip.db_set({"responsible_user": handler, "responsible_employee": employee})
	with factories.as_user(handler):
		slip = frappe.get_doc(SLIP, restricted.service_slip.name)
		slip.check_permission("write")
		slip.finding = "Preload missing"
		slip.save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(COMPLAINT, restricted.complaint.name).check_permission("read")


@pytest.mark.parametrize("role", [AGENT, HANDLER, DEPARTMENT_MANAGER, QUALITY_MANAGER, AUDITOR])
def test_who_may_not_lead_neither_restricts_nor_lifts(case: Case, role: str) -> None:
	user = _person(case, "wanting", role)
	case.complaint.db_set("complaint_owner", user)
	for decide in (special_cases.restrict, special_cases.lift_restriction):
		with factories.as_user(user), pytest.raises(frappe.PermissionError):
			decide(case.complaint.name, REASON)


def test_outsider_who_may_lead_lifts_nothing(restricted: Case) -> None:
	outsider = _person(restricted, "outsider", COORDINATOR)
	with factories.as_user(outsider):
		for decide in (special_cases.lift_restriction, special_cases.restrict, special_cases.set_hold):
			with pytest.raises(frappe.PermissionError):
				decide(restricted.complaint.name, REASON)


def test_no_form_and_no_request_writes_the_restriction(restricted: Case) -> None:
	with factories.as_user(_person(restricted, "owner")):
		doc = frappe.get_doc(COMPLAINT, restricted.complaint.name)
		doc.is_restricted = 0
		doc.save()
		client.set_value(COMPLAINT, restricted.complaint.name, "is_restricted", 0)
	assert frappe.db.get_value(COMPLAINT, restricted.complaint.name, "is_restricted") == 1


def test_restriction_needs_a_reason_and_is_lifted_by_one(restricted: Case) -> None:
	outsider = _person(restricted, "outsider", COORDINATOR)
	with factories.as_user(_person(restricted, "restrictor")):
		with pytest.raises(PreconditionError):
			special_cases.restrict(restricted.complaint.name, REASON)
		with pytest.raises(MissingInputError):
			special_cases.lift_restriction(restricted.complaint.name, " ")
		special_cases.lift_restriction(restricted.complaint.name, "The accusation was withdrawn")
	assert _reads(restricted, outsider) == _permitted(restricted, outsider)
	notes = {"reference_name": restricted.complaint.name, "content": ("like", "%was withdrawn%")}
	assert frappe.db.exists("Comment", notes)


def test_person_complained_about_stays_out_even_when_named(restricted: Case) -> None:
	person = _person(restricted, "accused", COORDINATOR)
	frappe.db.set_value(COMPLAINT, restricted.complaint.name, "complained_about_user", person)
	with factories.as_user(_person(restricted, "owner")), pytest.raises(AccessRefusedError):
		add_docshare(COMPLAINT, restricted.complaint.name, person)
	with factories.as_user(_person(restricted, "owner")), pytest.raises(AccessRefusedError):
		add_docshare(COMPLAINT, restricted.complaint.name, everyone=1)
	boss = _person(restricted, "boss", GENERAL_MANAGER)
	frappe.db.set_value(COMPLAINT, restricted.complaint.name, "complained_about_user", boss)
	assert not any(_reads(restricted, boss).values())


def test_hostile_doors_stay_closed(restricted: Case) -> None:
	outsider = _person(restricted, "outsider", COORDINATOR, "System Manager")
	complaint = restricted.complaint.name
	attached = {"attached_to_doctype": COMPLAINT, "attached_to_name": complaint, "is_private": 1}
	file = write_row("File", file_name="proof.txt", **attached)
	comment = restricted.complaint.add_comment("Comment", "Between us")
	with factories.as_user(outsider):
		for door in (
			lambda: client.get(COMPLAINT, complaint),
			lambda: frappe.get_doc(COMPLAINT, complaint).check_permission("print"),
			lambda: special_cases.get_badges(complaint),
			lambda: client.get(SLIP, restricted.service_slip.name),
		):
			with pytest.raises(frappe.PermissionError):
				door()
		assert not client.get_value(COMPLAINT, "subject", {"name": complaint})
		assert not frappe.get_list("File", filters={"name": file.name})
		assert not frappe.get_list("Comment", filters={"name": comment.name})
		assert not frappe.has_permission("File", "read", doc=file.name)
		assert not client.get_list("Complaint Item", filters={"parent": complaint}, parent=COMPLAINT)
		frappe.local.form_dict = frappe._dict(
			doctype=COMPLAINT, fields='["name"]', filters="[]", start=0, page_length=500, view="Report"
		)
		assert complaint not in {row[0] for row in (reportview.get() or {}).get("values", [])}
		with pytest.raises(frappe.PermissionError):
			special_cases.merge([complaint], make_case(suffix=" Two").complaint.name)
	with pytest.raises(AccessRefusedError):
		frappe.get_doc(
			{
				"doctype": "Document Follow",
				"ref_doctype": COMPLAINT,
				"ref_docname": complaint,
				"user": outsider,
			}
		).insert(ignore_permissions=True)
	with pytest.raises(AccessRefusedError):
		_todo(COMPLAINT, complaint, outsider)
	with pytest.raises(AccessRefusedError):
		restricted.complaint.get_document_share_key()


def test_what_the_host_kept_for_outsiders_ends(case: Case) -> None:
	outsider, owner = _person(case, "outsider", COORDINATOR), _person(case, "owner", AGENT)
	case.complaint.db_set("complaint_owner", owner)
	for user in (outsider, owner):
		frappe.db.set_value("User", user, "document_follow_notify", 1)
		follow_document(COMPLAINT, case.complaint.name, user)
		_todo(SLIP, case.service_slip.name, user)
		write_row(
			"Notification Log",
			for_user=user,
			subject="Somebody is accused",
			document_type=COMPLAINT,
			document_name=case.complaint.name,
		)
	with factories.as_user(_person(case, "restrictor", REVIEWER)):
		special_cases.restrict(case.complaint.name, REASON)
	for user, kept in ((outsider, False), (owner, True)):
		follows = {"ref_docname": case.complaint.name, "user": user}
		assert bool(frappe.db.exists("Document Follow", follows)) is kept
		tasks = {"reference_name": case.service_slip.name, "allocated_to": user, "status": "Open"}
		assert bool(frappe.db.exists("ToDo", tasks)) is kept
		notices = {"for_user": user, "document_name": case.complaint.name}
		assert bool(frappe.db.exists("Notification Log", notices)) is kept


def test_former_owner_loses_the_case(restricted: Case) -> None:
	owner, successor = _person(restricted, "owner"), _person(restricted, "successor", AGENT)
	with factories.as_user(owner):
		doc = frappe.get_doc(COMPLAINT, restricted.complaint.name)
		doc.complaint_owner = successor
		doc.save()
	assert not any(_reads(restricted, owner).values())
	assert _reads(restricted, successor) == _permitted(restricted, successor)


def test_overdue_clock_is_told_to_somebody_who_reads_the_case(restricted: Case) -> None:
	"""A notice that its recipient may not read would be told to nobody: here the holder's superior."""
	superior = _person(restricted, "superior", COORDINATOR)
	holder = factories.employee_of(_person(restricted, "owner"))
	frappe.db.set_value("Employee", holder, "reports_to", factories.employee_of(superior))
	_person(restricted, "general", GENERAL_MANAGER)
	names = frappe.get_all(
		MILESTONE,
		filters={"reference_doctype": COMPLAINT, "complaint": restricted.complaint.name, "state": "On Track"},
		pluck="name",
	)
	escalation.sweep_chunk(names, frappe.utils.add_to_date(frappe.utils.now_datetime(), days=30))
	told = frappe.get_all(
		"Complaint Escalation Log",
		filters={"complaint": restricted.complaint.name, "milestone": ("in", names)},
		pluck="escalated_to",
	)
	told = {user for user in told if user}
	assert told
	for user in told:
		assert frappe.has_permission(COMPLAINT, "read", doc=restricted.complaint.name, user=user), user


def test_sites_without_a_restricted_case_pay_nothing(case: Case) -> None:
	from complaint_handling.services.access.reading_rules import query_condition

	for role in BROAD_ROLES:
		assert query_condition(COMPLAINT, _person(case, frappe.scrub(role), role)) == ""


def _todo(doctype: str, name: str, user: str) -> Document:
	values = {"reference_type": doctype, "reference_name": name, "allocated_to": user, "description": "Look"}
	return frappe.get_doc({"doctype": "ToDo", **values}).insert(ignore_permissions=True)
