"""The coordination meeting of several departments, as ERPNext's Quality Meeting (R-000K-17)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_url_to_form

from complaint_handling.constants import COMPLAINT, SLIP
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, SlipState

MEETING = "Quality Meeting"


def call(complaint: Document) -> Document:
	"""Return the coordination meeting of a case, made now unless there is one already."""
	complaint = frappe.get_doc(COMPLAINT, complaint.name, for_update=True)
	if complaint.coordination_meeting:
		return frappe.get_doc(MEETING, complaint.coordination_meeting)
	_check_open(complaint)
	meeting = frappe.new_doc(MEETING)
	meeting.append("agenda", {"agenda": _agenda(complaint)})
	_name(meeting)
	meeting.insert()
	complaint.db_set("coordination_meeting", meeting.name)
	complaint.add_comment("Info", _("Coordination meeting called: {0}").format(meeting.name))
	return meeting


def _check_open(complaint: Document) -> None:
	if complaint.workflow_state in [str(state) for state in ENDED_COMPLAINT_STATES]:
		frappe.throw(
			_("{0} has ended. Take it back into handling before a meeting is called.").format(
				frappe.bold(complaint.name)
			)
		)


def _agenda(complaint: Document) -> str:
	"""Return number, link and departments: everybody in the Desk reads meetings, so no content of the case.

	The subject is left out where the case is about a person or kept to named persons.
	"""
	url = get_url_to_form(COMPLAINT, complaint.name)
	title = f'<a href="{escape_html(url)}">{escape_html(complaint.name)}</a>'
	if not (complaint.is_restricted or complaint.complained_about_employee):
		title += f": {escape_html(complaint.subject)}"
	lines = [f"<li>{escape_html(department)}</li>" for department in _departments(complaint)]
	return f"<p>{title}</p>" + (f"<ul>{''.join(lines)}</ul>" if lines else "")


def _departments(complaint: Document) -> list[str]:
	names = frappe.get_all(  # who is invited, also of slips that the caller may not read
		SLIP,
		filters={"complaint": complaint.name, "workflow_state": ("!=", str(SlipState.CANCELLED))},
		pluck="department",
		order_by="creation asc",
	)
	titles = (frappe.db.get_value("Department", name, "department_name") or name for name in names)
	return list(dict.fromkeys(titles))


def _name(meeting: Document) -> None:
	"""Give the meeting ERPNext's name, which is the day alone, and the second of a day a number."""
	meeting.set_new_name()
	by_day, number = meeting.name, 1
	while frappe.db.exists(MEETING, meeting.name):
		number += 1
		meeting.name = f"{by_day}-{number}"
