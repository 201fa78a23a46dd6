"""What a procedure would do with a case: every due time, warning and escalation, before it goes live.

Computes and writes nothing. The procedure may be a draft that was never saved; a due time comes from
`clock_times`, so that what is shown is what the clocks will do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, MILESTONE
from complaint_handling.domain.escalation import MomentKind
from complaint_handling.services import procedures
from complaint_handling.services.calendar import open_time
from complaint_handling.services.clock import clock_times
from complaint_handling.services.clock.clock_events import REGISTERED
from complaint_handling.services.clock.clock_times import calendar_of
from complaint_handling.services.overview.simulated_recipients import SimulatedCase, levels_of

# Which event an event is taken to follow at once, when no target says how long it may take. In the order of a
# case: no event waits for a later one.
FOLLOWS = {
	REGISTERED: REGISTERED,
	"Complaint Acknowledged": REGISTERED,
	"Complaint Assessed": REGISTERED,
	"First Answer Given": REGISTERED,
	"Complaint Verified": "Complaint Assessed",
	"Slip Issued": "Complaint Assessed",
	"Slip Reported": "Slip Issued",
	"8D Opened": "Complaint Assessed",
	"8D Contained": "8D Opened",
	"8D Cause Found": "8D Contained",
	"8D Closed": "8D Cause Found",
	"Solution Approved": "Complaint Verified",
	"Solution Explained": "Solution Approved",
	"Solution Accepted": "Solution Explained",
	"On-site Work Done": "Solution Accepted",
	"Solution Executed": "Solution Accepted",
	"Re-review Opened": "Solution Executed",
	"Complaint Closed": "Solution Executed",
}
_ORDER = {event: place for place, event in enumerate(FOLLOWS)}


@dataclass(frozen=True)
class Happening:
	"""When an event is taken to happen (naive, system zone), and in words why then."""

	at: datetime
	because: str


@dataclass
class Course:
	"""How a case would run by a procedure: an event without a moment of its own takes as long as it may."""

	procedure: Document
	case: SimulatedCase
	received_on: datetime
	given: Mapping[str, datetime] = field(default_factory=dict)
	demand_deadline: datetime | None = None

	def __post_init__(self) -> None:
		self.targets = list(self._targets())
		self._known: dict[str, Happening] = {}

	def happening(self, event: str) -> Happening:
		"""Return when an event happens: as given, else when the earliest stage that ends with it is due."""
		if event not in self._known:
			self._known[event] = self._found(event)
		return self._known[event]

	def due_of(self, target: Document) -> datetime | None:
		"""Return when a target is due; None for the customer's deadline when there is none."""
		start = self.happening(target.starts_on).at
		return clock_times.due_of(target, self.procedure, start, self.demand_deadline)

	def _found(self, event: str) -> Happening:
		if event in self.given:
			return Happening(self.given[event], _("at the moment you entered"))
		if event == REGISTERED or event not in FOLLOWS:
			return Happening(self.received_on, _("at the receipt"))
		stages = [
			(due, target.stage)
			for target in self._ending_with(event)
			if (due := self.due_of(target)) is not None
		]
		if stages:
			due, stage = min(stages)
			return Happening(due, _("assumed when {0} is due").format(_(stage)))
		return self._together_with(FOLLOWS[event])

	def _together_with(self, event: str) -> Happening:
		before = self.happening(event)
		if event == REGISTERED:
			return Happening(before.at, _("assumed at the receipt"))
		if event in self.given:
			return Happening(before.at, _("assumed together with {0}").format(_(event)))
		return before

	def _ending_with(self, event: str) -> Iterator[Document]:
		for target in self.targets:
			starts_before = _ORDER.get(target.starts_on, len(_ORDER)) < _ORDER[event]
			if target.stops_on == event and starts_before:
				yield target

	def _targets(self) -> Iterator[Document]:
		starts = dict.fromkeys((row.applies_to, row.starts_on) for row in self.procedure.targets)
		for doctype, event in starts:
			yield from procedures.targets_for(
				self.procedure, doctype, event, self.case, self.case.slip_kind or None
			)


def simulate(course: Course) -> dict[str, Any]:
	"""Return the targets of a case with their moments, and the open time of the calendars they count by."""
	targets = [_shown_target(course, target) for target in course.targets]
	targets.sort(key=lambda shown: (shown["due_at"] is None, shown["due_at"], shown["started_at"]))
	moments = [course.received_on, *(moment for shown in targets for moment in _moments_of(shown))]
	names = [course.procedure.default_calendar, *(shown["calendar"] for shown in targets)]
	first, last = min(moments), max(moments)
	return {
		"received_on": course.received_on,
		"targets": targets,
		"calendars": [
			open_time.shown_calendar(frappe.get_cached_doc("Complaint Calendar", name), first, last)
			for name in dict.fromkeys(names)
		],
	}


def simulate_length(calendar: Document, start: datetime, value: float, unit: str) -> dict[str, Any]:
	"""Return when a length of time is over by a calendar, which may be a draft, and its open time."""
	due = open_time.due_by(calendar, start, value, unit)
	return {
		"received_on": start,
		"due_at": due,
		"calendars": [open_time.shown_calendar(calendar, start, due)],
	}


def _shown_target(course: Course, target: Document) -> dict[str, Any]:
	start = course.happening(target.starts_on)
	shown = {
		"key": target.idx,
		"stage": target.stage,
		"document": target.applies_to,
		"starts_on": target.starts_on,
		"started_at": start.at,
		"because": "" if target.applies_to == COMPLAINT and target.starts_on == REGISTERED else start.because,
		"value": target.target_value,
		"unit": target.target_unit,
		"calendar": calendar_of(target, course.procedure),
		"from_demand": target.from_demand,
		"pauses": target.pauses_with_customer,
		"due_at": None,
		"warn_at": None,
		"levels": [],
	}
	due = course.due_of(target)
	return shown | _timeline(course, target, start.at, due) if due else shown


def _timeline(course: Course, target: Document, start: datetime, due: datetime) -> dict[str, Any]:
	warn = clock_times.warn_of(target, course.procedure, start, due)
	clock = _clock(course, target, start, due, warn)
	reached = [
		moment
		for moment in clock_times.timeline(clock, course.procedure)
		if moment.kind is MomentKind.ESCALATION
	]
	hidden = dict.fromkeys(course.case.hidden)
	levels = [level | hidden for level in levels_of(course.procedure, clock, reached)]
	return {"due_at": due, "warn_at": warn, "levels": levels}


def _clock(
	course: Course, target: Document, start: datetime, due: datetime, warn: datetime | None
) -> frappe._dict:
	"""Return the milestone that would be started, which is never inserted."""
	clock = frappe.new_doc(MILESTONE)
	clock.update(
		{
			"calendar": calendar_of(target, course.procedure),
			"target_value": target.target_value,
			"target_unit": target.target_unit,
			"extend_over_holidays": target.extend_over_holidays,
			"started_at": start,
			"warn_at": warn,
			"due_at": due,
			"is_urgent": course.case.is_urgent,
			"reference_doctype": target.applies_to,
			"reference_name": "",
			"company": course.case.company,
			"department": course.case.department,
			"responsible_user": course.case.holder,
		}
	)
	return clock.as_dict()


def _moments_of(shown: dict[str, Any]) -> Iterator[datetime]:
	for moment in (shown["started_at"], shown["warn_at"], shown["due_at"]):
		if moment:
			yield get_datetime(moment)
	yield from (level["at"] for level in shown["levels"])
