import frappe
from frappe.model.document import Document

from complaint_handling.constants import ESCALATION_LOG

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintEscalationLog(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		acknowledged_by: DF.Link | None
		acknowledged_on: DF.Datetime | None
		action: DF.Literal["Notify", "Assign", "Hand Over", "Require Acknowledgement"]
		complaint: DF.Link | None
		deadline: DF.Datetime | None
		escalated_at: DF.Datetime | None
		escalated_to: DF.Link | None
		kind: DF.Literal["Warning", "Breach", "Escalation"]
		level: DF.Int
		milestone: DF.Link
		notified_on: DF.Datetime | None
		notify_at: DF.Datetime | None
		reason: DF.SmallText | None
		reference_doctype: DF.Link
		reference_name: DF.DynamicLink
		requires_acknowledgement: DF.Check
		stage: DF.Data | None
	# end: auto-generated types
	"""One escalation. Its name is the hash of document, milestone, level and deadline (`domain/escalation.py`)."""


def on_doctype_update() -> None:
	# The daily work list asks for what is not acknowledged yet, among all that ever was raised.
	frappe.db.add_index(ESCALATION_LOG, ["requires_acknowledgement", "acknowledged_on"])
