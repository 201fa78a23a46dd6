"""The host's own record of a field's values over time."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("Milestone", "reference_type", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
