import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, get_datetime, now_datetime, time_diff_in_hours

from complaint_handling.constants import COMPLAINT, PROCEDURE
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import procedures
from complaint_handling.services.access import complained_about
from complaint_handling.services.clock import clock_changes, clock_events, clocks, promises
from complaint_handling.services.intake import registration, severities, widespread
from complaint_handling.services.solution import approvals, remedies, revisits, rounds
from complaint_handling.services.special_cases import imported_cases, special_cases
from complaint_handling.services.workflow import invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

# The step that lets a first answer end a case.
ENDED_WITH_ANSWER = (ComplaintState.ASSESSED, ComplaintState.CLOSED)
# Who stamped a state, and when: (field of the user, field of the time).
STAMPS = {
	ComplaintState.ASSESSED: ("assessed_by", "assessed_on"),
	ComplaintState.SOLUTION_PROPOSED: ("proposed_by", "proposed_on"),
	ComplaintState.SOLUTION_ENDORSED: ("endorsed_by", "endorsed_on"),
	ComplaintState.WITH_CUSTOMER: ("approved_by", "approved_on"),
	ComplaintState.AWAITING_REVISIT: (None, "executed_on"),
	ComplaintState.CLOSED: ("closed_by", "closed_on"),
}


class CustomerComplaint(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_check_answer.complaint_check_answer import (
			ComplaintCheckAnswer,
		)
		from complaint_handling.complaint_handling.doctype.complaint_item.complaint_item import ComplaintItem
		from complaint_handling.complaint_handling.doctype.complaint_measure.complaint_measure import (
			ComplaintMeasure,
		)
		from complaint_handling.complaint_handling.doctype.complaint_remedy.complaint_remedy import (
			ComplaintRemedy,
		)
		from complaint_handling.complaint_handling.doctype.complaint_team_member.complaint_team_member import (
			ComplaintTeamMember,
		)

		answer_to_customer: DF.Text | None
		approval_comment: DF.SmallText | None
		approval_level: DF.Int
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		assessed_by: DF.Link | None
		assessed_on: DF.Datetime | None
		assessment_note: DF.SmallText | None
		batch_no: DF.Link | None
		brand: DF.Link | None
		cancel_reason: DF.SmallText | None
		category: DF.Link | None
		cause: DF.Text | None
		cause_status: DF.Literal["", "Preliminary", "Confirmed"]
		channel: DF.Literal[
			"",
			"Telephone",
			"E-mail",
			"Online Platform",
			"Account Manager",
			"Written Letter",
			"Fax",
			"Instant Message",
			"Social Media",
			"Suggestion Box",
			"Voice Mail",
			"On the Spot",
			"Customer Portal",
		]
		checks: DF.Table[ComplaintCheckAnswer]
		chosen_option: DF.Int
		claimant_note: DF.SmallText | None
		claimant_review: DF.Literal["", "To be Reviewed", "Reviewed: Ordinary", "Reviewed: Professional"]
		clock_state: DF.Literal["", "On Track", "Due Soon", "Overdue", "Paused", "Met", "Missed", "Cancelled"]
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		closing_summary: DF.Text | None
		company: DF.Link
		complainant_email: DF.Data | None
		complainant_name: DF.Data | None
		complainant_phone: DF.Data | None
		complainant_position: DF.Data | None
		complained_about_department: DF.Link | None
		complained_about_employee: DF.Link | None
		complained_about_user: DF.Link | None
		complaint_form: DF.Literal["", "Oral", "Written", "Face to Face"]
		complaint_owner: DF.Link | None
		consent_by: DF.Data | None
		consent_method: DF.Literal["", "Telephone", "E-mail", "Written", "Face to Face", "Customer Portal"]
		consent_note: DF.SmallText | None
		consent_on: DF.Datetime | None
		contact: DF.Link | None
		coordination_meeting: DF.Link | None
		counts_as_repeat: DF.Literal["", "Yes", "No"]
		customer: DF.Link | None
		customer_importance: DF.Literal["", "Normal", "Important", "Strategic"]
		customer_name: DF.Data | None
		cycle_hours: DF.Float
		defect: DF.Autocomplete | None
		deferred_until: DF.Date | None
		delivery_note: DF.Link | None
		demand: DF.SmallText | None
		demand_deadline: DF.Datetime | None
		description: DF.TextEditor | None
		endorsed_by: DF.Link | None
		endorsed_on: DF.Datetime | None
		escalation_level: DF.Int
		executed_on: DF.Datetime | None
		execution_note: DF.Text | None
		first_answer_in_time: DF.Literal["", "Yes", "No"]
		first_answer_on: DF.Datetime | None
		follow_up_employee: DF.Link | None
		group_case: DF.Link | None
		handled_directly: DF.Check
		impact: DF.SmallText | None
		impact_scope: DF.Literal["", "Isolated", "Sporadic", "Batch-wide", "Widespread"]
		is_imported: DF.Check
		is_restricted: DF.Check
		is_safety_related: DF.Check
		is_urgent: DF.Check
		issue: DF.Link | None
		item_code: DF.Link | None
		items: DF.Table[ComplaintItem]
		justified: DF.Literal["Undecided", "Justified", "Not Justified"]
		last_informed_on: DF.Datetime | None
		legal_hold: DF.Check
		legal_hold_reason: DF.SmallText | None
		legal_hold_since: DF.Datetime | None
		may_close_with_answer: DF.Check
		measures: DF.Table[ComplaintMeasure]
		naming_series: DF.Literal["CC-.YYYY.-.#####"]
		needs_endorsement: DF.Check
		needs_signature: DF.Check
		needs_widespread_decision: DF.Check
		next_approver_role: DF.Link | None
		next_due_at: DF.Datetime | None
		next_due_stage: DF.Data | None
		no_compensation: DF.Check
		nonconforming_quantity: DF.Float
		not_justified_evidence: DF.SmallText | None
		not_justified_reason: DF.SmallText | None
		occurred_on: DF.Datetime | None
		original_closed_on: DF.Datetime | None
		original_number: DF.Data | None
		other_recourse: DF.SmallText | None
		payment_kind: DF.Literal["", "Cash", "Credit Card", "Stored-value Card", "Other"]
		priority: DF.Literal["", "High", "Medium", "Low"]
		procedure: DF.Link
		production_loss_percent: DF.Percent
		promise_changes: DF.Int
		promise_due_at: DF.Datetime | None
		promises_passed: DF.Int
		proposed_by: DF.Link | None
		proposed_on: DF.Datetime | None
		re_review_keeps_plan: DF.Check
		re_review_level: DF.Int
		re_review_opinion: DF.SmallText | None
		re_review_reason: DF.SmallText | None
		re_review_round: DF.Int
		receipt_discount: DF.Percent
		receipt_number: DF.SmallText | None
		receipt_time: DF.Datetime | None
		received_on: DF.Datetime
		refusal_reason: DF.SmallText | None
		remedies: DF.Table[ComplaintRemedy]
		remedy_options: DF.Int
		repeat_decided_by: DF.Link | None
		repeat_of: DF.Link | None
		repeat_reason: DF.SmallText | None
		reply_promised_for: DF.Datetime | None
		requires_8d: DF.Check
		requires_revisit: DF.Check
		requires_task_force: DF.Check
		resources: DF.SmallText | None
		responsible_department: DF.Link | None
		sales_invoice: DF.Link | None
		sales_order: DF.Link | None
		satisfaction_with_process: DF.Literal[
			"", "Very Satisfied", "Satisfied", "Neutral", "Unsatisfied", "Very Unsatisfied"
		]
		satisfaction_with_result: DF.Literal[
			"", "Very Satisfied", "Satisfied", "Neutral", "Unsatisfied", "Very Unsatisfied"
		]
		send_back_reason: DF.SmallText | None
		severity: DF.Autocomplete | None
		signature_result: DF.Literal["", "Signed", "Refused"]
		signature_witness: DF.SmallText | None
		solution_in_time: DF.Literal["", "Yes", "No"]
		subject: DF.Data
		subject_type: DF.Literal["", "Product", "Service", "Person", "Unit"]
		taken_over_on: DF.Datetime | None
		task_force: DF.Table[ComplaintTeamMember]
		total_remedy_amount: DF.Currency
		verification_note: DF.Text | None
		verification_result: DF.Literal["", "Confirmed", "Partly Confirmed", "Not Confirmed"]
		verified_by: DF.Link | None
		verified_on: DF.Datetime | None
		waiting_since: DF.Datetime | None
		widespread: DF.Literal["", "Yes", "No"]
		widespread_reason: DF.SmallText | None
		widespread_signal: DF.SmallText | None
		workflow_state: DF.Link | None
		written_answer_on: DF.Date | None
		written_answer_reference: DF.SmallText | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)
		# Others may have reported the same problem since this case was saved.
		widespread.assess(self)

	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)
		imported_cases.remember_history(self)
		self.procedure = self.procedure or procedures.choose(
			self.company, self.customer, self.channel, self.category, [row.item_code for row in self.items]
		)
		if self.is_new() and not self.is_imported:
			self.complaint_owner = self.complaint_owner or frappe.session.user

	def validate(self) -> None:
		workflow_guard.guard(self)
		special_cases.check(self)
		self.check_procedure()
		self.check_times()
		severities.follow_procedure(self)
		self.set_subject_of_complaint()
		self.set_requirements()
		self.set_first_item()
		if not self.is_imported:
			registration.complete(self)
		remedies.set_amounts(self)
		self.stamp_verification()
		self.stamp_state()
		imported_cases.stamp_archive(self)
		invariants.check(self)

	def on_update(self) -> None:
		# Asked first: a column written on the way lets the host read the document before this save anew.
		state = workflow_guard.state_entered(self)
		self.follow_people()
		registration.note_decisions(self)
		special_cases.take_effect(self)
		if self.is_imported:
			return
		self.move_clocks()
		self.take_effect_of(state)

	def follow_people(self) -> None:
		if self.complained_about_user and self.has_value_changed("complained_about_user"):
			complained_about.withdraw_access(self)
		if self.has_value_changed("complaint_owner") or self.has_value_changed("responsible_department"):
			clocks.hand_over(self, self.complaint_owner, self.responsible_department)

	def move_clocks(self) -> None:
		if self.has_value_changed("verification_result") and self.verification_result:
			clocks.record_event(self, self, clock_events.VERIFIED)
		if (workflow_guard.state_left(self), self.workflow_state) == ENDED_WITH_ANSWER:
			promises.keep_with_answer(self)
		clocks.on_state(self, self)
		if clock_changes.has_decisive_change(self):
			clock_changes.reconsider(self)
		clock_changes.on_complaint_state(self)

	def take_effect_of(self, state: str | None) -> None:
		rounds.record(self, state)
		if state == ComplaintState.REGISTERED:
			promises.promise_at_registration(self)
		elif state == ComplaintState.AWAITING_REVISIT:
			revisits.plan(self)
		elif state in (ComplaintState.SOLUTION_PROPOSED, ComplaintState.SOLUTION_ENDORSED):
			approvals.tell_approvers(self)
		elif state == ComplaintState.CANCELLED:
			clocks.stop_of_eight_ds(self)

	def on_trash(self) -> None:
		frappe.throw(_("A complaint is evidence and is not deleted. Cancel it with a reason instead."))

	def check_procedure(self) -> None:
		procedure = frappe.get_cached_doc(PROCEDURE, self.procedure)
		if procedure.docstatus != 1 and self.has_value_changed("procedure"):
			frappe.throw(
				_("The procedure {0} is not in force. Choose one that is submitted.").format(
					frappe.bold(self.procedure)
				)
			)
		if procedure.company and procedure.company != self.company:
			frappe.throw(
				_("The procedure {0} belongs to {1}. Choose one of {2}.").format(
					frappe.bold(self.procedure), procedure.company, self.company
				)
			)

	def check_times(self) -> None:
		if self.has_value_changed("received_on") and get_datetime(self.received_on) > now_datetime():
			frappe.throw(_("A complaint cannot be received in the future. Correct Received on."))
		if self.occurred_on and get_datetime(self.occurred_on) > get_datetime(self.received_on):
			frappe.throw(
				_("The fault occurred after the complaint was received. Correct one of the two times.")
			)
		if (
			self.is_new()
			and self.reply_promised_for
			and get_datetime(self.reply_promised_for) <= get_datetime(self.received_on)
		):
			frappe.throw(_("The reply must be promised for a time after the receipt."))

	def set_subject_of_complaint(self) -> None:
		self.complained_about_user = complained_about.resolve_user(self.complained_about_employee)
		if self.complained_about_user and self.complaint_owner == self.complained_about_user:
			frappe.throw(
				_(
					"{0} is complained about and cannot own this complaint. Choose another owner first."
				).format(frappe.bold(self.complaint_owner))
			)

	def set_requirements(self) -> None:
		procedure = procedures.procedure_of(self)
		row = procedures.severity_row(procedure, self.severity)
		for fieldname in ("requires_8d", "requires_task_force", "requires_revisit"):
			self.set(fieldname, row.get(fieldname) if row else 0)
		self.needs_endorsement = int(bool(procedure.endorser_role))
		self.needs_signature = procedure.signature_face_to_face
		self.may_close_with_answer = int(severities.allows_first_answer(procedure, row))

	def set_first_item(self) -> None:
		first = self.items[0] if self.items else None
		self.item_code = first.item_code if first else None
		self.batch_no = first.batch_no if first else None

	def stamp_verification(self) -> None:
		if self.verification_result and self.has_value_changed("verification_result"):
			self.verified_by = frappe.session.user
			self.verified_on = now_datetime()

	def stamp_state(self) -> None:
		state = workflow_guard.state_entered(self)
		if not state or self.is_new():
			return
		approvals.check_step(self, state)
		if state == ComplaintState.RE_REVIEW:
			self.start_re_review()
		self.set_acceptance(state)
		by, on = STAMPS.get(state, (None, None))
		if by:
			self.set(by, frappe.session.user)
		if on:
			self.set(on, now_datetime())
		if state == ComplaintState.CLOSED:
			self.cycle_hours = time_diff_in_hours(self.closed_on, self.received_on)

	def set_acceptance(self, state: str) -> None:
		if state == ComplaintState.NOT_JUSTIFIED:
			self.justified = "Not Justified"
		elif state == ComplaintState.IN_HANDLING:
			self.justified = "Justified"
		elif state == ComplaintState.ASSESSED:
			self.justified = "Undecided"

	def start_re_review(self) -> None:
		self.check_reopening()
		rounds.start(self, workflow_guard.state_left(self))

	def check_reopening(self) -> None:
		if workflow_guard.state_left(self) != ComplaintState.CLOSED:
			return
		days = procedures.procedure_of(self).reopen_within_days
		if days and date_diff(now_datetime(), self.closed_on) > days:
			frappe.throw(
				_(
					"The complaint was closed more than {0} days ago. Register a new one and refer to it."
				).format(days)
			)


def on_doctype_update() -> None:
	# Whether a problem is widespread is asked on each save, a duplicate while an agent types.
	frappe.db.add_index(COMPLAINT, ["item_code", "category", "received_on"], "same_problem")
	frappe.db.add_index(COMPLAINT, ["complainant_phone"])
	# The newest cases of a customer with thousands of them, without sorting them all.
	frappe.db.add_index(COMPLAINT, ["customer", "received_on"])
