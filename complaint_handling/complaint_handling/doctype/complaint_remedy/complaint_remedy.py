from frappe.model.document import Document


class ComplaintRemedy(Document):
	pass
