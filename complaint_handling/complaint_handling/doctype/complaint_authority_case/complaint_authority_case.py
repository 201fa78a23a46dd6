import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.services.special_cases import authority_cases

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
	def before_validate(self) -> None:
		if self.is_new():
			authority_cases.propose_due_time(self)

	def validate(self) -> None:
		authority_cases.check(self)

	def on_update(self) -> None:
		authority_cases.move_clock(self)

	def on_trash(self) -> None:
		frappe.throw(_("An authority's case is evidence and is not deleted. Record its outcome instead."))


def on_doctype_update() -> None:
	# Two agents who record one letter at the same time: the second is refused.
	frappe.db.add_unique("Complaint Authority Case", ["authority", "external_number"])
