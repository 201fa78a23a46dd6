"""What the waits ask of other tables: when a state began, who leads, who holds a role. One query each.

These look up facts about documents that the reader was found to read, or that are left out later; they ask no
permission themselves.
"""

from collections.abc import Collection
from datetime import datetime

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max, Min
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, EIGHT_D, MILESTONE
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services.clock.clock_copies import RUNNING


def entered_on(doctype: str, states: Collection[str], complaint: str | None = None) -> dict[str, datetime]:
	"""Return when the documents in these states entered theirs, as the host notes each step in the timeline."""
	comment, doc = DocType("Comment"), DocType(doctype)
	query = (
		frappe.qb.from_(doc)
		.join(comment)
		.on((comment.reference_doctype == doctype) & (comment.reference_name == doc.name))
		.select(doc.name, Max(comment.creation))
		.where(doc.workflow_state.isin([str(state) for state in states]))
		.where(comment.comment_type == "Workflow")
		.groupby(doc.name)
	)
	if complaint and doctype == EIGHT_D:
		query = query.where(doc.name.isin(reports_of(complaint) or [""]))
	elif complaint:
		query = query.where((doc.name if doctype == COMPLAINT else doc.complaint) == complaint)
	return {name: get_datetime(moment) for name, moment in query.run()}


def reports_of(complaint: str) -> list[str]:
	"""Return the 8D reports that have a complaint among their sources."""
	filters = {"complaint": complaint, "parenttype": EIGHT_D}
	return frappe.get_all("Complaint 8D Source", filters=filters, pluck="parent", distinct=True)


def open_measures(complaint: str | None = None) -> dict[str, tuple[datetime, str | None]]:
	"""Return of each complaint being executed the open measure due first: when, and whose it is."""
	measure, doc, employee = DocType("Complaint Measure"), DocType(COMPLAINT), DocType("Employee")
	query = (
		frappe.qb.from_(measure)
		.join(doc)
		.on(measure.parent == doc.name)
		.left_join(employee)
		.on(measure.responsible_employee == employee.name)
		.select(measure.parent, measure.due_on, employee.user_id)
		.where((measure.parenttype == COMPLAINT) & measure.done_on.isnull() & measure.due_on.isnotnull())
		.where(doc.workflow_state == str(ComplaintState.EXECUTING))
		.orderby(measure.due_on)
	)
	if complaint:
		query = query.where(doc.name == complaint)
	found: dict[str, tuple[datetime, str | None]] = {}
	for parent, due, user in query.run():
		found.setdefault(parent, (get_datetime(due), user))
	return found


def sources_of(reports: Collection[str]) -> dict[str, list[str]]:
	"""Return the complaints of 8D reports."""
	found: dict[str, list[str]] = {}
	rows = _rows_of("Complaint 8D Source", reports, ["parent", "complaint"])
	for row in rows:
		found.setdefault(row.parent, []).append(row.complaint)
	return found


def leaders_of(reports: Collection[str]) -> dict[str, str | None]:
	"""Return the user who leads each 8D report."""
	team, employee = DocType("Complaint Team Member"), DocType("Employee")
	if not reports:
		return {}
	rows = (
		frappe.qb.from_(team)
		.join(employee)
		.on(team.employee == employee.name)
		.select(team.parent, employee.user_id)
		.where((team.parenttype == EIGHT_D) & (team.is_leader == 1) & team.parent.isin(list(reports)))
		.run()
	)
	return dict(rows)


def next_dues_of(reports: Collection[str]) -> dict[str, datetime]:
	"""Return when the next running clock of each 8D report is due."""
	if not reports:
		return {}
	clock = DocType(MILESTONE)
	rows = (
		frappe.qb.from_(clock)
		.select(clock.reference_name, Min(clock.due_at))
		.where((clock.reference_doctype == EIGHT_D) & clock.reference_name.isin(list(reports)))
		.where(clock.state.isin(RUNNING))
		.groupby(clock.reference_name)
		.run()
	)
	return {name: get_datetime(due) for name, due in rows}


def full_names(users: Collection[str]) -> dict[str, str]:
	"""Return the names of users as people know them."""
	if not users:
		return {}
	rows = frappe.get_all("User", filters={"name": ("in", sorted(users))}, fields=["name", "full_name"])
	return {row.name: row.full_name or row.name for row in rows}


def _rows_of(doctype: str, parents: Collection[str], fields: list[str]) -> list[frappe._dict]:
	if not parents:
		return []
	filters = {"parent": ("in", list(parents)), "parenttype": EIGHT_D}
	return frappe.get_all(doctype, filters=filters, fields=fields, order_by="idx asc")
