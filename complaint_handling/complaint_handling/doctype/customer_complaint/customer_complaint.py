import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, get_datetime, now_datetime, time_diff_in_hours

from complaint_handling.constants import PROCEDURE, SETTINGS
from complaint_handling.domain.re_review import is_beyond
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services import (
	approvals,
	clocks,
	complained_about,
	invariants,
	procedures,
	promises,
	remedies,
	revisits,
	workflow_guard,
)

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

# Who stamped a state, and when: (field of the user, field of the time).
STAMPS = {
	ComplaintState.ASSESSED: ("assessed_by", "assessed_on"),
	ComplaintState.SOLUTION_PROPOSED: ("proposed_by", "proposed_on"),
	ComplaintState.WITH_CUSTOMER: ("approved_by", "approved_on"),
	ComplaintState.AWAITING_REVISIT: (None, "executed_on"),
	ComplaintState.CLOSED: ("closed_by", "closed_on"),
}
# What a new round of handling makes void.
VOID_IN_NEW_ROUND = (
	"approved_by",
	"approved_on",
	"executed_on",
	"satisfaction_with_result",
	"satisfaction_with_process",
	"closed_by",
	"closed_on",
)


class CustomerComplaint(Document):
	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)
		self.procedure = self.procedure or _default_procedure(self.company)
		if self.is_new():
			self.complaint_owner = self.complaint_owner or frappe.session.user

	def validate(self) -> None:
		workflow_guard.guard(self)
		self.check_procedure()
		self.check_times()
		self.set_subject_of_complaint()
		self.set_requirements()
		self.set_first_item()
		remedies.set_amounts(self)
		self.stamp_verification()
		self.stamp_state()
		invariants.check(self)

	def after_insert(self) -> None:
		due = clocks.planned_due(self, self, clocks.REGISTERED)
		if due:
			promises.promise(self.name, due, self.channel)

	def on_update(self) -> None:
		if self.complained_about_user and self.has_value_changed("complained_about_user"):
			complained_about.withdraw_access(self)
		if self.has_value_changed("verification_result") and self.verification_result:
			clocks.record_event(self, self, clocks.VERIFIED)
		clocks.on_state(self, self)
		state = workflow_guard.state_entered(self)
		if state == ComplaintState.AWAITING_REVISIT:
			revisits.plan(self)
		elif state == ComplaintState.SOLUTION_PROPOSED:
			approvals.tell_approvers(self)

	def on_trash(self) -> None:
		frappe.throw(_("A complaint is evidence and is not deleted. Cancel it with a reason instead."))

	def check_procedure(self) -> None:
		procedure = frappe.get_cached_doc(PROCEDURE, self.procedure)
		if procedure.docstatus != 1 and self.is_new():
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
		if self.is_new() and get_datetime(self.received_on) > now_datetime():
			frappe.throw(_("A complaint cannot be received in the future. Correct Received on."))
		if self.occurred_on and get_datetime(self.occurred_on) > get_datetime(self.received_on):
			frappe.throw(
				_("The fault occurred after the complaint was received. Correct one of the two times.")
			)

	def set_subject_of_complaint(self) -> None:
		self.complained_about_user = complained_about.resolve_user(self.complained_about_employee)
		if self.complained_about_user and self.complaint_owner == self.complained_about_user:
			frappe.throw(
				_(
					"{0} is complained about and cannot own this complaint. Choose another owner first."
				).format(frappe.bold(self.complaint_owner))
			)

	def set_requirements(self) -> None:
		row = procedures.severity_row(procedures.procedure_of(self), self.severity)
		for fieldname in ("requires_8d", "requires_task_force", "requires_revisit"):
			self.set(fieldname, row.get(fieldname) if row else 0)

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
		if state == ComplaintState.WITH_CUSTOMER:
			remedies.check_authority(self)
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
		self.re_review_round = (self.re_review_round or 0) + 1
		rounds = procedures.procedure_of(self).maximum_re_review_rounds
		self.re_review_level = 2 if is_beyond(self.re_review_round, rounds) else 1
		for fieldname in VOID_IN_NEW_ROUND:
			self.set(fieldname, None)

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


def _default_procedure(company: str | None) -> str | None:
	chosen = frappe.db.get_single_value(SETTINGS, "default_procedure")
	if chosen:
		return chosen
	procedures_in_force = frappe.get_all(
		PROCEDURE,
		filters={"docstatus": 1, "company": ("in", ("", company or ""))},
		pluck="name",
		order_by="company desc, creation desc",
		limit=1,
	)
	return procedures_in_force[0] if procedures_in_force else None
