"""Employee: when it gets, loses or changes its user, complaints about the employee and its slips follow."""

from frappe.model.document import Document

from complaint_handling.services.access import complained_about
from complaint_handling.services.staff import handlers


def follow_user(doc: Document, method: str | None = None) -> None:
	"""Keep the complaints about this employee from its new user, and give that user its slips."""
	if doc.has_value_changed("user_id"):
		complained_about.follow_user_of_employee(doc.name)
	if doc.has_value_changed("user_id") or doc.has_value_changed("status"):
		handlers.follow_user_of_employee(doc.name)
