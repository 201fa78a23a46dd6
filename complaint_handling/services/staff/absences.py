"""Who is away, and who stands in: the posts of Complaint Responsible Post, and leave where HR is installed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder import DocType

from complaint_handling.constants import RESPONSIBLE_POST

LEAVE = "Leave Application"
# What was only proposed, or refused, says nothing; of one that ended its days still do.
DECIDED = ("In Force", "Ended")


@dataclass(frozen=True)
class Area:
	"""Where somebody stands in for somebody else: posts of the same area come first."""

	company: str | None = None
	department: str | None = None
	category: str | None = None


def absent(employees: Collection[str], day: date) -> frozenset[str]:
	"""Return those of the employees who are away on a day: by a post, by approved leave, or for good."""
	if not employees:
		return frozenset()
	names = list(employees)
	return frozenset([*_left(names), *_absent_from_posts(names, day), *_on_leave(names, day)])


def substitutes_of(employee: str, day: date, area: Area) -> list[str]:
	"""Return the employees who stand in for one on a day, those named for the same area first.

	Whether they are there themselves is the caller's question.
	"""
	post = DocType(RESPONSIBLE_POST)
	rows = (
		frappe.qb.from_(post)
		.select(post.substitute, post.company, post.department, post.category)
		.where((post.employee == employee) & post.substitute.isnotnull() & (post.valid_from <= day))
		.where(post.status.isin(DECIDED))
		.where(post.valid_to.isnull() | (post.valid_to >= day))
		.orderby(post.valid_from, order=frappe.qb.desc)
		.orderby(post.name)
	).run(as_dict=True)
	rows.sort(key=lambda row: _distance(row, area))
	return list(dict.fromkeys(row.substitute for row in rows if row.substitute))


def _distance(post: frappe._dict, area: Area) -> tuple[bool, bool, bool]:
	return (
		post.company != area.company,
		post.department != area.department,
		(post.category or None) not in (area.category, None),
	)


def _left(employees: list[str]) -> list[str]:
	filters = {"name": ("in", employees), "status": ("!=", "Active")}
	return frappe.get_all("Employee", filters=filters, pluck="name")


def _absent_from_posts(employees: list[str], day: date) -> list[str]:
	post = DocType(RESPONSIBLE_POST)
	rows = (
		frappe.qb.from_(post)
		.select(post.employee)
		.where(post.employee.isin(employees) & (post.absent_from <= day) & post.status.isin(DECIDED))
		# An absence without an end lasts until somebody enters one.
		.where(post.absent_to.isnull() | (post.absent_to >= day))
	).run()
	return [employee for (employee,) in rows]


def _on_leave(employees: list[str], day: date) -> list[str]:
	if not frappe.db.exists("DocType", LEAVE):
		return []
	leave = DocType(LEAVE)
	rows = (
		frappe.qb.from_(leave)
		.select(leave.employee)
		.where(leave.employee.isin(employees) & (leave.status == "Approved") & (leave.docstatus == 1))
		.where((leave.from_date <= day) & (leave.to_date >= day))
	).run()
	return [employee for (employee,) in rows]
