"""What people do in a scenario: the calls that forms and buttons make, as the user who is logged in.

Each verb returns the document that it leaves, read again from the database. Forms that the demo fills in the same
way are filled by its own verbs (`devbench/demo/actions.py`).
"""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.api import complaint as complaint_api
from complaint_handling.api import workflow as workflow_api
from complaint_handling.constants import COMPLAINT, EVALUATION, REVISIT, SLIP
from devbench.demo import actions
from tests.factories import employee_of, make_complaint, make_department, make_measure
from tests.integration.scenarios.play import Play

CUSTOMER = "Manager Wang"


def press(play: Play, word: str, action: str, doctype: str = COMPLAINT, **values: Any) -> Document:
	"""Press a button of the workflow of a document of the play and answer its dialog."""
	workflow_api.apply_action(doctype, play.made[word], action, values)
	return frappe.get_doc(doctype, play.made[word])


def save(
	play: Play, word: str, doctype: str = COMPLAINT, rows: dict | None = None, **values: Any
) -> Document:
	"""Open the form of a document of the play, type values, add rows to its tables, and save it."""
	return actions.save(doctype, play.made[word], rows, **values)


def register(play: Play, word: str = "complaint", **values: Any) -> Document:
	"""Fill the form of a new complaint under the procedure that is played, unclassified yet, and save it."""
	unclassified = {"category": None, "severity": None}
	complaint = make_complaint(**{"procedure": play.procedure, **unclassified, **values})
	return play.keep(word, frappe.get_doc(COMPLAINT, complaint.name))


def tell(play: Play, purpose: str, summary: str, word: str = "complaint", **values: Any) -> Document:
	"""Record an outgoing contact with the customer; return the complaint as it then stands."""
	actions.contact(play.made[word], purpose, summary, **{"contacted_person": CUSTOMER, **values})
	return frappe.get_doc(COMPLAINT, play.made[word])


def hear(play: Play, summary: str, **values: Any) -> Document:
	"""Record what somebody says; return the record."""
	heard = {"direction": "Incoming", **values}
	return actions.contact(play.made["complaint"], heard.pop("purpose", "Statement"), summary, **heard)


def answer_checks(play: Play, purpose: str, answer: str = "Yes", note: str = "", **answers: str) -> Document:
	"""Answer the questions of a purpose in the checklist of the complaint, all alike unless told by a word of them."""
	doc = play.complaint
	for row in doc.checks:
		if row.purpose == purpose:
			own = [given for word, given in answers.items() if word in row.question.lower()]
			row.answer, row.note = (own or [answer])[0], note
	return doc.save()


def draft_slip(play: Play, word: str, department: str, who: str, instruction: str, **values: Any) -> Document:
	"""Write a slip to somebody of a department."""
	slip = frappe.get_doc(
		{
			"doctype": SLIP,
			"complaint": play.made["complaint"],
			"department": make_department(department),
			"responsible_employee": employee_of(play.users[who]),
			"instruction": instruction,
			**values,
		}
	)
	return play.keep(word, slip.insert())


def report(play: Play, word: str, finding: str, cause: str, who: str, **measure: Any) -> Document:
	"""Fill a slip with what was found, the cause, and a measure of somebody, and report it."""
	row = make_measure(employee_of(play.users[who]), **measure)
	save(play, word, SLIP, {"measures": [row]}, finding=finding, cause=cause, cause_status="Confirmed")
	return press(play, word, "Report", SLIP)


def accept_report(play: Play, word: str) -> Document:
	"""Enter that the measures of a slip are done, and accept its report."""
	finish_measures(play, "Done", word, SLIP)
	return press(play, word, "Accept Report", SLIP)


def collect(play: Play, **values: Any) -> Document:
	"""Press Collect Findings on the complaint, complete the solution, and save it."""
	complaint_api.collect_findings(play.made["complaint"])
	return save(play, "complaint", **values)


def consent(play: Play, method: str = "Telephone", **values: Any) -> Document:
	"""Press Record Consent with who agreed, how and when."""
	given = {"consent_by": CUSTOMER, "consent_method": method, "consent_on": now_datetime(), **values}
	return press(play, "complaint", "Record Consent", **given)


def refuse(play: Play, reason: str, method: str = "Telephone") -> Document:
	"""Press Record Refusal with the customer's reason."""
	given = {"consent_by": CUSTOMER, "consent_method": method, "consent_on": now_datetime()}
	return press(play, "complaint", "Record Refusal", refusal_reason=reason, **given)


def finish_measures(
	play: Play, result: str = "Done", word: str = "complaint", doctype: str = COMPLAINT
) -> Document:
	"""Enter in every measure that it is done."""
	return actions.mark_done(doctype, play.made[word], "measures", result)


def confirm_execution(play: Play, note: str) -> Document:
	"""Press Confirm Execution and remember the revisit that plans itself."""
	complaint = press(play, "complaint", "Confirm Execution", execution_note=note)
	revisit = frappe.db.get_value(REVISIT, {"complaint": complaint.name, "docstatus": 0})
	if revisit:
		play.made["revisit"] = revisit
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
	return press(play, "revisit", "Complete Revisit", REVISIT, **answer)


def evaluate(play: Play, rows: dict[str, list[dict]], **values: Any) -> Document:
	"""Write the evaluation of the complaint with its tables, and submit it."""
	doc = frappe.get_doc(
		{
			"doctype": EVALUATION,
			"complaint": play.made["complaint"],
			"summary": "Cause removed, customer satisfied.",
			"handling_quality": "Good",
			**values,
			**rows,
		}
	)
	stored = frappe.get_doc(EVALUATION, play.keep("evaluation", doc.insert()).name)
	stored.submit()
	return stored


def close(play: Play, summary: str = "Solved and confirmed by the customer.") -> Document:
	"""Press Close Complaint."""
	return press(play, "complaint", "Close Complaint", closing_summary=summary)
