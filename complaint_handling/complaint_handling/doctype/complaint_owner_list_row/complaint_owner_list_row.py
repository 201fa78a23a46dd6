from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintOwnerListRow(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		category: DF.Link | None
		department: DF.Link | None
		employee: DF.Link | None
		employee_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		post: DF.Link
		substitute: DF.Link | None
	# end: auto-generated types
	pass
