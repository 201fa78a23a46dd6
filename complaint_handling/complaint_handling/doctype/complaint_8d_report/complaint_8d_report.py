from frappe.model.document import Document


class Complaint8DReport(Document):
	pass
