"""Old complaints: they enter through the host's Data Import as Registered, and are archived with their old dates.

The marker stands for "this case is over": it starts no clock, promises nothing, tells nobody and counts in no trend.
So it is given at that door only, to whoever may import complaints, and an imported case is archived or cancelled,
never handled.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_datetime, get_datetime, now_datetime, time_diff_in_hours

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import ComplaintState
from complaint_handling.exceptions import AccessRefusedError
from complaint_handling.services.special_cases.decisions import note, refuse
from complaint_handling.services.workflow import workflow_guard, workflow_steps

MAXIMUM_AT_ONCE = 500
ORIGINAL_FIELDS = ("original_number", "original_closed_on")
# What an old register says of later steps; a new complaint brings none of it.
HISTORY_FIELDS = ("cause", "cause_status", "answer_to_customer", "execution_note", "closing_summary")
STATES = (ComplaintState.REGISTERED, ComplaintState.CLOSED, ComplaintState.CANCELLED)


def remember_history(complaint: Document) -> None:
	"""Keep what an old register says of later steps; call before the guard empties it on a new complaint."""
	if complaint.is_imported and complaint.is_new():
		complaint.flags.history = {name: complaint.get(name) for name in HISTORY_FIELDS}


def check(complaint: Document) -> None:
	"""Refuse a marker at another door, and a step that an old case does not take; call in `validate`."""
	if not complaint.is_imported:
		_check_ordinary(complaint)
		return
	# The alerts that an administrator set up for new complaints are none of an old one's.
	complaint.flags.notifications = []
	if complaint.is_new():
		_check_door()
		_check_original(complaint)
		complaint.update(complaint.flags.pop("history", {}))
	state = workflow_guard.state_entered(complaint)
	if state and state not in STATES:
		refuse(_("An imported complaint is archived or cancelled. Register a new one that refers to it."))


def stamp_archive(complaint: Document) -> None:
	"""Close an old case with its old date, so that figures by date are right; call after states are stamped."""
	if complaint.is_imported and workflow_guard.state_entered(complaint) == ComplaintState.CLOSED:
		complaint.closed_on = complaint.original_closed_on
		if complaint.closed_on:
			complaint.cycle_hours = time_diff_in_hours(complaint.closed_on, complaint.received_on)


def note_archive(complaint: Document) -> None:
	"""Say in the timeline who archived an old case and with which date; call in `on_update`."""
	if complaint.is_imported and workflow_guard.state_entered(complaint) == ComplaintState.CLOSED:
		note(
			complaint,
			_("{0} archived the imported complaint {1} as closed on {2}"),
			complaint.original_number,
			format_datetime(complaint.original_closed_on),
		)


def archive(complaints: list[str]) -> list[dict]:
	"""Archive imported complaints as the current user; return an answer for each: its name and what went wrong.

	One that fails is left as it was and stops no other. A name that is given twice is archived once.
	"""
	names = list(dict.fromkeys(complaints))
	if len(names) > MAXIMUM_AT_ONCE:
		refuse(_("Choose at most {0} complaints at once.").format(MAXIMUM_AT_ONCE))
	return [{"name": name, "error": _archive_one(name)} for name in names]


def _archive_one(name: str) -> str | None:
	frappe.db.savepoint("archive")
	try:
		doc = frappe.get_doc(COMPLAINT, name)
		doc.check_permission("write")
		if not doc.is_imported:
			refuse(_("{0} is not imported.").format(frappe.bold(name)))
		workflow_steps.move_to(doc, ComplaintState.CLOSED)
	except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as error:
		frappe.db.rollback(save_point="archive")
		frappe.clear_last_message()
		return frappe.utils.strip_html(str(error)) or _("Not Permitted")
	return None


def _check_ordinary(complaint: Document) -> None:
	given = [name for name in ORIGINAL_FIELDS if complaint.get(name)]
	if complaint.is_new() and given:
		refuse(
			_("Only an imported complaint has an original number and date of closing. Mark it as imported.")
		)


def _check_door() -> None:
	if frappe.flags.in_import and frappe.has_permission(COMPLAINT, "import"):
		return
	frappe.throw(
		_(
			"Old complaints come in through Data Import, by whoever may import complaints. A new complaint is registered without the marker."
		),
		AccessRefusedError,
		title=_("Not Imported"),
	)


def _check_original(complaint: Document) -> None:
	complaint.original_number = (complaint.original_number or "").strip()
	if not complaint.original_number or not complaint.original_closed_on:
		refuse(
			_(
				"An imported complaint needs its original number and when it was closed. Register one that is still open as a new complaint."
			)
		)
	received, closed = get_datetime(complaint.received_on), get_datetime(complaint.original_closed_on)
	if not received <= closed <= now_datetime():
		refuse(_("The original date of closing lies before the receipt, or in the future. Correct it."))
	_check_not_there(complaint)


def _check_not_there(complaint: Document) -> None:
	same = {
		"original_number": complaint.original_number,
		"company": complaint.company,
		"is_imported": 1,
		"workflow_state": ("!=", ComplaintState.CANCELLED),
	}
	# Locking: two imports of one file at the same time must not both find nothing.
	found = frappe.db.get_value(COMPLAINT, same, "name", for_update=True)
	if found:
		refuse(
			_("The complaint {0} of {1} is imported already, as {2}.").format(
				frappe.bold(complaint.original_number), complaint.company, frappe.bold(found)
			)
		)
