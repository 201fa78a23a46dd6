import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import set_name_by_naming_series

from erpnext.controllers.website_list_for_contact import add_role_for_portal_user


class Customer(Document):
	def autoname(self) -> None:
		if frappe.defaults.get_global_default("cust_master_name") == "Naming Series":
			set_name_by_naming_series(self)
		else:
			self.name = self.get_customer_name()

	def get_customer_name(self) -> str:
		"""Return the customer's name, numbered when another customer has it."""
		self.customer_name = self.customer_name.strip()
		if not frappe.db.exists("Customer", self.customer_name):
			return self.customer_name
		number = 1
		while frappe.db.exists("Customer", f"{self.customer_name} - {number}"):
			number += 1
		return f"{self.customer_name} - {number}"

	def validate(self) -> None:
		self.refuse_name_of_customer_group()
		for row in self.portal_users:
			add_role_for_portal_user(row, "Customer")

	def refuse_name_of_customer_group(self) -> None:
		if frappe.db.exists("Customer Group", self.name):
			frappe.throw(_("A customer group has this name; change the name of the customer or of the group"))
