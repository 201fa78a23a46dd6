from frappe.model.document import Document

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintEscalationLog(Document):
	"""One escalation. Its name is the hash of document, milestone, level and deadline (`domain/escalation.py`)."""
