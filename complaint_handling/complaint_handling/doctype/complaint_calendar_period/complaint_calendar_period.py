from frappe.model.document import Document


class ComplaintCalendarPeriod(Document):
	pass
