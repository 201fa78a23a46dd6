from frappe.model.document import Document


class ComplaintAuthority(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer_within: DF.Float
		authority: DF.Data
		is_verified: DF.Check
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		unit: DF.Literal["Minutes", "Hours", "Working Hours", "Working Days"]
	# end: auto-generated types
	pass
