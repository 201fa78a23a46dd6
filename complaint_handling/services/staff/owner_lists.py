"""The list of responsible posts that a department confirms after a new organisation (R-003A-09).

It owes the list to customer service within two working days of the company's ordinary calendar, that of the procedure
in force. The head of the department confirms it; what was in force then is kept with it.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import COORDINATOR, OWNER_LIST, PROCEDURE, RESPONSIBLE_POST
from complaint_handling.domain.owner_list import owner_list_due
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services import procedures
from complaint_handling.services.calendar import calendars
from complaint_handling.services.staff import hand_over, posts
from complaint_handling.services.staff.people import holders_of, managers_of
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests


def due_of(company: str, organised_on: datetime) -> datetime | None:
	"""Return when a list is due (naive, system zone); None without a procedure, which brings the calendar."""
	procedure = procedures.choose(company)
	calendar = procedure and frappe.get_cached_value(PROCEDURE, procedure, "default_calendar")
	if not calendar:
		return None
	start = calendars.to_calendar_time(organised_on, calendar)
	return calendars.to_system_time(owner_list_due(calendars.compiled(calendar, start), start), calendar)


def ask_for_lists(company: str, organised_on: datetime) -> list[str]:
	"""Make the list that each department with posts in force owes after a new organisation; return their names.

	Harmless when repeated: a department that owes one for that moment gets no second.
	"""
	departments = frappe.get_all(
		RESPONSIBLE_POST,
		filters={"company": company, "status": posts.IN_FORCE},
		pluck="department",
		distinct=True,
		order_by="department asc",
	)
	return [
		_new(company, department, organised_on)
		for department in departments
		if not frappe.db.exists(
			OWNER_LIST, {"company": company, "department": department, "organised_on": organised_on}
		)
	]


def confirm(owner_list: Document) -> None:
	"""Confirm a list as the head of its department: what is in force is kept, with who confirmed it and when."""
	owner_list = frappe.get_doc(OWNER_LIST, owner_list.name, for_update=True)
	if not hand_over.may_decide(frappe.session.user, owner_list.department):
		frappe.throw(
			_("The head of {0}, or somebody above, confirms the list.").format(
				frappe.bold(owner_list.department)
			),
			TransitionRefusedError,
			title=_("Not Permitted"),
		)
	if owner_list.confirmed_on:
		frappe.throw(_("This list is confirmed already. A later organisation has a list of its own."))
	rows = posts.in_force_of(owner_list.company, owner_list.department)
	if not rows:
		frappe.throw(
			_("{0} has no post in force. Enter the responsible posts first, then confirm the list.").format(
				frappe.bold(owner_list.department)
			)
		)
	now = now_datetime()
	is_late = owner_list.due_at and now > get_datetime(owner_list.due_at)
	owner_list.flags.confirmation = {
		"confirmed_by": frappe.session.user,
		"confirmed_on": now,
		"in_time": "No" if is_late else "Yes",
		"posts": [{**row, "post": row.name, "name": None} for row in rows],
	}
	# Who confirms was asked above, by the department and not by a role alone.
	owner_list.save(ignore_permissions=True)


def remind_of_overdue() -> int:
	"""Tell coordinators and the department's heads once of each list that is overdue; return how many are new."""
	overdue = frappe.get_all(
		OWNER_LIST,
		filters=[
			["confirmed_on", "is", "not set"],
			["reminded_on", "is", "not set"],
			["due_at", "is", "set"],
			["due_at", "<", now_datetime()],
		],
		fields=["name", "department", "due_at"],
		order_by="due_at asc, name asc",
	)
	send_digests([notice for row in overdue for notice in _notices(row)])
	for row in overdue:
		frappe.db.set_value(OWNER_LIST, row.name, "reminded_on", now_datetime(), update_modified=False)
	return len(overdue)


def _new(company: str, department: str, organised_on: datetime) -> str:
	owner_list = frappe.new_doc(OWNER_LIST)
	owner_list.update({"company": company, "department": department, "organised_on": organised_on})
	return owner_list.insert().name


def _notices(row: frappe._dict) -> list[Notice]:
	users = dict.fromkeys([*holders_of(COORDINATOR), *managers_of(row.department)])
	return [
		Notice(
			user,
			OWNER_LIST,
			row.name,
			_("{0} owes its list of responsible posts since {1}", lang=language_of(user)).format(
				row.department, frappe.utils.format_datetime(row.due_at)
			),
		)
		for user in users
		if frappe.has_permission(OWNER_LIST, "read", doc=row.name, user=user)
	]
