"""What people do in a scenario: the calls that forms and buttons make, as the user who is logged in.

Each verb returns the document that it leaves, read again from the database. Forms that the demo fills in the same
way are filled by its own verbs (`devbench/demo/actions.py`).
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe.desk.form.load import getdoc
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.api import complaint as complaint_api
from complaint_handling.api import workflow as workflow_api
from complaint_handling.constants import COMPLAINT, EVALUATION, MILESTONE, REVISIT, SLIP
from complaint_handling.services.sweep import escalation
from devbench.demo import actions
from tests.factories import employee_of, make_complaint, make_department, make_measure
from tests.integration.scenarios.play import Play

CUSTOMER = "Manager Wang"
Act = Callable[[Play], Document]


def press(play: Play, word: str, action: str, **values: Any) -> Document:
	"""Press a button of the workflow of a document of the play and answer its dialog."""
	workflow_api.apply_action(play.kinds[word], play.made[word], action, values)
	return play.doc(word)


def pressing(action: str, word: str = "complaint", **values: Any) -> Act:
	"""Return the act of pressing a button, for a step that does nothing else."""
	return lambda play: press(play, word, action, **values)


def telling(purpose: str, summary: str, **values: Any) -> Act:
	"""Return the act of telling the customer something, for a step that does nothing else."""
	return lambda play: tell(play, purpose, summary, **values)


def checking(purpose: str, note: str = "", **answers: str) -> Act:
	"""Return the act of answering the questions of a purpose."""
	return lambda play: answer_checks(play, purpose, note, **answers)


def asking(department: str, who: str | None, instruction: str, word: str = "slip", **values: Any) -> Act:
	"""Return the act of writing a slip to somebody of a department and handing it in for issue."""

	def act(play: Play) -> Document:
		slip = draft_slip(play, word, department, who, instruction, **values)
		return press(play, word, "Submit for Review" if slip.needs_review else "Submit for Issue")

	return act


def executing(note: str) -> Act:
	"""Return the act of entering that all measures are done, and confirming the execution."""

	def act(play: Play) -> Document:
		finish_measures(play)
		return confirm_execution(play, note)

	return act


def revisiting(with_result: str, with_process: str, **values: Any) -> Act:
	"""Return the act of completing the planned revisit with the customer's answer."""
	return lambda play: revisit(play, with_result, with_process, **values)


def remedy(kind: str, amount: float, **values: Any) -> dict[str, Any]:
	"""Return a row for the table of remedies."""
	return {"remedy_type": kind, "description": kind, "quantity": 1, "rate": amount, **values}


def open_form(play: Play, word: str = "complaint") -> Document:
	"""Open the form of a document, as the Desk loads it."""
	getdoc(play.kinds[word], play.made[word])
	return play.doc(word)


def save(play: Play, word: str, rows: dict | None = None, **values: Any) -> Document:
	"""Open the form of a document of the play, type values, add rows to its tables, and save it."""
	return actions.save(play.kinds[word], play.made[word], rows, **values)


def register(play: Play, word: str = "complaint", **values: Any) -> Document:
	"""Fill the form of a new complaint under the procedure that is played, unclassified yet, and save it."""
	unclassified = {"category": None, "severity": None}
	complaint = make_complaint(**{"procedure": play.procedure, **unclassified, **values})
	play.keep(word, complaint)
	return play.doc(word)


def tell(play: Play, purpose: str, summary: str, word: str = "complaint", **values: Any) -> Document:
	"""Record an outgoing contact with the customer; return the complaint as it then stands."""
	actions.contact(play.made[word], purpose, summary, **{"contacted_person": CUSTOMER, **values})
	return play.doc(word)


def hear(play: Play, summary: str, **values: Any) -> Document:
	"""Record what somebody says; return the record."""
	heard = {"direction": "Incoming", **values}
	return actions.contact(play.made["complaint"], heard.pop("purpose", "Statement"), summary, **heard)


def answer_checks(
	play: Play, purpose: str, note: str = "", word: str = "complaint", **answers: str
) -> Document:
	"""Answer the questions of a purpose in the checklist of a complaint with Yes, unless told by a word of them."""
	doc = play.doc(word)
	for row in doc.checks:
		if row.purpose == purpose:
			own = [given for part, given in answers.items() if part in row.question.lower()]
			row.answer, row.note = (own or ["Yes"])[0], note
	return doc.save()


