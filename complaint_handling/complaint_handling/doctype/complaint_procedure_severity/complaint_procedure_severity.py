from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintProcedureSeverity(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		approver_role: DF.Link | None
		definition: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		rank: DF.Int
		requires_8d: DF.Check
		requires_revisit: DF.Check
		requires_task_force: DF.Check
		severity: DF.Data
	# end: auto-generated types
	pass
