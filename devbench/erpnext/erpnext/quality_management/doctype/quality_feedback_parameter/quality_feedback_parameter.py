from frappe.model.document import Document


class QualityFeedbackParameter(Document):
	pass
