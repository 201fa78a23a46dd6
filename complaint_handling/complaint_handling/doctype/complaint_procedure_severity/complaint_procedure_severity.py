from frappe.model.document import Document


class ComplaintProcedureSeverity(Document):
	pass
