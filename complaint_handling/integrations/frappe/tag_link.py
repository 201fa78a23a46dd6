"""Tags: everybody lists every row, and each holds the title of the tagged document."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("Tag Link", "document_type", "document_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
