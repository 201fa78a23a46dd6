"""What Sales Order, Delivery Note and Sales Invoice share: values taken from the party and the item, totals."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, round_based_on_smallest_currency_fraction

from erpnext import get_company_currency
from erpnext.accounts.party import party_details
from erpnext.controllers.sales_and_purchase_return import validate_return
from erpnext.stock.get_item_details import item_details

# Taken from the item on every save, whatever the row says.
FORCED_ITEM_FIELDS = ("item_group", "brand", "stock_uom", "is_stock_item")


class SellingController(Document):
	"""A document by which goods are sold."""

	def validate(self) -> None:
		self.refuse_unusable_customer()
		self.set_missing_values()
		validate_return(self)
		self.calculate_taxes_and_totals()

	def refuse_unusable_customer(self) -> None:
		if not self.customer:
			return
		disabled, frozen = frappe.get_cached_value("Customer", self.customer, ["disabled", "is_frozen"])
		if disabled:
			frappe.throw(_("{0} {1} is disabled").format(_("Customer"), self.customer))
		if frozen:
			frappe.throw(_("{0} {1} is frozen").format(_("Customer"), self.customer))

	def set_missing_values(self, for_validate: bool = False) -> None:
		"""Fill what the customer, the company and the items say where the document says nothing."""
		if self.customer:
			self._fill(party_details(self.customer, self.company))
		self._set_missing_currency()
		for row in self.items:
			self._set_missing_item_values(row)

	def _fill(self, values: dict[str, Any]) -> None:
		for fieldname, value in values.items():
			if self.meta.has_field(fieldname) and not self.get(fieldname):
				self.set(fieldname, value)

	def _set_missing_currency(self) -> None:
		if not self.company:
			return
		self.currency = self.currency or get_company_currency(self.company)
		if not flt(self.conversion_rate) or self.currency == get_company_currency(self.company):
			self.conversion_rate = 1.0
		if self.selling_price_list and not self.price_list_currency:
			self.price_list_currency = frappe.get_cached_value(
				"Price List", self.selling_price_list, "currency"
			)
		self.price_list_currency = self.price_list_currency or self.currency
		self.plc_conversion_rate = flt(self.plc_conversion_rate) or 1.0

	def _set_missing_item_values(self, row: Document) -> None:
		if not row.item_code:
			return
		values = item_details(row.item_code, self.company, self.get("set_warehouse"))
		for fieldname, value in values.items():
			if not row.meta.has_field(fieldname):
				continue
			if fieldname in FORCED_ITEM_FIELDS or row.get(fieldname) in (None, ""):
				row.set(fieldname, value)
		row.conversion_factor = flt(row.conversion_factor) or 1.0

	def calculate_taxes_and_totals(self) -> None:
		"""Compute each row's amount and the document's totals, in its currency and in the company's."""
		for row in self.items:
			self._calculate_row(row)
		self.total_qty = sum(flt(row.qty) for row in self.items)
		self.total = flt(sum(flt(row.amount) for row in self.items), self.precision("total"))
		self.net_total = self.total
		self.grand_total = self.total
		self.rounded_total = 0.0 if _rounding_is_off() else self._rounded_grand_total()
		for fieldname in ("total", "net_total", "grand_total"):
			self.set(f"base_{fieldname}", self._in_company_currency(self.get(fieldname)))

	def _rounded_grand_total(self) -> float:
		return round_based_on_smallest_currency_fraction(
			self.grand_total, self.currency, self.precision("rounded_total")
		)

	def _calculate_row(self, row: Document) -> None:
		row.rate = flt(row.rate, row.precision("rate"))
		row.amount = flt(row.rate * flt(row.qty), row.precision("amount"))
		row.net_rate = row.rate
		row.net_amount = row.amount
		row.base_rate = self._in_company_currency(row.rate)
		row.base_amount = self._in_company_currency(row.amount)
		row.stock_qty = flt(row.qty) * flt(row.conversion_factor)

	def _in_company_currency(self, amount: float) -> float:
		return flt(flt(amount) * flt(self.conversion_rate), self.precision("base_grand_total"))

	def require_warehouse_for_stock_items(self) -> None:
		for row in self.items:
			is_stock_item = frappe.get_cached_value("Item", row.item_code, "is_stock_item")
			if is_stock_item and not row.warehouse and not cint(row.get("delivered_by_supplier")):
				frappe.throw(
					_("Row {0}: set the warehouse of stock item {1}").format(row.idx, row.item_code),
					title=_("Warehouse Missing"),
				)


def _rounding_is_off() -> bool:
	return bool(cint(frappe.db.get_single_value("Global Defaults", "disable_rounded_total")))
