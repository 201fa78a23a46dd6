from frappe.model.document import Document


class ComplaintAuthorityLimit(Document):
	pass
