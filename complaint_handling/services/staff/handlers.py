"""Slips follow their handler: an Employee gets another user or leaves, a responsible post changes hands."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, SLIP
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ENDED_SLIP_STATES
from complaint_handling.services.access import stale_access
from complaint_handling.services.clock import clocks
from complaint_handling.services.intake import follow_up
from complaint_handling.services.slips import routing
from complaint_handling.services.staff import people, posts


def follow_user_of_employee(employee: str) -> None:
	"""Bring the open slips of an employee up to date with the user that Employee names now."""
	user = people.user_of(employee)
	for row in _open_slips(employee):
		if (row.responsible_user or None) != user:
			# The server's own field: an open form gives it back as it now is.
			frappe.db.set_value(SLIP, row.name, "responsible_user", user, update_modified=False)
			_hand_over(row.name)


def move_to_present_holders(post: dict) -> None:
	"""Give the open work that came to a former holder by a post to who holds the post now.

	What another post routes to him stays; so does work for which nobody is found. Harmless when repeated.
	"""
	if post["duty"] == posts.FOLLOWS_UP:
		_move_follow_ups(post["employee"], post["company"])
	for row in _open_slips(post["employee"], company=post["company"], department=post["department"]):
		slip = frappe.get_doc(SLIP, row.name)
		person = routing.responsible_for(slip, frappe.get_doc(COMPLAINT, slip.complaint))
		if person and person.employee and person.employee != post["employee"]:
			_give(slip, person)


def _give(slip: Document, person: routing.Person) -> None:
	name = frappe.db.get_value("Employee", person.employee, "employee_name")
	# Noted as modified: a form opened before would bring the former handler back, and is refused.
	frappe.db.set_value(
		SLIP,
		slip.name,
		{"responsible_employee": person.employee, "responsible_user": person.user, "handler_name": name},
	)
	_hand_over(slip.name)
	_end_tasks(slip)


def _move_follow_ups(employee: str, company: str) -> None:
	filters = {
		"follow_up_employee": employee,
		"company": company,
		"workflow_state": ("not in", [str(state) for state in ENDED_COMPLAINT_STATES]),
	}
	for name in frappe.get_all(COMPLAINT, filters=filters, pluck="name", order_by="creation asc"):
		holder = follow_up.post_holder(frappe.get_doc(COMPLAINT, name))
		if holder and holder != employee:
			frappe.db.set_value(COMPLAINT, name, "follow_up_employee", holder)


def _open_slips(employee: str, **filters: str) -> list[frappe._dict]:
	return frappe.get_all(  # every open slip of his, whoever saves the employee or decides on the post
		SLIP,
		filters={
			"responsible_employee": employee,
			"workflow_state": ("not in", [str(state) for state in ENDED_SLIP_STATES]),
			**filters,
		},
		fields=["name", "responsible_user"],
		order_by="creation asc",
	)


def _hand_over(name: str) -> None:
	slip = frappe.get_doc(SLIP, name)
	clocks.hand_over(slip, slip.responsible_user, slip.department)
	stale_access.end_stale_access(slip)
	slip.assign_when_issued()


def _end_tasks(slip: Document) -> None:
	"""End the open tasks of the former handler, who still reads the slip as one of the department."""
	tasks = {
		"reference_type": SLIP,
		"reference_name": slip.name,
		"allocated_to": slip.responsible_user,
		"status": "Open",
	}
	for name in frappe.get_all("ToDo", filters=tasks, pluck="name"):
		task = frappe.get_doc("ToDo", name)
		task.status = "Cancelled"
		# The host then takes the user out of `_assign` and notes it in the timeline.
		task.save(ignore_permissions=True)
