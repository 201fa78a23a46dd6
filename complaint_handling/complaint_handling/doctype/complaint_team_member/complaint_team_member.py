from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintTeamMember(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department: DF.Link | None
		duty: DF.Data | None
		employee: DF.Link
		employee_name: DF.Data | None
		is_leader: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	pass
