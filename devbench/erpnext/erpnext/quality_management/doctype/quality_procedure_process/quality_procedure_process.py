from frappe.model.document import Document


class QualityProcedureProcess(Document):
	pass
