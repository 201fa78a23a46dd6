"""What a procedure of the site and its shipped version differ in, and how people read it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.model import data_fieldtypes
from frappe.model.document import Document
from frappe.utils import cint, cstr, flt

from complaint_handling.constants import PROCEDURE
from complaint_handling.domain.differences import Difference, Kind, Shape, TableShape, differences
from complaint_handling.exceptions import ProcedureError
from complaint_handling.services.presets.shipped import shipped_for
from complaint_handling.setup import DATA

# What says which procedure it is, and whose; a shipped version has no say in it.
IDENTITY = ("code", "company", "shipped_code", "shipped_version", "amended_from")
# What makes a row the same row on either side.
ROW_KEYS = {
	"severities": ("severity",),
	"channels": ("channel",),
	"checks": ("purpose", "question"),
	"closing_requirements": ("requirement", "severity"),
	"targets": ("stage", "applies_to", "starts_on", "severity", "only_urgent", "slip_kind"),
	"escalation_steps": ("level",),
	"authority_limits": ("role",),
	"recipients": ("purpose", "recipient"),
	"forms": ("form_name",),
	"decisions": ("setting", "chosen"),
}
NUMBERS = {"Check": cint, "Int": cint, "Float": flt, "Percent": flt, "Currency": flt}


def shape() -> Shape:
	"""Return the fields and tables of a procedure that are compared."""
	meta = frappe.get_meta(PROCEDURE)
	return Shape(
		tuple(name for name in _columns(PROCEDURE) if name not in IDENTITY),
		tuple(
			TableShape(table.fieldname, ROW_KEYS[table.fieldname], _columns(table.options))
			for table in meta.get_table_fields()
		),
	)


def stored_values(procedure: Document) -> dict[str, Any]:
	"""Return what stands in a procedure, in comparable values."""
	return _comparable(procedure, has_defaults=False)


def shipped_values(shipped: Mapping[str, Any]) -> dict[str, Any]:
	"""Return what a shipped procedure holds once it is inserted: what it leaves out has the field's default."""
	return _comparable(shipped, has_defaults=True)


def shipped_of(procedure: Document, data: Path = DATA) -> dict[str, Any]:
	"""Return the shipped procedure that this one was taken from; a company's own one is refused."""
	shipped = shipped_for(procedure, data)
	if not shipped:
		frappe.throw(
			_("{0} was not taken from a shipped procedure, so there is nothing to compare it with.").format(
				frappe.bold(procedure.name)
			),
			ProcedureError,
		)
	return shipped


def compare(procedure: Document, data: Path = DATA) -> tuple[Difference, ...]:
	"""Return what a procedure and its shipped version differ in."""
	shipped = shipped_of(procedure, data)
	return differences(stored_values(procedure), shipped_values(shipped), shape())


def as_text(difference: Difference) -> dict[str, Any]:
	"""Return a difference as people read it: where it stands, what the row is, and what stands on either side."""
	written = _row_as_text(difference) if difference.table else _field_as_text(difference)
	return {"id": difference.id, "kind": difference.kind.value, **written}


def _comparable(values: Any, has_defaults: bool) -> dict[str, Any]:
	meta = frappe.get_meta(PROCEDURE)
	compared = _row(PROCEDURE, values, has_defaults)
	for table in meta.get_table_fields():
		rows = values.get(table.fieldname) or ()
		compared[table.fieldname] = [_row(table.options, row, has_defaults) for row in rows]
	return compared


def _row(doctype: str, values: Any, has_defaults: bool) -> dict[str, Any]:
	meta = frappe.get_meta(doctype)
	row = {}
	for name in _columns(doctype):
		field, value = meta.get_field(name), values.get(name)
		if value is None and has_defaults:
			value = field.default
		row[name] = NUMBERS.get(field.fieldtype, cstr)(value)
	return row


def _columns(doctype: str) -> tuple[str, ...]:
	fields = frappe.get_meta(doctype).fields
	return tuple(field.fieldname for field in fields if field.fieldtype in data_fieldtypes)


def _field_as_text(difference: Difference) -> dict[str, Any]:
	name = str(difference.key[0])
	return {
		"where": _("Settings"),
		"what": _label(PROCEDURE, name),
		"ours": [_shown(PROCEDURE, name, (difference.ours or {})[name])],
		"shipped": [_shown(PROCEDURE, name, (difference.shipped or {})[name])],
	}


def _row_as_text(difference: Difference) -> dict[str, Any]:
	doctype = frappe.get_meta(PROCEDURE).get_field(difference.table).options
	return {
		"where": _label(PROCEDURE, difference.table),
		"what": _row_name(doctype, difference),
		"ours": _columns_as_text(doctype, difference, difference.ours),
		"shipped": _columns_as_text(doctype, difference, difference.shipped),
	}


def _row_name(doctype: str, difference: Difference) -> str:
	"""Return what a row is called: its key without what is empty, a mark by its label."""
	named = []
	for name, value in zip(ROW_KEYS[difference.table], difference.key, strict=False):
		is_mark = frappe.get_meta(doctype).get_field(name).fieldtype == "Check"
		if value:
			named.append(_label(doctype, name) if is_mark else _(cstr(value), context=doctype))
	return " · ".join(named)


def _columns_as_text(doctype: str, difference: Difference, row: Mapping[str, Any] | None) -> list[str]:
	"""Return what differs of a row, or all that a row says besides its name where it is on one side only."""
	if row is None:
		return []
	if difference.kind == Kind.CHANGED:
		names = list(row)
	else:
		names = [name for name in row if row[name] and name not in ROW_KEYS[difference.table]]
	return [f"{_label(doctype, name)}: {_shown(doctype, name, row[name])}" for name in names] or ["✓"]


def _shown(doctype: str, name: str, value: Any) -> str:
	field = frappe.get_meta(doctype).get_field(name)
	if field.fieldtype == "Check":
		return "✓" if value else "–"
	if field.fieldtype in NUMBERS:
		return f"{value:g}"
	return _(value, context=doctype) if value else "–"


def _label(doctype: str, fieldname: str) -> str:
	return _(frappe.get_meta(doctype).get_label(fieldname), context=doctype)
