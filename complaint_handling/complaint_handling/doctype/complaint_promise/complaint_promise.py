from frappe.model.document import Document


class ComplaintPromise(Document):
	pass
