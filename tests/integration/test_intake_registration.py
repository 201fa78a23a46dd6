"""What is completed and checked at registration: follow-up owner, receipt, severity of the scheme, requirements."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, now_datetime, today

from complaint_handling.constants import COMPLAINT, PROCEDURE, RESPONSIBLE_POST
from complaint_handling.exceptions import PreconditionError
from tests import factories
from tests.factories import as_user, employee_of, make_complaint, press


def procedure(code: str) -> str:
	return frappe.db.get_value(PROCEDURE, {"code": code, "docstatus": 1})


def post(cast: dict[str, str], word: str, **values: Any) -> str:
	"""Enter a post of default follow-up and return its holder."""
	employee = employee_of(cast[word])
	department = frappe.db.get_value("Employee", employee, "department")
	frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": department,
			"duty": "Default Follow-up",
			"status": "In Force",
			"employee": employee,
			"valid_from": add_days(today(), -10),
			**values,
		}
	).db_insert()
	return employee


@pytest.fixture
def register(cast: dict[str, str]):
	"""A function that registers a complaint of document 003 as the agent."""

	def register(customer: str = factories.CUSTOMER, **values: Any) -> Document:
		with as_user(cast["agent"]):
			customer = factories.make_customer(customer)
			return make_complaint(procedure=procedure("003-A"), severity="Minor", customer=customer, **values)

	return register


class TestFollowUp:
	"""R-003A-14: the default follow-up owner of all complaints of direct users, also of production lines."""

	def test_the_holder_of_the_post_follows_up(self, cast, register) -> None:
		holder = post(cast, "coordinator")
		assert register().follow_up_employee == holder

	def test_the_most_specific_post_wins(self, cast, register) -> None:
		post(cast, "coordinator")
		of_category = post(cast, "reviewer", category="Product Quality")
		assert register().follow_up_employee == of_category
		group = frappe.db.get_value("Item", factories.make_item(), "item_group")
		of_line = post(cast, "handler", item_group=group)
		assert register("Test Steel Works").follow_up_employee == of_line

	@pytest.mark.parametrize(
		"values",
		[
			{"status": "Proposed"},
			{"duty": "Answers Slips"},
			{"valid_to": "2020-01-01"},
			{"category": "Late Delivery"},
		],
	)
	def test_a_post_that_does_not_hold_names_nobody(self, cast, register, values: dict) -> None:
		post(cast, "coordinator", **values)
		assert not register().follow_up_employee

	def test_whom_a_person_chose_stays(self, cast, register) -> None:
		post(cast, "coordinator")
		chosen = employee_of(cast["reviewer"])
		complaint = register(follow_up_employee=chosen)
		with as_user(cast["agent"]):
			complaint.subject = "Another subject"
			complaint.save()
		assert complaint.follow_up_employee == chosen

	def test_a_repeat_stays_with_whoever_followed_up_the_first(self, cast, register) -> None:
		"""R-003A-14: a second or repeat complaint is the responsibility of the same owner."""
		chosen = employee_of(cast["reviewer"])
		first = register(follow_up_employee=chosen)
		post(cast, "coordinator")
		assert register().follow_up_employee == chosen
		frappe.db.set_value(COMPLAINT, first.name, {"workflow_state": "Closed", "closed_on": now_datetime()})
		later = register("Test Steel Works")
		assert later.follow_up_employee == employee_of(cast["coordinator"])
		assert register(repeat_of=first.name).follow_up_employee == chosen

	def test_a_link_set_later_takes_the_default_away(self, cast, register) -> None:
		first = register(follow_up_employee=employee_of(cast["reviewer"]))
		frappe.db.set_value(COMPLAINT, first.name, {"workflow_state": "Closed", "closed_on": now_datetime()})
		default = post(cast, "coordinator")
		complaint = register()
		assert complaint.follow_up_employee == default
		with as_user(cast["agent"]):
			complaint = frappe.get_doc(COMPLAINT, complaint.name)
			complaint.repeat_of = first.name
			complaint.save()
		assert complaint.follow_up_employee == employee_of(cast["reviewer"])

	def test_who_is_complained_about_does_not_follow_up(self, cast, register) -> None:
		holder = post(cast, "coordinator", substitute=employee_of(cast["reviewer"]))
		complaint = register(complained_about_employee=holder)
		assert complaint.follow_up_employee == employee_of(cast["reviewer"])

	def test_other_procedures_have_none(self, cast) -> None:
		post(cast, "coordinator")
		with as_user(cast["agent"]):
			assert not make_complaint().follow_up_employee


class TestReceipt:
	"""R-001F-01: see the receipt: time, how it was paid, the discount of the counter."""

	@pytest.mark.parametrize(
		("values", "said"),
		[
			({"receipt_time": "hours+1"}, "bought in the future"),
			({"receipt_discount": 101}, "between 0 and 100"),
			({"receipt_discount": -1}, "between 0 and 100"),
		],
	)
	def test_a_receipt_that_cannot_be_is_refused(self, cast, values: dict, said: str) -> None:
		if "receipt_time" in values:
			values = {"receipt_time": add_to_date(now_datetime(), hours=1)}
		with as_user(cast["agent"]), pytest.raises(frappe.ValidationError, match=said):
			make_complaint(**values)

	def test_the_assessment_waits_for_it_where_the_procedure_asks(self, cast) -> None:
		with as_user(cast["agent"]):
			complaint = make_complaint(procedure=procedure("001-F"), severity="Minor", channel="On the Spot")
			with pytest.raises(PreconditionError, match="receipt is missing"):
				press(complaint, "Assess")
			complaint = frappe.get_doc(COMPLAINT, complaint.name)
			bought = {
				"receipt_time": add_days(now_datetime(), -1),
				"payment_kind": "Cash",
				"receipt_discount": 20,
			}
			complaint.update(bought)
			complaint.save()
			assert press(complaint, "Assess").workflow_state == "Assessed"


class TestSeverity:
	"""Requirements, e.2.8: a severity is never mapped to another scheme by its word."""

	def change(self, cast, code: str, **values: Any) -> Document:
		with as_user(cast["agent"]):
			complaint = make_complaint(procedure=procedure("002-A"), severity="Routine")
			complaint = frappe.get_doc(COMPLAINT, complaint.name)
			complaint.update({"procedure": procedure(code), **values})
			return complaint.save()

	def test_a_severity_that_the_new_scheme_does_not_have_is_cleared(self, cast) -> None:
		complaint = self.change(cast, "003-A")
		assert complaint.severity is None
		message = frappe.get_message_log()[-1]
		assert "Choose the severity anew" in str(message)

	def test_the_same_word_with_another_meaning_is_cleared(self, cast) -> None:
		"""Routine is the third of four in 002-A, the mildest of three in 004-A."""
		assert self.change(cast, "004-A").severity is None

	def test_one_chosen_for_the_new_scheme_stays(self, cast) -> None:
		assert self.change(cast, "003-A", severity="Minor").severity == "Minor"

	def test_an_unknown_one_is_refused(self, cast) -> None:
		with pytest.raises(frappe.ValidationError, match="is not a severity of"):
			self.change(cast, "003-A", severity="Serious")
