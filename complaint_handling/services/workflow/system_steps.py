"""The one function for steps that no person takes at a button.

The actor's right is verified here and nowhere else; the site's Workflow is then applied as a dedicated user, so
every guard of `validate` runs as for a person, and the true actor is written to the timeline with the evidence.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from complaint_handling.constants import SYSTEM_USER
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services.sweep.bulk import LOST_LOCKS
from complaint_handling.services.workflow import workflow_steps
from complaint_handling.services.workflow.step_actors import Actor
from complaint_handling.services.workflow.workflow_guard import STATE_FIELD

SAVEPOINT = "step_without_a_person"


@dataclass(frozen=True)
class Evidence:
	"""What shows that the actor wanted the step: a reference that names it once and for all, and its words."""

	reference: str
	text: str = ""


def take_for(
	doc: Document, state: str, actor: Actor, evidence: Evidence, values: dict[str, Any] | None = None
) -> Document:
	"""Take whichever step of the site's Workflow leads to a state, for an actor who is at no button.

	Returns the document as it then stands. Repeated with the same evidence, or when the state is reached
	already, it changes nothing. Raises TransitionRefusedError when the actor has no right to the document or the
	step, and whatever the guards of the document raise; then nothing is written. The document stays locked until
	the transaction ends. The session's user is the same afterwards, whatever happens.
	"""
	locked = frappe.get_doc(doc.doctype, doc.name, for_update=True)
	if not actor.may_act_on(locked):
		_refuse(locked, state)
	if locked.get(STATE_FIELD) == state or _is_recorded(locked, state, evidence):
		return locked
	if (locked.doctype, locked.get(STATE_FIELD), state) not in actor.steps:
		_refuse(locked, state)
	return _take(locked, state, actor, evidence, {**(values or {}), **actor.values()})


def _take(doc: Document, state: str, actor: Actor, evidence: Evidence, values: dict[str, Any]) -> Document:
	record = _record_of(doc, state, actor, evidence)
	frappe.db.savepoint(SAVEPOINT)
	try:
		with _acting_as(SYSTEM_USER):
			# Whether the actor may is decided above, by rules that the roles of this user cannot know.
			doc.flags.ignore_permissions = True
			moved = workflow_steps.move_to(doc, state, values)
			record.comment_by = frappe.utils.get_fullname(SYSTEM_USER)
			record.insert(ignore_permissions=True)
			return moved
	except LOST_LOCKS:
		raise
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_document_cache(doc.doctype, doc.name)
		raise


@contextmanager
def _acting_as(user: str) -> Iterator[None]:
	"""Act as another user; the host's `set_user` also forgets what belongs to the request, which comes back."""
	session = frappe.local.session
	before = (session.user, session.sid, session.data, frappe.local.form_dict)
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before[0])
		session.sid, session.data, frappe.local.form_dict = before[1:]


def _record_of(doc: Document, state: str, actor: Actor, evidence: Evidence) -> Document:
	# Written while the session is still the actor's: the description may name who is at it.
	words = (f"{_(state)}: {actor.description()}", evidence.text)
	return frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Info",
			"comment_email": SYSTEM_USER,
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"subject": _key(state, evidence),
			"content": escape_html("\n".join(filter(None, words))),
		}
	)


def _is_recorded(doc: Document, state: str, evidence: Evidence) -> bool:
	record = {
		"reference_doctype": doc.doctype,
		"reference_name": doc.name,
		"owner": SYSTEM_USER,
		"subject": _key(state, evidence),
	}
	return bool(frappe.db.exists("Comment", record))


def _key(state: str, evidence: Evidence) -> str:
	return f"{state}: {evidence.reference}"


def _refuse(doc: Document, state: str) -> None:
	frappe.throw(
		_("{0} cannot be taken to {1} from here. Ask the complaint owner.").format(
			frappe.bold(doc.name), frappe.bold(_(state))
		),
		TransitionRefusedError,
		title=_("Step Refused"),
	)
