import frappe
from frappe.model.document import Document

from complaint_handling.constants import MILESTONE

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintMilestone(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		breached: DF.Check
		calendar: DF.Link | None
		company: DF.Link | None
		complaint: DF.Link | None
		department: DF.Link | None
		done_at: DF.Datetime | None
		done_by: DF.Link | None
		due_at: DF.Datetime | None
		elapsed_hours: DF.Float
		escalation_level: DF.Int
		extend_over_holidays: DF.Check
		is_urgent: DF.Check
		next_action_at: DF.Datetime | None
		original_due_at: DF.Datetime | None
		paused_at: DF.Datetime | None
		paused_hours: DF.Float
		pauses_with_customer: DF.Check
		procedure: DF.Link | None
		promise: DF.Link | None
		reference_doctype: DF.Link
		reference_name: DF.DynamicLink
		responsible_user: DF.Link | None
		stage: DF.Data
		started_at: DF.Datetime | None
		starts_on: DF.Data | None
		state: DF.Literal["On Track", "Due Soon", "Overdue", "Paused", "Met", "Missed", "Cancelled"]
		stops_on: DF.Data | None
		target_unit: DF.Data | None
		target_value: DF.Float
		tell_customer: DF.Check
		warn_at: DF.Datetime | None
		warned: DF.Check
	# end: auto-generated types
	pass


def on_doctype_update() -> None:
	# The daily work list asks for running clocks by due time, among all that ever ended.
	frappe.db.add_index(MILESTONE, ["state", "due_at"])
