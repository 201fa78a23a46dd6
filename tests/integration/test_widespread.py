"""Rules that propose a raise: it has to be decided whether a problem is widespread (R-002A-08)."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime

from complaint_handling.constants import COMPLAINT, PROCEDURE
from complaint_handling.exceptions import MissingInputError, PreconditionError
from complaint_handling.services.intake import widespread
from tests import factories
from tests.factories import as_user, make_complaint, press

OTHERS = ("Test Steel Works", "Test Tool Makers", "Test Gear Works")
THRESHOLDS = {
	"widespread_reports_of_customer": 3,
	"widespread_customers": 3,
	"widespread_window_days": 90,
	"widespread_batch_or_safety": 1,
}


@pytest.fixture
def procedure(cast: dict[str, str]) -> str:
	"""The procedure of document 002 with its thresholds."""
	name = frappe.db.get_value(PROCEDURE, {"code": "002-A", "docstatus": 1})
	frappe.db.set_value(PROCEDURE, name, THRESHOLDS)
	frappe.clear_document_cache(PROCEDURE, name)
	return name


@pytest.fixture
def register(cast: dict[str, str], procedure: str):
	"""A function that registers a complaint of a customer as the agent."""

	def register(customer: str = factories.CUSTOMER, **overrides: Any) -> Document:
		customer = factories.make_customer(customer)
		with as_user(cast["agent"]):
			return make_complaint(customer=customer, procedure=procedure, **overrides)

	return register


def test_the_third_report_of_a_customer_has_to_be_decided(register) -> None:
	"""R-002A-08: 3 times the same customer with the same problem; 3 counts."""
	first, second = register(), register()
	assert not second.needs_widespread_decision and not second.widespread_signal
	third = register()
	assert third.needs_widespread_decision
	assert third.widespread_signal.startswith("This customer reported the problem 3 times within 90 days")
	assert all(case.name in third.widespread_signal for case in (first, second, third))


def test_the_third_customer_has_to_be_decided(register) -> None:
	"""R-002A-08: 3 different customers with the same problem."""
	for customer in OTHERS[:2]:
		assert not register(customer).needs_widespread_decision
	third = register(OTHERS[2])
	assert third.widespread_signal.startswith("3 customers reported the problem within 90 days")


@pytest.mark.parametrize(
	"different",
	[
		{"category": "Service Quality"},
		{"items": [{"item_code": "TEST-SPINDLE", "complained_quantity": 1}]},
		{"days_ago": 91},
		{"defect": "Noise"},
		{"imported": 1},
		{"items": []},
	],
	ids=["category", "item", "outside-window", "defect", "imported", "no-item"],
)
def test_another_problem_does_not_count(register, different: dict[str, Any]) -> None:
	"""R-002A-08: the same problem is the same item, category and, where both are given, defect."""
	factories.make_item("TEST-SPINDLE")
	different = dict(different)
	days_ago = different.pop("days_ago", 0)
	register()
	imported = different.pop("imported", 0)
	other = register(received_on=add_days(now_datetime(), -days_ago), **different)
	frappe.db.set_value(COMPLAINT, other.name, "is_imported", imported)
	assert not register(defect="Vibration").needs_widespread_decision


def test_cancelled_and_rejected_cases_do_not_count(register, cast: dict[str, str]) -> None:
	register()
	press(register(), "Cancel Complaint", cast["coordinator"], cancel_reason="Registered twice")
	assert not register().needs_widespread_decision


@pytest.mark.parametrize(
	("values", "reason"),
	[
		({"impact_scope": "Batch-wide"}, "The impact scope is Batch-wide."),
		({"impact_scope": "Widespread"}, "The impact scope is Widespread."),
		({"is_safety_related": 1}, "The case is safety-related."),
	],
)
def test_batch_wide_and_safety_cases_have_to_be_decided(register, values: dict, reason: str) -> None:
	"""R-002A-08: serious is what is batch-wide, widespread or a matter of safety."""
	assert register(**values).widespread_signal == reason


def test_a_procedure_without_thresholds_asks_nothing(register, procedure: str) -> None:
	frappe.db.set_value(PROCEDURE, procedure, dict.fromkeys(THRESHOLDS, 0))
	frappe.clear_document_cache(PROCEDURE, procedure)
	complaints = [register(is_safety_related=1) for _ in range(3)]
	assert not any(complaint.needs_widespread_decision for complaint in complaints)


def test_an_undecided_case_does_not_go_on(register, cast: dict[str, str]) -> None:
	"""R-002A-08: evaluate whether it is widespread, before going on."""
	complaint = register(is_safety_related=1)
	with pytest.raises(MissingInputError, match="Widespread"):
		press(complaint, "Assess", cast["agent"])
	with pytest.raises(MissingInputError, match="reason"), as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.widespread = "No"
		complaint.save()


def test_a_case_that_became_widespread_since_it_was_saved_does_not_go_on(
	register, cast: dict[str, str]
) -> None:
	first = register()
	register(), register()
	assert not frappe.db.get_value(COMPLAINT, first.name, "needs_widespread_decision")
	with pytest.raises((PreconditionError, MissingInputError)):
		press(first, "Assess", cast["agent"])
	shown = frappe.get_doc(COMPLAINT, first.name)
	shown.run_method("onload")
	assert shown.needs_widespread_decision and "3 times" in shown.widespread_signal


def test_who_decided_is_in_the_timeline(register, cast: dict[str, str]) -> None:
	"""R-002A-08: the decision, its reason and who took it are recorded; severity is not raised by itself."""
	complaint = register(is_safety_related=1)
	assessed = press(
		complaint, "Assess", cast["agent"], widespread="Yes", widespread_reason="Same casting batch"
	)
	assert (assessed.workflow_state, assessed.widespread) == ("Assessed", "Yes")
	assert assessed.severity == "Routine"
	notes = frappe.get_all(
		"Comment", {"reference_name": complaint.name, "comment_type": "Info"}, pluck="content"
	)
	person = frappe.utils.get_fullname(cast["agent"])
	assert f"{person} decided that the problem is widespread: Same casting batch" in notes


@pytest.mark.parametrize("common", ["item_code", "category"])
def test_the_question_costs_one_query_on_an_index(
	register, monkeypatch: pytest.MonkeyPatch, common: str
) -> None:
	"""Among thousands of cases of the item, or of the category, the plan reads only those of both."""
	complaint = register()
	columns = ["name", "item_code", "category", "received_on", "customer"]
	own = [complaint.get(column) for column in columns[1:3]]
	pairs = [
		(own[0], f"C-{n % 400}") if common == "item_code" else (f"I-{n % 400}", own[1]) for n in range(4000)
	]
	values = [(f"PLAN-{n}", *pair, now_datetime(), "X") for n, pair in enumerate(pairs)]
	frappe.db.bulk_insert(COMPLAINT, columns, values)
	asked: list[str] = []
	run = frappe.db.sql

	def note(query: str, *arguments: Any, **options: Any) -> Any:
		asked.append(str(query))
		return run(query, *arguments, **options)

	with monkeypatch.context() as patched:
		patched.setattr(frappe.db, "sql", note)
		widespread.reasons_to_decide(complaint)
	queries = [query for query in asked if "tabCustomer Complaint" in query]
	assert len(queries) == 1
	(plan,) = run(f"explain {queries[0]}", as_dict=True)
	assert plan.key and int(plan.rows) < 20
