"""Makers of documents for tests, with sane defaults and no reliance on what else stands on the site.

Everything is inserted in the test's transaction and rolled back with it.
"""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import (
	AGENT,
	COMPLAINT,
	COORDINATOR,
	DEPARTMENT_MANAGER,
	EIGHT_D,
	GENERAL_MANAGER,
	HANDLER,
	PROCEDURE,
	QUALITY_MANAGER,
	REVIEWER,
	REVISIT,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.services.workflow import workflow_steps

COMPANY = "Precision Test Machines"
CUSTOMER = "Test Automotive Parts"


def make_company(name: str = COMPANY) -> str:
	"""Return a company, the site's only one where it has one of this name already."""
	if not frappe.db.exists("Company", name):
		frappe.get_doc(
			{
				"doctype": "Company",
				"company_name": name,
				"abbr": "".join(word[0] for word in name.split()).upper(),
				"default_currency": "CNY",
				"country": "China",
			}
		).insert(ignore_permissions=True)
	return name


def make_department(
	name: str, company: str | None = None, parent: str | None = None, is_group: int = 0
) -> str:
	"""Return a department of the company; its name carries the company's abbreviation, as ERPNext does it."""
	company = company or make_company()
	found = frappe.db.get_value("Department", {"department_name": name, "company": company})
	if found:
		return found
	department = frappe.get_doc(
		{
			"doctype": "Department",
			"department_name": name,
			"company": company,
			"parent_department": parent or "All Departments",
			"is_group": is_group,
		}
	)
	return department.insert(ignore_permissions=True).name


def make_user(email: str, *roles: str) -> str:
	"""Return an enabled system user with exactly these roles."""
	if not frappe.db.exists("User", email):
		frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": email.split("@")[0].replace(".", " ").title(),
				"send_welcome_email": 0,
				"language": "en",
				"user_type": "System User",
				"roles": [{"role": role} for role in roles],
			}
		).insert(ignore_permissions=True)
		return email
	user = frappe.get_doc("User", email)
	if {row.role for row in user.roles} != set(roles):
		user.set("roles", [{"role": role} for role in roles])
		user.save(ignore_permissions=True)
	return email


def make_outgoing_account() -> None:
	"""Make sure that mail can be queued; nothing is sent, the account leads nowhere."""
	if frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		return
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"name": "Test Outgoing",
			"email_account_name": "Test Outgoing",
			"email_id": "complaints@example.com",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "localhost",
			"no_smtp_authentication": 1,
		}
	).db_insert()
	# The host remembers for the whole process that it found none.
	if hasattr(frappe.local, "outgoing_email_account"):
		del frappe.local.outgoing_email_account


def make_employee(user: str, department: str, reports_to: str | None = None) -> str:
	"""Return the active employee of a user."""
	found = frappe.db.get_value("Employee", {"user_id": user})
	if found:
		frappe.db.set_value("Employee", found, {"department": department, "reports_to": reports_to})
		return found
	employee = frappe.get_doc(
		{
			"doctype": "Employee",
			"first_name": frappe.db.get_value("User", user, "first_name"),
			"company": frappe.db.get_value("Department", department, "company"),
			"department": department,
			"gender": _gender(),
			"date_of_birth": "1985-05-05",
			"date_of_joining": "2015-01-05",
			"user_id": user,
			"reports_to": reports_to,
			"status": "Active",
			"create_user_permission": 0,
		}
	)
	return employee.insert(ignore_permissions=True).name


def make_customer(name: str = CUSTOMER) -> str:
	"""Return a customer."""
	found = frappe.db.get_value("Customer", {"customer_name": name})
	if found:
		return found
	customer = frappe.get_doc(
		{
			"doctype": "Customer",
			"customer_name": name,
			"customer_type": "Company",
			"customer_group": _leaf("Customer Group"),
			"territory": _leaf("Territory"),
		}
	)
	return customer.insert(ignore_permissions=True).name


def make_item(code: str = "TEST-GRINDER", **values: Any) -> str:
	"""Return a stock item."""
	if not frappe.db.exists("Item", code):
		frappe.get_doc(
			{
				"doctype": "Item",
				"item_code": code,
				"item_name": "Grinding Machine",
				"item_group": _leaf("Item Group"),
				"stock_uom": "Nos",
				"is_stock_item": 0,
				**values,
			}
		).insert(ignore_permissions=True)
	return code


def make_sales_order(customer: str | None = None, items: tuple[str, ...] = (), **values: Any) -> Document:
	"""Return a submitted Sales Order of two machines of each item."""
	company = make_company()
	order = frappe.get_doc(
		{
			"doctype": "Sales Order",
			"customer": customer or make_customer(),
			"company": company,
			"transaction_date": frappe.utils.today(),
			"delivery_date": frappe.utils.add_days(frappe.utils.today(), 7),
			"currency": "CNY",
			"conversion_rate": 1,
			"selling_price_list": _price_list(),
			"price_list_currency": "CNY",
			"plc_conversion_rate": 1,
			**values,
		}
	)
	for code in items or (make_item(),):
		order.append(
			"items",
			{
				"item_code": code,
				"item_name": code,
				"qty": 2,
				"rate": 150000,
				"uom": "Nos",
				"conversion_factor": 1,
			},
		)
	order.insert(ignore_permissions=True)
	order.submit()
	return order


