from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintDocumentChange(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_on: DF.Date | None
		document_reference: DF.Data
		document_type: DF.Literal[
			"",
			"Procedure",
			"Work Instruction",
			"Control Plan",
			"PFMEA",
			"Drawing",
			"Inspection Plan",
			"Other",
		]
		issued_at_site_on: DF.Date | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	pass
