from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintAuthorityLimit(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		role: DF.Link
		unlimited: DF.Check
	# end: auto-generated types
	pass
