"""What company A makes and has delivered: items, a batch with serial numbers, orders and deliveries.

On genuine ERPNext goods are received into stock before they are delivered; the stand-in keeps no stock ledger.
"""

from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_years, today

from devbench.demo.company import AUTOMOTIVE, BEARINGS, HYDRAULICS

GRINDER = "GM-320"
SURFACE_GRINDER = "GM-200"
COMMISSIONING = "SRV-COMMISSIONING"
BATCH = "GM320-B07"
SERIAL_NUMBERS = tuple(f"GM320-07{number:02d}" for number in range(1, 7))

# item -> (name, tracked by batch and serial number, kept in stock)
ITEMS = {
	GRINDER: ("CNC Cylindrical Grinding Machine GM-320 数控外圆磨床", True, True),
	SURFACE_GRINDER: ("Surface Grinding Machine GM-200 平面磨床", False, True),
	COMMISSIONING: ("Installation and Commissioning 安装调试", False, False),
}


@dataclass(frozen=True)
class Order:
	"""A Sales Order to be made: the customer's own number identifies it when the demo runs again."""

	number: str
	customer: str
	rows: tuple[tuple[str, float, float], ...]


ORDERS = (
	Order("JL-PO-2217", AUTOMOTIVE, ((GRINDER, 6, 380_000), (COMMISSIONING, 6, 12_000))),
	Order("QH-0391", HYDRAULICS, ((SURFACE_GRINDER, 2, 145_000),)),
	Order("RL-8850", BEARINGS, ((SURFACE_GRINDER, 1, 148_000), (COMMISSIONING, 1, 9_000))),
)


def make_goods(company: str, customers: dict[str, str]) -> dict[str, str]:
	"""Return the submitted and delivered Sales Orders, customer's number -> Sales Order."""
	for code in ITEMS:
		_make_item(code)
	_make_batch()
	return {order.number: _make_order(company, customers[order.customer], order) for order in ORDERS}


def _make_item(code: str) -> None:
	if frappe.db.exists("Item", code):
		return
	name, tracked, in_stock = ITEMS[code]
	frappe.get_doc(
		{
			"doctype": "Item",
			"item_code": code,
			"item_name": name,
			"item_group": "Products"
			if frappe.db.exists("Item Group", "Products")
			else frappe.db.get_value("Item Group", {"is_group": 0}),
			"stock_uom": "Nos",
			"is_stock_item": int(in_stock),
			"has_batch_no": int(tracked),
			"has_serial_no": int(tracked),
		}
	).insert(ignore_permissions=True)


def _make_batch() -> None:
	if not frappe.db.exists("Batch", BATCH):
		frappe.get_doc(
			{
				"doctype": "Batch",
				"batch_id": BATCH,
				"item": GRINDER,
				"manufacturing_date": add_days(today(), -60),
			}
		).insert(ignore_permissions=True)


def _make_order(company: str, customer: str, order: Order) -> str:
	found = frappe.db.get_value("Sales Order", {"po_no": order.number, "customer": customer, "docstatus": 1})
	if found:
		return found
	# Stock moves of genuine ERPNext need an open fiscal year, which it surely has for today only.
	ordered, delivered = (
		(today(), today()) if _has_stock_ledger() else (add_days(today(), -45), add_days(today(), -12))
	)
	warehouse = _warehouse(company)
	doc = frappe.get_doc(
		{
			"doctype": "Sales Order",
			"customer": customer,
			"company": company,
			"po_no": order.number,
			"transaction_date": ordered,
			"delivery_date": delivered,
			"currency": frappe.get_cached_value("Company", company, "default_currency"),
			"conversion_rate": 1,
			"items": [
				{"item_code": code, "qty": quantity, "rate": rate, "warehouse": warehouse}
				for code, quantity, rate in order.rows
			],
		}
	)
	doc.insert(ignore_permissions=True).submit()
	_receive_into_stock(company, warehouse, order)
	_deliver(doc, delivered)
	return doc.name


def _warehouse(company: str) -> str:
	filters = {"company": company, "is_group": 0}
	stores = frappe.db.get_value("Warehouse", {**filters, "warehouse_name": "Stores"})
	return stores or frappe.db.get_value("Warehouse", filters)


def _has_stock_ledger() -> bool:
	return bool(frappe.db.exists("DocType", "Stock Entry"))


def _receive_into_stock(company: str, warehouse: str, order: Order) -> None:
	if not _has_stock_ledger():
		return _make_serial_numbers(company)
	entry = frappe.get_doc(
		{"doctype": "Stock Entry", "company": company, "stock_entry_type": "Material Receipt"}
	)
	for code, quantity, rate in order.rows:
		_name, tracked, in_stock = ITEMS[code]
		if in_stock:
			row = {"item_code": code, "qty": quantity, "t_warehouse": warehouse, "basic_rate": rate / 2}
			entry.append("items", {**row, **(_tracking() if tracked else {})})
	entry.insert(ignore_permissions=True).submit()
	return None


def _make_serial_numbers(company: str) -> None:
	for number in SERIAL_NUMBERS:
		if not frappe.db.exists("Serial No", number):
			frappe.get_doc(
				{
					"doctype": "Serial No",
					"serial_no": number,
					"item_code": GRINDER,
					"batch_no": BATCH,
					"company": company,
					"warranty_expiry_date": add_years(today(), 1),
				}
			).insert(ignore_permissions=True)


def _tracking() -> dict[str, str | int]:
	return {"use_serial_batch_fields": 1, "batch_no": BATCH, "serial_no": "\n".join(SERIAL_NUMBERS)}


def _deliver(order: Document, on: str) -> None:
	make_delivery_note = frappe.get_attr("erpnext.selling.doctype.sales_order.sales_order.make_delivery_note")
	note = make_delivery_note(order.name)
	note.update(
		{"set_posting_time": 1, "posting_date": on, "posting_time": "10:00:00"} if on != today() else {}
	)
	for row in note.items:
		if ITEMS[row.item_code][1]:
			row.update(_tracking())
	note.insert(ignore_permissions=True).submit()
