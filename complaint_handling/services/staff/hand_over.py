"""A responsible post changes hands: proposed, decided by the head of the department, carried out on its day.

R-003A-10: the department head approves before the hand-over, and coordinators are told of the change. Until it is
approved, and until its day, the present holder stays. A short leave is no hand-over and nobody is told of it.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, nowdate

from complaint_handling.constants import (
	COORDINATOR,
	GENERAL_MANAGER,
	RESPONSIBLE_POST,
	VICE_PRESIDENT,
)
from complaint_handling.exceptions import TransitionRefusedError
from complaint_handling.services.access.reading_rules import Reader
from complaint_handling.services.staff import hand_over_notices, handlers
from complaint_handling.services.staff.people import user_of
from complaint_handling.services.staff.posts import ENDED, IN_FORCE, PROPOSED, REFUSED

TAKEN_OVER = ("company", "department", "category", "item_group", "duty", "valid_to")
ABOVE_DEPARTMENTS = frozenset((VICE_PRESIDENT, GENERAL_MANAGER))
KEEPERS = frozenset((COORDINATOR, "System Manager"))


def propose(post: Document, employee: str, valid_from: str | date, reason: str) -> Document:
	"""Propose that another employee takes a post in force over on a day, and return the proposed post."""
	post = frappe.get_doc(RESPONSIBLE_POST, post.name, for_update=True)
	_check_may_propose(post)
	_check_proposal(post, employee, getdate(valid_from), reason)
	proposal = frappe.new_doc(RESPONSIBLE_POST)
	proposal.update({field: post.get(field) for field in TAKEN_OVER})
	proposal.update({"employee": employee, "valid_from": getdate(valid_from)})
	for row in post.copies:
		proposal.append("copies", {"user": row.user})
	# What the server owns of a post, given by this service and by nobody else.
	proposal.flags.hand_over = {
		"status": PROPOSED,
		"replaces": post.name,
		"handover_reason": reason.strip(),
	}
	# Whoever may propose was asked above; the post holder has no right on posts.
	proposal.insert(ignore_permissions=True)
	hand_over_notices.tell_of_proposal(proposal)
	return proposal


def approve(proposal: Document, note: str | None = None) -> None:
	"""Let a proposed hand-over take effect: at once where its day has come, else on that day."""
	proposal = _decide(proposal, IN_FORCE, note)
	old = frappe.get_doc(RESPONSIBLE_POST, proposal.replaces, for_update=True)
	old.db_set("valid_to", add_days(getdate(proposal.valid_from), -1))
	hand_over_notices.tell_of_change(proposal, old)
	carry_out_due()


def refuse(proposal: Document, note: str) -> None:
	"""Refuse a proposed hand-over; the present holder stays."""
	if not (note or "").strip():
		frappe.throw(_("The reason is missing. Write why the hand-over is refused."))
	hand_over_notices.tell_of_refusal(_decide(proposal, REFUSED, note))


def carry_out_due() -> int:
	"""End the posts whose last day is over, and give the successor the open work; return how many ended.

	Harmless when repeated: a post ends once. Call daily.
	"""
	over = frappe.get_all(
		RESPONSIBLE_POST,
		# Without a last day a post is not over; the host takes an empty one for the earliest.
		filters=[["status", "=", IN_FORCE], ["valid_to", "is", "set"], ["valid_to", "<", nowdate()]],
		fields=["name", "employee", "company", "department", "duty"],
		order_by="valid_to asc, name asc",
	)
	for post in over:
		frappe.db.set_value(RESPONSIBLE_POST, post.name, "status", ENDED)
	for post in over:
		if frappe.db.exists(RESPONSIBLE_POST, {"replaces": post.name, "status": IN_FORCE}):
			handlers.move_to_present_holders(post)
	return len(over)


def may_decide(user: str, department: str) -> bool:
	"""Tell whether a user heads the department or one above it, or is above all departments."""
	reader = Reader(user)
	is_head = reader.manages_department and department in reader.departments
	return is_head or bool(reader.roles & ABOVE_DEPARTMENTS)


def may_propose(user: str, post: Document) -> bool:
	"""Tell whether a user may propose a hand-over: who keeps the list, the department's head or the holder."""
	is_keeper = bool(Reader(user).roles & KEEPERS)
	return is_keeper or user == user_of(post.employee) or may_decide(user, post.department)


def _decide(proposal: Document, status: str, note: str | None) -> Document:
	proposal = frappe.get_doc(RESPONSIBLE_POST, proposal.name, for_update=True)
	_check_may_decide(proposal)
	proposal.flags.hand_over = {
		"status": status,
		"decided_by": frappe.session.user,
		"decided_on": now_datetime(),
		"decision_note": (note or "").strip() or None,
	}
	# Who decides was asked above; a department manager has no right to write posts.
	proposal.save(ignore_permissions=True)
	return proposal


def _check_may_propose(post: Document) -> None:
	if not may_propose(frappe.session.user, post):
		_refuse(_("The holder, the head of {0} or a coordinator proposes a hand-over."), post.department)
	if post.status != IN_FORCE:
		frappe.throw(_("Only a post in force is handed over. This one is not."))
	waiting = frappe.db.exists(
		RESPONSIBLE_POST, {"replaces": post.name, "status": ("in", (PROPOSED, IN_FORCE))}
	)
	if waiting:
		frappe.throw(_("A hand-over of this post is proposed or agreed already: {0}.").format(waiting))


def _check_proposal(post: Document, employee: str, valid_from: date, reason: str) -> None:
	if not (reason or "").strip():
		frappe.throw(_("The reason is missing. Write why the post changes hands."))
	if employee == post.employee:
		frappe.throw(_("This employee holds the post already. Choose another one."))
	if valid_from < getdate(nowdate()) or valid_from <= getdate(post.valid_from):
		frappe.throw(
			_(
				"A hand-over is for today or later, and after the day on which the post began. Correct the day."
			)
		)


def _check_may_decide(proposal: Document) -> None:
	user = frappe.session.user
	if proposal.status != PROPOSED:
		frappe.throw(_("This hand-over is decided already. Reload the form."))
	holders = {
		user_of(proposal.employee),
		user_of(frappe.db.get_value(RESPONSIBLE_POST, proposal.replaces, "employee")),
	}
	if user in holders:
		_refuse(
			_("Nobody decides on the own post. Ask the head of {0}, or somebody above."), proposal.department
		)
	if not may_decide(user, proposal.department):
		_refuse(_("The head of {0}, or somebody above, decides on the hand-over."), proposal.department)


def _refuse(message: str, department: str) -> None:
	frappe.throw(message.format(frappe.bold(department)), TransitionRefusedError, title=_("Not Permitted"))
