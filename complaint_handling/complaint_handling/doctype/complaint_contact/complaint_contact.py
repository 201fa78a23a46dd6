from frappe.model.document import Document


class ComplaintContact(Document):
	pass
