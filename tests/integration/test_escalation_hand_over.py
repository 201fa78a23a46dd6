"""A document in the recipient's hands: whose it is from then on, and whom the ladder climbs to next."""

import frappe
from frappe.utils import add_to_date

from complaint_handling.constants import ESCALATION_LOG, MILESTONE
from complaint_handling.services.clock import clocks
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
