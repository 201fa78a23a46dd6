import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime, time_diff_in_hours

from complaint_handling.constants import COMPLAINT, SLIP
from complaint_handling.domain.states import ENDED_SLIP_STATES, ComplaintState, SlipState
from complaint_handling.services import procedures
from complaint_handling.services.access import stale_access
from complaint_handling.services.clock import clocks
from complaint_handling.services.slips import (
	copies,
	disputes,
	opinions,
	process_engineering,
	rounds,
	routing,
	upward,
)
from complaint_handling.services.staff import people
from complaint_handling.services.workflow import invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

STAMPS = {
	SlipState.ISSUED: ("issued_by", "issued_on"),
	SlipState.REPORTED: ("reported_by", "reported_on"),
	SlipState.COMPLETED: ("completed_by", "completed_on"),
}
# The stage of a reply time that was entered because the procedure gives none.
AGREED_STAGE = "Department Reply"
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

		agreed_reply_at: DF.Datetime | None
		agreed_reply_by: DF.Link | None
		agreed_reply_on: DF.Datetime | None
		agreed_reply_reason: DF.SmallText | None
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
		copied_to: DF.SmallText | None
		customer: DF.Link | None
		department: DF.Link
		dispute_reason: DF.SmallText | None
		dispute_ruling: DF.SmallText | None
		escalated_to: DF.Link | None
		escalation_level: DF.Int
		escalation_reason: DF.SmallText | None
		finding: DF.Text | None
		goods_summary: DF.SmallText | None
		handler_name: DF.Data | None
		higher_instruction: DF.SmallText | None
		instruction: DF.Text | None
		issued_by: DF.Link | None
		issued_on: DF.Datetime | None
		measures: DF.Table[ComplaintMeasure]
		naming_series: DF.Literal["CHS-.YYYY.-.#####"]
		needs_higher_opinion: DF.Check
		needs_reply_time: DF.Check
		needs_review: DF.Check
		previous_slip: DF.Link | None
		reply_due_at: DF.Datetime | None
		reply_hours: DF.Float
		reply_in_time: DF.Literal["", "Yes", "No"]
		reply_wanted_by: DF.Datetime | None
		reported_by: DF.Link | None
		reported_on: DF.Datetime | None
		requested_by_slip: DF.Link | None
		responsible_employee: DF.Link | None
		responsible_user: DF.Link | None
		return_reason: DF.SmallText | None
		severity: DF.Data | None
		slip_kind: DF.Literal[
			"Complaint Slip", "Service Slip", "Technical Opinion", "Process Engineering Request"
		]
		slip_round: DF.Literal["First", "Second", "Repeated"]
		workflow_state: DF.Link | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)
		if self.is_new():
			return
		complaint = self.get_complaint()
		self.set_onload("allows_deferral", procedures.procedure_of(complaint).allows_deferral)
		self.set_onload("engineering_has_target", process_engineering.has_target(complaint))
		self.set_onload("engineering_answers", process_engineering.answers_to(self.name))

	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
		complaint = self.get_complaint()
		if self.is_new():
			self.check_complaint_is_open(complaint)
			# Only the service that asks sets the flag: no client says which slip asked.
			self.requested_by_slip = self.flags.asking_slip
		self.check_actor()
		rounds.set_round(self)
		self.needs_review = procedures.procedure_of(complaint).slips_need_review
		self.goods_summary = _goods_summary(complaint)
		self.set_handler(complaint)
		self.begin_anew_elsewhere()
		opinions.set_need(self, complaint)
		self.set_reply_time(complaint)
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
		if state == SlipState.ISSUED:
			self.start_agreed_clock()
		if is_moved:
			clocks.hand_over(self, self.responsible_user, self.department)
		if state or has_new_handler:
			self.assign_when_issued()
		if state in (SlipState.REPORTED, *ENDED_SLIP_STATES):
			assign_to.close_all_assignments(SLIP, self.name)
		self.tell_others(state)

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

	def check_actor(self) -> None:
		process_engineering.check_department(self)
		disputes.check_actor(self)
		upward.check_recipient(self)
		upward.check_instruction(self)

	def set_handler(self, complaint: Document) -> None:
		"""Find who answers where nobody is named: of the new department, when it has changed."""
		if self.is_department_changed() and not self.has_value_changed("responsible_employee"):
			self.responsible_employee = self.responsible_user = None
		if not self.responsible_employee and not (self.issued_on and self.responsible_user):
			person = routing.responsible_for(self, complaint)
			self.responsible_employee = person.employee if person else None
			self.responsible_user = person.user if person else None
		if self.responsible_employee:
			self.responsible_user = people.user_of(self.responsible_employee)
		self.handler_name = _name_of(self.responsible_employee, self.responsible_user)

	def begin_anew_elsewhere(self) -> None:
		"""Forget the issue to the former department, and whom it handed the slip to."""
		if self.issued_on and self.is_department_changed():
			self.issued_by = self.issued_on = None
			self.escalated_to = None

	def is_department_changed(self) -> bool:
		return not self.is_new() and self.has_value_changed("department")

	def is_issued_anew(self) -> bool:
		"""Tell whether this save issues the slip, and does not give one back that was issued before."""
		given_back = workflow_guard.state_left(self) in (SlipState.ESCALATED, SlipState.DISPUTED)
		was_issued = given_back and self.get_doc_before_save().issued_on
		return workflow_guard.state_entered(self) == SlipState.ISSUED and not was_issued

	def tell_others(self, state: str | None) -> None:
		"""Tell of the step whom else it concerns, and let the other slips of the case follow it."""
		complaint = self.get_complaint()
		disputes.record_ruling(self)
		if state or self.has_value_changed("department"):
			opinions.refresh_others(self, complaint)
		if state == SlipState.ESCALATED:
			upward.tell_superior(self)
		if self.is_issued_anew():
			copies.send(self, complaint)

	def set_reply_time(self, complaint: Document) -> None:
		"""Say whether the procedure gives the reply time; where it gives none, the one who issues does."""
		if self.issued_on and workflow_guard.state_entered(self) != SlipState.ISSUED:
			return
		self.needs_reply_time = int(not clocks.planned_due(self, complaint, "Slip Issued"))
		is_given = self.is_issued_anew() or self.has_value_changed("reply_wanted_by")
		is_entered = workflow_guard.state_entered(self) == SlipState.ISSUED
		is_asked = self.needs_reply_time and is_entered and is_given
		if is_asked and self.reply_wanted_by and get_datetime(self.reply_wanted_by) <= now_datetime():
			frappe.throw(_("The reply time has passed already. Enter a later one."))

	def start_agreed_clock(self) -> None:
		"""Run a clock for the reply time that was entered, unless one of the procedure's runs."""
		if not (self.needs_reply_time and self.reply_wanted_by) or process_engineering.reply_clock(self):
			return
		due = get_datetime(self.reply_wanted_by)
		clocks.start_agreed(self, self.get_complaint(), AGREED_STAGE, "Slip Reported", due)
		clocks.refresh_copies(self)

	def stamp_state(self, complaint: Document) -> None:
		state = workflow_guard.state_entered(self)
		if state not in STAMPS or self.is_new():
			return
		if state == SlipState.ISSUED and not self.is_issued_anew():
			return
		by, on = STAMPS[state]
		self.set(by, frappe.session.user)
		self.set(on, now_datetime())
		if state == SlipState.ISSUED:
			planned = clocks.planned_due(self, complaint, "Slip Issued")
			self.reply_due_at = planned or self.reply_wanted_by or self.reply_due_at
			self.copied_to = None
		elif state == SlipState.REPORTED:
			self.reply_hours = time_diff_in_hours(self.reported_on, self.issued_on)

	def assign_when_issued(self) -> None:
		if self.workflow_state != SlipState.ISSUED:
			return
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


def _name_of(employee: str | None, user: str | None) -> str | None:
	if employee:
		return frappe.db.get_value("Employee", employee, "employee_name")
	return frappe.utils.get_fullname(user) if user else None


def _goods_summary(complaint: Document) -> str:
	lines = []
	for row in complaint.items:
		parts = [row.item_code, row.item_name, row.batch_no, row.fault]
		lines.append(" · ".join(part for part in parts if part))
	return "\n".join(lines)
