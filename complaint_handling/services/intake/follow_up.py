"""The follow-up owner of a case, where the procedure has one: the holder of a post by default (R-003A-14)."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ComplaintState
from complaint_handling.services import procedures
from complaint_handling.services.staff import posts
from complaint_handling.services.staff.people import user_of


def set_owner(complaint: Document) -> None:
	"""Name the follow-up owner of a registered case; one that a person chose stays.

	A second or repeat complaint stays with whoever follows up the earlier one.
	"""
	if complaint.workflow_state not in (None, ComplaintState.REGISTERED):
		return
	if not procedures.procedure_of(complaint).has_follow_up_owner:
		return
	if not complaint.follow_up_employee or _is_default_of_new_repeat(complaint):
		complaint.follow_up_employee = _of_earlier_complaint(complaint) or post_holder(complaint)


def post_holder(complaint: Document) -> str | None:
	"""Return who follows up such a case by the list of posts: of the closest post in force today.

	The substitute stands in where the post holder is no longer active; who is complained about is passed over.
	"""
	fitting = posts.fitting(posts.scope_of(complaint), duty=posts.FOLLOWS_UP)
	candidates = (employee for post in fitting for employee in (post.employee, post.substitute))
	return next((employee for employee in candidates if _is_free(employee, complaint)), None)


def _is_default_of_new_repeat(complaint: Document) -> bool:
	if complaint.is_new() or not complaint.repeat_of or not complaint.has_value_changed("repeat_of"):
		return False
	chosen_now = complaint.has_value_changed("follow_up_employee")
	return not chosen_now and complaint.follow_up_employee == post_holder(complaint)


def _of_earlier_complaint(complaint: Document) -> str | None:
	filters = {
		"customer": complaint.customer,
		"company": complaint.company,
		"name": ("!=", complaint.name or ""),
		"follow_up_employee": ("is", "set"),
		"workflow_state": ("not in", tuple(ENDED_COMPLAINT_STATES)),
	}
	names = [complaint.repeat_of] if complaint.repeat_of else []
	if complaint.customer:
		names += frappe.get_all(
			COMPLAINT, filters=filters, pluck="name", order_by="received_on desc", limit=1
		)
	employees = (frappe.db.get_value(COMPLAINT, name, "follow_up_employee") for name in names)
	return next((employee for employee in employees if _is_free(employee, complaint)), None)


def _is_free(employee: str | None, complaint: Document) -> bool:
	return employee != complaint.complained_about_employee and bool(user_of(employee))
