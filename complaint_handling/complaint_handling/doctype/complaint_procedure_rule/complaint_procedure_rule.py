from frappe.model.document import Document


class ComplaintProcedureRule(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		category: DF.Link | None
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
		company: DF.Link | None
		customer_group: DF.Link | None
		item_group: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		procedure: DF.Link
	# end: auto-generated types
	pass
