"""Who is told of a moment of a clock: never the person complained about, nobody on leave who has a substitute.

A ladder names its recipients by kind. Whoever is found has to be able to read the case: the own log row lifts
the fence around departments for him (`reading_rules.py`), but neither a missing role nor a User Permission. A
superior is told without a role of the app: the notice names the case by its number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import get_user_permissions, has_user_permission

from complaint_handling.constants import COMPLAINT, DEPARTMENT_MANAGER, EIGHT_D, SETTINGS, SLIP
from complaint_handling.domain.escalation import climb_to, superior_at
from complaint_handling.services.access import restricted_cases
from complaint_handling.services.access.reading_rules import SOURCE_TABLE, Reader
from complaint_handling.services.staff.absences import Area, absent, substitutes_of
from complaint_handling.services.staff.people import Staff, holders_of
from complaint_handling.services.sweep import bulk


@dataclass(frozen=True)
class Choice:
	"""Who is told, and why it is not the person one would expect; nobody without a user."""

	user: str | None
	reason: str | None = None


class Recipients:
	"""Chooses the recipients of many milestones; each fact about a case or a person is read once."""

	def __init__(self, milestones: Iterable[dict]) -> None:
		milestones = list(milestones)
		self._staff = Staff()
		self._staff.know(row["responsible_user"] for row in milestones)
		self._sources = _sources_of(milestones)
		self._complaints = _complaints_of(milestones, self._sources)
		self._away: dict[tuple[str, date], bool] = {}
		self._holders: dict[str, list[str]] = {}
		self._fenced: dict[str, bool] = {}
		self._readers: dict[str, Reader] = {}
		self._roles_let_read: dict[tuple[str, str], bool] = {}
		self._documents: dict[tuple[str, str], Document] = {}

	def of_responsible(self, milestone: dict, procedure: Document, day: date) -> Choice:
		"""Return who is warned of a milestone and told of its breach: its holder, else the superior."""
		holder = milestone["responsible_user"]
		return (
			self._choose(milestone, [holder] if holder else [], day)
			or self._superior(milestone, 1, day)
			or self._last_resort(milestone, procedure, day)
		)

	def of_step(
		self, milestone: dict, step: Document, handed_over: int, procedure: Document, day: date
	) -> Choice:
		"""Return who is told at a level of the ladder.

		`handed_over` is the level at which the holder took the case over, else 0: he has a line of his own, and
		the superiors are counted from there up.
		"""
		superiors = [row.level for row in procedure.escalation_steps if row.recipient_type == "Superior"]
		climb = climb_to(step.level, superiors, handed_over)
		kinds: dict[str, Callable[[], Choice | None]] = {
			"Holder": lambda: self.of_responsible(milestone, procedure, day),
			"Superior": lambda: self._superior(milestone, climb, day),
			"Department Manager": lambda: self._department_manager(milestone, day),
			"Role": lambda: step.role and self._holder(milestone, step.role, day),
			"User": lambda: self._choose(milestone, [step.user] if step.user else [], day, needs_role=True),
		}
		return kinds[step.recipient_type]() or self._last_resort(milestone, procedure, day)

	def of_role(self, milestone: dict, role: str, procedure: Document, day: date) -> Choice:
		"""Return the holder of a role who takes a case over."""
		return self._holder(milestone, role, day) or self._last_resort(milestone, procedure, day)

	def may_work_on(self, milestone: dict, user: str) -> bool:
		"""Tell whether a user can be given the document of a milestone, told of it as he is."""
		return self._may_be_told(milestone, user, needs_role=True)

	def employee_of(self, user: str, company: str | None) -> str | None:
		"""Return the active employee of a user."""
		employee = self._staff.employee_of(user, company)
		return employee.name if employee and employee.status == "Active" else None

	def _superior(self, milestone: dict, climb: int, day: date) -> Choice | None:
		holder = milestone["responsible_user"]
		line = self._staff.superiors_of(holder, milestone["company"]) if holder else ()
		line = [user for user in line if self._may_be_told(milestone, user)]
		superior = superior_at(climb, line)
		return self._choose(milestone, [superior] if superior else [], day)

	def _department_manager(self, milestone: dict, day: date) -> Choice | None:
		managers = self._holders_of(DEPARTMENT_MANAGER)
		self._staff.know(managers)
		of_department = [
			user
			for user in managers
			if milestone["department"]
			and (employee := self._staff.employee_of(user, milestone["company"]))
			and employee.department == milestone["department"]
		]
		holder = milestone["responsible_user"]
		line = self._staff.superiors_of(holder, milestone["company"]) if holder else ()
		above = [user for user in line if user in managers][:1]
		return self._choose(milestone, of_department, day, needs_role=True) or self._choose(
			milestone, above, day, needs_role=True
		)

	def _holder(self, milestone: dict, role: str, day: date) -> Choice | None:
		return self._choose(milestone, self._holders_of(role), day, needs_role=True)

	def _last_resort(self, milestone: dict, procedure: Document, day: date) -> Choice:
		"""Return the escalation owner, else a holder of the highest role of the ladder that has one."""
		owner = frappe.get_cached_doc(SETTINGS).escalation_owner
		found = self._choose(milestone, [owner] if owner else [], day)
		roles = [row.role for row in reversed(procedure.escalation_steps) if row.role]
		for role in roles:
			found = found or self._holder(milestone, role, day)
		if not found:
			return Choice(
				None, _("Nobody was found who may be told. Name an Escalation Owner in the settings.")
			)
		return Choice(found.user, found.reason or _("The ladder names nobody who could be told."))

	def _choose(
		self, milestone: dict, candidates: list[str], day: date, needs_role: bool = False
	) -> Choice | None:
		"""Return the first candidate who is there, else somebody's substitute, else the first, though away."""
		fitting = [user for user in candidates if self._may_be_told(milestone, user, needs_role)]
		there = [user for user in fitting if not self._is_away(user, milestone, day)]
		if there:
			return Choice(there[0])
		for user in candidates:
			substitute = self._substitute_of(user, milestone, day)
			if substitute:
				return Choice(substitute, _("Stands in for {0}.").format(user))
		return Choice(fitting[0], _("Is away and has no substitute.")) if fitting else None

	def _substitute_of(self, user: str, milestone: dict, day: date) -> str | None:
		employee = self._staff.employee_of(user, milestone["company"])
		if not employee or user in self._complained_about(milestone):
			return None
		category = self._complaints.get(milestone["complaint"], {}).get("category")
		area = Area(milestone["company"], milestone["department"], category)
		for name in substitutes_of(employee.name, day, area):
			substitute = self._staff.user_of(name)
			if (
				substitute
				and (user == milestone["responsible_user"] or substitute != milestone["responsible_user"])
				and self._may_be_told(milestone, substitute, needs_role=True)
				and not self._is_away(substitute, milestone, day)
			):
				return substitute
		return None

	def _may_be_told(self, milestone: dict, user: str, needs_role: bool = False) -> bool:
		if user in self._complained_about(milestone) or not self._staff.is_enabled(user):
			return False
		if self._is_outsider(milestone, user):
			return False
		if needs_role and not self._role_lets_read(user, milestone["reference_doctype"]):
			return False
		return not self._is_fenced(user) or has_user_permission(self._document(milestone), user)

	def _is_fenced(self, user: str) -> bool:
		if user not in self._fenced:
			self._fenced[user] = bool(get_user_permissions(user))
		return self._fenced[user]

	def _role_lets_read(self, user: str, doctype: str) -> bool:
		key = (user, doctype)
		if key not in self._roles_let_read:
			self._roles_let_read[key] = self._readers.setdefault(user, Reader(user)).reads(doctype)
		return self._roles_let_read[key]

	def _document(self, milestone: dict) -> Document:
		key = (milestone["reference_doctype"], milestone["reference_name"])
		if key not in self._documents:
			self._documents[key] = frappe.get_doc(*key)
		return self._documents[key]

	def _complained_about(self, milestone: dict) -> frozenset[str]:
		rows = self._complaints_behind(milestone)
		return frozenset(row.complained_about_user for row in rows if row.complained_about_user)

	def _is_outsider(self, milestone: dict, user: str) -> bool:
		"""Tell whether the case is restricted to named persons of whom the user is none: he could not read it."""
		restricted = [row.name for row in self._complaints_behind(milestone) if row.is_restricted]
		answers_slip = milestone["reference_doctype"] == SLIP and user == milestone["responsible_user"]
		if not restricted or answers_slip:
			return False
		reader = self._readers.setdefault(user, Reader(user))
		return reader.is_kept_from_restricted and restricted_cases.is_outsider(user, restricted)

	def _complaints_behind(self, milestone: dict) -> list[frappe._dict]:
		is_report = milestone["reference_doctype"] == EIGHT_D
		names = self._sources[milestone["reference_name"]] if is_report else (milestone["complaint"],)
		return [self._complaints[name] for name in names if name in self._complaints]

	def _is_away(self, user: str, milestone: dict, day: date) -> bool:
		employee = self._staff.employee_of(user, milestone["company"])
		if not employee:
			return False
		key = (employee.name, day)
		if key not in self._away:
			self._learn_absences(day, employee.name)
		return self._away[key]

	def _learn_absences(self, day: date, employee: str) -> None:
		"""Ask once for everybody known by now."""
		unknown = {name for name in self._staff.employees() if (name, day) not in self._away} | {employee}
		away = absent(unknown, day)
		self._away.update({(name, day): name in away for name in unknown})

	def _holders_of(self, role: str) -> list[str]:
		if role not in self._holders:
			self._holders[role] = holders_of(role)
			self._staff.know(self._holders[role])
		return self._holders[role]


def _complaints_of(milestones: list[dict], sources: dict[str, list[str]]) -> dict[str, frappe._dict]:
	names = {row["complaint"] for row in milestones if row["complaint"]}.union(*sources.values())
	fields = ("name", "category", "complained_about_user", "is_restricted")
	rows = bulk.select(COMPLAINT, fields, "name", names)
	return {row.name: row for row in rows}


def _sources_of(milestones: list[dict]) -> dict[str, list[str]]:
	"""Return the complaints that each 8D report of the milestones is about."""
	reports = {row["reference_name"] for row in milestones if row["reference_doctype"] == EIGHT_D}
	sources: dict[str, list[str]] = {name: [] for name in reports}
	if reports:
		filters = {"parent": ("in", sorted(reports)), "parenttype": EIGHT_D}
		for row in frappe.get_all(SOURCE_TABLE, filters=filters, fields=["parent", "complaint"]):
			sources[row.parent].append(row.complaint)
	return sources
