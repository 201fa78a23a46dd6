from frappe.model.document import Document


class MaintenanceVisitPurpose(Document):
	pass
