from frappe.model.document import Document


class MaintenanceVisit(Document):
	def validate(self) -> None:
		self.status = "Draft"

	def on_submit(self) -> None:
		self.db_set("status", "Submitted")

	def on_cancel(self) -> None:
		self.db_set("status", "Cancelled")
