from frappe.model.document import Document


class ComplaintTeamMember(Document):
	pass
