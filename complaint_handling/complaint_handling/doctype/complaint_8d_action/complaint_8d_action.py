from frappe.model.document import Document


class Complaint8DAction(Document):
	pass
