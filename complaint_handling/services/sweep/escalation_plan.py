"""What a sweep raises of its milestones: computed from facts that are read once for all of them.

Nothing is written here, but for the promise ledger, which says itself when a case is taken over, and the next try
of a milestone that fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import get_datetime

from complaint_handling.constants import ESCALATION_LOG, MILESTONE, PROCEDURE, SLIP
from complaint_handling.domain.business_calendar import HorizonError
from complaint_handling.domain.clocks import state_of
from complaint_handling.domain.escalation import (
	BREACH_LEVEL,
	TAKE_OVER_LEVEL,
	Handled,
	Moment,
	MomentKind,
	after,
	due_moments,
	next_action_after,
	notice_time,
)
from complaint_handling.services.calendar import calendars
from complaint_handling.services.clock import clock_times, promises
from complaint_handling.services.sweep import bulk, escalation_log
from complaint_handling.services.sweep.escalation_log import ASSIGN, HAND_OVER, NOTIFY, Entry
from complaint_handling.services.sweep.recipients import Choice, Recipients

NEXT_TRY = timedelta(hours=1)
# What is read of a milestone.
MILESTONE_FIELDS = (
	"name",
	"reference_doctype",
	"reference_name",
	"stage",
	"complaint",
	"company",
	"department",
	"responsible_user",
	"procedure",
	"calendar",
	"is_urgent",
	"promise",
	"state",
	"due_at",
	"warn_at",
	"next_action_at",
	"warned",
	"breached",
	"escalation_level",
)


@dataclass
class Outcome:
	"""What becomes of one milestone: what is raised, and what is written back."""

	milestone: dict
	due: tuple[Moment, ...]
	values: dict[str, Any]
	entries: list[Entry] = field(default_factory=list)


class Plan:
	"""Plans many milestones at one moment; one that fails is logged and left out, the others go on."""

	def __init__(self, now: datetime) -> None:
		self.now = now
		self._procedures: dict[str, Document] = {}
		self._notice_times: dict[str, datetime] = {}

	def outcomes(self, milestones: list[dict]) -> list[Outcome]:
		"""Return what becomes of the milestones, those left out that failed."""
		found = self._each(milestones, self._outcome)
		keys = [
			escalation_log.key_of(outcome.milestone, moment.level)
			for outcome in found
			for moment in outcome.due
		]
		self._known = escalation_log.known(keys)
		self._recipients = Recipients(outcome.milestone for outcome in found)
		self._handed_over = self._levels_handed_over([outcome.milestone for outcome in found])
		return self._each(found, self._with_entries)

	def employee_of(self, user: str, company: str | None) -> str | None:
		"""Return the active employee of a user."""
		return self._recipients.employee_of(user, company)

	def _each(self, rows: Iterable[Any], function: Any) -> list[Any]:
		done = []
		for row in rows:
			milestone = row.milestone if isinstance(row, Outcome) else row
			# Only the promise ledger is written meanwhile.
			savepoint = "milestone" if milestone["promise"] else None
			if savepoint:
				frappe.db.savepoint(savepoint)
			try:
				done.append(function(row))
			except bulk.LOST_LOCKS:
				raise
			except Exception:
				if savepoint:
					frappe.db.rollback(save_point=savepoint)
				put_off(milestone["name"], self.now)
		return done

	def _outcome(self, milestone: dict) -> Outcome:
		timeline = clock_times.timeline(milestone, self._procedure(milestone))
		handled = Handled(
			bool(milestone["warned"]), bool(milestone["breached"]), milestone["escalation_level"]
		)
		due = due_moments(timeline, self.now, handled)
		handled = after(handled, due)
		upcoming = next_action_after(timeline, handled)
		warn = get_datetime(milestone["warn_at"]) if milestone["warn_at"] else None
		values = {
			"warned": int(handled.warned),
			"breached": int(handled.breached),
			"escalation_level": max(handled.level, 0),
			"state": str(state_of(self.now, get_datetime(milestone["due_at"]), warn)),
			"next_action_at": upcoming.at if upcoming else None,
		}
		return Outcome(milestone, due, values)

	def _with_entries(self, outcome: Outcome) -> Outcome:
		milestone, handed_over = outcome.milestone, self._handed_over.get(outcome.milestone["name"], 0)
		if handed_over > milestone["escalation_level"]:
			handed_over = 0  # under a due time that was moved since: the ladder is a new one
		for moment in outcome.due:
			if escalation_log.key_of(milestone, moment.level) in self._known:
				continue
			entry = self._entry(milestone, moment, handed_over)
			outcome.entries.append(entry)
			if entry.action == HAND_OVER and entry.choice.user:
				milestone, handed_over = {**milestone, "responsible_user": entry.choice.user}, moment.level
			if moment.kind is MomentKind.BREACH and milestone["promise"]:
				outcome.entries += self._take_over(milestone)
		return outcome

	def _entry(self, milestone: dict, moment: Moment, handed_over: int) -> Entry:
		procedure, notify_at = self._procedure(milestone), self._notify_at(milestone)
		day = notify_at.date()
		if moment.kind is not MomentKind.ESCALATION:
			choice = self._recipients.of_responsible(milestone, procedure, day)
			return Entry(milestone, moment, choice, NOTIFY, notify_at)
		step = next(row for row in procedure.escalation_steps if row.level == moment.level)
		choice = self._recipients.of_step(milestone, step, handed_over, procedure, day)
		action, choice = self._action(milestone, step.action, choice)
		return Entry(milestone, moment, choice, action, notify_at)

	def _action(self, milestone: dict, action: str, choice: Choice) -> tuple[str, Choice]:
		"""Return what is done: a document is given to nobody who may not read it, a slip to no outsider."""
		if action not in (ASSIGN, HAND_OVER) or not choice.user:
			return action, choice
		if not self._recipients.may_work_on(milestone, choice.user):
			return NOTIFY, Choice(choice.user, _("Told only: may not read the document."))
		is_slip = milestone["reference_doctype"] == SLIP
		if action == HAND_OVER and is_slip and not self.employee_of(choice.user, milestone["company"]):
			return NOTIFY, Choice(choice.user, _("Told only: is no active employee."))
		return action, choice

	def _take_over(self, milestone: dict) -> list[Entry]:
		"""Return the entry of a case that is taken over because an agreed time passed unsolved."""
		role = promises.pass_unsolved(milestone["promise"], self.now)
		if not role:
			return []
		notify_at = self._notify_at(milestone)
		choice = self._recipients.of_role(milestone, role, self._procedure(milestone), notify_at.date())
		reason = _("The agreed time passed unsolved; {0} takes the case over.").format(_(role))
		action, choice = self._action(
			milestone, ASSIGN, Choice(choice.user, " ".join(filter(None, (reason, choice.reason))))
		)
		moment = Moment(MomentKind.ESCALATION, TAKE_OVER_LEVEL, self.now)
		return [Entry(milestone, moment, choice, action, notify_at)]

	def _levels_handed_over(self, milestones: list[dict]) -> dict[str, int]:
		"""Return the highest level at which each milestone changed hands since it was last overdue, else 0.

		A due time moved by agreement begins a ladder with a breach of its own; one moved by a pause goes on with
		the old one, so the deadline does not tell them apart. Asks only where a ladder hands over.
		"""
		names = [row["name"] for row in milestones if self._hands_over(row)]
		if not names:
			return {}
		log = DocType(ESCALATION_LOG)
		is_hand_over = (log.action == HAND_OVER) & log.escalated_to.isnotnull()
		rows = frappe.qb.from_(log).select(log.milestone, log.level)
		rows = rows.where(log.milestone.isin(names) & ((log.level == BREACH_LEVEL) | is_hand_over))
		return dict(rows.orderby(log.escalated_at).orderby(log.level).run())

	def _hands_over(self, milestone: dict) -> bool:
		steps = self._procedure(milestone).escalation_steps
		return any(step.action == HAND_OVER for step in steps)

	def _procedure(self, milestone: dict) -> Document:
		name = milestone["procedure"]
		if name not in self._procedures:
			self._procedures[name] = frappe.get_cached_doc(PROCEDURE, name)
		return self._procedures[name]

	def _notify_at(self, milestone: dict) -> datetime:
		procedure = self._procedure(milestone)
		if milestone["is_urgent"] and procedure.urgent_at_any_time:
			return self.now
		calendar = milestone["calendar"] or procedure.default_calendar
		if calendar not in self._notice_times:
			self._notice_times[calendar] = self._opening(calendar)
		return self._notice_times[calendar]

	def _opening(self, calendar: str) -> datetime:
		now = calendars.to_calendar_time(self.now, calendar)
		try:
			told = notice_time(now, calendars.compiled(calendar, now))
		except HorizonError:  # it never opens again: better told at night than never
			return self.now
		return max(self.now, calendars.to_system_time(told, calendar))


def put_off(milestone: str, now: datetime) -> None:
	"""Tell administrators of a milestone that could not be swept and let it be tried again in an hour.

	Left due it would be logged by every sweep, and hold up the digests of all. Call it after the rollback.
	"""
	bulk.update(MILESTONE, {milestone: {"next_action_at": now + NEXT_TRY}})
	frappe.log_error(title="Escalation failed", reference_doctype=MILESTONE, reference_name=milestone)
