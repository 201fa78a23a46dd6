from frappe.model.document import Document


class ComplaintCalendarException(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		date: DF.Date
		end_time: DF.Time | None
		kind: DF.Literal["Worked Day", "Make-up Workday", "Half Day", "Own Hours", "Closed", "Holiday"]
		note: DF.Data | None
		origin: DF.Literal["", "Proposed", "Announced", "Copied"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		start_time: DF.Time | None
	# end: auto-generated types
	pass
