from frappe.model.document import Document


class QualityMeeting(Document):
	pass
