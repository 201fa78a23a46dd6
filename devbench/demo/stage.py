"""Plays a list of steps, each by its user and in its own transaction, and prints what happened."""

import json
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import (
	format_datetime,
	get_datetime,
	get_url_to_form,
	now_datetime,
	strip_html,
	time_diff_in_seconds,
)

from complaint_handling.constants import COMPLAINT, MILESTONE
from complaint_handling.services.clock.clock_copies import RUNNING
from devbench.demo.people import PERSON, own_role
from devbench.demo.scene import Scene

# Well below the shortest target of the procedure, the first answer within two hours.
GOES_ON_WITHIN_SECONDS = 3600


@dataclass
class Play:
	"""A case as far as it has been played.

	`made` holds the names of its documents by words of the play, `note` what the step at hand has to say.
	"""

	scene: Scene
	key: str
	made: dict[str, str] = field(default_factory=dict)
	played: list[str] = field(default_factory=list)
	note: str = ""

	@property
	def complaint(self) -> str:
		return self.made["complaint"]


@dataclass(frozen=True)
class Step:
	"""One step: who does what. `act` does it and returns the documents to show."""

	actor: str
	what: str
	act: Callable[[Play], Document | list[Document]]

	@property
	def name(self) -> str:
		return self.act.__name__.strip("_")


@dataclass
class Stage:
	"""Where plays are shown. Without `commit` nothing is kept and nothing found that was kept before."""

	commit: bool = True
	say: Callable[[str], None] = print

	def play(self, play: Play, steps: Sequence[Step]) -> bool:
		"""Play the steps that are still to come, each committed with the note of it; tell whether there was one.

		An interrupted play goes on at the step that it was interrupted in. What was interrupted long ago, so that
		a due time may have passed, or by a version with other steps, stays as it is and the play begins anew.
		"""
		self._recall(play, [step.name for step in steps])
		remaining = list(enumerate(steps, 1))[len(play.played) :]
		for number, step in remaining:
			play.note = ""
			with acting_as(play.scene.user(step.actor)):
				shown = step.act(play)
			play.played.append(step.name)
			self._keep(play)
			self._show(number, step, play.note, shown if isinstance(shown, list) else [shown])
		return bool(remaining)

	def _recall(self, play: Play, names: list[str]) -> None:
		kept = json.loads(frappe.db.get_default(play.key) or "null") if self.commit else None
		if not kept:
			return
		state, received_on = frappe.db.get_value(
			COMPLAINT, kept["made"]["complaint"], ["workflow_state", "received_on"]
		)
		is_known = kept["played"] == names[: len(kept["played"])]
		if state == "Closed":
			play.made, play.played = kept["made"], names
		elif is_known and time_diff_in_seconds(now_datetime(), received_on) < GOES_ON_WITHIN_SECONDS:
			play.made, play.played = kept["made"], kept["played"]

	def _keep(self, play: Play) -> None:
		if not self.commit:
			return
		frappe.db.set_default(play.key, json.dumps({"made": play.made, "played": play.played}))
		frappe.db.commit()

	def _show(self, number: int, step: Step, note: str, documents: list[Document]) -> None:
		person = PERSON[step.actor]
		clock = now_datetime().strftime("%H:%M:%S")
		self.say(f"{number:>3}  {clock}  {person.full_name}, {person.title} ({own_role(person)})")
		self.say(f"     {step.what}")
		if note:
			self.say(f"     {note}")
		for document in documents:
			self.say(f"     → {_standing(document)}")
			for due in running_clocks(document):
				self.say(f"       due {due}")
			self.say(f"       {get_url_to_form(document.doctype, document.name)}")
		self.say("")


@contextmanager
def acting_as(user: str) -> Any:
	"""Be another user for the length of a block, as if logged in."""
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.clear_messages()
		frappe.set_user("Administrator")


def refusal_of(attempt: Callable[[], Any]) -> str:
	"""Try what has to be refused, take back what it did, and return the reason; let through, it is an error."""
	frappe.db.savepoint("attempt")
	try:
		attempt()
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point="attempt")
		frappe.clear_messages()
		return strip_html(str(error))
	raise AssertionError("A step that has to be refused was let through.")


def running_clocks(document: Document) -> list[str]:
	"""Return stage and due time of the clocks that run on a document, the nearest first."""
	rows = frappe.get_all(
		MILESTONE,
		filters={
			"reference_doctype": document.doctype,
			"reference_name": document.name,
			"state": ("in", RUNNING),
		},
		fields=["stage", "due_at"],
		order_by="due_at asc",
	)
	return [f"{show_time(row.due_at)}  {row.stage}" for row in rows]


def show_time(moment: Any) -> str:
	"""Return a moment to be printed; a dash where there is none."""
	return format_datetime(get_datetime(moment), "yyyy-MM-dd HH:mm") if moment else "-"


def _standing(document: Document) -> str:
	state = document.get("workflow_state")
	more = f": {state}" if state else f" ({document.get('purpose')})" if document.get("purpose") else ""
	if document.doctype == COMPLAINT and document.next_approver_role and state == "Solution Proposed":
		more += f", {document.total_remedy_amount:,.2f} to be approved by {document.next_approver_role}"
	return f"{document.doctype} {document.name}{more}"
