import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate


class ComplaintResponsiblePost(Document):
	def validate(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("Valid to lies before Valid from. Correct one of the two dates."))
		if self.substitute and self.substitute == self.employee:
			frappe.throw(_("The substitute is the post holder himself. Choose somebody else."))
