from frappe.model.document import Document

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintEscalationLog(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		complaint: DF.Link | None
		deadline: DF.Datetime | None
		escalated_at: DF.Datetime | None
		escalated_to: DF.Link | None
		level: DF.Int
		milestone: DF.Link
		reason: DF.SmallText | None
		reference_doctype: DF.Link
		reference_name: DF.DynamicLink
		stage: DF.Data | None
	# end: auto-generated types
	"""One escalation. Its name is the hash of document, milestone, level and deadline (`domain/escalation.py`)."""
