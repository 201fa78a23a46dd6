"""What people do with the 8D report of a complaint in a scenario, step by step."""

from typing import Any

from pypdf import PdfReader

import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from complaint_handling.constants import HANDLER, QUALITY_MANAGER
from devbench.demo import actions
from tests.factories import employee_of, make_user
from tests.integration.scenarios.doing import Act, press, save
from tests.integration.scenarios.play import Play

WORD = "eight_d"
PRINT_FORMAT = "8D Report"


def let_quality_write(users: dict[str, str]) -> None:
	"""Let the quality manager write the report as its engineer too: a handler fills it, quality approves each step."""
	make_user(users["quality_manager"], QUALITY_MANAGER, HANDLER)


def opening(*team: str, **values: Any) -> Act:
	"""Return the act of pressing Create > 8D Report; the first of the team leads, without one the task force is it."""

	def act(play: Play) -> Document:
		members = [
			{"employee": employee_of(play.users[who]), "is_leader": int(not index), "duty": "Member"}
			for index, who in enumerate(team)
		]
		given = {"team": members, **values} if members else values
		report = actions.create_eight_d(play.made["complaint"], **given)
		return play.keep(WORD, report)

	return act


def entering(button: str, table: str, *lines: tuple[str, str], done: bool = False, **values: Any) -> Act:
	"""Return the act of entering actions (who, what) in a table of the report and pressing a button."""

	def act(play: Play) -> Document:
		rows = [_action(play, who, what, done) for who, what in lines]
		save(play, WORD, {table: rows}, **values)
		return press(play, WORD, button)

	return act


def filling(button: str, **values: Any) -> Act:
	"""Return the act of filling fields of the report and pressing a button."""

	def act(play: Play) -> Document:
		save(play, WORD, **values)
		return press(play, WORD, button)

	return act


def implement(play: Play) -> Document:
	"""Enter that every corrective action is done, and press Confirm Implementation (D6)."""
	actions.mark_done(play.kinds[WORD], play.made[WORD], "corrective_actions", "Done, record filed")
	return press(play, WORD, "Confirm Implementation")


def changing_document(reference: str, issued: bool = True, **values: Any) -> Act:
	"""Return the act of recording a changed work instruction, issued at the site or not yet, as D7 asks for it."""

	def act(play: Play) -> Document:
		change = {
			"document_type": "Work Instruction",
			"document_reference": reference,
			"changed_on": nowdate(),
			"issued_at_site_on": nowdate() if issued else None,
		}
		return save(play, WORD, {"document_changes": [change]}, **values)

	return act


def issue_documents(play: Play) -> Document:
	"""Enter that every changed document is issued at the site today."""
	report = play.doc(WORD)
	for row in report.document_changes:
		row.issued_at_site_on = nowdate()
	return report.save()


def starting_check(criterion: str, on: str) -> Act:
	"""Return the act of saying what shows the effect, and when it is checked."""
	return filling("Start Effectiveness Check", effectiveness_criterion=criterion, effectiveness_check_on=on)


def judging(effective: bool, note: str) -> Act:
	"""Return the act of judging the effect: Close 8D, or back to the cause."""

	def act(play: Play) -> Document:
		if effective:
			given = {"effectiveness_note": note, "lessons_learned": "Check the first piece of every shift."}
			return press(play, WORD, "Close 8D", is_effective="Yes", **given)
		return press(play, WORD, "Not Effective", is_effective="No", not_effective_reason=note)

	return act


def sending_report(channel: str, summary: str = "Report 8D sent.") -> Act:
	"""Return the act of sending the customer the printed report, which stays attached to the contact."""

	def act(play: Play) -> Document:
		contact = actions.contact(play.made["complaint"], "Progress Notice", summary, channel=channel)
		printed = frappe.attach_print(play.kinds[WORD], play.made[WORD], print_format=PRINT_FORMAT)
		file = {
			"doctype": "File",
			"file_name": printed["fname"],
			"content": printed["fcontent"],
			"attached_to_doctype": contact.doctype,
			"attached_to_name": contact.name,
			"is_private": 1,
		}
		play.keep("report_file", frappe.get_doc(file).insert())
		play.keep("report_contact", contact)
		return play.complaint

	return act


def is_attached(play: Play) -> None:
	"""Assert that the contact holds the report as a private PDF that names it."""
	file = play.doc("report_file")
	assert (file.attached_to_name, file.is_private) == (play.made["report_contact"], 1)
	pdf = PdfReader(file.get_full_path())
	assert play.made[WORD] in "".join(page.extract_text() for page in pdf.pages)
	play.note = file.file_name


def _action(play: Play, who: str, what: str, done: bool) -> dict[str, Any]:
	return {
		"description": what,
		"responsible_employee": employee_of(play.users[who]),
		"due_on": nowdate(),
		"done_on": nowdate() if done else None,
	}
