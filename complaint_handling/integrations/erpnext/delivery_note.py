"""Delivery Note: Create > Customer Complaint, and its connections."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections, mapping


@frappe.whitelist()
def make_customer_complaint(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved complaint for a submitted Delivery Note with its batches and serial numbers."""
	return mapping.map_goods("Delivery Note", source_name, target_doc, "delivery_note", _complete_row)


def add_connections(data: dict) -> dict:
	"""Show complaints among the connections of the Delivery Note."""
	return connections.add(data, COMPLAINT)


def _complete_row(source: Document, row: Document) -> None:
	row.sales_order = source.against_sales_order
	row.sales_order_item = source.so_detail
	row.delivered_quantity = source.qty
	row.batch_no, row.serial_no = mapping.batches_and_serials(source)
