"""Repeat complaints and the recorded decision whether one counts (R-003A-03)."""

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT
from complaint_handling.exceptions import MissingInputError, PreconditionError
from tests import factories
from tests.factories import as_user, make_complaint, press


@pytest.fixture
def earlier(cast: dict[str, str]) -> Document:
	with as_user(cast["agent"]):
		return make_complaint(subject="Spindle loud")


@pytest.fixture
def repeat(cast: dict[str, str], earlier: Document) -> Document:
	with as_user(cast["agent"]):
		return make_complaint(repeat_of=earlier.name, handled_directly=1)


def test_only_a_case_of_the_same_customer_is_repeated(cast: dict[str, str]) -> None:
	"""R-003A-03: a repeat is a further dissatisfaction of the same customer."""
	with as_user(cast["agent"]):
		other = make_complaint(customer=factories.make_customer("Test Steel Works"))
		with pytest.raises(PreconditionError, match="no complaint of this customer"):
			make_complaint(repeat_of=other.name)
		complaint = make_complaint()
		complaint.repeat_of = complaint.name
		with pytest.raises(PreconditionError, match="does not repeat itself"):
			complaint.save()


def test_a_case_that_the_user_may_not_read_is_refused_in_the_same_words(
	cast: dict[str, str], earlier: Document
) -> None:
	employee = factories.employee_of(cast["agent"])
	with as_user(cast["coordinator"]):
		complaint = frappe.get_doc(COMPLAINT, earlier.name)
		values = {"complaint_owner": cast["coordinator"], "complained_about_employee": employee}
	frappe.db.set_value(COMPLAINT, complaint.name, {**values, "complained_about_user": cast["agent"]})
	with as_user(cast["agent"]):
		with pytest.raises(PreconditionError, match="no complaint of this customer"):
			make_complaint(repeat_of=earlier.name)
		assert earlier.name not in [row[0] for row in search(earlier.customer)]


def search(customer: str, text: str = "") -> list[tuple]:
	return intake.search_earlier(COMPLAINT, text, "name", 0, 20, {"customer": customer, "name": ""})


def test_earlier_complaints_of_the_customer_are_proposed(cast: dict[str, str], earlier: Document) -> None:
	with as_user(cast["agent"]):
		other = make_complaint(customer=factories.make_customer("Test Steel Works"))
		names = [row[0] for row in search(earlier.customer)]
		assert earlier.name in names and other.name not in names
		assert search(earlier.customer, "spindle LOUD")[0][0] == earlier.name


def test_an_agent_leaves_the_decision_open(cast: dict[str, str], repeat: Document) -> None:
	"""R-003A-03: it is recorded who decided and why; the agent who registers does not."""
	assert not repeat.counts_as_repeat and not repeat.repeat_decided_by
	with as_user(cast["agent"]):
		repeat = frappe.get_doc(COMPLAINT, repeat.name)
		repeat.update({"counts_as_repeat": "No", "repeat_reason": "Same matter"})
		with pytest.raises(frappe.PermissionError, match="decided by"):
			repeat.save()
		with pytest.raises(frappe.PermissionError, match="decided by"):
			intake.decide_repeat(repeat.name, "No", "Same matter")


@pytest.mark.parametrize("word", ["coordinator", "reviewer"])
def test_who_decides_stands_in_the_case_and_its_timeline(
	cast: dict[str, str], repeat: Document, word: str
) -> None:
	"""R-003A-03: the decision with its reason and approver."""
	with as_user(cast[word]):
		with pytest.raises(MissingInputError):
			intake.decide_repeat(repeat.name, "No", "")
		intake.decide_repeat(repeat.name, "No", "Still about the first solution")
	repeat.reload()
	assert (repeat.counts_as_repeat, repeat.repeat_decided_by) == ("No", cast[word])
	notes = frappe.get_all("Comment", {"reference_name": repeat.name}, pluck="content")
	assert any("does not count as a repeat" in note and "Still about" in note for note in notes)
	press(repeat, "Assess", cast["agent"])
	assert (
		press(
			repeat, "Start Handling", cast["coordinator"], counts_as_repeat="Yes", repeat_reason="New fault"
		).repeat_decided_by
		== cast["coordinator"]
	)


def test_handling_does_not_start_undecided(cast: dict[str, str], repeat: Document) -> None:
	"""R-003A-03: the button asks the coordinator for the decision."""
	press(repeat, "Assess", cast["agent"])
	with pytest.raises(MissingInputError, match="Counts as Repeat"):
		press(repeat, "Start Handling", cast["coordinator"])
	started = press(
		repeat, "Start Handling", cast["coordinator"], counts_as_repeat="Yes", repeat_reason="A new fault"
	)
	assert started.repeat_decided_by == cast["coordinator"]
	with pytest.raises(PreconditionError, match="before its handling"), as_user(cast["coordinator"]):
		intake.decide_repeat(repeat.name, "No", "Too late")


def test_without_its_link_no_decision_stays(cast: dict[str, str], repeat: Document) -> None:
	with as_user(cast["coordinator"]):
		intake.decide_repeat(repeat.name, "Yes", "Again")
	with as_user(cast["agent"]):
		repeat = frappe.get_doc(COMPLAINT, repeat.name)
		repeat.repeat_of = None
		repeat.save()
	assert (repeat.counts_as_repeat, repeat.repeat_reason, repeat.repeat_decided_by) == (None, None, None)
