"""Roles may be renamed by an administrator; the two that the department rule knows by name may not."""

import pytest

import frappe
from frappe.model.rename_doc import rename_doc

from complaint_handling import hooks
from complaint_handling.constants import (
	CASE_DOCTYPES,
	COORDINATOR,
	DEPARTMENT_ROLES,
	HANDLER,
	OWN_ROLES,
	SLIP,
)
from complaint_handling.integrations.frappe.requests import REFERENCES
from complaint_handling.services.access.reading_rules import child_doctypes_of_cases
from tests.permissions.conftest import Case, listed, readable


@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
def test_department_role_keeps_its_name(role: str) -> None:
	with pytest.raises(frappe.ValidationError, match="translate"):
		rename_doc("Role", role, f"{role} Renamed", force=True)
	with pytest.raises(frappe.ValidationError, match="translate"):
		rename_doc("Role", role, COORDINATOR, force=True, merge=True)


def test_every_other_role_may_be_renamed_and_the_rule_still_holds(case: Case) -> None:
	broad, narrow = case.coordinator, case.service_handler
	assert readable(SLIP, case.names(SLIP), broad) == case.names(SLIP)
	# What renaming a role writes: every link to it. `rename_doc` itself commits on some versions.
	for doctype in ("DocPerm", "Custom DocPerm", "Has Role"):
		frappe.db.set_value(doctype, {"role": COORDINATOR}, "role", "Case Coordinator")
	frappe.clear_cache()
	frappe.local.role_permissions = {}
	try:
		assert readable(SLIP, case.names(SLIP), broad) == case.names(SLIP)
		assert listed(SLIP, broad) >= case.names(SLIP)
		assert readable(SLIP, case.names(SLIP), narrow) == {case.service_slip.name}
	finally:
		frappe.db.rollback()
		frappe.clear_cache()


def test_rename_is_refused_for_no_other_role() -> None:
	for role in sorted({*OWN_ROLES} - {*DEPARTMENT_ROLES}):
		frappe.get_doc("Role", role).run_method("before_rename", role, f"{role} Renamed", False)
	with pytest.raises(frappe.ValidationError):
		frappe.get_doc("Role", HANDLER).run_method("before_rename", HANDLER, "Anything", False)


def test_every_doctype_of_a_case_has_both_hooks() -> None:
	for doctype in CASE_DOCTYPES:
		assert doctype in hooks.permission_query_conditions
		assert doctype in hooks.has_permission
	for doctype in child_doctypes_of_cases():
		assert doctype in hooks.permission_query_conditions, doctype
	for doctype in REFERENCES:
		assert doctype in hooks.permission_query_conditions
		assert doctype in hooks.has_permission


def test_every_hook_on_permissions_resolves() -> None:
	for table in (hooks.permission_query_conditions, hooks.has_permission):
		for path in table.values():
			assert callable(frappe.get_attr(path)), path
	for events in hooks.doc_events.values():
		for paths in events.values():
			for path in [paths] if isinstance(paths, str) else paths:
				assert callable(frappe.get_attr(path)), path
