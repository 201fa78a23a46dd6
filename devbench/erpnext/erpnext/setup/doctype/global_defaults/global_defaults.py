import frappe
from frappe.model.document import Document

# key of the site's defaults -> field that sets it
DEFAULT_KEYS = {
	"company": "default_company",
	"country": "country",
	"currency": "default_currency",
}


class GlobalDefaults(Document):
	def on_update(self) -> None:
		for key, fieldname in DEFAULT_KEYS.items():
			frappe.db.set_default(key, self.get(fieldname) or "")