def make_complaint(**overrides: Any) -> Document:
	"""Return a saved complaint in the state Registered, by the current user, ready to be assessed."""
	values = {
		"doctype": COMPLAINT,
		"subject": "Grinding machine runs unevenly",
		"customer": make_customer(),
		"company": make_company(),
		"procedure": default_procedure(),
		"channel": "Telephone",
		"received_on": now_datetime(),
		"description": "The spindle vibrates, the line is slowed down.",
		"demand": "A clear solution within 24 hours",
		"category": "Product Quality",
		"severity": "Routine",
		"complainant_name": "Manager Wang",
		"complainant_phone": "+86 21 5550 0101",
		"items": [{"item_code": make_item(), "complained_quantity": 1, "fault": "Vibration"}],
	}
	return frappe.get_doc({**values, **overrides}).insert()


def make_slip(complaint: Document, department: str, **overrides: Any) -> Document:
	"""Return a saved slip in the state Draft."""
	values = {
		"doctype": SLIP,
		"complaint": complaint.name,
		"department": department,
		"instruction": "Find out why the spindle vibrates.",
	}
	return frappe.get_doc({**values, **overrides}).insert()


def make_eight_d(complaint: Document, team: tuple[str, ...], **overrides: Any) -> Document:
	"""Return a saved 8D report whose first team member leads."""
	values = {
		"doctype": EIGHT_D,
		"title": complaint.subject,
		"company": complaint.company,
		"customer": complaint.customer,
		"complaints": [{"complaint": complaint.name}],
		"team": [{"employee": employee, "is_leader": int(not index)} for index, employee in enumerate(team)],
	}
	return frappe.get_doc({**values, **overrides}).insert()


def make_revisit(complaint: Document, **overrides: Any) -> Document:
	"""Return a saved revisit in the state Planned."""
	values = {
		"doctype": REVISIT,
		"complaint": complaint.name,
		"customer": complaint.customer,
		"company": complaint.company,
		"purpose": "After Solution",
		"planned_on": frappe.utils.today(),
	}
	return frappe.get_doc({**values, **overrides}).insert()


def make_measure(employee: str, measure_type: str = "Corrective", **overrides: Any) -> dict[str, Any]:
	"""Return a row for a table of measures, due tomorrow."""
	return {
		"measure_type": measure_type,
		"description": "Replace the spindle bearing",
		"responsible_employee": employee,
		"due_on": add_to_date(now_datetime(), days=1),
		**overrides,
	}


def press(doc: Document, action: str, user: str | None = None, **values: Any) -> Document:
	"""Press a button of the workflow as a user and return the document as it then stands."""
	with as_user(user or frappe.session.user):
		return workflow_steps.take(frappe.get_doc(doc.doctype, doc.name), action, values)


class as_user:
	"""Act as another user for the length of a block."""

	def __init__(self, user: str) -> None:
		self.user = user

	def __enter__(self) -> None:
		self.before = frappe.session.user
		frappe.set_user(self.user)

	def __exit__(self, *_error: object) -> None:
		frappe.set_user(self.before)


def make_cast() -> dict[str, str]:
	"""Return a user for every role, with employees who report up the line: role word -> user."""
	quality = make_department("Test Quality")
	service = make_department("Test Technical Service")
	sales = make_department("Test Sales")
	lines = (
		("general_manager", GENERAL_MANAGER, sales, None),
		("vice_president", VICE_PRESIDENT, sales, "general_manager"),
		("department_manager", DEPARTMENT_MANAGER, service, "vice_president"),
		("handler", HANDLER, service, "department_manager"),
		("quality_manager", QUALITY_MANAGER, quality, "vice_president"),
		("reviewer", REVIEWER, sales, "vice_president"),
		("coordinator", COORDINATOR, sales, "reviewer"),
		("agent", AGENT, sales, "coordinator"),
	)
	cast: dict[str, str] = {}
	employees: dict[str, str] = {}
	for word, role, department, superior in lines:
		cast[word] = make_user(f"test.{word.replace('_', '.')}@example.com", role)
		employees[word] = make_employee(cast[word], department, employees.get(superior))
	return cast


def employee_of(user: str) -> str:
	"""Return the employee of a user."""
	return frappe.db.get_value("Employee", {"user_id": user})


def default_procedure() -> str:
	"""Return the procedure in force of document 004."""
	return frappe.db.get_value(PROCEDURE, {"code": "004-A", "docstatus": 1})


def _leaf(doctype: str) -> str:
	return frappe.db.get_value(doctype, {"is_group": 0}) or frappe.db.get_value(doctype, {"is_group": 1})


def _gender() -> str:
	return (
		frappe.db.get_value("Gender", {})
		or frappe.get_doc({"doctype": "Gender", "gender": "Female"}).insert().name
	)


def _price_list() -> str:
	return frappe.db.get_value("Price List", {"selling": 1}) or "Standard Selling"
