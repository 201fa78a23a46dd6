"""Cases that may be the one being registered are shown before it is saved, and never refuse it."""

from typing import Any

import pytest

import frappe
from frappe.utils import add_days, now_datetime

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT
from complaint_handling.services.intake import duplicates
from tests import factories
from tests.factories import as_user, make_complaint

REFUSALS = (frappe.PermissionError, frappe.ValidationError)


def found(**draft: Any) -> dict[str, dict]:
	return {row["name"]: row for row in intake.possible_duplicates(**draft)["cases"]}


def test_an_open_case_of_the_customer_is_shown_with_its_reasons(cast: dict[str, str]) -> None:
	with as_user(cast["agent"]):
		case = make_complaint()
		shown = found(
			customer=case.customer,
			items='["TEST-GRINDER"]',
			subject="Grinding machine is uneven",
			complainant_phone="86 21 5550 0101",
		)[case.name]
	assert shown["reasons"] == ["same telephone", "same item", "similar subject", "same customer"]
	assert (shown["state"], shown["days"], shown["may_repeat"]) == ("Registered", 0, True)
	assert shown["owner"] == frappe.utils.get_fullname(cast["agent"])


def test_the_most_alike_comes_first(cast: dict[str, str]) -> None:
	with as_user(cast["agent"]):
		alike = make_complaint(complainant_phone="+86 10 7000 8000")
		make_complaint(subject="Invoice is wrong", items=[])
		names = list(found(customer=alike.customer, items=["TEST-GRINDER"], complainant_phone="01070008000"))
		assert names[0] == alike.name or alike.name in names[:2]


def test_a_caller_is_found_by_the_telephone_alone(cast: dict[str, str]) -> None:
	with as_user(cast["agent"]):
		case = make_complaint(complainant_phone="138 0013 8077")
		assert case.name in found(complainant_phone="138 0013 8077")
		assert not found(complainant_phone="139 0013 8077")


@pytest.mark.parametrize(("days", "shown"), [(5, True), (45, False)])
def test_closed_cases_are_shown_for_a_while(cast: dict[str, str], days: int, shown: bool) -> None:
	with as_user(cast["agent"]):
		case = make_complaint(customer=factories.make_customer("Test Recently Closed"))
		closed = {"workflow_state": "Closed", "closed_on": add_days(now_datetime(), -days)}
		frappe.db.set_value(COMPLAINT, case.name, closed)
		assert (case.name in found(customer=case.customer)) is shown


def test_cancelled_and_imported_cases_are_not_shown(cast: dict[str, str]) -> None:
	with as_user(cast["agent"]):
		customer = factories.make_customer("Test Old Cases")
		for values in ({"workflow_state": "Cancelled"}, {"is_imported": 1}):
			frappe.db.set_value(COMPLAINT, make_complaint(customer=customer).name, values)
		assert not found(customer=customer)


def test_what_the_user_may_not_read_is_counted_only(cast: dict[str, str]) -> None:
	customer = factories.make_customer("Test Two Companies")
	with as_user(cast["agent"]):
		mine = make_complaint(customer=customer)
	elsewhere = factories.make_company("Other Test Company")
	frappe.db.set_value(COMPLAINT, make_complaint(customer=customer).name, "company", elsewhere)
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": cast["agent"],
			"allow": "Company",
			"for_value": factories.make_company(),
		}
	).insert()
	with as_user(cast["agent"]):
		answer = intake.possible_duplicates(customer=customer)
	assert [row["name"] for row in answer["cases"]] == [mine.name]
	assert answer["hidden"] == 1
	assert elsewhere not in frappe.as_json(answer)


def test_a_case_about_the_user_is_not_even_counted(cast: dict[str, str]) -> None:
	customer = factories.make_customer("Test About the Agent")
	with as_user(cast["coordinator"]):
		make_complaint(customer=customer, complained_about_employee=factories.employee_of(cast["agent"]))
	with as_user(cast["agent"]):
		assert intake.possible_duplicates(customer=customer) == {"cases": [], "hidden": 0}


def test_who_registers_nothing_asks_nothing(cast: dict[str, str]) -> None:
	with as_user(cast["handler"]), pytest.raises(REFUSALS, match="No permission"):
		intake.possible_duplicates(customer="Anybody")


def test_the_price_is_bounded(cast: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
	"""However many cases a customer has: four queries, each on an index and with a limit."""
	with as_user(cast["agent"]):
		case = make_complaint()
	columns = ["name", "customer", "complainant_phone", "item_code", "received_on", "workflow_state"]
	values = [
		(f"MANY-{n}", case.customer, case.complainant_phone, f"I-{n}", now_datetime(), "Registered")
		for n in range(2000)
	]
	frappe.db.bulk_insert(COMPLAINT, columns, values)
	asked: list[str] = []
	run = frappe.db.sql

	def note(query: str, *arguments: Any, **options: Any) -> Any:
		asked.append(" ".join(str(query).split()))
		return run(query, *arguments, **options)

	draft = duplicates.Draft(case.customer, frozenset({"TEST-GRINDER"}), "SO-X", "Anything", "13800138000")
	with monkeypatch.context() as patched:
		patched.setattr(frappe.db, "sql", note)
		answer = duplicates.possible(draft)
	assert len(answer["cases"]) == duplicates.SHOWN
	queries = [query for query in asked if "from `tabCustomer Complaint`" in query]
	assert len(queries) == 4
	for query in queries[:3]:
		(plan,) = run(f"explain {query}", as_dict=True)
		assert plan.key, query
		assert ("limit 50" in query and "filesort" not in (plan.Extra or "")) or int(plan.rows) < 50
