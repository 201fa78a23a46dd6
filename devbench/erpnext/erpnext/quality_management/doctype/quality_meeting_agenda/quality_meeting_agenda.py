from frappe.model.document import Document


class QualityMeetingAgenda(Document):
	pass
