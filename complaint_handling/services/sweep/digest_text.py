"""How a digest of escalations reads: grouped, in the recipient's language, and no longer than a screen."""

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import format_datetime, get_system_timezone, get_url_to_form, get_url_to_list

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG
from complaint_handling.domain.clocks import MilestoneState
from complaint_handling.domain.escalation import TAKE_OVER_LEVEL
from complaint_handling.services.access.reading_rules import Reader
from complaint_handling.services.sweep.notices import language_of

MAXIMUM_LINES = 20
TEMPLATE = "complaint_handling/templates/emails/escalation_digest.html"
COLOURS = {"Escalation": "#b42318", "Breach": "#b54708", "Warning": "#475467"}

Row = frappe._dict


def compose(recipient: str, rows: list[Row]) -> tuple[str, str]:
	"""Return subject (text) and body (HTML) of what a recipient is told, the most pressing first."""
	language = language_of(recipient)
	shown = rows[:MAXIMUM_LINES]
	about = _about(recipient, shown)
	body = frappe.render_template(
		TEMPLATE,
		{
			"greeting": _subject(rows, language),
			"groups": _groups(rows, shown, about, language),
			"more": _("and {0} more", lang=language).format(len(rows) - len(shown))
			if rows[MAXIMUM_LINES:]
			else "",
			"list_url": f"{get_url_to_list(ESCALATION_LOG)}?{urlencode({'escalated_to': recipient})}",
			"zone": _zone_note(recipient, language),
		},
	)
	return _subject(rows, language), body


def _subject(rows: list[Row], language: str) -> str:
	if len(rows) > 1:
		return _("{0} complaints need your attention", lang=language).format(len(rows))
	row = rows[0]
	texts = {
		"Warning": _("{0}: {1} is due at {2}", lang=language),
		"Breach": _("{0}: {1} was due at {2} and is overdue", lang=language),
		"Escalation": _("{0}: {1} was due at {2} and is escalated to you", lang=language),
	}
	return texts[row.kind].format(
		row.reference_name, _(row.stage, lang=language), format_datetime(row.deadline)
	)


def _groups(rows: list[Row], shown: list[Row], about: dict[str, str], language: str) -> list[dict[str, Any]]:
	titles = {
		"Escalation": _("Escalated to You", lang=language),
		"Breach": _("Overdue", lang=language),
		"Warning": _("Due Soon", lang=language),
	}
	groups = [
		{
			"title": title,
			"colour": COLOURS[kind],
			"number": sum(row.kind == kind for row in rows),
			"lines": [_line(row, about, language) for row in shown if row.kind == kind],
		}
		for kind, title in titles.items()
	]
	return [group for group in groups if group["lines"]]


def _line(row: Row, about: dict[str, str], language: str) -> dict[str, Any]:
	return {
		"url": get_url_to_form(row.reference_doctype, row.reference_name),
		"name": row.reference_name,
		"text": _("{0}, due at {1}", lang=language).format(
			_(row.stage, lang=language), format_datetime(row.deadline)
		),
		"about": about.get(row.complaint, ""),
		"notes": _notes(row, language),
	}


def _notes(row: Row, language: str) -> list[dict[str, str]]:
	notes = []
	if row.clock and row.clock.state in (MilestoneState.MET, MilestoneState.MISSED):
		notes.append({"text": _("Answered meanwhile.", lang=language)})
	if row.kind == "Breach" and row.clock and row.clock.tell_customer:
		notes.append({"text": _("The customer has to be told how the case stands.", lang=language)})
	if row.level == TAKE_OVER_LEVEL:
		text = _("Agreed times passed unsolved: you take the case over.", lang=language)
		notes.append({"text": text})
	elif row.action == "Hand Over":
		notes.append({"text": _("You take this over.", lang=language)})
	elif row.action == "Assign":
		notes.append({"text": _("It is on your list of tasks.", lang=language)})
	if row.requires_acknowledgement:
		notes.append(
			{
				"text": _("Please acknowledge:", lang=language),
				"url": get_url_to_form(ESCALATION_LOG, row.name),
				"link": _("Acknowledge", lang=language),
			}
		)
	return notes


def _about(recipient: str, rows: list[Row]) -> dict[str, str]:
	"""Return what the complaints are about, for a recipient whose role reads complaints."""
	names = sorted({row.complaint for row in rows if row.complaint})
	if not names or not Reader(recipient).reads(COMPLAINT):
		return {}
	found = frappe.get_all(
		COMPLAINT, filters={"name": ("in", names)}, fields=["name", "customer_name", "subject"]
	)
	return {row.name: " · ".join(filter(None, (row.customer_name, row.subject))) for row in found}


def _zone_note(recipient: str, language: str) -> str:
	zone, system = frappe.get_cached_value("User", recipient, "time_zone"), get_system_timezone()
	if not zone or zone == system:
		return ""
	return _("Times are those of {0}.", lang=language).format(system)
