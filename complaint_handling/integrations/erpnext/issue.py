"""Issue, ERPNext's help-desk ticket: Create > Customer Complaint, and its connections."""

import frappe
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections, mapping


@frappe.whitelist()
def make_customer_complaint(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved complaint with the ticket's customer, contact, subject and description."""
	return get_mapped_doc(
		"Issue",
		source_name,
		{
			"Issue": {
				"doctype": COMPLAINT,
				"field_map": {
					"name": "issue",
					"customer": "customer",
					"customer_name": "customer_name",
					"company": "company",
					"subject": "subject",
					"description": "description",
				},
				"field_no_map": ["naming_series", "contact", "priority"],
			}
		},
		target_doc,
		_complete,
	)


def add_connections(data: dict) -> dict:
	"""Show complaints among the connections of the Issue."""
	return connections.add(data, COMPLAINT)


def _complete(source: Document, complaint: Document) -> None:
	complaint.company = complaint.company or frappe.defaults.get_user_default("Company")
	complaint.channel = "Customer Portal" if source.via_customer_portal else "E-mail"
	complaint.complainant_email = source.raised_by
	mapping.complete_head(source, complaint)
