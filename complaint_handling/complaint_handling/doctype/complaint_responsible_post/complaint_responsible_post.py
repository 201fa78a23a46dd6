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

		from complaint_handling.complaint_handling.doctype.complaint_post_copy.complaint_post_copy import (
			ComplaintPostCopy,
		)

		absent_from: DF.Date | None
		absent_to: DF.Date | None
		category: DF.Link | None
		company: DF.Link
		copies: DF.Table[ComplaintPostCopy]
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_note: DF.SmallText | None
		department: DF.Link
		duty: DF.Literal["Answers Slips", "Default Follow-up"]
		employee: DF.Link
		employee_name: DF.Data | None
		handover_reason: DF.SmallText | None
		item_group: DF.Link | None
		replaces: DF.Link | None
		status: DF.Literal["Proposed", "In Force", "Refused", "Ended"]
		substitute: DF.Link | None
		valid_from: DF.Date
		valid_to: DF.Date | None

	# end: auto-generated types
	def validate(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("Valid to lies before Valid from. Correct one of the two dates."))
		if self.substitute and self.substitute == self.employee:
			frappe.throw(_("The substitute is the post holder himself. Choose somebody else."))
