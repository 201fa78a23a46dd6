"""Company A with departments, letter head and mailbox, and the customers with their contacts."""

import frappe
from frappe.utils import get_assets_json

from devbench.demo.people import DEPARTMENTS, DOMAIN

COMPANY = "Hengce Precision Equipment"
COMPANY_CHINESE = "恒测精密设备"
ABBREVIATION = "HPE"
MAILBOX = "Customer Service 客户服务"

# customer -> its contact: first name, last name, designation, telephone, e-mail
AUTOMOTIVE = "Jialu Automotive Parts 嘉陆汽车零部件"
HYDRAULICS = "Qinghe Hydraulics 清禾液压"
BEARINGS = "Ruilan Bearings 睿岚轴承"
CONTACTS = {
	AUTOMOTIVE: ("Manager Wang", "王经理", "Purchasing 采购部", "+86 21 5550 0142", "wang@jialu.example"),
	HYDRAULICS: ("Ms Lin", "林女士", "Maintenance 设备部", "+86 512 5550 0177", "lin@qinghe.example"),
	BEARINGS: ("Mr Guo", "郭先生", "Production 生产部", "+86 574 5550 0163", "guo@ruilan.example"),
}


def make_company() -> str:
	"""Return company A."""
	if not frappe.db.exists("Company", COMPANY):
		frappe.get_doc(
			{
				"doctype": "Company",
				"company_name": COMPANY,
				"abbr": ABBREVIATION,
				"default_currency": "CNY",
				"country": "China",
			}
		).insert(ignore_permissions=True)
	return COMPANY


def make_departments(company: str) -> dict[str, str]:
	"""Return the departments, name in the play -> name on the site."""
	return {department: _make_department(company, department) for department in DEPARTMENTS}


def _make_department(company: str, department: str) -> str:
	found = frappe.db.get_value("Department", {"department_name": department, "company": company})
	if found:
		return found
	doc = frappe.get_doc({"doctype": "Department", "department_name": department, "company": company})
	doc.parent_department = "All Departments"
	return doc.insert(ignore_permissions=True).name


def make_customers() -> dict[str, str]:
	"""Return the customers with a primary contact, name in the play -> name on the site."""
	return {customer: _make_customer(customer) for customer in CONTACTS}


def _make_customer(name: str) -> str:
	found = frappe.db.get_value("Customer", {"customer_name": name})
	if found:
		return found
	customer = frappe.get_doc(
		{
			"doctype": "Customer",
			"customer_name": name,
			"customer_type": "Company",
			"customer_group": _leaf("Customer Group", "Commercial"),
			"territory": _leaf("Territory", "Rest Of The World"),
		}
	).insert(ignore_permissions=True)
	customer.customer_primary_contact = _make_contact(customer.name, *CONTACTS[name])
	return customer.save(ignore_permissions=True).name


def _make_contact(customer: str, first_name: str, last_name: str, title: str, phone: str, email: str) -> str:
	contact = frappe.get_doc(
		{
			"doctype": "Contact",
			"first_name": first_name,
			"last_name": last_name,
			"designation": title,
			"is_primary_contact": 1,
			"email_ids": [{"email_id": email, "is_primary": 1}],
			"phone_nos": [{"phone": phone, "is_primary_phone": 1}],
			"links": [{"link_doctype": "Customer", "link_name": customer}],
		}
	)
	return contact.insert(ignore_permissions=True).name


def _leaf(doctype: str, wanted: str) -> str:
	return wanted if frappe.db.exists(doctype, wanted) else frappe.db.get_value(doctype, {"is_group": 0})


def make_letter_head() -> None:
	"""Make the company's letter head."""
	if frappe.db.exists("Letter Head", COMPANY):
		return
	frappe.get_doc(
		{
			"doctype": "Letter Head",
			"letter_head_name": COMPANY,
			"source": "HTML",
			"is_default": 1,
			"content": (
				f'<div style="border-bottom: 2px solid #1f5b8f; padding-bottom: 4px;"><b>{COMPANY}</b> '
				f"{COMPANY_CHINESE}<br><small>service@{DOMAIN} · +86 21 5550 0100</small></div>"
			),
		}
	).insert(ignore_permissions=True)


def make_mailbox() -> None:
	"""Make a default account for outgoing mail that sends nowhere: what is sent stays in the Email Queue.

	`.invalid` never resolves, and the account waits for a password that nobody gives. Where no assets are built
	there is no mailbox: the host takes the style of mails from them.
	"""
	if not get_assets_json() or frappe.db.exists(
		"Email Account", {"enable_outgoing": 1, "default_outgoing": 1}
	):
		return
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": MAILBOX,
			"email_id": f"service@{DOMAIN}",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "mail.invalid",
			"smtp_port": "25",
			"awaiting_password": 1,
			"auth_method": "Basic",
		}
	).insert(ignore_permissions=True)
