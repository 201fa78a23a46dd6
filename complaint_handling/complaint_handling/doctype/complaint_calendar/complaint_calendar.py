from frappe.model.document import Document


class ComplaintCalendar(Document):
	pass
