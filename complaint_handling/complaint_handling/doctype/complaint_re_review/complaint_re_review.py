from frappe.model.document import Document

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintRereview(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cause_of_round: DF.Literal["Solution Declined", "Unsatisfied", "Reopened after the Close"]
		company: DF.Link | None
		complaint: DF.Link
		customer: DF.Link | None
		keeps_plan: DF.Check
		new_plan_approved_on: DF.Datetime | None
		opened_by: DF.Link | None
		opened_on: DF.Datetime | None
		opinion: DF.SmallText | None
		plan_key: DF.Data | None
		previous_amount: DF.Currency
		previous_cause: DF.Text | None
		previous_measures: DF.Text | None
		previous_remedies: DF.Text | None
		reason: DF.SmallText | None
		resumed_by: DF.Link | None
		resumed_on: DF.Datetime | None
		round: DF.Int
	# end: auto-generated types
	pass
