from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintEscalationStep(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Notify", "Assign", "Hand Over", "Require Acknowledgement"]
		after_unit: DF.Literal["Minutes", "Hours", "Working Hours", "Working Days"]
		after_value: DF.Float
		level: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		recipient_type: DF.Literal["Holder", "Superior", "Department Manager", "Role", "User"]
		role: DF.Link | None
		user: DF.Link | None
	# end: auto-generated types
	pass
