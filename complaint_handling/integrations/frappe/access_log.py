"""Who exported or printed a case is shown to who reads it."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("Access Log", "export_from", "reference_document")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
