from frappe.model.document import Document


class ComplaintSettings(Document):
	pass
