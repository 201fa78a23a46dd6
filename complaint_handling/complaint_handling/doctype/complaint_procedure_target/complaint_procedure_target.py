from frappe.model.document import Document


class ComplaintProcedureTarget(Document):
	pass
