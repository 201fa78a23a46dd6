from frappe.model.document import Document


class ComplaintPlaybookLine(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		kind: DF.Literal["What to Do", "What to Say", "Not to Say or Promise", "Report Upward", "Answer Fact"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		text: DF.SmallText | None
		text_zh: DF.SmallText | None
	# end: auto-generated types
	pass
