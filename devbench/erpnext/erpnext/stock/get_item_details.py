import json

import frappe
from frappe.model.document import Document


@frappe.whitelist()
def get_item_details(
	args: str | dict,
	doc: str | dict | Document | None = None,
	for_validate: bool = False,
	overwrite_warehouse: bool = True,
) -> dict:
	"""Return what a row of a sales document takes over from its item."""
	wanted = frappe._dict(json.loads(args) if isinstance(args, str) else args)
	frappe.has_permission("Item", "read", doc=wanted.item_code, throw=True)
	return item_details(wanted.item_code, wanted.company, wanted.set_warehouse or wanted.warehouse)


def item_details(item_code: str, company: str | None = None, warehouse: str | None = None) -> dict:
	"""Return name, unit, rate, warehouse and accounts for a row with this item. Checks no permission."""
	item = frappe.get_cached_doc("Item", item_code)
	values = {
		"item_name": item.item_name,
		"description": item.description,
		"image": item.image,
		"item_group": item.item_group,
		"brand": item.brand,
		"stock_uom": item.stock_uom,
		"uom": item.stock_uom,
		"conversion_factor": 1.0,
		"is_stock_item": item.is_stock_item,
		"price_list_rate": item.standard_rate,
		"rate": item.standard_rate,
		"warehouse": warehouse or _default_warehouse(company),
	}
	if company:
		income, cost_center = frappe.get_cached_value(
			"Company", company, ["default_income_account", "cost_center"]
		)
		values.update(income_account=income, cost_center=cost_center)
	return values


def _default_warehouse(company: str | None) -> str | None:
	warehouse = frappe.db.get_single_value("Stock Settings", "default_warehouse")
	if warehouse and frappe.get_cached_value("Warehouse", warehouse, "company") == company:
		return warehouse
	return None
