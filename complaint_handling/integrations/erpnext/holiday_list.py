"""Holiday List: the public holidays of Complaint Calendars."""

from frappe.model.document import Document

from complaint_handling.services.calendar import calendar_cache


def look_again(doc: Document, method: str | None = None) -> None:
	"""Let clocks that start in this transaction count by the changed holidays."""
	calendar_cache.look_again()
