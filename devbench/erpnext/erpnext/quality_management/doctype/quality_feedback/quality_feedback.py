import frappe
from frappe.model.document import Document


class QualityFeedback(Document):
	def validate(self) -> None:
		if not self.document_name:
			self.document_type = "User"
			self.document_name = frappe.session.user
		self.set_parameters()

	@frappe.whitelist()
	def set_parameters(self) -> None:
		"""Take the template's parameters over when there are none yet."""
		if self.template and not self.parameters:
			for row in frappe.get_doc("Quality Feedback Template", self.template).parameters:
				self.append("parameters", {"parameter": row.parameter, "rating": "1"})
