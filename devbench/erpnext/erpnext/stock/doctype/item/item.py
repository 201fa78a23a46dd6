import frappe
from frappe import _
from frappe.model.document import Document


class Item(Document):
	def autoname(self) -> None:
		self.item_code = (self.item_code or "").strip()
		if not self.item_code:
			frappe.throw(_("Item Code is mandatory because Item is not automatically numbered"))
		self.name = self.item_code

	def validate(self) -> None:
		self.item_name = self.item_name or self.item_code
		self.description = self.description or self.item_name
		if not self.is_stock_item and (self.has_serial_no or self.has_batch_no):
			frappe.throw(_("Only a stock item has serial numbers or batches"))
