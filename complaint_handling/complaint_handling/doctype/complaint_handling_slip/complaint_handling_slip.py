import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.utils import now_datetime, time_diff_in_hours

from complaint_handling.constants import COMPLAINT, SLIP
from complaint_handling.domain.states import ENDED_SLIP_STATES, ComplaintState, SlipState
from complaint_handling.services import clocks, invariants, people, procedures, stale_access, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

STAMPS = {
	SlipState.ISSUED: ("issued_by", "issued_on"),
	SlipState.REPORTED: ("reported_by", "reported_on"),
	SlipState.COMPLETED: ("completed_by", "completed_on"),
}
COMPLAINT_STATES_WITH_SLIPS = (
	ComplaintState.REGISTERED,
	ComplaintState.ASSESSED,
	ComplaintState.IN_HANDLING,
	ComplaintState.EXECUTING,
	ComplaintState.RE_REVIEW,
)


class ComplaintHandlingSlip(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_measure.complaint_measure import (
			ComplaintMeasure,
		)

		cancel_reason: DF.SmallText | None
		cause: DF.Text | None
		cause_status: DF.Literal["", "Preliminary", "Confirmed"]
		clock_state: DF.Literal["", "On Track", "Due Soon", "Overdue", "Paused", "Met", "Missed", "Cancelled"]
		company: DF.Link | None
		complaint: DF.Link
		complaint_subject: DF.Data | None
		completed_by: DF.Link | None
		completed_on: DF.Datetime | None
		completion_note: DF.SmallText | None
		customer: DF.Link | None
		department: DF.Link
		dispute_reason: DF.SmallText | None
		dispute_ruling: DF.SmallText | None
		escalated_to: DF.Link | None
		escalation_level: DF.Int
		escalation_reason: DF.SmallText | None
		finding: DF.Text | None
		goods_summary: DF.SmallText | None
		higher_instruction: DF.SmallText | None
		instruction: DF.Text | None
		issued_by: DF.Link | None
		issued_on: DF.Datetime | None
		measures: DF.Table[ComplaintMeasure]
		naming_series: DF.Literal["CHS-.YYYY.-.#####"]
		needs_review: DF.Check
		reply_due_at: DF.Datetime | None
		reply_hours: DF.Float
		reply_in_time: DF.Literal["", "Yes", "No"]
		reported_by: DF.Link | None
		reported_on: DF.Datetime | None
		responsible_employee: DF.Link | None
		responsible_user: DF.Link | None
		return_reason: DF.SmallText | None
		severity: DF.Data | None
		slip_kind: DF.Literal["Complaint Slip", "Service Slip", "Process Engineering Request"]
		workflow_state: DF.Link | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)

	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
		complaint = self.get_complaint()
		if self.is_new():
			self.check_complaint_is_open(complaint)
		self.needs_review = procedures.procedure_of(complaint).slips_need_review
		self.goods_summary = _goods_summary(complaint)
		self.set_handler(complaint)
		self.stamp_state(complaint)
		invariants.check(self)

	def on_update(self) -> None:
		state = workflow_guard.state_entered(self)
		has_new_handler = self.has_value_changed("responsible_user")
		is_moved = has_new_handler or self.has_value_changed("department")
		if is_moved:
			stale_access.end_stale_access(self)
		if state:
			clocks.on_state(self, self.get_complaint())
		if is_moved:
			clocks.hand_over(self, self.responsible_user, self.department)
		if self.workflow_state == SlipState.ISSUED and (state or has_new_handler):
			self.assign_handler()
		elif state in (SlipState.REPORTED, *ENDED_SLIP_STATES):
			assign_to.close_all_assignments(SLIP, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A slip is evidence and is not deleted. Cancel it with a reason instead."))

	def get_complaint(self) -> Document:
		return frappe.get_doc(COMPLAINT, self.complaint)

	def check_complaint_is_open(self, complaint: Document) -> None:
		if complaint.workflow_state not in COMPLAINT_STATES_WITH_SLIPS:
			frappe.throw(
				_(
					"{0} is in the state {1}, in which no slip is sent. Take it back into handling first."
				).format(frappe.bold(complaint.name), frappe.bold(_(complaint.workflow_state)))
			)

	def set_handler(self, complaint: Document) -> None:
		if not self.responsible_employee:
			self.responsible_employee = people.post_holder(
				complaint.company, self.department, complaint.category
			)
		self.responsible_user = people.user_of(self.responsible_employee)

	def stamp_state(self, complaint: Document) -> None:
		state = workflow_guard.state_entered(self)
		if state not in STAMPS or self.is_new():
			return
		by, on = STAMPS[state]
		self.set(by, frappe.session.user)
		self.set(on, now_datetime())
		if state == SlipState.ISSUED:
			self.reply_due_at = self.reply_due_at or clocks.planned_due(self, complaint, "Slip Issued")
		elif state == SlipState.REPORTED:
			self.reply_hours = time_diff_in_hours(self.reported_on, self.issued_on)

	def assign_handler(self) -> None:
		if not self.responsible_user or self.responsible_user == frappe.session.user:
			return
		if not frappe.has_permission(SLIP, "read", self, user=self.responsible_user):
			return
		if frappe.db.exists(
			"ToDo",
			{
				"reference_type": SLIP,
				"reference_name": self.name,
				"allocated_to": self.responsible_user,
				"status": "Open",
			},
		):
			return
		assign_to.add(
			{
				"doctype": SLIP,
				"name": self.name,
				"assign_to": [self.responsible_user],
				"description": self.instruction,
			}
		)


def _goods_summary(complaint: Document) -> str:
	lines = []
	for row in complaint.items:
		parts = [row.item_code, row.item_name, row.batch_no, row.fault]
		lines.append(" · ".join(part for part in parts if part))
	return "\n".join(lines)
