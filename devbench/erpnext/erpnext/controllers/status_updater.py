"""How much of an order, a delivery or an invoice is delivered, billed and returned."""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Sum
from frappe.utils import flt


def refresh_sales_orders(names: Iterable[str | None]) -> None:
	"""Compute the delivered, returned and billed share of these orders anew and set their status."""
	for name in sorted({name for name in names if name}):
		_refresh_sales_order(frappe.get_doc("Sales Order", name))


def _refresh_sales_order(order: Document) -> None:
	rows = [row.name for row in order.items]
	delivered = _sum("Delivery Note", "so_detail", "qty", rows)
	delivered_by_invoice = _sum("Sales Invoice", "so_detail", "qty", rows, update_stock=1)
	returned = _sum("Delivery Note", "so_detail", "qty", rows, is_return=1)
	billed = _sum("Sales Invoice", "so_detail", "amount", rows, is_return=0)
	credited = _sum(
		"Sales Invoice", "so_detail", "amount", rows, is_return=1, update_billed_amount_in_sales_order=1
	)
	for row in order.items:
		row.db_set(
			{
				"delivered_qty": delivered.get(row.name, 0.0) + delivered_by_invoice.get(row.name, 0.0),
				"returned_qty": -returned.get(row.name, 0.0),
				"billed_amt": billed.get(row.name, 0.0) + credited.get(row.name, 0.0),
			},
			update_modified=False,
		)
	order.per_delivered = percentage((row.delivered_qty, row.qty) for row in order.items)
	order.per_billed = percentage((row.billed_amt, row.amount) for row in order.items)
	order.set_status()
	order.db_set(
		{
			fieldname: order.get(fieldname)
			for fieldname in ("per_delivered", "per_billed", "delivery_status", "billing_status", "status")
		}
	)


def refresh_delivery_notes(names: Iterable[str | None]) -> None:
	"""Compute the billed and returned share of these deliveries anew and set their status."""
	for name in sorted({name for name in names if name}):
		note = frappe.get_doc("Delivery Note", name)
		rows = [row.name for row in note.items]
		billed = _sum("Sales Invoice", "dn_detail", "amount", rows)
		returned = _sum("Delivery Note", "dn_detail", "qty", rows, is_return=1)
		for row in note.items:
			row.db_set("returned_qty", -returned.get(row.name, 0.0), update_modified=False)
		note.per_billed = percentage((billed.get(row.name, 0.0), row.amount) for row in note.items)
		note.per_returned = percentage((row.returned_qty, row.qty) for row in note.items)
		note.set_status()
		note.db_set({key: note.get(key) for key in ("per_billed", "per_returned", "status")})


def percentage(pairs: Iterable[tuple[float | None, float | None]]) -> float:
	"""Return how much of the sum of the second numbers the first ones cover, at most 100."""
	pairs = [(abs(flt(done)), abs(flt(whole))) for done, whole in pairs]
	total = sum(whole for _done, whole in pairs)
	return flt(sum(min(done, whole) for done, whole in pairs) / total * 100, 6) if total else 0.0


def _sum(
	doctype: str, reference: str, fieldname: str, rows: list[str], **parent_values: int
) -> dict[str, float]:
	parent = frappe.qb.DocType(doctype)
	child = frappe.qb.DocType(f"{doctype} Item")
	query = (
		frappe.qb.from_(child)
		.join(parent)
		.on(child.parent == parent.name)
		.select(child[reference], Sum(child[fieldname]))
		.where((parent.docstatus == 1) & child[reference].isin(rows or [""]))
		.groupby(child[reference])
	)
	for key, value in parent_values.items():
		query = query.where(parent[key] == value)
	return {name: flt(total) for name, total in query.run()}
