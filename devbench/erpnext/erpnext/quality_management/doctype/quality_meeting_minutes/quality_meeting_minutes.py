from frappe.model.document import Document


class QualityMeetingMinutes(Document):
	pass
