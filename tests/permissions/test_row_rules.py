"""The department rule: as SQL for lists and as Python for one document, and both alike."""

import pytest

import frappe
from frappe import client
from frappe.desk import reportview
from frappe.desk.search import search_link

from complaint_handling.constants import (
	CASE_DOCTYPES,
	COMPLAINT,
	CONTACT,
	DEFERRAL,
	DEPARTMENT_MANAGER,
	DEPARTMENT_ROLES,
	EIGHT_D,
	ESCALATION_LOG,
	HANDLER,
	MILESTONE,
	PROMISE,
	REVISIT,
	SLIP,
)
from complaint_handling.services.access.reading_rules import NOTHING, query_condition, readable_condition
from tests import factories
from tests.permissions.conftest import BROAD_ROLES, Case, add_milestone, listed, make_case, readable


def test_broad_roles_read_every_document_that_the_role_permits(case: Case) -> None:
	for role in BROAD_ROLES:
		user = case.person(frappe.scrub(role), role)
		for doctype in CASE_DOCTYPES:
			permitted = bool(frappe.has_permission(doctype, "read", user=user))
			expected = case.names(doctype) if permitted else set()
			assert listed(doctype, user) & case.names(doctype) == expected, (role, doctype)
			assert readable(doctype, case.names(doctype), user) == expected, (role, doctype)


def test_handler_reads_the_slips_of_the_own_department_only(case: Case) -> None:
	for user, own, other in (
		(case.service_handler, case.service_slip, case.quality_slip),
		(case.quality_handler, case.quality_slip, case.service_slip),
	):
		assert listed(SLIP, user) & case.names(SLIP) == {own.name}
		assert readable(SLIP, case.names(SLIP), user) == {own.name}
		with factories.as_user(user):
			frappe.get_doc(SLIP, own.name).check_permission("read")
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc(SLIP, other.name).check_permission("read")


def test_manager_reads_the_departments_below_and_the_complaints_they_answer_for(case: Case) -> None:
	manager = case.works_manager
	assert readable(SLIP, case.names(SLIP), manager) == {case.service_slip.name}
	assert listed(SLIP, manager) & case.names(SLIP) == {case.service_slip.name}

	other = make_case(suffix=" Two").complaint
	assert not readable(COMPLAINT, {other.name}, manager)
	other.db_set("responsible_department", case.service)
	assert readable(COMPLAINT, {other.name}, manager) == {other.name}
	assert other.name in listed(COMPLAINT, manager)
	assert not readable(COMPLAINT, {other.name}, case.service_handler)


def test_handler_does_not_read_departments_below(case: Case) -> None:
	handler = case.person("works.handler", HANDLER, department=case.works)
	assert not readable(SLIP, case.names(SLIP), handler)
	assert not listed(SLIP, handler) & case.names(SLIP)


def test_draft_slip_does_not_open_its_complaint(case: Case) -> None:
	case.service_slip.db_set("workflow_state", "Draft")
	user = case.service_handler
	assert readable(SLIP, case.names(SLIP), user) == {case.service_slip.name}
	assert not readable(COMPLAINT, case.names(COMPLAINT), user)
	assert case.complaint.name not in listed(COMPLAINT, user)


def test_responsible_user_of_another_department_reads_the_slip(case: Case) -> None:
	user = case.person("elsewhere", HANDLER, department=factories.make_department("Door Elsewhere"))
	assert not readable(SLIP, case.names(SLIP), user)
	case.service_slip.db_set("responsible_user", user)
	assert readable(SLIP, case.names(SLIP), user) == {case.service_slip.name}
	assert listed(SLIP, user) & case.names(SLIP) == {case.service_slip.name}


def test_superior_reads_what_was_escalated_to_him(case: Case) -> None:
	user = case.person(
		"superior", DEPARTMENT_MANAGER, department=factories.make_department("Door Head Office")
	)
	assert not readable(SLIP, case.names(SLIP), user)
	add_milestone(case.service_slip, case.complaint.name, escalated_to=user)
	assert readable(SLIP, case.names(SLIP), user) == {case.service_slip.name}
	assert listed(SLIP, user) & case.names(SLIP) == {case.service_slip.name}
	assert readable(COMPLAINT, case.names(COMPLAINT), user) == case.names(COMPLAINT)
	case.quality_slip.db_set("escalated_to", user)
	assert listed(SLIP, user) & case.names(SLIP) == case.names(SLIP)


def test_clocks_and_escalations_follow_the_document_they_belong_to(case: Case) -> None:
	hidden = {case.quality_slip.name}
	for doctype in (MILESTONE, ESCALATION_LOG):
		expected = set(
			frappe.get_all(
				doctype,
				filters={"complaint": case.complaint.name, "reference_name": ("not in", hidden)},
				pluck="name",
			)
		)
		assert listed(doctype, case.service_handler) & case.names(doctype) == expected
		assert readable(doctype, case.names(doctype), case.service_handler) == expected


