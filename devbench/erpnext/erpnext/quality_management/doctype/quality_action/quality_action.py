from frappe.model.document import Document


class QualityAction(Document):
	def validate(self) -> None:
		is_open = any(row.status == "Open" for row in self.resolutions)
		self.status = "Open" if is_open else "Completed"
