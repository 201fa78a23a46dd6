"""Returns against a Delivery Note and credit notes against a Sales Invoice."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc
from frappe.query_builder.functions import Sum
from frappe.utils import flt


class StockOverReturnError(frappe.ValidationError):
	pass


# Where a row of the return names the row that it takes back.
ROW_REFERENCE = {"Delivery Note": "dn_detail", "Sales Invoice": "sales_invoice_item"}

# What a row of the return takes over from the row it takes back although the field is not copied.
KEPT_ON_ROW = {
	"Delivery Note": (
		"against_sales_order",
		"against_sales_invoice",
		"so_detail",
		"si_detail",
		"expense_account",
	),
	"Sales Invoice": ("sales_order", "so_detail", "delivery_note", "dn_detail", "expense_account"),
}


def make_return_doc(
	doctype: str,
	source_name: str,
	target_doc: str | Document | None = None,
	return_against_rejected_qty: bool = False,
) -> Document:
	"""Return an unsaved return of everything not yet returned; quantities are negative.

	The source must be submitted.
	"""
	reference = ROW_REFERENCE[doctype]
	returned = returned_quantities(doctype, source_name)
	company = frappe.db.get_value(doctype, source_name, "company")
	warehouse = frappe.get_cached_value("Company", company, "default_warehouse_for_sales_return")

	def finish(source: Document, target: Document) -> None:
		target.is_return = 1
		target.return_against = source.name
		target.set_warehouse = warehouse if doctype == "Delivery Note" else ""
		target.run_method("calculate_taxes_and_totals")

	def take_back(source: Document, target: Document, source_parent: Document) -> None:
		target.qty = -(flt(source.qty) - returned.get(source.name, 0.0))
		target.stock_qty = target.qty * (flt(source.conversion_factor) or 1.0)
		target.set(reference, source.name)
		for fieldname in KEPT_ON_ROW[doctype]:
			target.set(fieldname, source.get(fieldname))
		if warehouse:
			target.warehouse = warehouse
		_keep_serial_and_batch(source, target)

	return get_mapped_doc(
		doctype,
		source_name,
		{
			doctype: {"doctype": doctype, "validation": {"docstatus": ["=", 1]}},
			f"{doctype} Item": {
				"doctype": f"{doctype} Item",
				"field_map": {"serial_no": "serial_no", "batch_no": "batch_no"},
				"postprocess": take_back,
				"condition": lambda row: row.qty,
			},
		},
		target_doc,
		finish,
	)


def _keep_serial_and_batch(source: Document, target: Document) -> None:
	if source.serial_and_batch_bundle and not source.use_serial_batch_fields:
		target.serial_no = None
		target.batch_no = None
	elif source.serial_no or source.batch_no:
		target.use_serial_batch_fields = 1


def returned_quantities(doctype: str, source_name: str) -> dict[str, float]:
	"""Return how much of each row of the source is taken back by submitted returns (positive numbers)."""
	parent = frappe.qb.DocType(doctype)
	child = frappe.qb.DocType(f"{doctype} Item")
	reference = child[ROW_REFERENCE[doctype]]
	rows = (
		frappe.qb.from_(child)
		.join(parent)
		.on(child.parent == parent.name)
		.select(reference, Sum(child.qty))
		.where((parent.docstatus == 1) & (parent.is_return == 1) & (parent.return_against == source_name))
		.groupby(reference)
	).run()
	return {name: -flt(quantity) for name, quantity in rows if name}


def validate_return(doc: Document) -> None:
	"""Refuse a return that takes back more, at a higher rate or from another customer than was delivered."""
	if not doc.get("is_return") or not doc.return_against:
		return
	source = frappe.get_doc(doc.doctype, doc.return_against)
	_compare_with_source(doc, source)
	returned = returned_quantities(doc.doctype, source.name)
	rows = {row.name: row for row in source.items}
	for row in doc.items:
		_compare_row(row, rows.get(row.get(ROW_REFERENCE[doc.doctype])), returned)
	if not any(flt(row.qty) < 0 for row in doc.items):
		frappe.throw(_("Enter at least one item with a negative quantity in a return"))


def _compare_with_source(doc: Document, source: Document) -> None:
	if source.docstatus != 1:
		frappe.throw(_("{0} {1} must be submitted").format(_(source.doctype), source.name))
	if source.customer != doc.customer:
		frappe.throw(_("The customer differs from that of {0}").format(source.name))
	if flt(source.conversion_rate) != flt(doc.conversion_rate):
		frappe.throw(_("The exchange rate must be that of {0}").format(source.name))


def _compare_row(row: Document, source: Document | None, returned: dict[str, float]) -> None:
	if source is None or source.item_code != row.item_code:
		frappe.throw(_("Row {0}: {1} is not in the document returned").format(row.idx, row.item_code))
	if flt(row.qty) > 0:
		frappe.throw(_("Row {0}: the quantity of a return must be negative").format(row.idx))
	left = flt(source.qty) - returned.get(source.name, 0.0)
	if abs(flt(row.qty)) > left:
		frappe.throw(
			_("Row {0}: cannot return more than {1} of item {2}").format(row.idx, left, row.item_code),
			StockOverReturnError,
		)
	if flt(row.rate) > flt(source.rate):
		frappe.throw(_("Row {0}: the rate cannot be greater than {1}").format(row.idx, source.rate))
