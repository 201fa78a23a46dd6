from frappe.model.document import Document


class ComplaintMeasure(Document):
	pass
