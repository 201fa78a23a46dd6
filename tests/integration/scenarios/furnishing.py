"""What the two procedures of document 003 share: its departments, its list of owners, and its requests and opinions."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cstr

from complaint_handling.api import slip as slip_api
from complaint_handling.constants import DEFERRAL, HANDLER, RESPONSIBLE_POST, SLIP
from tests.factories import employee_of, make_company, make_department
from tests.integration.scenarios import doing
from tests.integration.scenarios.play import Play

ENGINEERING, PLANNING = "Test Process Engineering", "Test Planning and Development"
# Who joins the cast: word, role, department, superior.
OTHERS = (
	("engineer", HANDLER, ENGINEERING, "vice_president"),
	("planner", HANDLER, PLANNING, "vice_president"),
)


def list_owner(department: str, who: str, word: str = "post", **values: Any) -> doing.Act:
	"""Return the act of entering somebody of a department in the list of owners."""

	def enter(play: Play) -> Document:
		"""Fill the form of a responsible post and save it."""
		post = frappe.get_doc(
			{
				"doctype": RESPONSIBLE_POST,
				"company": make_company(),
				"department": make_department(department),
				"employee": employee_of(play.users[who]),
				"valid_from": frappe.utils.today(),
				**values,
			}
		)
		return play.keep(word, post.insert())

	return enter


def send_slip(play: Play, word: str, department: str, instruction: str, **values: Any) -> Document:
	"""Write a slip to a department without naming anybody there, and hand it in for issue."""
	slip = frappe.get_doc(
		{
			"doctype": SLIP,
			"complaint": play.made["complaint"],
			"department": make_department(department),
			"instruction": instruction,
			**values,
		}
	)
	play.keep(word, slip.insert())
	return doing.press(play, word, "Submit for Issue")


def ask_engineering(play: Play) -> Document:
	"""Press Ask Process Engineering on the slip of the production line."""
	name = slip_api.ask_process_engineering(
		play.made["slip"],
		make_department(ENGINEERING),
		"Veneer across the grain on a front of 2.4 m: how is it kept straight?",
		employee_of(play.users["engineer"]),
	)
	return play.keep("request", frappe.get_doc(SLIP, name))


def agree_reply(agreed_at: str) -> doing.Act:
	"""Return the act of agreeing a later reply time for the request."""

	def agree(play: Play) -> Document:
		"""Press Agree Reply Time on the request to process engineering."""
		slip_api.agree_reply_time(play.made["request"], agreed_at, "The humidity of the store is measured")
		return play.doc("request")

	return agree


def take_over_answer(play: Play) -> Document:
	"""Press Take over Answers on the slip that asked."""
	assert slip_api.take_over_answers(play.made["slip"]) == 1
	return play.doc("slip")


def ask_deferral(play: Play, new_date: str, cause: str = "Material Shortage") -> Document:
	"""Fill the postponed-revisit application on the slip and hand it to the department's manager."""
	values = {"cause_of_delay": cause, "reason": "The veneer comes in two weeks", "new_date": new_date}
	request = frappe.get_doc({"doctype": DEFERRAL, "slip": play.made["slip"], **values})
	play.keep("deferral", request.insert())
	return doing.press(play, "deferral", "Request Deferral", **values)


def is_copied(play: Play, word: str, who: str) -> None:
	"""Assert that somebody was told of an issued slip, and that the slip says so."""
	user = play.users[who]
	notice = {"for_user": user, "document_type": SLIP, "document_name": play.made[word]}
	assert frappe.db.count("Notification Log", notice) == 1
	assert frappe.utils.get_fullname(user) in cstr(play.doc(word).copied_to).split(", ")
