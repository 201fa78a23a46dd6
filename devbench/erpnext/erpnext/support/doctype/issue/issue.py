from email.utils import parseaddr

import frappe
from frappe.model.document import Document
from frappe.utils import nowtime

from erpnext import get_default_company


class Issue(Document):
	def validate(self) -> None:
		if self.is_new() and not self.opening_time:
			self.opening_time = nowtime()
		self.raised_by = self.raised_by or frappe.session.user
		self.set_customer_of_sender()
		self.company = self.company or get_default_company()

	def set_customer_of_sender(self) -> None:
		"""Take contact and customer from the address that raised the issue, when neither is known."""
		address = parseaddr(self.raised_by)[1]
		if not address or self.contact or self.customer:
			return
		self.contact = frappe.db.get_value("Contact", {"email_id": address})
		if self.contact:
			self.customer = frappe.get_doc("Contact", self.contact).get_link_for("Customer")
