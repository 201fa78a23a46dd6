"""Frozen due times beside those that today's calendars would give.

A clock's due time is frozen when it starts; a calendar that is edited later moves nothing but new clocks. This
says what the edit would have moved. Moved clocks are compared by their first due time: a pause or a deferral
is not the calendar's doing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import MILESTONE
from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.domain.words import Word
from complaint_handling.exceptions import CalendarError
from complaint_handling.services.calendar.working_time import working_hours
from complaint_handling.services.clock import clock_times

FIELDS = [
	"name",
	"stage",
	"complaint",
	"reference_doctype",
	"reference_name",
	"company",
	"state",
	"responsible_user",
	"department",
	"procedure",
	"calendar",
	"target_value",
	"target_unit",
	"extend_over_holidays",
	"started_at",
	"due_at",
	"original_due_at",
	"paused_at",
	"paused_hours",
	"promise",
]


class Remark(Word):
	"""Why a due time is not, or not only, the calendar's."""

	PAUSED = "Paused"
	MOVED = "Moved by a pause or deferral"
	AGREED = "Agreed with the customer"
	DEMANDED = "Set by the customer"
	BEYOND = "Beyond the calendar"


@dataclass(frozen=True)
class Recomputed:
	"""A clock, its first due time, what today's calendar gives, and the working hours between them."""

	clock: frappe._dict
	frozen: datetime
	today: datetime | None
	difference: float
	remark: Remark | None

	@property
	def differs(self) -> bool:
		return self.today is not None and self.today != self.frozen


def recomputed(filters: list[list]) -> Iterator[Recomputed]:
	"""Yield the clocks that the reader may see, each with its due time under today's calendar."""
	clocks = frappe.get_list(
		MILESTONE,
		filters=filters,
		fields=FIELDS,
		limit=0,
		order_by="due_at asc, name asc",
		ignore_ifnull=True,  # so that the index over state and due time serves
	)
	demanded = demanded_stages({clock.procedure for clock in clocks})
	for clock in clocks:
		yield _of_clock(clock, (clock.procedure, clock.stage) in demanded)


def _of_clock(clock: frappe._dict, is_demanded: bool) -> Recomputed:
	frozen = get_datetime(clock.original_due_at or clock.due_at)
	if clock.promise or is_demanded or not clock.calendar:
		return Recomputed(clock, frozen, None, 0, Remark.AGREED if clock.promise else Remark.DEMANDED)
	try:
		today = clock_times.due_anew(clock)
		difference = working_hours(clock.calendar, frozen, today)
	except (HorizonError, CalendarError):
		return Recomputed(clock, frozen, None, 0, Remark.BEYOND)
	return Recomputed(clock, frozen, today, difference, _remark(clock))


def _remark(clock: frappe._dict) -> Remark | None:
	if clock.paused_at or clock.state == Remark.PAUSED:
		return Remark.PAUSED
	moved = clock.original_due_at and get_datetime(clock.original_due_at) != get_datetime(clock.due_at)
	return Remark.MOVED if moved else None


def demanded_stages(procedures: set[str]) -> set[tuple[str, str]]:
	"""Return the stages whose due time the customer sets: no calendar knows it."""
	if not procedures:
		return set()
	rows = frappe.get_all(
		"Complaint Procedure Target",
		filters={"parent": ("in", sorted(procedures)), "from_demand": 1},
		fields=["parent", "stage"],
	)
	return {(row.parent, row.stage) for row in rows}
