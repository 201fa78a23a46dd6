"""Guard every door to a document that a Workflow moves.

The host checks roles and the old document's conditions when a form's button is pressed. A REST `PUT`, a data
import or a script takes other doors. All of them run `validate`, so the rules stand here. Which step exists
is the site's Workflow's decision; what a step may change is `domain/field_rules.py`'s.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.model.meta import Meta
from frappe.model.workflow import get_workflow, get_workflow_name, is_transition_condition_satisfied
from frappe.utils import cint, cstr, flt, get_datetime, getdate

from complaint_handling.domain.field_rules import AskedField, asked_fields, open_fields
from complaint_handling.exceptions import FieldLockedError, MissingInputError, TransitionRefusedError

STATE_FIELD = "workflow_state"
DIALOG_FLAG = "complaint_dialog_values"


class GuardedRow(Document):
	"""A row of a table that is only saved with its document, whose `validate` guards it.

	REST can save a row alone: the document then finds nothing changed. The host runs a row's own `validate`
	at that door only.
	"""

	def validate(self) -> None:
		frappe.throw(
			_("Rows of {0} are saved with their document. Change the document instead.").format(
				_(self.doctype)
			),
			FieldLockedError,
		)

	def before_update_after_submit(self) -> None:
		self.validate()

	def before_cancel(self) -> None:
		self.validate()


def take_dialog_values(doc: Document) -> None:
	"""Take over what the user typed into the dialog of a workflow button (see `api/workflow.py`)."""
	doc.update(_dialog_values(doc))


def guard(doc: Document) -> None:
	"""Refuse a save that changes what may not change now; call first in `validate`.

	Raises FieldLockedError, MissingInputError or TransitionRefusedError. Server-owned fields take the value
	of the database without an error: an open form sends them back as they were when it was opened.
	"""
	before = doc.get_doc_before_save()
	if before is None:
		_guard_new(doc)
		return
	_check_docstatus(doc)
	_restore_server_fields(doc, before)
	_restore_rows(doc, before)
	if doc.get(STATE_FIELD) == before.get(STATE_FIELD):
		_guard_open_fields(doc, before)
	else:
		_guard_transition(doc, before)


def tell_open_fields(doc: Document) -> None:
	"""Tell the form which fields are open in the stored state; call in `onload`."""
	doc.set_onload("open_fields", sorted(open_fields(doc.doctype, doc.get(STATE_FIELD))))


def fields_asked_now(doc: Document, from_state: str, to_state: str) -> tuple[AskedField, ...]:
	"""Return the fields that a transition asks for on a document as it stands."""
	return tuple(
		field
		for field in asked_fields(doc.doctype, from_state, to_state)
		if not field.only_if or doc.get(field.only_if)
	)


def state_entered(doc: Document) -> str | None:
	"""Return the state that this save enters, or None when it stays where it was."""
	before = doc.get_doc_before_save()
	if before is not None and before.get(STATE_FIELD) == doc.get(STATE_FIELD):
		return None
	return doc.get(STATE_FIELD)


def has_changes(doc: Document) -> bool:
	"""Tell whether this save changes what a person may write; the state and the server's own fields aside."""
	before = doc.get_doc_before_save()
	return before is not None and bool(_changed_fields(doc, before))


def state_left(doc: Document) -> str | None:
	"""Return the state before this save, or None for a new document."""
	before = doc.get_doc_before_save()
	return before.get(STATE_FIELD) if before else None


def server_fields(meta: Meta) -> list[str]:
	"""Return the fields that only this app's code writes: read-only ones that nothing is fetched into."""
	return [
		field.fieldname
		for field in meta.fields
		if field.read_only
		and not field.fetch_from
		and not field.get("is_custom_field")
		and field.fieldtype not in (*no_value_fields, *table_fields, "Read Only")
		and field.fieldname not in (STATE_FIELD, "amended_from")
	]


def _workflow(doctype: str) -> Document:
	if not get_workflow_name(doctype):
		frappe.throw(
			_(
				"No Workflow of {0} is active. Activate the shipped one, or one of your own, in the list of Workflows."
			).format(_(doctype))
		)
	return get_workflow(doctype)


def _guard_new(doc: Document) -> None:
	workflow = _workflow(doc.doctype)
	first = workflow.states[0].state
	if doc.get(STATE_FIELD) not in (None, "", first):
		frappe.throw(
			_(
				"A new {0} starts in the state {1}. Save it first, then use the buttons of the workflow."
			).format(_(doc.doctype), frappe.bold(_(first))),
			TransitionRefusedError,
		)
	doc.set(STATE_FIELD, first)
	_check_docstatus(doc)
	for fieldname in (*server_fields(doc.meta), *_later_fields(doc.meta, open_fields(doc.doctype, first))):
		doc.set(fieldname, _value_at_first(doc.meta.get_field(fieldname)))


