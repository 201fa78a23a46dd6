"""Plays a scenario: every step by its person, at its time, through the doors of the Desk.

A scenario is data (`Scenario`, `Step`); `Stage.play` does the steps one after another, asserts what each of them
says about itself, and keeps a row of each for the table. Nothing here passes by a permission: what prepares a
scenario (people, goods) is made before the first step.
"""

from ast import literal_eval
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT, MILESTONE, PROCEDURE, PROMISE
from devbench.demo.stage import acting_as, refusal_of, show_time
from tests.integration.scenarios import table
from tests.unit.test_coverage import numbers_in

SCHEDULER = "scheduler"
NO_PERMISSION = "No permission"
HEADS = ("No.", "Time", "Who", "Step", "Result", "Requirement")
WIDTHS = (3, 16, 30, 48, 58, 12)
# What is submitted without a Workflow stands in one of these.
DOCSTATUS = ("Draft", "Submitted", "Cancelled")


@dataclass(frozen=True)
class Scenario:
	"""A procedure of the documents: its code, where it stands, and what it calls the people of the cast."""

	code: str
	document: str
	people: Mapping[str, str]

	def title_of(self, word: str) -> str:
		"""Return what the document calls a person."""
		return "the scheduler" if word == SCHEDULER else self.people[word]


@dataclass
class Play:
	"""A scenario as far as it is played.

	`users` holds the cast (word -> user), `made` and `kinds` names and DocTypes of documents by words of the
	scenario, `note` what the step at hand adds to its result in the table.
	"""

	scenario: Scenario
	users: Mapping[str, str]
	made: dict[str, str] = field(default_factory=dict)
	kinds: dict[str, str] = field(default_factory=dict)
	rows: list[tuple[str, ...]] = field(default_factory=list)
	note: str = ""

	@property
	def procedure(self) -> str:
		"""The version in force of the procedure that is played."""
		return frappe.db.get_value(PROCEDURE, {"code": self.scenario.code, "docstatus": 1})

	@property
	def complaint(self) -> Document:
		"""The complaint as it stands."""
		return self.doc("complaint")

	def keep(self, word: str, doc: Document) -> Document:
		"""Remember a document under a word for later steps, and return it."""
		self.made[word], self.kinds[word] = doc.name, doc.doctype
		return doc

	def doc(self, word: str) -> Document:
		"""Return a document of the play as it stands."""
		return frappe.get_doc(self.kinds[word], self.made[word])

	def table(self) -> str:
		"""Return the steps played so far, to be compared with the document."""
		head = f"{self.scenario.code}  {self.scenario.document}"
		return f"\n{head}\n\n{table.render(HEADS, WIDTHS, self.rows)}\n"


@dataclass(frozen=True)
class Step:
	"""One step as the document tells it.

	`who` is a word of the cast, `at` the moment (without it, the one of the step before), `shows` the requirement
	numbers. `act` does it and returns the document to look at. Then: `refused` are words that the refusal holds,
	and nothing of the attempt is kept; `state` is the state of the document returned; `due` are exactly the clocks
	that the step starts (stage -> due time), `ends` exactly those that it ends or moves (stage -> state);
	`check` looks at whatever else the document says.
	"""

	who: str
	what: str
	act: Callable[[Play], Document | None]
	shows: str = ""
	at: str = ""
	refused: str = ""
	state: str = ""
	due: Mapping[str, str] | None = None
	ends: Mapping[str, str] | None = None
	check: Callable[[Play], None] | None = None


@dataclass(frozen=True)
class Stage:
	"""Where scenarios are played: a cast, the clock of this process, and who reads the table afterwards."""

	users: Mapping[str, str]
	move_clock: Callable[[str], None]
	show: Callable[[str], None]

	def play(self, scenario: Scenario, steps: Sequence[Step]) -> Play:
		"""Play all steps and return the play; the table is shown also when a step fails."""
		play = Play(scenario, self.users)
		try:
			for number, step in enumerate(steps, 1):
				self._take(play, number, step)
		finally:
			self.show(play.table())
		return play

	def _take(self, play: Play, number: int, step: Step) -> None:
		if step.at:
			self.move_clock(step.at)
		play.note, before = "", Standing.of(play)
		result = _refusal(play, step) if step.refused else _done(play, step)
		changes = Standing.of(play).changes_since(before)
		lines = [result, play.note, *changes.lines]
		who = play.scenario.title_of(step.who)
		cells = (f"{number}", show_time(now_datetime()), who, step.what, "\n".join(filter(None, lines)))
		play.rows.append((*cells, step.shows.replace(", ", "\n")))
		_check(number, step, changes, play)


