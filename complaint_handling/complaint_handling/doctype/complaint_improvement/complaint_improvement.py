from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintImprovement(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		done_on: DF.Date | None
		due_on: DF.Date
		effect: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		proposal: DF.SmallText
		responsible_employee: DF.Link
	# end: auto-generated types
	pass
