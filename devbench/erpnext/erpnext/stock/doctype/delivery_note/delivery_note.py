import frappe
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc
from frappe.utils import flt

from erpnext.accounts.party import get_party_account
from erpnext.controllers.sales_and_purchase_return import make_return_doc, returned_quantities
from erpnext.controllers.selling_controller import SellingController
from erpnext.controllers.status_updater import refresh_delivery_notes, refresh_sales_orders


class DeliveryNote(SellingController):
	def validate(self) -> None:
		super().validate()
		self.require_warehouse_for_stock_items()
		self.set_status()

	def on_submit(self) -> None:
		self.update_linked_documents()

	def on_cancel(self) -> None:
		self.update_linked_documents()

	def update_linked_documents(self) -> None:
		refresh_sales_orders(row.against_sales_order for row in self.items)
		refresh_delivery_notes((self.name, self.return_against))

	def set_status(self) -> None:
		"""Set the status that the billed and returned shares stand for."""
		if self.docstatus == 0:
			self.status = "Draft"
		elif self.docstatus == 2:
			self.status = "Cancelled"
		elif self.is_return:
			self.status = "Return"
		elif flt(self.per_returned) >= 100:
			self.status = "Return Issued"
		elif flt(self.per_billed) >= 100:
			self.status = "Completed"
		else:
			self.status = "Partially Billed" if flt(self.per_billed) else "To Bill"


@frappe.whitelist()
def make_sales_return(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved return of everything not yet returned."""
	return make_return_doc("Delivery Note", source_name, target_doc)


@frappe.whitelist()
def make_sales_invoice(
	source_name: str, target_doc: str | Document | None = None, args: str | dict | None = None
) -> Document:
	"""Return an unsaved invoice of what was delivered and neither returned nor billed."""
	returned = returned_quantities("Delivery Note", source_name)
	billed = _billed_quantities(source_name)

	def left(row: Document) -> float:
		return flt(row.qty) - returned.get(row.name, 0.0) - billed.get(row.name, 0.0)

	def finish(source: Document, target: Document) -> None:
		target.run_method("set_missing_values")
		target.run_method("calculate_taxes_and_totals")
		target.debit_to = get_party_account("Customer", source.customer, source.company)

	def what_is_left(source: Document, target: Document, source_parent: Document) -> None:
		target.qty = left(source)

	return get_mapped_doc(
		"Delivery Note",
		source_name,
		{
			"Delivery Note": {"doctype": "Sales Invoice", "validation": {"docstatus": ["=", 1]}},
			"Delivery Note Item": {
				"doctype": "Sales Invoice Item",
				"field_map": {
					"name": "dn_detail",
					"parent": "delivery_note",
					"so_detail": "so_detail",
					"against_sales_order": "sales_order",
				},
				"condition": lambda row: left(row) > 0,
				"postprocess": what_is_left,
			},
		},
		target_doc,
		finish,
	)


def _billed_quantities(delivery_note: str) -> dict[str, float]:
	rows = frappe.get_all(
		"Sales Invoice Item",
		filters={"delivery_note": delivery_note, "docstatus": 1},
		fields=["dn_detail", "qty"],
	)
	billed: dict[str, float] = {}
	for row in rows:
		billed[row.dn_detail] = billed.get(row.dn_detail, 0.0) + flt(row.qty)
	return billed
