from frappe.model.document import Document


class QualityReviewObjective(Document):
	pass
