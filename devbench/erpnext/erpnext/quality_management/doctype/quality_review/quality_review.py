import frappe
from frappe.model.document import Document


class QualityReview(Document):
	def validate(self) -> None:
		if not self.reviews:
			for row in frappe.get_doc("Quality Goal", self.goal).objectives:
				self.append("reviews", {"objective": row.objective, "target": row.target, "uom": row.uom})
		self.set_status()

	def set_status(self) -> None:
		states = {row.status for row in self.reviews}
		if not states or "Open" in states:
			self.status = "Open"
		else:
			self.status = "Failed" if "Failed" in states else "Passed"
