from frappe.model.document import Document


class ComplaintRevisit(Document):
	pass
