"""What an escalation does besides telling: a task for the recipient, or the document in his hands."""

import frappe
from frappe import _
from frappe.utils import escape_html, get_fullname

from complaint_handling.constants import COMPLAINT, ESCALATION_LOG, MILESTONE, SLIP
from complaint_handling.services.access import stale_access
from complaint_handling.services.clock.clock_copies import OPEN
from complaint_handling.services.sweep import bulk
from complaint_handling.services.sweep.escalation_log import ASSIGN, HAND_OVER, Entry
from complaint_handling.services.sweep.escalation_plan import Plan


def perform(entries: list[Entry], plan: Plan) -> None:
	"""Carry out what the entries ask for, their log rows being written: those let the recipient read the case.

	An action that is refused leaves the escalation as a notice, says so on the log row, and stops no other.
	"""
	for entry in entries:
		if entry.action not in (ASSIGN, HAND_OVER) or not entry.choice.user:
			continue
		frappe.db.savepoint("action")
		try:
			if entry.action == HAND_OVER:
				_hand_over(entry, plan)
			_assign(entry)
		except bulk.LOST_LOCKS:
			raise
		except Exception:
			frappe.db.rollback(save_point="action")
			frappe.log_error(
				title="Escalation could not be carried out",
				reference_doctype=ESCALATION_LOG,
				reference_name=entry.key,
			)
			values = {"action": "Notify", "reason": _("Told only: {0} was refused.").format(_(entry.action))}
			frappe.db.set_value(ESCALATION_LOG, entry.key, values, update_modified=False)


def _assign(entry: Entry) -> None:
	"""Put a task on the recipient's list, once.

	The task itself, not the host's `assign_to.add`: that would in addition write a notice at once, at night as
	well; the digest tells of it in working time.
	"""
	milestone, user = entry.milestone, entry.choice.user
	task = {
		"reference_type": milestone["reference_doctype"],
		"reference_name": milestone["reference_name"],
		"allocated_to": user,
		"status": "Open",
	}
	if frappe.db.exists("ToDo", task):
		return
	description = _("{0}: {1} is overdue and escalated").format(
		milestone["reference_name"], _(milestone["stage"])
	)
	todo = frappe.get_doc({"doctype": "ToDo", **task, "description": description, "priority": "High"})
	todo.assigned_by = frappe.session.user
	# The recipient's own task, written by a job.
	todo.insert(ignore_permissions=True)


def _hand_over(entry: Entry, plan: Plan) -> None:
	"""Make the recipient the responsible person of the document and of its clocks that are not over.

	`modified` changes: a form opened before is refused instead of undoing this.
	"""
	milestone, user = entry.milestone, entry.choice.user
	doctype, name = milestone["reference_doctype"], milestone["reference_name"]
	before = milestone["responsible_user"]
	if doctype == COMPLAINT:
		frappe.db.set_value(COMPLAINT, name, "complaint_owner", user)
	elif doctype == SLIP:
		frappe.db.set_value(SLIP, name, _handler(plan.employee_of(user, milestone["company"]), user))
	open_clocks = {"reference_doctype": doctype, "reference_name": name, "state": ("in", OPEN)}
	frappe.db.set_value(MILESTONE, open_clocks, "responsible_user", user)
	frappe.clear_document_cache(doctype, name)
	stale_access.end_stale_access(frappe.get_doc(doctype, name))
	if before and before != user:
		_close_tasks(doctype, name, before)
	_note_hand_over(entry, before)


def _handler(employee: str, user: str) -> dict[str, str]:
	return {
		"responsible_employee": employee,
		"responsible_user": user,
		"handler_name": frappe.db.get_value("Employee", employee, "employee_name"),
	}


def _close_tasks(doctype: str, name: str, user: str) -> None:
	"""Close what others gave a person to do on a document; what he noted for himself stays."""
	filters = {
		"reference_type": doctype,
		"reference_name": name,
		"allocated_to": user,
		"assigned_by": ("!=", user),
		"status": "Open",
	}
	for task in frappe.get_all("ToDo", filters=filters, pluck="name", order_by="creation asc"):
		# Saved, not set: the host then takes the user out of `_assign` and notes it in the timeline.
		todo = frappe.get_doc("ToDo", task)
		todo.status = "Closed"
		todo.save(ignore_permissions=True)


def _note_hand_over(entry: Entry, before: str | None) -> None:
	milestone = entry.milestone
	text = _("{0} takes over from {1}: {2} is overdue (level {3})").format(
		get_fullname(entry.choice.user),
		get_fullname(before) if before else _("nobody"),
		_(milestone["stage"]),
		entry.moment.level,
	)
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Info",
			"comment_email": frappe.session.user,
			"comment_by": get_fullname(frappe.session.user),
			"reference_doctype": milestone["reference_doctype"],
			"reference_name": milestone["reference_name"],
			"content": escape_html(text),
		}
	).insert(ignore_permissions=True)
