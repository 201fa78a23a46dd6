from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintMeasure(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		department: DF.Link | None
		description: DF.SmallText
		done_on: DF.Datetime | None
		due_on: DF.Datetime | None
		measure_type: DF.Literal["", "Short-term", "Corrective", "Preventive", "Technical Support"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		responsible_employee: DF.Link | None
		responsible_name: DF.Data | None
		result: DF.SmallText | None
		slip: DF.Link | None
	# end: auto-generated types
	pass
