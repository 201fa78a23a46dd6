import frappe
from frappe.model.document import Document


class SellingSettings(Document):
	def on_update(self) -> None:
		for fieldname in ("cust_master_name", "customer_group", "territory", "selling_price_list"):
			frappe.db.set_default(fieldname, self.get(fieldname) or "")
