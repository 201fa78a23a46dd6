"""Sales Invoice: Create > Customer Complaint, and its connections."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections, mapping


@frappe.whitelist()
def make_customer_complaint(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved complaint for a submitted Sales Invoice."""
	return mapping.map_goods("Sales Invoice", source_name, target_doc, "sales_invoice", _complete_row)


def add_connections(data: dict) -> dict:
	"""Show complaints among the connections of the Sales Invoice."""
	return connections.add(data, COMPLAINT)


def _complete_row(source: Document, row: Document) -> None:
	row.sales_order = source.sales_order
	row.sales_order_item = source.so_detail
	row.delivery_note = source.delivery_note
	row.delivered_quantity = source.qty
	row.batch_no, row.serial_no = mapping.batches_and_serials(source)
