import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc
from frappe.utils import flt, getdate

from erpnext.accounts.party import get_party_account
from erpnext.controllers.selling_controller import SellingController

SET_BY_HAND = ("Closed", "On Hold")


class SalesOrder(SellingController):
	def validate(self) -> None:
		super().validate()
		self.validate_delivery_date()
		self.require_warehouse_for_stock_items()
		for row in self.items:
			row.transaction_date = self.transaction_date
		self.set_status()

	def validate_delivery_date(self) -> None:
		"""Take the last row's date for the order and the order's date for rows without one."""
		if self.order_type != "Sales" or self.skip_delivery_note:
			return
		dates = [getdate(row.delivery_date) for row in self.items if row.delivery_date]
		self.delivery_date = max(dates) if dates else self.delivery_date
		if not self.delivery_date:
			frappe.throw(_("Please enter Delivery Date"))
		for row in self.items:
			row.delivery_date = row.delivery_date or self.delivery_date
			if getdate(row.delivery_date) < getdate(self.transaction_date):
				frappe.throw(_("Expected Delivery Date should be after Sales Order Date"))

	def on_submit(self) -> None:
		self.store_status()

	def on_cancel(self) -> None:
		self.store_status()

	def set_status(self) -> None:
		"""Set the status that the delivered and billed shares stand for."""
		delivered = bool(flt(self.per_delivered) >= 100 or self.skip_delivery_note)
		billed = flt(self.per_billed) >= 100
		self.delivery_status = _share("Delivered", flt(self.per_delivered))
		self.billing_status = _share("Billed", flt(self.per_billed))
		if self.docstatus == 0:
			self.status = "Draft"
		elif self.docstatus == 2:
			self.status = "Cancelled"
		elif self.status not in SET_BY_HAND:
			self.status = {
				(False, False): "To Deliver and Bill",
				(True, False): "To Bill",
				(False, True): "To Deliver",
				(True, True): "Completed",
			}[(delivered, billed)]

	def store_status(self) -> None:
		self.set_status()
		self.db_set({key: self.get(key) for key in ("status", "delivery_status", "billing_status")})


def _share(word: str, percent: float) -> str:
	if percent >= 100:
		return f"Fully {word}"
	return f"Partly {word}" if percent > 0 else f"Not {word}"


@frappe.whitelist()
def update_status(status: str, name: str) -> None:
	"""Hold, close or re-open a submitted order."""
	order = frappe.get_doc("Sales Order", name)
	order.check_permission("submit")
	order.status = status if status in SET_BY_HAND else "Draft"
	order.store_status()
	order.notify_update()


@frappe.whitelist()
def make_delivery_note(
	source_name: str, target_doc: str | Document | None = None, kwargs: dict | None = None
) -> Document:
	"""Return an unsaved delivery of what is still to be delivered."""

	def finish(source: Document, target: Document) -> None:
		target.run_method("set_missing_values")
		target.run_method("calculate_taxes_and_totals")

	def what_is_left(source: Document, target: Document, source_parent: Document) -> None:
		target.qty = flt(source.qty) - flt(source.delivered_qty)

	return get_mapped_doc(
		"Sales Order",
		source_name,
		{
			"Sales Order": {"doctype": "Delivery Note", "validation": {"docstatus": ["=", 1]}},
			"Sales Order Item": {
				"doctype": "Delivery Note Item",
				"field_map": {"rate": "rate", "name": "so_detail", "parent": "against_sales_order"},
				"condition": lambda row: (
					flt(row.delivered_qty) < flt(row.qty) and not row.delivered_by_supplier
				),
				"postprocess": what_is_left,
			},
		},
		target_doc,
		finish,
	)


@frappe.whitelist()
def make_sales_invoice(
	source_name: str,
	target_doc: str | Document | None = None,
	ignore_permissions: bool = False,
	args: str | dict | None = None,
) -> Document:
	"""Return an unsaved invoice of what is still to be billed."""

	def finish(source: Document, target: Document) -> None:
		target.run_method("set_missing_values")
		target.run_method("calculate_taxes_and_totals")
		target.debit_to = get_party_account("Customer", source.customer, source.company)

	def what_is_left(source: Document, target: Document, source_parent: Document) -> None:
		billed = flt(source.billed_amt) / flt(source.rate) if flt(source.rate) else 0.0
		target.qty = flt(source.qty) - billed

	return get_mapped_doc(
		"Sales Order",
		source_name,
		{
			"Sales Order": {"doctype": "Sales Invoice", "validation": {"docstatus": ["=", 1]}},
			"Sales Order Item": {
				"doctype": "Sales Invoice Item",
				"field_map": {"name": "so_detail", "parent": "sales_order"},
				"condition": lambda row: (
					not row.base_amount or abs(flt(row.billed_amt)) < abs(flt(row.amount))
				),
				"postprocess": what_is_left,
			},
		},
		target_doc,
		finish,
		ignore_permissions=_is_true(ignore_permissions),
	)


def _is_true(value: object) -> bool:
	# Only Python callers may skip permissions: over the web the value arrives as text.
	return value is True
