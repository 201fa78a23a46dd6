from frappe.model.document import Document

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintAuthorityCase(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Text | None
		answer_due_at: DF.Datetime | None
		answered_by: DF.Link | None
		answered_on: DF.Datetime | None
		authority: DF.Autocomplete
		clock_state: DF.Literal["", "On Track", "Due Soon", "Overdue", "Paused", "Met", "Missed", "Cancelled"]
		company: DF.Link | None
		complaint: DF.Link
		complaint_subject: DF.Data | None
		customer: DF.Link | None
		escalation_level: DF.Int
		external_number: DF.Data
		is_period_verified: DF.Check
		naming_series: DF.Literal["CAC-.YYYY.-.#####"]
		outcome: DF.SmallText | None
		received_on: DF.Datetime
	# end: auto-generated types
	pass
