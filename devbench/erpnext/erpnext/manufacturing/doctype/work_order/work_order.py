from frappe.model.document import Document


class WorkOrder(Document):
	def validate(self) -> None:
		self.status = "Draft"

	def on_submit(self) -> None:
		self.db_set("status", "Not Started")

	def on_cancel(self) -> None:
		self.db_set("status", "Cancelled")
