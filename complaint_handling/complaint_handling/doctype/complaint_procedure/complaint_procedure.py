from frappe.model.document import Document


class ComplaintProcedure(Document):
	pass
