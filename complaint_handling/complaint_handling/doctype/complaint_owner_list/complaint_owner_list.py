from frappe.model.document import Document


class ComplaintOwnerList(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_owner_list_row.complaint_owner_list_row import (
			ComplaintOwnerListRow,
		)

		company: DF.Link
		confirmed_by: DF.Link | None
		confirmed_on: DF.Datetime | None
		department: DF.Link
		due_at: DF.Datetime | None
		in_time: DF.Literal["", "Yes", "No"]
		naming_series: DF.Literal["COL-.YYYY.-.#####"]
		organised_on: DF.Datetime
		posts: DF.Table[ComplaintOwnerListRow]
	# end: auto-generated types
	pass
