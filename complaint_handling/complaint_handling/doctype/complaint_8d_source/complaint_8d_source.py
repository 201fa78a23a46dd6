from frappe.model.document import Document


class Complaint8DSource(Document):
	pass
