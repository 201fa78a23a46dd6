"""Mails and calls filed under a case are read by who reads it."""

from complaint_handling.integrations.frappe.references import Reference

REFERENCE = Reference("Communication", "reference_doctype", "reference_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission
