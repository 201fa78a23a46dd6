from frappe.model.document import Document


class ComplaintResponsiblePost(Document):
	pass
