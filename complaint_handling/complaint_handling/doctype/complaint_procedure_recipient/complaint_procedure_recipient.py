from frappe.model.document import Document


class ComplaintProcedureRecipient(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		purpose: DF.Literal["Slip Copy", "Monthly Report", "Annual Report", "Bulletin"]
		recipient: DF.Data
		role: DF.Link | None
		user: DF.Link | None
	# end: auto-generated types
	pass
