from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintRemedy(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		base_amount: DF.Currency
		conversion_rate: DF.Float
		currency: DF.Link | None
		description: DF.SmallText | None
		option_number: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quantity: DF.Float
		rate: DF.Currency
		remedy_type: DF.Literal[
			"",
			"Waived Service Hours",
			"Compensation",
			"Indemnity",
			"Goodwill Compensation",
			"Refund",
			"Price-difference Refund",
			"Exchange",
			"Return",
			"Repair",
			"Rework",
			"Concession",
			"Technical Support",
		]
	# end: auto-generated types
	pass
