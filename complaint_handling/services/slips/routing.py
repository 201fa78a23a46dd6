"""Whom a slip goes to when nobody is named: the post of its department, or who is above the person complained about.

The order is `domain/slip_routing.py`'s; here each kind of recipient is looked for among employees and roles. The
person complained about is never found (R-000K-03 to -06, R-000K-13).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from complaint_handling.constants import (
	AGENT,
	COORDINATOR,
	DEPARTMENT_MANAGER,
	GENERAL_MANAGER,
	REVIEWER,
	SETTINGS,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.domain.slip_routing import Position, Recipient, route_for
from complaint_handling.domain.states import SlipState
from complaint_handling.services.staff import people, posts

# The highest position first: who holds several roles is answered for by who is above the highest.
POSITIONS = (
	(GENERAL_MANAGER, Position.GENERAL_MANAGER),
	(VICE_PRESIDENT, Position.VICE_PRESIDENT),
	(COORDINATOR, Position.CUSTOMER_REPRESENTATIVE),
	(REVIEWER, Position.DEPARTMENT_MANAGER),
	(DEPARTMENT_MANAGER, Position.DEPARTMENT_MANAGER),
	(AGENT, Position.SERVICE_STAFF),
)


@dataclass(frozen=True)
class Person:
	"""Who answers: a user, and the employee where there is one."""

	user: str
	employee: str | None = None


def responsible_for(slip: Document, complaint: Document) -> Person | None:
	"""Return who answers a slip by the rules of routing, or None where nobody is found."""
	for recipient in route_for(_position_complained_about(slip, complaint)):
		for person in _FINDERS[recipient](slip, complaint):
			if _may_answer(person, complaint):
				return person
	return None


def proposed_department(complaint: Document) -> str | None:
	"""Return the department to which a new slip of a case is proposed.

	The follow-up owner of a case gets its slips, also those about a production line (R-003A-14).
	"""
	owner = complaint.follow_up_employee
	follows_up = owner and owner != complaint.complained_about_employee and people.user_of(owner)
	department = follows_up and frappe.db.get_value("Employee", owner, "department")
	return department or complaint.responsible_department


def departments_of(company: str) -> list[dict[str, str]]:
	"""Return the departments of a company that can get a slip, as a dialog offers them."""
	rows = frappe.get_all(  # names of departments, to who may send them a slip
		"Department",
		filters={"company": company, "is_group": 0, "disabled": 0},
		fields=["name", "department_name"],
		order_by="department_name asc",
	)
	return [{"value": row.name, "label": row.department_name} for row in rows]


def _position_complained_about(slip: Document, complaint: Document) -> Position | None:
	"""Return the position of the person complained about, when the slip goes to that person's department."""
	employee = complaint.complained_about_employee
	if not employee:
		is_unit = complaint.subject_type == "Unit"
		return Position.UNIT if is_unit and _is_about_department(slip, complaint) else None
	department = frappe.db.get_value("Employee", employee, "department")
	if department and department != slip.department:
		return None
	roles = frappe.get_roles(complaint.complained_about_user) if complaint.complained_about_user else ()
	return next((position for role, position in POSITIONS if role in roles), Position.EMPLOYEE)


def _is_about_department(slip: Document, complaint: Document) -> bool:
	return bool(slip.department) and complaint.complained_about_department == slip.department


def _may_answer(person: Person, complaint: Document) -> bool:
	is_subject = person.user == complaint.complained_about_user
	is_subject |= bool(person.employee) and person.employee == complaint.complained_about_employee
	return not is_subject and bool(frappe.db.get_value("User", person.user, "enabled"))


def _follow_up_owner(slip: Document, complaint: Document) -> Iterator[Person]:
	employee = complaint.follow_up_employee
	if employee and frappe.db.get_value("Employee", employee, "department") == slip.department:
		yield from _of_employees([employee])


def _post_holders(slip: Document, complaint: Document) -> Iterator[Person]:
	fitting = posts.fitting(posts.scope_of(complaint, slip.department))
	yield from _of_employees(employee for post in fitting for employee in (post.employee, post.substitute))


def _leaders(slip: Document, complaint: Document) -> Iterator[Person]:
	"""Yield the superiors of the person complained about who can answer a slip, by the site's Workflow."""
	answering = {
		step.allowed for step in get_workflow(SLIP).transitions if step.next_state == SlipState.REPORTED
	}
	for person in _of_employees(people.leaders_of(complaint.complained_about_employee)):
		if answering.intersection(frappe.get_roles(person.user)):
			yield person


def _managers(slip: Document, complaint: Document) -> Iterator[Person]:
	subject = frozenset(filter(None, [complaint.complained_about_user]))
	yield from _of_users(people.managers_of(slip.department, subject), complaint.company)


def _holders(role: str) -> Callable[[Document, Document], Iterator[Person]]:
	def find(slip: Document, complaint: Document) -> Iterator[Person]:
		"""Yield the holders of the role, those above the person complained about first."""
		holders = people.holders_of(role)
		line = people.Staff().superiors_of(complaint.complained_about_user or "", complaint.company)
		above = [user for user in line if user in holders]
		yield from _of_users(dict.fromkeys([*above, *holders]), complaint.company)

	return find


def _escalation_owner(slip: Document, complaint: Document) -> Iterator[Person]:
	owner = frappe.get_cached_doc(SETTINGS).escalation_owner
	yield from _of_users([owner] if owner else [], complaint.company)


def _of_employees(employees: Iterable[str | None]) -> Iterator[Person]:
	for employee in employees:
		user = people.user_of(employee)
		if user:
			yield Person(user, employee)


def _of_users(users: Iterable[str], company: str) -> Iterator[Person]:
	staff = people.Staff()
	for user in users:
		employee = staff.employee_of(user, company)
		yield Person(user, employee.name if employee and employee.status == "Active" else None)


_FINDERS: dict[Recipient, Callable[[Document, Document], Iterator[Person]]] = {
	Recipient.FOLLOW_UP_OWNER: _follow_up_owner,
	Recipient.POST_HOLDER: _post_holders,
	Recipient.DIRECT_LEADER: _leaders,
	Recipient.REVIEWER: _holders(REVIEWER),
	Recipient.DEPARTMENT_MANAGER: _managers,
	Recipient.VICE_PRESIDENT: _holders(VICE_PRESIDENT),
	Recipient.GENERAL_MANAGER: _holders(GENERAL_MANAGER),
	Recipient.ESCALATION_OWNER: _escalation_owner,
}
