"""Take a step of the site's Workflow together with what its dialog asked for, in one save."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_transitions, get_workflow

from complaint_handling.domain.field_rules import AskedField
from complaint_handling.exceptions import FieldLockedError, TransitionRefusedError
from complaint_handling.services.workflow.workflow_guard import DIALOG_FLAG, STATE_FIELD, fields_asked_now


def asked_by(doc: Document, action: str) -> tuple[AskedField, ...]:
	"""Return the fields that a button asks for on a document as it stands; none for an unknown button."""
	for step in get_workflow(doc.doctype).transitions:
		if (step.state, step.action) == (doc.get(STATE_FIELD), action):
			return fields_asked_now(doc, step.state, step.next_state)
	return ()


def take(doc: Document, action: str, values: dict[str, Any] | None = None) -> Document:
	"""Press a button of the Workflow as the current user, with the values of its dialog.

	Raises FieldLockedError for a value that the button does not ask for; all else is refused by the host and
	by the guard in `validate`.
	"""
	values = values or {}
	_check_offered(doc, action)
	extra = set(values) - {field.fieldname for field in asked_by(doc, action)}
	if extra:
		frappe.throw(
			_("{0} does not ask for {1}.").format(_(action), ", ".join(sorted(extra))), FieldLockedError
		)
	with _dialog_values(doc, values):
		return apply_workflow(doc, action)


def move_to(doc: Document, state: str, values: dict[str, Any] | None = None) -> Document:
	"""Take whichever step leads to a state, as the current user; the button's name is the administrator's."""
	for step in get_transitions(doc):
		if step.next_state == state:
			return take(doc, step.action, values)
	frappe.throw(
		_("You cannot take {0} to {1}. Ask somebody whose role has that button.").format(
			frappe.bold(doc.name), frappe.bold(_(state))
		),
		TransitionRefusedError,
	)


def may_move_to(doc: Document, state: str) -> bool:
	"""Tell whether the current user has a button that leads from here to a state."""
	if not frappe.has_permission(doc.doctype, "write", doc=doc):
		return False
	return any(step.next_state == state for step in get_transitions(doc))


def _check_offered(doc: Document, action: str) -> None:
	# The host's own answer, "Not a valid Workflow Action", does not say what to do next.
	if action not in {step.action for step in get_transitions(doc)}:
		frappe.throw(
			_(
				"{0} is in the state {1}, in which {2} is not open to you. Reload the form, or ask somebody whose role has that button."
			).format(frappe.bold(doc.name), frappe.bold(_(doc.get(STATE_FIELD))), frappe.bold(_(action))),
			TransitionRefusedError,
			title=_("Step Refused"),
		)


@contextmanager
def _dialog_values(doc: Document, values: dict[str, Any]) -> Iterator[None]:
	# `apply_workflow` reads the document again, so the values wait for `before_validate` of that save.
	previous = frappe.flags.get(DIALOG_FLAG)
	frappe.flags[DIALOG_FLAG] = {"doctype": doc.doctype, "name": doc.name, "values": values}
	try:
		yield
	finally:
		frappe.flags[DIALOG_FLAG] = previous
