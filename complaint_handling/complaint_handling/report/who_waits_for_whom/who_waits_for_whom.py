"""Who waits for whom over all open cases that the reader may see, grouped by who is waited for."""

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from complaint_handling.domain.waits import Party
from complaint_handling.services.overview import waits

Row = dict[str, Any]

# Of each party the longest waits are shown; its line counts them all.
MAXIMUM_SHOWN = 500


def execute(
	filters: dict | None = None,
) -> tuple[list[Row], list[Row], str | None, Row | None, list[Row]]:
	asked = frappe._dict(filters or {})
	found = [wait for wait in waits.open_waits(_of_complaints(asked)) if _is_asked_for(wait, asked)]
	return get_columns(), get_rows(found), get_message(found), get_chart(found), get_summary(found)


def get_columns() -> list[Row]:
	return [
		_column("waited_for_label", _("Waited for"), "Data", 300),
		_column("matter", _("What for"), "Data", 190),
		_column("complaint", _("Complaint"), "Link", 140, options="Customer Complaint"),
		_column("customer_name", _("Customer"), "Data", 170),
		_column("days", _("Days"), "Int", 70),
		_column("working_hours", _("Age in Working Hours"), "Float", 150, precision=1),
		_column("due", _("Due"), "Datetime", 170),
		_column("overdue", _("Overdue"), "Data", 90),
		_column("since", _("Since"), "Datetime", 170),
		_column("waiting_label", _("Who Waits"), "Data", 140),
		_column("document", _("Document"), "Dynamic Link", 150, options="document_type"),
		_column("subject", _("Subject"), "Data", 260),
	]


def get_rows(found: list[Row]) -> list[Row]:
	"""Return a line for each party that is waited for, the one with most waits first, and its waits below."""
	rows: list[Row] = []
	for party, _count in Counter(wait["waited_for"] for wait in found).most_common():
		group = [wait for wait in found if wait["waited_for"] == party]
		rows.append(_group_row(party, group))
		rows += [_row(wait) for wait in group[:MAXIMUM_SHOWN]]
	return rows


def get_message(found: list[Row]) -> str | None:
	largest = max(Counter(wait["waited_for"] for wait in found).values(), default=0)
	if largest <= MAXIMUM_SHOWN:
		return None
	return _("The {0} longest waits for each are shown; the totals count all.").format(MAXIMUM_SHOWN)


def get_chart(found: list[Row]) -> Row | None:
	if not found:
		return None
	parties = [party for party, _count in Counter(wait["waited_for"] for wait in found).most_common()]
	late = Counter(wait["waited_for"] for wait in found if wait["is_overdue"])
	other = Counter(wait["waited_for"] for wait in found if not wait["is_overdue"])
	return {
		"type": "bar",
		"data": {
			"labels": [_(party) for party in parties],
			"datasets": [
				{"name": _("Overdue"), "values": [late[party] for party in parties]},
				{"name": _("In Time"), "values": [other[party] for party in parties]},
			],
		},
		"colors": ["#e24c4c", "#7cb5ec"],
		"barOptions": {"stacked": 1},
	}


def get_summary(found: list[Row]) -> list[Row]:
	overdue = sum(wait["is_overdue"] for wait in found)
	for_us = sum(wait["waiting"] == str(Party.CUSTOMER) for wait in found)
	for_customer = sum(wait["waited_for"] == str(Party.CUSTOMER) for wait in found)
	oldest = max((wait["days"] for wait in found), default=0)
	return [
		{"label": _("Waits"), "value": len(found), "datatype": "Int", "indicator": "Blue"},
		{
			"label": _("Overdue"),
			"value": overdue,
			"datatype": "Int",
			"indicator": "Red" if overdue else "Green",
		},
		{"label": _("Customers Wait for Us"), "value": for_us, "datatype": "Int", "indicator": "Orange"},
		{"label": _("We Wait for Customers"), "value": for_customer, "datatype": "Int", "indicator": "Blue"},
		{"label": _("Oldest, in Days"), "value": oldest, "datatype": "Int", "indicator": "Grey"},
	]


def _of_complaints(asked: frappe._dict) -> Row:
	return {field: asked[field] for field in ("company", "customer") if asked.get(field)}


def _is_asked_for(wait: Row, asked: frappe._dict) -> bool:
	return (
		(not asked.waited_for or wait["waited_for"] == asked.waited_for)
		and (not asked.department or wait["department"] == asked.department)
		and (not asked.user or asked.user in wait["users"])
		and wait["days"] >= cint(asked.older_than)
		and (not cint(asked.only_overdue) or wait["is_overdue"])
	)


def _group_row(party: str, group: list[Row]) -> Row:
	overdue = sum(wait["is_overdue"] for wait in group)
	return {
		"waited_for_label": f"{_(party)} ({len(group)})",
		"days": max(wait["days"] for wait in group),
		"working_hours": max(wait["working_hours"] for wait in group),
		"since": group[0]["since"],
		"overdue": _("{0} overdue").format(overdue) if overdue else "",
		"is_group": 1,
		"indent": 0,
	}


def _row(wait: Row) -> Row:
	return {
		**wait,
		"waited_for_label": _who(wait) or _(wait["waited_for"]),
		"waiting_label": _(wait["waiting"]),
		"matter": _(wait["matter"]),
		"overdue": _("Overdue") if wait["is_overdue"] else "",
		"indent": 1,
	}


def _who(wait: Row) -> str:
	if wait["waited_for"] == str(Party.CUSTOMER):
		return wait["customer_name"] or ""
	named = wait["names"][0] if len(wait["names"]) == 1 else ""
	place = wait["department"] or (_(wait["role"]) if wait["role"] else "")
	return " · ".join(part for part in (place, named) if part)


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> Row:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}
