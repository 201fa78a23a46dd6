"""Customer: Create > Customer Complaint, and its connections."""

import frappe
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections, mapping


@frappe.whitelist()
def make_customer_complaint(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved complaint of a customer; goods and documents are added by the agent."""
	return get_mapped_doc(
		"Customer",
		source_name,
		{
			"Customer": {
				"doctype": COMPLAINT,
				"field_map": {"name": "customer", "customer_name": "customer_name"},
				"field_no_map": ["naming_series", "contact"],
			}
		},
		target_doc,
		_complete,
	)


def add_connections(data: dict) -> dict:
	"""Show complaints and revisits among the connections of the Customer."""
	return connections.add(data, COMPLAINT, "Complaint Revisit", "Complaint 8D Report")


def _complete(source: Document, complaint: Document) -> None:
	complaint.company = frappe.defaults.get_user_default("Company")
	mapping.complete_head(source, complaint)
