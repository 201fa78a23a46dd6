from frappe.model.document import Document


class ComplaintItem(Document):
	pass
