"""Slips follow the user of their handler: an Employee gets another user, or leaves."""

import frappe

from complaint_handling.constants import SLIP
from complaint_handling.domain.states import ENDED_SLIP_STATES
from complaint_handling.services.access import stale_access
from complaint_handling.services.clock import clocks
from complaint_handling.services.staff import people


def follow_user_of_employee(employee: str) -> None:
	"""Bring the open slips of an employee up to date with the user that Employee names now."""
	user = people.user_of(employee)
	slips = frappe.get_all(  # every open slip of his, whoever saves the employee
		SLIP,
		filters={
			"responsible_employee": employee,
			"workflow_state": ("not in", [str(state) for state in ENDED_SLIP_STATES]),
		},
		fields=["name", "responsible_user"],
	)
	for row in slips:
		if (row.responsible_user or None) != user:
			_hand_over(row.name, user)


def _hand_over(name: str, user: str | None) -> None:
	frappe.db.set_value(SLIP, name, "responsible_user", user, update_modified=False)
	slip = frappe.get_doc(SLIP, name)
	clocks.hand_over(slip, user, slip.department)
	stale_access.end_stale_access(slip)
	slip.assign_when_issued()
