"""The people of company A: users with Role Profiles, employees with superiors, responsible posts."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, today
from frappe.utils.password import update_password

from complaint_handling.constants import RESPONSIBLE_POST

PASSWORD = "demo"
DOMAIN = "hengce.example"

SERVICE = "Technical Service 技术服务部"
QUALITY = "Quality 质量部"
PRODUCTION = "Production 生产部"
MARKETING = "Marketing 市场部"
OFFICE = "General Manager's Office 总经理室"
DEPARTMENTS = (SERVICE, QUALITY, PRODUCTION, MARKETING, OFFICE)


@dataclass(frozen=True)
class Person:
	"""Somebody of company A: `word` is the name that the play uses, `superior` that of whom he reports to."""

	word: str
	first_name: str
	last_name: str
	title: str
	gender: str
	department: str
	role_profile: str
	superior: str | None

	@property
	def user(self) -> str:
		return f"{self.word}@{DOMAIN}"

	@property
	def full_name(self) -> str:
		return f"{self.first_name} {self.last_name}"


# Superiors stand before those who report to them. The names are those of document 004 where it gives one.
PEOPLE = (
	Person(
		"ma", "Ma Yong", "马总", "General Manager 总经理", "Male", OFFICE, "Complaint Managing Director", None
	),
	Person(
		"xu",
		"Xu Lin",
		"徐副总",
		"Vice President in charge 分管副总",
		"Female",
		OFFICE,
		"Complaint Executive Vice President",
		"ma",
	),
	Person(
		"sun",
		"Sun Hao",
		"孙经理",
		"Marketing Manager 市场部经理",
		"Male",
		MARKETING,
		"Complaint Marketing Manager",
		"xu",
	),
	Person(
		"zhao",
		"Zhao Min",
		"赵敏",
		"Customer Representative 客户代表",
		"Female",
		MARKETING,
		"Complaint Customer Representative",
		"sun",
	),
	Person(
		"li",
		"Li Jing",
		"李经理",
		"Account Manager 客户经理",
		"Male",
		MARKETING,
		"Complaint Service Agent",
		"sun",
	),
	Person(
		"zhang",
		"Zhang Lei",
		"张工",
		"Head of Technical Service 技术服务部主管",
		"Male",
		SERVICE,
		"Complaint Head of Department",
		"xu",
	),
	Person(
		"zhou",
		"Zhou Tao",
		"周工",
		"Senior Service Engineer 资深工程师",
		"Male",
		SERVICE,
		"Complaint Department Staff",
		"zhang",
	),
	Person(
		"chen",
		"Chen Jie",
		"陈工",
		"Quality Engineer 质量工程师",
		"Female",
		QUALITY,
		"Complaint Quality Engineer",
		"xu",
	),
	Person(
		"wu",
		"Wu Gang",
		"吴工",
		"Assembly Foreman 装配主管",
		"Male",
		PRODUCTION,
		"Complaint Department Staff",
		"xu",
	),
	Person("he", "He Yan", "何妍", "Auditor 审计员", "Female", OFFICE, "Complaint Audit", "ma"),
)
PERSON = {person.word: person for person in PEOPLE}

# Who answers for a department, and who stands in.
POSTS = (
	(SERVICE, "zhang", "zhou"),
	(QUALITY, "chen", "zhang"),
	(PRODUCTION, "wu", "chen"),
	(MARKETING, "zhao", "li"),
)


def own_role(person: Person) -> str:
	"""Return the role of the app that the person mainly acts in: the first of the Role Profile."""
	return frappe.get_doc("Role Profile", person.role_profile).roles[0].role


def make_people(company: str, departments: dict[str, str]) -> dict[str, str]:
	"""Return the employee of each person, word -> employee, made with user and post where they are missing."""
	employees: dict[str, str] = {}
	for person in PEOPLE:
		_make_user(person)
		superior = employees.get(person.superior) if person.superior else None
		employees[person.word] = _make_employee(person, company, departments[person.department], superior)
	for department, holder, substitute in POSTS:
		_make_post(company, departments[department], employees[holder], employees[substitute])
	return employees


def _make_user(person: Person) -> None:
	if frappe.db.exists("User", person.user):
		return
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": person.user,
			"username": person.word,
			"first_name": person.first_name,
			"last_name": person.last_name,
			"send_welcome_email": 0,
			"user_type": "System User",
			"language": "en",
		}
	)
	# The roles of the profile, not the profile itself: where a user holds profiles differs between versions.
	for row in frappe.get_doc("Role Profile", person.role_profile).roles:
		user.append("roles", {"role": row.role})
	user.insert(ignore_permissions=True)
	# Set past the strength check: the demo's password is meant to be typed.
	update_password(person.user, PASSWORD)


def _make_employee(person: Person, company: str, department: str, superior: str | None) -> str:
	found = frappe.db.get_value("Employee", {"user_id": person.user})
	if found:
		return found
	employee = frappe.get_doc(
		{
			"doctype": "Employee",
			"first_name": person.first_name,
			"last_name": person.last_name,
			"company": company,
			"department": department,
			"designation": _designation(person.title),
			"gender": person.gender,
			"date_of_birth": "1985-05-05",
			"date_of_joining": "2015-01-05",
			"user_id": person.user,
			"reports_to": superior,
			"status": "Active",
			"create_user_permission": 0,
		}
	)
	return employee.insert(ignore_permissions=True).name


def _designation(title: str) -> str:
	if not frappe.db.exists("Designation", title):
		frappe.get_doc({"doctype": "Designation", "designation_name": title}).insert(ignore_permissions=True)
	return title


def _make_post(company: str, department: str, employee: str, substitute: str) -> None:
	if frappe.db.exists(RESPONSIBLE_POST, {"company": company, "department": department}):
		return
	frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": company,
			"department": department,
			"employee": employee,
			"substitute": substitute,
			"valid_from": add_days(today(), -365),
		}
	).insert(ignore_permissions=True)
