from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintCheckAnswer(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Literal["", "Yes", "No", "Not Applicable"]
		answered_by: DF.Link | None
		answered_on: DF.Datetime | None
		is_required: DF.Check
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		purpose: DF.Literal["Acceptance", "Evidence"]
		question: DF.Data
	# end: auto-generated types
	pass
