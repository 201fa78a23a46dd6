from frappe.model.document import Document

from erpnext.controllers.website_list_for_contact import add_role_for_portal_user


class Supplier(Document):
	def autoname(self) -> None:
		self.name = self.supplier_name

	def validate(self) -> None:
		for row in self.portal_users:
			add_role_for_portal_user(row, "Supplier")
