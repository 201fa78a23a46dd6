"""Users, their employees and their superiors, as ERPNext's Employee knows them."""

import frappe
from frappe.utils import today

from complaint_handling.constants import RESPONSIBLE_POST
from complaint_handling.domain.escalation import reporting_line


def user_of(employee: str | None) -> str | None:
	"""Return the user of an employee who is still active, or None."""
	if not employee:
		return None
	return frappe.db.get_value("Employee", {"name": employee, "status": "Active"}, "user_id")


def superiors_of(user: str, excluded: frozenset[str] = frozenset()) -> tuple[str, ...]:
	"""Return the users above a user by `Employee.reports_to`, nearest first, without those excluded.

	Who has left, or has no enabled user, is passed over and does not end the line. Reads one row a step up
	the line, so the cost follows its length and not the number of employees.
	"""
	employee = frappe.db.get_value("Employee", {"user_id": user, "status": "Active"})
	if not employee:
		return ()
	line = [_enabled_user(superior) for superior in reporting_line(employee, _reports_to(employee))]
	return tuple(found for found in dict.fromkeys(line) if found and found not in {user, *excluded})


def holders_of(role: str, excluded: frozenset[str] = frozenset()) -> list[str]:
	"""Return the enabled users who hold a role, the longest-serving first, without those excluded."""
	holders = frappe.get_all(
		"Has Role",
		filters={"role": role, "parenttype": "User", "parent": ("not in", ("Administrator", *excluded))},
		pluck="parent",
		order_by="creation asc",
	)
	return [user for user in holders if frappe.get_cached_value("User", user, "enabled")]


def post_holder(company: str, department: str, category: str | None) -> str | None:
	"""Return the employee who answers for a department today: of the category, else of every category.

	The substitute stands in where the post holder is no longer active (R-003A-09).
	"""
	posts = frappe.get_all(  # a rule of the company, not a record of the user's
		RESPONSIBLE_POST,
		filters={"company": company, "department": department, "valid_from": ("<=", today())},
		or_filters=[["valid_to", ">=", today()], ["valid_to", "is", "not set"]],
		fields=["employee", "substitute", "category"],
		order_by="valid_from desc",
	)
	fitting = [post for post in posts if post.category == category] if category else []
	for post in fitting + [post for post in posts if not post.category]:
		for employee in (post.employee, post.substitute):
			if user_of(employee):
				return employee
	return None


def _reports_to(employee: str) -> dict[str, str | None]:
	line: dict[str, str | None] = {}
	while employee and employee not in line:
		line[employee] = frappe.db.get_value("Employee", employee, "reports_to")
		employee = line[employee]
	return line


def _enabled_user(employee: str) -> str | None:
	user = user_of(employee)
	return user if user and frappe.get_cached_value("User", user, "enabled") else None
