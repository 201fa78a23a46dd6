import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import make_autoname
from frappe.utils import add_days


class Batch(Document):
	def autoname(self) -> None:
		self.batch_id = self.batch_id or self.next_batch_id()
		self.name = self.batch_id

	def next_batch_id(self) -> str:
		creates, series = frappe.db.get_value("Item", self.item, ["create_new_batch", "batch_number_series"])
		if not creates:
			frappe.throw(_("Batch ID is mandatory"), frappe.MandatoryError)
		return make_autoname(series, doc=self) if series else frappe.generate_hash(length=7).upper()

	def validate(self) -> None:
		if not frappe.db.get_value("Item", self.item, "has_batch_no"):
			frappe.throw(_("The selected item cannot have Batch"))
		if self.is_new():
			self.use_batchwise_valuation = 1

	def before_save(self) -> None:
		expires, days = frappe.db.get_value("Item", self.item, ["has_expiry_date", "shelf_life_in_days"])
		if not expires or self.expiry_date:
			return
		if not (days and self.manufacturing_date):
			frappe.throw(_("Set the shelf life of item {0} or the expiry date").format(self.item))
		self.expiry_date = add_days(self.manufacturing_date, days)