def _later_fields(meta: Meta, opened: frozenset[str]) -> list[str]:
	"""Return the fields that people fill in a later state; a copy or a request may bring them along.

	What is set only once is given with the new document, and an administrator's own fields are free.
	"""
	tables = {name.split(".")[0] for name in opened}
	return [
		field.fieldname
		for field in meta.fields
		if field.fieldname not in tables
		and field.fieldname not in (STATE_FIELD, "amended_from")
		and not (field.set_only_once or field.read_only or field.fetch_from or field.get("is_custom_field"))
		and (field.fieldtype in table_fields or field.fieldtype not in no_value_fields)
	]


def _value_at_first(field: Document) -> Any:
	if field.fieldtype in table_fields:
		return []
	is_number = field.fieldtype in ("Float", "Currency", "Percent", "Int", "Check")
	return field.default or (0 if is_number else None)


def _check_docstatus(doc: Document) -> None:
	"""Refuse to submit past the Workflow, and to enter a submitted state without submitting."""
	state = doc.get(STATE_FIELD)
	expected = {cint(row.doc_status) for row in _workflow(doc.doctype).states if row.state == state}
	if expected and cint(doc.docstatus) not in expected:
		frappe.throw(
			_("{0} is submitted and cancelled by the buttons of its workflow only.").format(
				frappe.bold(doc.name)
			),
			TransitionRefusedError,
			title=_("Step Refused"),
		)


def _restore_server_fields(doc: Document, before: Document) -> None:
	# A client may send these too, and self-approval compares with the owner.
	doc.owner, doc.creation = before.owner, before.creation
	names = server_fields(doc.meta)
	# A locking read: what a job committed after this transaction began must win over the open form.
	current = frappe.db.get_value(doc.doctype, doc.name, names, as_dict=True, for_update=True)
	doc.update(current)


def _restore_rows(doc: Document, before: Document) -> None:
	"""Give known rows their read-only columns back, and refuse rows taken from another document."""
	for field in doc.meta.get_table_fields():
		known = {row.name: row for row in before.get(field.fieldname)}
		for row in doc.get(field.fieldname):
			if row.name in known:
				row.update({name: known[row.name].get(name) for name in server_fields(row.meta)})
			elif row.name and not row.get("__islocal"):
				frappe.throw(
					_("Row {0} of {1} belongs to another document. Add a new row instead.").format(
						row.idx, _(field.label)
					),
					FieldLockedError,
				)


def _guard_open_fields(doc: Document, before: Document) -> None:
	changed = _changed_fields(doc, before)
	if not changed:
		return
	state = before.get(STATE_FIELD)
	closed = [name for name in changed if not _is_open(doc.meta, name, open_fields(doc.doctype, state))]
	if closed:
		frappe.throw(
			_(
				"{0} cannot be changed in the state {1}. Reload the form, or go back a step with the workflow button first."
			).format(frappe.bold(_labels(doc.meta, closed)), frappe.bold(_(state))),
			FieldLockedError,
			title=_("Field Locked"),
		)
	_check_editor(doc, state)


def _check_editor(doc: Document, state: str) -> None:
	editors = {row.allow_edit for row in _workflow(doc.doctype).states if row.state == state}
	if not editors.intersection(frappe.get_roles()):
		frappe.throw(
			_("In the state {0} only {1} may change this document.").format(
				frappe.bold(_(state)), frappe.bold(", ".join(_(role) for role in sorted(editors)))
			),
			TransitionRefusedError,
			title=_("Not Permitted"),
		)


def _guard_transition(doc: Document, before: Document) -> None:
	from_state, to_state = before.get(STATE_FIELD), doc.get(STATE_FIELD)
	asked = fields_asked_now(doc, from_state, to_state)
	allowed = {field.fieldname for field in asked} | _fields_set_by_workflow(doc, to_state)
	extra = [name for name in _changed_fields(doc, before) if name.split(".")[0] not in allowed]
	if extra:
		frappe.throw(
			_("The step from {0} to {1} does not change {2}. Save that first, then press the button.").format(
				frappe.bold(_(from_state)), frappe.bold(_(to_state)), frappe.bold(_labels(doc.meta, extra))
			),
			FieldLockedError,
			title=_("Field Locked"),
		)
	_check_transition(doc, from_state, to_state)
	_check_asked(doc, before, [field.fieldname for field in asked if field.required])


