from complaint_handling.services.workflow.workflow_guard import GuardedRow


class ComplaintItem(GuardedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		batch_no: DF.Link | None
		complained_quantity: DF.Float
		delivered_quantity: DF.Float
		delivery_note: DF.Link | None
		fault: DF.SmallText | None
		item_code: DF.Link | None
		item_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		sales_invoice: DF.Link | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		serial_no: DF.SmallText | None
		uom: DF.Link | None
	# end: auto-generated types
	pass
