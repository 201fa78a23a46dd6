from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintTraining(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department: DF.Link | None
		held_on: DF.Date
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		participants: DF.SmallText | None
		topic: DF.Data
		trainer: DF.Link | None
	# end: auto-generated types
	pass
