from frappe.model.document import Document


class ComplaintProcedureForm(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		document_number: DF.Data | None
		for_doctype: DF.Link | None
		form_name: DF.Data
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		print_format: DF.Link | None
	# end: auto-generated types
	pass
