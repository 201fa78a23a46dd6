from frappe.model.document import Document


class ComplaintEscalationLog(Document):
	pass
