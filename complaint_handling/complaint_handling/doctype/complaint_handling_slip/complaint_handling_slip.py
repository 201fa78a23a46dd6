from frappe.model.document import Document


class ComplaintHandlingSlip(Document):
	pass
