import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate


class ComplaintResponsiblePost(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		absent_from: DF.Date | None
		absent_to: DF.Date | None
		category: DF.Link | None
		company: DF.Link
		department: DF.Link
		employee: DF.Link
		employee_name: DF.Data | None
		substitute: DF.Link | None
		valid_from: DF.Date
		valid_to: DF.Date | None

	# end: auto-generated types
	def validate(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("Valid to lies before Valid from. Correct one of the two dates."))
		if self.substitute and self.substitute == self.employee:
			frappe.throw(_("The substitute is the post holder himself. Choose somebody else."))
