from frappe.model.document import Document


class QualityInspection(Document):
	pass
