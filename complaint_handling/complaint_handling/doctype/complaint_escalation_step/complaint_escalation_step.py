from frappe.model.document import Document


class ComplaintEscalationStep(Document):
	pass
