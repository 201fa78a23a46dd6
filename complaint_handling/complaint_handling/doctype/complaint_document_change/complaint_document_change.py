from frappe.model.document import Document


class ComplaintDocumentChange(Document):
	pass
