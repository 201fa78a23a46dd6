from frappe.model.document import Document


class QualityActionResolution(Document):
	pass