def draft_slip(
	play: Play, word: str, department: str, who: str | None, instruction: str, **values: Any
) -> Document:
	"""Write a slip to a department, and to somebody of it when one is named."""
	slip = frappe.get_doc(
		{
			"doctype": SLIP,
			"complaint": play.made["complaint"],
			"department": make_department(department),
			"responsible_employee": employee_of(play.users[who]) if who else None,
			"instruction": instruction,
			**values,
		}
	)
	return play.keep(word, slip.insert())


def report(play: Play, word: str, finding: str, cause: str, who: str, **measure: Any) -> Document:
	"""Fill a slip with what was found, the cause, and a measure of somebody, and report it."""
	row = make_measure(employee_of(play.users[who]), **measure)
	save(play, word, {"measures": [row]}, finding=finding, cause=cause, cause_status="Confirmed")
	return press(play, word, "Report")


def accept_report(play: Play, word: str) -> Document:
	"""Enter that the measures of a slip are done, and accept its report."""
	finish_measures(play, "Done", word)
	return press(play, word, "Accept Report")


def collect(play: Play, **values: Any) -> Document:
	"""Press Collect Findings on the complaint, complete the solution, and save it."""
	complaint_api.collect_findings(play.made["complaint"])
	return save(play, "complaint", **values)


def consent(play: Play, method: str = "Telephone", word: str = "complaint", **values: Any) -> Document:
	"""Press Record Consent with who agreed, how and when."""
	given = {"consent_by": CUSTOMER, "consent_method": method, "consent_on": now_datetime(), **values}
	return press(play, word, "Record Consent", **given)


def refuse(play: Play, reason: str, method: str = "Telephone") -> Document:
	"""Press Record Refusal with the customer's reason."""
	given = {"consent_by": CUSTOMER, "consent_method": method, "consent_on": now_datetime()}
	return press(play, "complaint", "Record Refusal", refusal_reason=reason, **given)


def finish_measures(play: Play, result: str = "Done", word: str = "complaint") -> Document:
	"""Enter in every measure that it is done."""
	return actions.mark_done(play.kinds[word], play.made[word], "measures", result)


def confirm_execution(play: Play, note: str, word: str = "complaint") -> Document:
	"""Press Confirm Execution and remember the revisit that plans itself."""
	complaint = press(play, word, "Confirm Execution", execution_note=note)
	revisit = frappe.db.get_value(REVISIT, {"complaint": complaint.name, "docstatus": 0})
	if revisit:
		play.keep("revisit", frappe.get_doc(REVISIT, revisit))
	return complaint


def revisit(
	play: Play, with_result: str, with_process: str, method: str = "Telephone", **values: Any
) -> Document:
	"""Complete the planned revisit with the customer's answer."""
	answer = {
		"method": method,
		"revisited_on": now_datetime(),
		"contacted_person": CUSTOMER,
		"satisfaction_with_result": with_result,
		"satisfaction_with_process": with_process,
		**values,
	}
	return press(play, "revisit", "Complete Revisit", **answer)


def attach(play: Play, word: str, name: str) -> Document:
	"""Attach a private file to a document of the play."""
	values = {"attached_to_doctype": play.kinds[word], "attached_to_name": play.made[word]}
	return frappe.get_doc(
		{"doctype": "File", "file_name": name, "content": f"{name} of the case", "is_private": 1, **values}
	).insert()


def evaluate(play: Play, rows: dict[str, list[dict]], word: str = "complaint", **values: Any) -> Document:
	"""Write the evaluation of a complaint with its tables, and submit it."""
	doc = frappe.get_doc(
		{
			"doctype": EVALUATION,
			"complaint": play.made[word],
			"summary": "Cause removed, customer satisfied.",
			"handling_quality": "Good",
			**values,
			**rows,
		}
	)
	stored = frappe.get_doc(EVALUATION, play.keep("evaluation", doc.insert()).name)
	stored.submit()
	return stored


def close(play: Play, word: str = "complaint") -> Document:
	"""Press Close Complaint."""
	return press(play, word, "Close Complaint", closing_summary="Solved and confirmed by the customer.")


def sweep(play: Play) -> None:
	"""Raise what is due of the play's clocks, as the scheduler does every five minutes."""
	now = now_datetime()
	own = frappe.get_all(MILESTONE, {"complaint": ("in", list(play.made.values()))}, pluck="name")
	names = [name for name in escalation.due(now)[0] if name in own]
	play.note = f"{escalation.sweep_chunk(names, now, until=now)} notices raised"
