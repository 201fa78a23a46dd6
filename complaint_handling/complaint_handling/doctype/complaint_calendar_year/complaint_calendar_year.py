from frappe.model.document import Document


class ComplaintCalendarYear(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		checked_on: DF.Date | None
		country: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		source: DF.Data | None
		status: DF.Literal["Provisional", "Published"]
		subdivision: DF.Data | None
		year: DF.Int
	# end: auto-generated types
	pass
