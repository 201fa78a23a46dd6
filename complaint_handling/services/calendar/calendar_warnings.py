"""The warning when calendars in use run out of known public holidays: one notice to each who keeps them."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, get_url_to_form, getdate, today

from complaint_handling.constants import CALENDAR, COORDINATOR
from complaint_handling.services.calendar import calendar_years
from complaint_handling.services.staff import people
from complaint_handling.services.sweep import notices
from complaint_handling.services.sweep.notices import Reference


def warn_of_shortcomings() -> None:
	"""Tell System Managers and Coordinators of calendars in use that run out, once a month a calendar."""
	calendars = [doc for name in calendar_years.calendars_in_use() if (doc := _to_warn_of(name))]
	if not calendars:
		return
	for receiver in dict.fromkeys((*people.holders_of("System Manager"), *people.holders_of(COORDINATOR))):
		_tell(receiver, calendars)
	for calendar in calendars:
		calendar.db_set("warned_on", today(), update_modified=False)


def _to_warn_of(name: str) -> Document | None:
	"""Return a calendar that runs out and of which nobody was warned this month."""
	# Two runs at once take turns, so that the second finds the mark of the first.
	calendar = frappe.get_doc(CALENDAR, name, for_update=True)
	if calendar.warned_on and getdate(calendar.warned_on) >= getdate().replace(day=1):
		return None
	return calendar if calendar_years.shortcomings(calendar, getdate()) else None


def _tell(receiver: str, calendars: list[Document]) -> None:
	language = notices.language_of(receiver)
	lines = {calendar.name: _line(calendar, language) for calendar in calendars}
	first, subject = next(iter(lines.items()))
	if len(lines) > 1:
		subject = _("{0} calendars need your attention", lang=language).format(len(lines))
	body = "".join(f"<li>{_link(name)} {escape_html(line)}</li>" for name, line in lines.items())
	notices.tell(receiver, subject, f"<ul>{body}</ul>", Reference(CALENDAR, first))


def _line(calendar: Document, language: str) -> str:
	"""Return one line that says all, in the receiver's language."""
	before, frappe.local.lang = frappe.local.lang, language
	try:
		found = calendar_years.shortcomings(calendar, getdate())
		return _("Calendar {0}: {1}").format(calendar.name, " ".join(found))
	finally:
		frappe.local.lang = before


def _link(name: str) -> str:
	return f'<a href="{escape_html(get_url_to_form(CALENDAR, name))}">{escape_html(name)}</a>'
