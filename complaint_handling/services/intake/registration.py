"""What a complaint takes on while it is registered and assessed, in the order in which one needs the other."""

from frappe.model.document import Document

from complaint_handling.services.intake import (
	acceptance,
	first_answer,
	follow_up,
	receipts,
	repeats,
	widespread,
)


def complete(complaint: Document) -> None:
	"""Check and complete what intake records; call in `validate`, after the first item is known."""
	acceptance.set_checks(complaint)
	receipts.check(complaint)
	repeats.check(complaint)
	follow_up.set_owner(complaint)
	widespread.assess(complaint)
	widespread.check_decision(complaint)


def note_decisions(complaint: Document) -> None:
	"""Write into the timeline what was decided in this save; call in `on_update`."""
	first_answer.record_closing_answer(complaint)
	widespread.note_decision(complaint)
	if complaint.flags.pop("repeat_is_decided", None):
		repeats.note_decision(complaint)
