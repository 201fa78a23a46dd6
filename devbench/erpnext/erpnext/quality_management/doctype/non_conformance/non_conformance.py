from frappe.model.document import Document


class NonConformance(Document):
	pass