def test_contacts_and_promises_follow_their_complaint(case: Case) -> None:
	stranger = case.person("stranger", HANDLER, department=factories.make_department("Door Stranger"))
	for doctype in (CONTACT, PROMISE):
		assert readable(doctype, case.names(doctype), case.service_handler) == case.names(doctype)
		assert case.names(doctype) <= listed(doctype, case.service_handler)
		assert not readable(doctype, case.names(doctype), stranger)
		assert not listed(doctype, stranger) & case.names(doctype)


def test_deferral_request_follows_its_slip(case: Case) -> None:
	names = case.names(DEFERRAL)
	assert readable(DEFERRAL, names, case.service_handler) == names
	assert names <= listed(DEFERRAL, case.service_handler)
	# This one reads the complaint too, by a slip of another department.
	assert readable(COMPLAINT, case.names(COMPLAINT), case.quality_handler)
	assert not readable(DEFERRAL, names, case.quality_handler)
	assert not listed(DEFERRAL, case.quality_handler) & names


def test_who_asked_reads_the_slip_that_was_asked_for(case: Case) -> None:
	case.quality_slip.db_set("requested_by_slip", case.service_slip.name)
	both = case.names(SLIP)
	assert readable(SLIP, both, case.service_handler) == both
	assert listed(SLIP, case.service_handler) & both == both
	assert readable(SLIP, both, case.quality_handler) == {case.quality_slip.name}
	assert listed(SLIP, case.quality_handler) & both == {case.quality_slip.name}


def test_team_member_of_another_department_reads_the_8d(case: Case) -> None:
	outsider = case.person("member", HANDLER, department=factories.make_department("Door Team"))
	assert not readable(EIGHT_D, case.names(EIGHT_D), outsider)
	eight_d = frappe.get_doc(EIGHT_D, next(iter(case.names(EIGHT_D))))
	eight_d.append("team", {"employee": factories.employee_of(outsider)})
	eight_d.save()
	assert readable(EIGHT_D, case.names(EIGHT_D), outsider) == case.names(EIGHT_D)
	assert case.names(EIGHT_D) <= listed(EIGHT_D, outsider)


def test_former_employee_reads_nothing_of_the_department(case: Case) -> None:
	user = case.service_handler
	frappe.db.set_value("Employee", factories.employee_of(user), "status", "Left")
	for doctype in CASE_DOCTYPES:
		assert not readable(doctype, case.names(doctype), user), doctype
		assert not listed(doctype, user) & case.names(doctype), doctype


def test_handler_with_another_reading_role_reads_everything(case: Case) -> None:
	user = case.person("both", *DEPARTMENT_ROLES, BROAD_ROLES[1])
	for doctype in CASE_DOCTYPES:
		assert readable(doctype, case.names(doctype), user) == case.names(doctype), doctype


def test_custom_role_widens_and_a_role_for_own_documents_does_not(case: Case) -> None:
	for name, if_owner in (("Door Clerk", 0), ("Door Author", 1)):
		frappe.get_doc({"doctype": "Role", "role_name": name}).insert()
		frappe.permissions.add_permission(SLIP, name, 0)
		frappe.permissions.update_permission_property(SLIP, name, 0, "if_owner", if_owner)
	frappe.clear_cache(doctype=SLIP)
	try:
		for name, expected in (
			("Door Clerk", case.names(SLIP)),
			("Door Author", {case.service_slip.name}),
		):
			user = case.person(name.replace(" ", ".").lower(), HANDLER, name, department=case.service)
			assert readable(SLIP, case.names(SLIP), user) == expected
			assert listed(SLIP, user) & case.names(SLIP) == expected
	finally:
		frappe.db.rollback()
		frappe.clear_cache(doctype=SLIP)


def test_sql_and_python_agree_for_everybody(case: Case) -> None:
	other = make_case(suffix=" Two")
	people = [case.service_handler, case.quality_handler, case.works_manager, case.coordinator]
	people += [other.service_handler, other.works_manager]
	for _round in range(2):
		for doctype in CASE_DOCTYPES:
			names = case.names(doctype) | other.names(doctype)
			for user in people:
				assert listed(doctype, user) & names == readable(doctype, names, user), (user, doctype)
		case.name_person(case.coordinator)


def test_slip_of_another_department_is_closed_at_every_door(case: Case) -> None:
	user, other = case.service_handler, case.quality_slip.name
	frappe.db.set_value(SLIP, other, "finding", "Hidden finding")
	with factories.as_user(user):
		with pytest.raises(frappe.PermissionError):
			client.get(SLIP, other)
		assert other not in {row.name for row in client.get_list(SLIP, fields=["name"], limit_page_length=0)}
		assert not client.get_value(SLIP, "finding", {"name": other})
		assert not client.get_list(SLIP, filters={"finding": "Hidden finding"})
		shown = _report_view(SLIP)
		assert case.service_slip.name in shown
		assert other not in shown
		assert _link_search(SLIP, case.service_slip.name) == {case.service_slip.name}
		assert not _link_search(SLIP, other)
		slip = frappe.get_doc(SLIP, other)
		slip.department = case.service
		for ptype in ("read", "write", "print", "email", "share"):
			assert not slip.has_permission(ptype), ptype


