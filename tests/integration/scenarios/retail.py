"""What people do over a counter: in the restaurant and in the mall of document 001."""

from typing import Any

from frappe.model.document import Document
from frappe.utils import strip_html

from complaint_handling.api import categories, intake
from tests.factories import employee_of, make_department, make_measure
from tests.integration.scenarios import doing
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import Play


def taking(word: str, subject: str, **values: Any) -> doing.Act:
	"""Return the act of taking a complaint on the spot, without items of an order."""
	given = {"channel": "On the Spot", "description": subject, "demand": "That it is made right", **values}
	return lambda play: doing.register(play, word, subject=subject, **given)


def answer(play: Play, word: str, text: str, agreed_by: str = "The guest") -> Document:
	"""Press Answer at Once with the guest's consent: first answer, assessment and close in one."""
	consent = {
		"consent_by": agreed_by,
		"consent_method": "Face to Face",
		"closing_summary": "Settled at once.",
	}
	intake.answer_at_once(play.made[word], text, "On the Spot", consent)
	return play.doc(word)


def settling(word: str, subject: str, text: str, reads: str, **values: Any) -> doing.Act:
	"""Return the act of reading the playbook of a category, taking the complaint and answering it at once."""

	def act(play: Play) -> Document:
		assert reads in strip_html(categories.get_playbook(values["category"]))
		taking(word, subject, **values)(play)
		return answer(play, word, text)

	return act


def solve(play: Play, who: str, cause: str, measure: str, *remedies: dict[str, Any], word: str = "complaint"):
	"""Enter cause, measure of somebody and remedies in place of those that were there."""
	doc = play.doc(word)
	doc.update({"cause": cause, "cause_status": "Confirmed", "verification_result": "Confirmed"})
	doc.responsible_department = make_department(SERVICE)
	doc.set("measures", [make_measure(employee_of(play.users[who]), description=measure)])
	doc.set("remedies", list(remedies))
	return doc.save()


def solving(
	who: str, cause: str, measure: str, *remedies: dict[str, Any], word: str = "complaint"
) -> doing.Act:
	"""Return the act of entering a solution."""
	return lambda play: solve(play, who, cause, measure, *remedies, word=word)
