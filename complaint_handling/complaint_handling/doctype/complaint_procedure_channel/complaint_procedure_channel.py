from frappe.model.document import Document


class ComplaintProcedureChannel(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		channel: DF.Literal[
			"",
			"Telephone",
			"E-mail",
			"Online Platform",
			"Account Manager",
			"Written Letter",
			"Fax",
			"Instant Message",
			"Social Media",
			"Suggestion Box",
			"Voice Mail",
			"On the Spot",
			"Customer Portal",
		]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	pass
