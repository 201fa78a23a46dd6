import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt


class SerialandBatchBundle(Document):
	def validate(self) -> None:
		sign = -1 if self.type_of_transaction == "Outward" else 1
		for row in self.entries:
			self.require_what_the_item_has(row)
			row.qty = sign * (1.0 if row.serial_no else abs(flt(row.qty)))
			row.warehouse = row.warehouse or self.warehouse
		self.total_qty = sum(flt(row.qty) for row in self.entries)

	def require_what_the_item_has(self, row: Document) -> None:
		if self.has_serial_no and not row.serial_no:
			frappe.throw(_("Row {0}: a serial number is missing").format(row.idx))
		if self.has_batch_no and not row.batch_no:
			frappe.throw(_("Row {0}: a batch is missing").format(row.idx))
