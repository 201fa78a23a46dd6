import frappe
from frappe.model.document import Document

from complaint_handling.constants import PROMISE

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintPromise(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		change_number: DF.Int
		change_reason: DF.SmallText | None
		complaint: DF.Link
		contact: DF.Link | None
		customer_agreed: DF.Check
		due_at: DF.Datetime
		kept_on: DF.Datetime | None
		kind: DF.Literal["First Answer", "Progress Notice", "Solution"]
		promised_by: DF.Link | None
		promised_on: DF.Datetime
		re_review_round: DF.Int
		replaced_on: DF.Datetime | None
		replaces: DF.Link | None
		sequence: DF.Int
		state: DF.Literal["Open", "Kept", "Missed", "Replaced"]
		told_how: DF.Literal[
			"",
			"Telephone",
			"E-mail",
			"Online Platform",
			"Account Manager",
			"Written Letter",
			"Fax",
			"Instant Message",
			"Social Media",
			"Suggestion Box",
			"Voice Mail",
			"On the Spot",
			"Customer Portal",
		]
	# end: auto-generated types
	pass


def on_doctype_update() -> None:
	# The daily work list asks for open promises by due time, among all that were kept.
	frappe.db.add_index(PROMISE, ["state", "due_at"])
