from frappe.model.document import Document


class QualityFeedbackTemplateParameter(Document):
	pass
