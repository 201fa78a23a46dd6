from frappe.model.document import Document


class QualityFeedbackTemplate(Document):
	pass
