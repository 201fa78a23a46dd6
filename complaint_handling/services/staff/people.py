"""Users, their employees and their superiors, as ERPNext's Employee knows them."""

from collections.abc import Collection, Iterable

import frappe
from frappe.query_builder import DocType

from complaint_handling.constants import DEPARTMENT_MANAGER
from complaint_handling.domain.escalation import reporting_line
from complaint_handling.services.staff import posts


def user_of(employee: str | None) -> str | None:
	"""Return the user of an employee who is still active, or None."""
	if not employee:
		return None
	return frappe.db.get_value("Employee", {"name": employee, "status": "Active"}, "user_id")


def holders_of(role: str, excluded: frozenset[str] = frozenset()) -> list[str]:
	"""Return the enabled users who hold a role, the longest-serving first, without those excluded."""
	return [user for user in holders_by_role((role,)).get(role, ()) if user not in excluded]


def holders_by_role(roles: Collection[str]) -> dict[str, list[str]]:
	"""Return the enabled users who hold each of the roles, the longest-serving first, by one query."""
	if not roles:
		return {}
	held, user = DocType("Has Role"), DocType("User")
	rows = (
		frappe.qb.from_(held)
		.join(user)
		.on(user.name == held.parent)
		.select(held.role, user.name)
		.where(held.role.isin(list(roles)) & (held.parenttype == "User") & (user.enabled == 1))
		.where(user.name.notin(["Administrator", "Guest"]))
		.orderby(held.creation)
		.orderby(user.name)
	).run()
	found: dict[str, list[str]] = {}
	for role, name in rows:
		found.setdefault(role, []).append(name)
	return found


def post_holder(
	company: str, department: str, category: str | None, item_group: str | None = None
) -> str | None:
	"""Return the employee who answers for a department today, by the post in force that fits closest.

	The substitute stands in where the post holder is no longer active (R-003A-09). A short leave changes no
	recipient: the department arranges it (R-003A-10).
	"""
	fitting = posts.fitting(posts.Scope(company, department, category, item_group))
	candidates = (employee for post in fitting for employee in (post.employee, post.substitute))
	return next((employee for employee in candidates if user_of(employee)), None)


def leaders_of(employee: str) -> tuple[str, ...]:
	"""Return the employees above one by `Employee.reports_to`, the direct leader first."""
	reports_to: dict[str, str | None] = {}
	below: str | None = employee
	while below and below not in reports_to:
		reports_to[below] = frappe.db.get_value("Employee", below, "reports_to")
		below = reports_to[below]
	return reporting_line(employee, reports_to)


def managers_of(department: str, excluded: frozenset[str] = frozenset()) -> list[str]:
	"""Return the managers of a department; where it has none, those of the nearest department above."""
	managers = holders_of(DEPARTMENT_MANAGER, excluded)
	filters = {"user_id": ("in", managers or [""]), "status": "Active"}
	rows = frappe.get_all("Employee", filters=filters, fields=["user_id", "department"])
	for above in _with_departments_above(department):
		of_department = {row.user_id for row in rows if row.department == above}
		if of_department:
			return [user for user in managers if user in of_department]
	return []


def _with_departments_above(department: str) -> list[str]:
	node = frappe.db.get_value("Department", department, ["lft", "rgt"], as_dict=True)
	if not node:
		return [department]
	filters = {"lft": ("<=", node.lft), "rgt": (">=", node.rgt)}
	return frappe.get_all("Department", filters=filters, pluck="name", order_by="lft desc")


class Staff:
	"""Employees, each read once: those of the users asked for, and everybody above them.

	Everybody of one step up the line is read by one query, so the cost follows the length of the lines and
	not the number of people.
	"""

	def __init__(self) -> None:
		self._known_users: set[str] = set()
		self._by_name: dict[str, frappe._dict] = {}
		self._by_user: dict[str, dict[str, frappe._dict]] = {}
		self._reports_to: dict[str, str | None] = {}

	def know(self, users: Iterable[str | None]) -> None:
		"""Read the employees of these users and the lines above them, as far as they are not known."""
		unknown = {user for user in users if user} - self._known_users
		self._known_users |= unknown
		above = self._read("user_id", unknown)
		while above:
			above = self._read("name", above - self._by_name.keys())

	def employees(self) -> set[str]:
		"""Return the employees known so far."""
		return set(self._by_name)

	def employee_of(self, user: str, company: str | None = None) -> frappe._dict | None:
		"""Return the employee of a user, whether still active or not: of the company where there is one."""
		self.know((user,))
		rows = self._by_user.get(user, {}).values()
		return min(
			rows, key=lambda row: (row.status != "Active", row.company != company, row.name), default=None
		)

	def user_of(self, employee: str) -> str | None:
		"""Return the enabled user of an active employee."""
		if employee not in self._by_name:
			self._read("name", {employee})
		row = self._by_name.get(employee)
		return row.user_id if row and row.status == "Active" and row.enabled else None

	def is_enabled(self, user: str) -> bool:
		"""Tell whether a user, an employee or not, can log in."""
		self.know((user,))
		employee = next(iter(self._by_user.get(user, {}).values()), None)
		if employee:
			return bool(employee.enabled)
		return bool(frappe.get_cached_value("User", user, "enabled"))

	def superiors_of(self, user: str, company: str | None = None) -> tuple[str, ...]:
		"""Return the users above a user by `Employee.reports_to`, nearest first.

		Who has left, or has no enabled user, is passed over and does not end the line.
		"""
		employee = self.employee_of(user, company)
		if not employee:
			return ()
		line = reporting_line(employee.name, self._reports_to)
		users = [self.user_of(superior) for superior in line]
		return tuple(found for found in dict.fromkeys(users) if found and found != user)

	def _read(self, field: str, values: set[str]) -> set[str]:
		"""Read employees by a field and return whom they report to."""
		if not values:
			return set()
		employee, user = DocType("Employee"), DocType("User")
		rows = (
			frappe.qb.from_(employee)
			.left_join(user)
			.on(user.name == employee.user_id)
			.select(employee.name, employee.user_id, employee.status, employee.reports_to)
			.select(employee.department, employee.company, user.enabled)
			.where(employee[field].isin(sorted(values)))
		).run(as_dict=True)
		for row in rows:
			self._by_name[row.name] = row
			self._reports_to[row.name] = row.reports_to
			self._by_user.setdefault(row.user_id, {})[row.name] = row
		return {row.reports_to for row in rows if row.reports_to}
