"""Points: everybody lists every row, with the reason for which they were given."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("Energy Point Log", "reference_doctype", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
