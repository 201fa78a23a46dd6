"""What every save of a complaint asks of the special cases, in the order in which one needs the other."""

from frappe.model.document import Document

from complaint_handling.services.special_cases import (
	authority_cases,
	claimant_reviews,
	group_cases,
	imported_cases,
	legal_holds,
	restrictions,
)


def check(complaint: Document) -> None:
	"""Refuse what a hold, an old case, an authority or a group does not allow; call first after the guard."""
	legal_holds.check_change(complaint)
	imported_cases.check(complaint)
	claimant_reviews.check(complaint)
	authority_cases.check_end(complaint)
	group_cases.check_end(complaint)


def take_effect(complaint: Document) -> None:
	"""Carry out what follows from a save; call in `on_update`."""
	restrictions.follow_owner(complaint)
	authority_cases.follow_owner(complaint)
	imported_cases.note_archive(complaint)
