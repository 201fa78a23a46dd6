"""Frozen due times beside those recomputed under the present calendars."""

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, now_datetime

from complaint_handling.services.clock.clock_copies import OPEN, RUNNING
from complaint_handling.services.clock.recomputed import Recomputed, recomputed

Row = dict[str, Any]


def execute(
	filters: dict | None = None,
) -> tuple[list[Row], list[Row], str | None, Row | None, list[Row]]:
	asked = frappe._dict(filters or {})
	_check_bounded(asked)
	found = list(recomputed(_of_clocks(asked)))
	shown = [each for each in found if each.differs] if cint(asked.only_differing) else found
	return get_columns(), [_row(each) for each in shown], None, get_chart(found), get_summary(found)


def get_columns() -> list[Row]:
	return [
		_column("stage", _("Stage"), "Data", 150),
		_column("reference_name", _("Document"), "Dynamic Link", 150, options="reference_doctype"),
		_column("state", _("State"), "Data", 100),
		_column("length", _("Target", context="Complaint Milestone"), "Data", 120),
		_column(
			"calendar",
			_("Calendar", context="Complaint Milestone"),
			"Link",
			170,
			options="Complaint Calendar",
		),
		_column("started_at", _("Start"), "Datetime", 170),
		_column("frozen", _("Frozen Due Time"), "Datetime", 170),
		_column("today", _("Under the Present Calendar"), "Datetime", 200),
		_column("difference", _("Difference in Working Hours"), "Float", 130, precision=1),
		_column("due_at", _("Due Now"), "Datetime", 170),
		_column("remark", _("Remark"), "Data", 200),
		_column("complaint", _("Complaint"), "Link", 150, options="Customer Complaint"),
		# No link: the host refuses a report with links to what the reader may not read.
		_column("department", _("Department"), "Data", 150),
		_column(
			"milestone",
			_("Milestone", context="Complaint Milestone"),
			"Link",
			120,
			options="Complaint Milestone",
		),
	]


def get_chart(found: list[Recomputed]) -> Row | None:
	differing = [each for each in found if each.differs]
	if not differing:
		return None
	calendars = [name for name, _count in Counter(each.clock.calendar for each in differing).most_common()]
	earlier = Counter(each.clock.calendar for each in differing if each.today < each.frozen)
	later = Counter(each.clock.calendar for each in differing if each.today > each.frozen)
	return {
		"type": "bar",
		"data": {
			"labels": [_(name) for name in calendars],
			"datasets": [
				{"name": _("Would Be Earlier"), "values": [earlier[name] for name in calendars]},
				{"name": _("Would Be Later"), "values": [later[name] for name in calendars]},
			],
		},
		"colors": ["#e6a23c", "#7cb5ec"],
		"barOptions": {"stacked": 1},
	}


def get_summary(found: list[Recomputed]) -> list[Row]:
	earlier = sum(each.differs and each.today < each.frozen for each in found)
	later = sum(each.differs and each.today > each.frozen for each in found)
	largest = max((abs(each.difference) for each in found), default=0)
	return [
		{"label": _("Clocks"), "value": len(found), "datatype": "Int", "indicator": "Blue"},
		{"label": _("Would Be Earlier"), "value": earlier, "datatype": "Int", "indicator": "Orange"},
		{"label": _("Would Be Later"), "value": later, "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Overdue Only under the Present Calendar"),
			"value": sum(_is_overdue_today_only(each) for each in found),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Largest Difference in Working Hours"),
			"value": f"{largest:g}",
			"datatype": "Data",
			"indicator": "Grey",
		},
	]


def _check_bounded(asked: frappe._dict) -> None:
	"""Refuse to compute every clock that ever ran: ended ones are asked for with dates."""
	if not cint(asked.running_only) and not (asked.from_date and asked.to_date):
		frappe.throw(
			_(
				"Without Only Running Clocks the report needs both dates. Enter Due from and Due until, or tick it."
			)
		)


def _of_clocks(asked: frappe._dict) -> list[list]:
	filters = [[field, "=", asked[field]] for field in ("calendar", "company") if asked.get(field)]
	states = ["state", "in", OPEN] if cint(asked.running_only) else ["state", "!=", "Cancelled"]
	if asked.from_date:
		filters.append(["due_at", ">=", asked.from_date])
	if asked.to_date:
		filters.append(["due_at", "<", add_days(asked.to_date, 1)])
	return [states, *filters]


def _is_overdue_today_only(each: Recomputed) -> bool:
	now = now_datetime()
	return each.differs and each.clock.state in RUNNING and each.today < now <= each.frozen


def _row(each: Recomputed) -> Row:
	clock = each.clock
	return {
		**clock,
		"milestone": clock.name,
		"stage": _(clock.stage),
		"state": _(clock.state, context="Complaint Milestone"),
		"stored_state": clock.state,
		"length": f"{clock.target_value:g} {_(clock.target_unit, context='Complaint Milestone')}",
		"frozen": each.frozen,
		"today": each.today,
		"difference": each.difference if each.today else None,
		"differs": each.differs,
		"remark": _(each.remark) if each.remark else "",
	}


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> Row:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
