from frappe.model.document import Document


class ComplaintEscalationLog(Document):
	"""One escalation. Its name is the hash of document, milestone, level and deadline (`domain/escalation.py`)."""
