"""docs/permissions.md says what the DocTypes and workflows say, and the host does what they say."""

import frappe

from complaint_handling.constants import CASE_DOCTYPES, OWN_ROLES, QUALITY_MANAGER
from tests.permissions import matrix
from tests.permissions.conftest import Case, readable


def test_page_holds_the_tables_of_the_shipped_records() -> None:
	page = matrix.PAGE.read_text()
	assert page == matrix.page_with(matrix.render()), "run: python3 -m tests.permissions.matrix"


def test_every_role_of_the_records_is_on_the_page() -> None:
	named = {row["role"] for doctype in matrix.doctypes().values() for row in doctype["permissions"]}
	for workflow in matrix.workflows():
		named |= {state["allow_edit"] for state in workflow["states"] if isinstance(state["allow_edit"], str)}
	assert named <= set(matrix.ROLES)
	assert {*OWN_ROLES, QUALITY_MANAGER} <= set(matrix.ROLES)


def test_nobody_deletes_evidence_and_no_general_role_has_a_right() -> None:
	for name, doctype in matrix.doctypes().items():
		for row in doctype["permissions"]:
			assert row["role"] not in ("All", "Guest", "Desk User", "Customer"), name
			assert not (row.get("delete") and name in CASE_DOCTYPES), (name, row["role"])


def test_host_gives_each_role_the_rights_of_the_table(case: Case) -> None:
	for role in matrix.ROLES:
		user = case.person(frappe.scrub(role), role)
		for name, doctype in matrix.doctypes().items():
			expected = matrix.rights(doctype, role)
			given = {right for right in matrix.LETTERS if frappe.has_permission(name, right, user=user)}
			assert given == _possible(doctype, expected), (role, name)
			private = set(frappe.get_meta(name).get_permlevel_access("read", user=user)) - {0}
			assert bool(private) is bool(matrix.rights(doctype, role, 1)), (role, name)


def test_host_gives_each_broad_role_these_rights_on_a_document(case: Case) -> None:
	broad = [
		role for role in matrix.ROLES if role not in ("Complaint Handler", "Complaint Department Manager")
	]
	for role in broad:
		user = case.person(frappe.scrub(role), role)
		for name in CASE_DOCTYPES:
			doctype = matrix.doctypes()[name]
			for right in _possible(doctype, matrix.rights(doctype, role)) - {"create"}:
				assert readable(name, case.names(name), user, right) == case.names(name), (role, name, right)
			for right in set(matrix.LETTERS) - matrix.rights(doctype, role) - {"create"}:
				assert not readable(name, case.names(name), user, right), (role, name, right)


def _possible(doctype: dict, expected: set[str]) -> set[str]:
	"""Leave what the host asks of a DocType beside the role."""
	impossible = set() if doctype.get("is_submittable") else {"submit"}
	return expected - impossible - (set() if doctype.get("allow_import") else {"import"})
