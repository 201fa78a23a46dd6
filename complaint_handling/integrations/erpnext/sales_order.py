"""Sales Order: Create > Customer Complaint, and its connections."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections, mapping


@frappe.whitelist()
def make_customer_complaint(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved complaint for a submitted Sales Order, with what was delivered of the picked items."""
	return mapping.map_goods("Sales Order", source_name, target_doc, "sales_order", _complete_row)


def add_connections(data: dict) -> dict:
	"""Show complaints among the connections of the Sales Order."""
	return connections.add(data, COMPLAINT)


def _complete_row(source: Document, row: Document) -> None:
	row.sales_order_item = source.name
	row.delivered_quantity = source.delivered_qty
	deliveries = frappe.get_all(
		"Delivery Note Item",
		filters={"so_detail": source.name, "docstatus": 1},
		fields=["parent", "batch_no", "serial_no", "serial_and_batch_bundle"],
		order_by="creation asc",
	)
	found = [mapping.batches_and_serials(delivery) for delivery in deliveries]
	batches = {batch for batch, _serials in found if batch}
	row.batch_no = batches.pop() if len(batches) == 1 else None
	row.serial_no = "\n".join(serials for _batch, serials in found if serials) or None
	row.delivery_note = deliveries[0].parent if len(deliveries) == 1 else None
