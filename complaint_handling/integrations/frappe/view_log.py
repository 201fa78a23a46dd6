"""Who looked at a case is shown to who reads it."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("View Log", "reference_doctype", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