def _check_transition(doc: Document, from_state: str, to_state: str) -> None:
	roles = frappe.get_roles()
	steps = [
		step
		for step in _workflow(doc.doctype).transitions
		if (step.state, step.next_state) == (from_state, to_state) and step.allowed in roles
	]
	if any(is_transition_condition_satisfied(step, doc) and _may_approve(step, doc) for step in steps):
		return
	frappe.throw(
		_(
			"You cannot take {0} from {1} to {2}. Ask somebody whose role has that button, or reload the form."
		).format(frappe.bold(doc.name), frappe.bold(_(from_state)), frappe.bold(_(to_state))),
		TransitionRefusedError,
		title=_("Step Refused"),
	)


def _may_approve(step: Document, doc: Document) -> bool:
	return bool(step.allow_self_approval) or frappe.session.user != doc.owner


def _check_asked(doc: Document, before: Document, fieldnames: list[str]) -> None:
	missing = [name for name in fieldnames if not doc.get(name) or not _is_given_now(doc, before, name)]
	if missing:
		frappe.throw(
			_("Fill {0} to go on: use the button of the workflow, which asks for it.").format(
				frappe.bold(_labels(doc.meta, missing))
			),
			MissingInputError,
			title=_("Something is Missing"),
		)


def _is_given_now(doc: Document, before: Document, fieldname: str) -> bool:
	"""Tell whether an answer is of this step: what an earlier round answered does not pass for it."""
	if fieldname in _dialog_values(doc):
		return True
	if fieldname in open_fields(doc.doctype, before.get(STATE_FIELD)):
		return True
	return _differs(doc.meta.get_field(fieldname), doc, before)


def _dialog_values(doc: Document) -> dict[str, Any]:
	dialog = frappe.flags.get(DIALOG_FLAG)
	is_about_doc = dialog and (dialog["doctype"], dialog["name"]) == (doc.doctype, doc.name)
	return dialog["values"] if is_about_doc else {}


def _fields_set_by_workflow(doc: Document, state: str) -> set[str]:
	return {
		row.update_field for row in _workflow(doc.doctype).states if row.state == state and row.update_field
	}


def _changed_fields(doc: Document, before: Document) -> list[str]:
	"""Return the names of changed fields; of a table `table.field`, or `table` when its rows are others."""
	owned = {*server_fields(doc.meta), STATE_FIELD}
	changed: list[str] = []
	for field in doc.meta.fields:
		if field.fieldname in owned or (
			field.fieldtype in no_value_fields and field.fieldtype not in table_fields
		):
			continue
		if field.fieldtype in table_fields:
			changed += _changed_in_table(doc, before, field.fieldname, field.options)
		elif not field.fetch_from and _differs(field, doc, before):
			changed.append(field.fieldname)
	return changed


def _changed_in_table(doc: Document, before: Document, fieldname: str, child_doctype: str) -> list[str]:
	new_rows, old_rows = doc.get(fieldname), before.get(fieldname)
	if [row.name for row in new_rows] != [row.name for row in old_rows]:
		return [fieldname]
	fields = [
		field
		for field in frappe.get_meta(child_doctype).fields
		if field.fieldtype not in no_value_fields and not field.fetch_from and not field.read_only
	]
	return sorted(
		{
			f"{fieldname}.{field.fieldname}"
			for new, old in zip(new_rows, old_rows, strict=True)
			for field in fields
			if _differs(field, new, old)
		}
	)


def _differs(field: Document, new: Document, old: Document) -> bool:
	return _comparable(field.fieldtype, new.get(field.fieldname)) != _comparable(
		field.fieldtype, old.get(field.fieldname)
	)


def _comparable(fieldtype: str, value: Any) -> Any:
	"""Bring what a form sends (text) and what the database holds (typed) to one form."""
	if fieldtype in ("Float", "Currency", "Percent"):
		return flt(value, 9)
	if fieldtype in ("Int", "Check"):
		return cint(value)
	if fieldtype == "Datetime":
		return get_datetime(value).replace(microsecond=0) if value else None
	if fieldtype == "Date":
		return getdate(value) if value else None
	return cstr(value).strip()


def _is_open(meta: Meta, name: str, opened: frozenset[str]) -> bool:
	table = name.split(".")[0]
	field = meta.get_field(table)
	return name in opened or table in opened or bool(field and field.get("is_custom_field"))


def _labels(meta: Meta, names: list[str]) -> str:
	fieldnames = dict.fromkeys(name.split(".")[0] for name in names)
	return ", ".join(_(meta.get_label(fieldname)) for fieldname in fieldnames)