def test_rows_of_child_tables_follow_their_parent(case: Case) -> None:
	for slip in (case.service_slip, case.quality_slip):
		slip.reload()
		slip.append("measures", factories.make_measure(factories.employee_of(case.service_handler)))
		slip.flags.ignore_validate = True
		slip.save()
	rows = {"parent": ("in", list(case.names(SLIP)))}
	with factories.as_user(case.service_handler):
		parents = client.get_list("Complaint Measure", fields=["parent"], filters=rows, parent=SLIP)
		assert {row.parent for row in parents} == {case.service_slip.name}
		items = client.get_list("Complaint Item", fields=["parent"], parent=COMPLAINT, limit_page_length=0)
		assert case.complaint.name in {row.parent for row in items}
	stranger = case.person("stranger", HANDLER, department=factories.make_department("Door Stranger"))
	with factories.as_user(stranger):
		assert not client.get_list("Complaint Measure", fields=["parent"], filters=rows, parent=SLIP)
		items = client.get_list("Complaint Item", fields=["parent"], parent=COMPLAINT, limit_page_length=0)
		assert case.complaint.name not in {row.parent for row in items}


def test_new_document_is_judged_by_its_complaint(case: Case) -> None:
	contact = frappe.get_doc({"doctype": CONTACT, "complaint": case.complaint.name})
	assert contact.has_permission("create")
	assert frappe.has_permission(CONTACT, "create", doc=contact, user=case.service_handler)
	stranger = case.person("stranger", HANDLER, department=factories.make_department("Door Stranger"))
	assert not frappe.has_permission(CONTACT, "create", doc=contact, user=stranger)
	agent = case.person("agent", BROAD_ROLES[0])
	assert frappe.has_permission(COMPLAINT, "create", doc=frappe.new_doc(COMPLAINT), user=agent)


def test_company_fence_holds_for_the_documents_without_a_company_too() -> None:
	inside, outside = make_case(), make_case("Fenced Off Machines", " Far")
	user = inside.person("fenced", BROAD_ROLES[1])
	frappe.permissions.add_user_permission("Company", inside.complaint.company, user, ignore_permissions=True)
	for doctype in CASE_DOCTYPES:
		assert inside.names(doctype) <= listed(doctype, user), doctype
		assert readable(doctype, inside.names(doctype), user) == inside.names(doctype), doctype
		assert not outside.names(doctype) & listed(doctype, user), doctype
		assert not readable(doctype, outside.names(doctype), user), doctype


def test_who_has_no_role_of_the_app_reads_nothing(case: Case) -> None:
	website_user = case.person("website.user")
	frappe.db.set_value("User", website_user, "user_type", "Website User")
	for user in (case.person("role.less"), website_user, "Guest"):
		for doctype in CASE_DOCTYPES:
			assert readable_condition(doctype, user) == NOTHING
			assert not listed(doctype, user), doctype
			assert not readable(doctype, case.names(doctype), user), doctype


def test_administrator_is_exempt_and_no_user_means_the_session(case: Case) -> None:
	for doctype in CASE_DOCTYPES:
		assert query_condition(doctype, "Administrator") == ""
		assert query_condition(doctype, None) == ""
	with factories.as_user(case.service_handler):
		assert query_condition(SLIP, None) == query_condition(SLIP, case.service_handler) != ""
		assert query_condition(REVISIT) != ""


def test_names_with_quotes_and_percent_signs_stay_values(case: Case) -> None:
	odd = factories.make_department("Door O'Brien 100%' or 1=1 -- \\")
	user = case.person("odd", HANDLER, department=odd)
	assert not listed(SLIP, user) & case.names(SLIP)
	case.service_slip.db_set("department", odd)
	assert listed(SLIP, user) & case.names(SLIP) == {case.service_slip.name}
	assert listed(COMPLAINT, user) & case.names(COMPLAINT) == case.names(COMPLAINT)
	assert listed(CONTACT, user) & case.names(CONTACT) == case.names(CONTACT)


def _report_view(doctype: str) -> set[str]:
	frappe.local.form_dict = frappe._dict(
		doctype=doctype, fields='["name"]', filters="[]", start=0, page_length=500, view="Report"
	)
	data = reportview.get()
	return {row[0] for row in (data or {}).get("values", [])}


def _link_search(doctype: str, text: str) -> set[str]:
	# Before 15.0 the host answers through the response, later by returning.
	found = search_link(doctype, text) or frappe.response.pop("results", [])
	return {row["value"] for row in found}
