"""A document in the recipient's hands: whose it is from then on, and whom the ladder climbs to next."""

import frappe
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import ESCALATION_LOG, MILESTONE, SLIP
from complaint_handling.services.clock import clocks
from complaint_handling.services.overview import work_notes
from tests.factories import as_user, employee_of
from tests.integration import ladders
from tests.integration.ladders import clock_of, sweep, told_at

MONDAY = "2026-03-02 10:00:00"
SUPERIOR = {"recipient_type": "Superior"}
HAND_OVER = {**SUPERIOR, "action": "Hand Over"}


def test_moved_due_time_begins_the_ladder_anew_from_who_took_over(frozen_time, cast):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, HAND_OVER, SUPERIOR)
	clock = clock_of(slip)
	sweep(clock, hours=2)
	clocks.move_due(clock.name, add_to_date(clock.due_at, days=1), "Agreed with the customer")
	moved = clock_of(slip)
	sweep(moved, days=1)
	rows = frappe.get_all(
		ESCALATION_LOG,
		filters={"milestone": clock.name, "deadline": moved.due_at},
		fields=["escalated_to", "level"],
		order_by="level asc",
	)
	assert [(row.level, row.escalated_to) for row in rows] == [
		(0, cast["department_manager"]),
		(1, cast["vice_president"]),
		(2, cast["general_manager"]),
	]


def test_due_time_moved_by_a_pause_goes_on_climbing_from_who_took_over(frozen_time, cast):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, HAND_OVER, SUPERIOR)
	clock = clock_of(slip)
	sweep(clock, hours=2)
	resumed = add_to_date(clock.due_at, days=1)
	frappe.db.set_value(MILESTONE, clock.name, {"due_at": resumed, "next_action_at": resumed})
	sweep(clock_of(slip), days=1)
	assert told_at(clock, 2) == cast["vice_president"]


def test_slip_that_is_handed_over_shows_the_new_name_and_leaves_the_list_of_the_former_holder(
	frozen_time, cast
):
	frozen_time(MONDAY)
	slip = ladders.issued_slip(cast, HAND_OVER)
	of_slip = {"reference_type": SLIP, "reference_name": slip.name}
	task = frappe.get_doc("ToDo", {**of_slip, "allocated_to": cast["handler"]})
	with as_user(cast["handler"]):
		note = work_notes.add_note(
			SLIP, slip.name, "Ring the foundry", now_datetime().date(), cast["handler"]
		)
	sweep(clock_of(slip), hours=2)
	manager = cast["department_manager"]
	slip.reload()
	name = frappe.db.get_value("Employee", employee_of(manager), "employee_name")
	assert (slip.responsible_employee, slip.handler_name) == (employee_of(manager), name)
	task.reload()
	assert task.status == "Closed"
	is_open = {**of_slip, "status": "Open"}
	assert frappe.get_all("ToDo", {**is_open, "allocated_to": cast["handler"]}, pluck="name") == [note]
	assert frappe.db.count("ToDo", {**is_open, "allocated_to": manager}) == 1
