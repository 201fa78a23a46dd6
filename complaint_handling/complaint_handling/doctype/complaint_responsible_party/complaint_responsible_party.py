from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintResponsibleParty(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		consequence: DF.SmallText | None
		department: DF.Link | None
		employee: DF.Link | None
		employee_name: DF.Data | None
		finding: DF.SmallText
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		share: DF.Percent
	# end: auto-generated types
	pass