@dataclass(frozen=True)
class Changes:
	"""What a step did to the clocks and promises of the case."""

	started: dict[str, str]
	ended: dict[str, str]
	promised: tuple[str, ...]

	@property
	def lines(self) -> list[str]:
		"""The changes in words, for the table."""
		return [
			*(f"due {due}  {stage}" for stage, due in self.started.items()),
			*(f"{state}: {stage}" for stage, state in self.ended.items()),
			*self.promised,
		]


@dataclass(frozen=True)
class Standing:
	"""The clocks and promises of the play's cases at a moment, by name."""

	clocks: dict[str, tuple[str, str, str]]
	promises: dict[str, tuple[str, str, str]]

	@classmethod
	def of(cls, play: Play) -> "Standing":
		"""Read how the clocks and promises of everything made so far stand."""
		return cls(
			_rows(play, MILESTONE, "stage", "due_at asc, creation asc"),
			_rows(play, PROMISE, "kind", "complaint asc, sequence asc"),
		)

	def changes_since(self, before: "Standing") -> Changes:
		"""Return what changed since an earlier look."""
		clocks = {name: row for name, row in self.clocks.items() if before.clocks.get(name) != row}
		promises = [row for name, row in self.promises.items() if before.promises.get(name) != row]
		return Changes(
			{stage: due for name, (stage, due, _state) in clocks.items() if name not in before.clocks},
			{stage: state for name, (stage, _due, state) in clocks.items() if name in before.clocks},
			tuple(f"promise: {kind} for {due}, {state}" for kind, due, state in promises),
		)


def numbers_shown(steps: Sequence[Step]) -> set[str]:
	"""Return the requirement numbers that the steps show."""
	return {number for step in steps for number in numbers_in(step.shows)}


def _done(play: Play, step: Step) -> str:
	with acting_as(_user(play, step)):
		doc = step.act(play)
	if doc is None:
		return ""
	state = _state_of(doc)
	assert step.state in ("", state), f"{step.what}: {state} instead of {step.state}"
	return f"{doc.doctype}: {state}"


def _refusal(play: Play, step: Step) -> str:
	with acting_as(_user(play, step)):
		reason = _plain(refusal_of(lambda: step.act(play)))
	assert step.refused in reason, f"{step.what}: refused, but because: {reason}"
	return f"Refused: {reason}"


def _plain(reason: str) -> str:
	"""Return a refusal in words: several at once come as a list, a missing right as a tuple or without a word."""
	if not reason:
		return NO_PERMISSION
	if reason.startswith("("):
		return f"{NO_PERMISSION}: {' '.join(literal_eval(reason))}"
	return " ".join(literal_eval(reason)) if reason.startswith("[") else reason


def _user(play: Play, step: Step) -> str:
	return "Administrator" if step.who == SCHEDULER else play.users[step.who]


def _state_of(doc: Document) -> str:
	return doc.get("workflow_state") or (DOCSTATUS[doc.docstatus] if doc.meta.is_submittable else "Saved")


def _check(number: int, step: Step, changes: Changes, play: Play) -> None:
	where = f"step {number}, {step.what}"
	if step.due is not None:
		assert changes.started == dict(step.due), where
	if step.ends is not None:
		assert changes.ended == dict(step.ends), where
	if step.check:
		step.check(play)


def _rows(play: Play, doctype: str, what: str, order_by: str) -> dict[str, tuple[str, str, str]]:
	# Read past the permissions of whoever acts: it is the play that looks, not the person.
	rows = frappe.get_all(
		doctype,
		filters={"complaint": ("in", list(play.made.values()) or [""])},
		fields=["name", what, "due_at", "state"],
		order_by=order_by,
	)
	return {row.name: (row[what], show_time(get_datetime(row.due_at)), row.state) for row in rows}
