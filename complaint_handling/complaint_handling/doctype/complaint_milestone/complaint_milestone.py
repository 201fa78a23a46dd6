from frappe.model.document import Document


class ComplaintMilestone(Document):
	pass
