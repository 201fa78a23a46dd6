from frappe.model.document import Document


class QualityGoalObjective(Document):
	pass
