from complaint_handling.services.workflow.workflow_guard import GuardedRow


class Complaint8DAction(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		description: DF.SmallText
		done_on: DF.Date | None
		due_on: DF.Date | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		responsible_employee: DF.Link | None
		responsible_name: DF.Data | None
		result: DF.SmallText | None
	# end: auto-generated types
	pass
