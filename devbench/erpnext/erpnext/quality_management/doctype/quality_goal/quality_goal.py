from frappe.model.document import Document


class QualityGoal(Document):
	pass
