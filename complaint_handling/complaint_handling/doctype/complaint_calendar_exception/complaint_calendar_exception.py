from frappe.model.document import Document


class ComplaintCalendarException(Document):
	pass
