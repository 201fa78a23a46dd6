import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import SLIP
from complaint_handling.domain.states import DeferralState
from complaint_handling.services import deferrals
from complaint_handling.services.workflow import invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True

# Who stamped a step, and when: (state left, state entered) -> (field of the user, field of the time).
STAMPS = {
	(DeferralState.DRAFT, DeferralState.DEPARTMENT_OPINION): ("requested_by", "requested_on"),
	(DeferralState.DEPARTMENT_OPINION, DeferralState.DRAFT): (
		"department_opinion_by",
		"department_opinion_on",
	),
	(DeferralState.DEPARTMENT_OPINION, DeferralState.SERVICE_OPINION): (
		"department_opinion_by",
		"department_opinion_on",
	),
	(DeferralState.SERVICE_OPINION, DeferralState.AGREED): ("service_opinion_by", "service_opinion_on"),
	(DeferralState.SERVICE_OPINION, DeferralState.REFUSED_BY_SERVICE): (
		"service_opinion_by",
		"service_opinion_on",
	),
	(DeferralState.REFUSED_BY_SERVICE, DeferralState.ARBITRATION): (
		"arbitration_requested_by",
		"arbitration_requested_on",
	),
	(DeferralState.ARBITRATION, DeferralState.AGREED): ("decided_by", "decided_on"),
	(DeferralState.ARBITRATION, DeferralState.REFUSED): ("decided_by", "decided_on"),
}
# A request that comes back is a new one to the department.
VOID_WHEN_REQUESTED = ("department_opinion", "department_opinion_by", "department_opinion_on")
TAKEN_FROM_SLIP = (
	"complaint",
	"complaint_subject",
	"customer",
	"company",
	"department",
	"responsible_user",
)


class ComplaintDeferralRequest(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amended_from: DF.Link | None
		arbiter_role: DF.Link | None
		arbitration_request: DF.SmallText | None
		arbitration_requested_by: DF.Link | None
		arbitration_requested_on: DF.Datetime | None
		cause_of_delay: DF.Literal[
			"",
			"Material Shortage",
			"Production Capacity",
			"Equipment Failure",
			"Rework in Production",
			"Re-supply from Production",
			"Transport",
			"Waiting for the Customer",
			"Other Cause",
		]
		company: DF.Link | None
		complaint: DF.Link | None
		complaint_subject: DF.Data | None
		customer: DF.Link | None
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision: DF.SmallText | None
		department: DF.Link | None
		department_opinion: DF.SmallText | None
		department_opinion_by: DF.Link | None
		department_opinion_on: DF.Datetime | None
		naming_series: DF.Literal["CDR-.YYYY.-.#####"]
		new_date: DF.Date
		present_date: DF.Date | None
		reason: DF.SmallText
		requested_by: DF.Link | None
		requested_on: DF.Datetime | None
		responsible_user: DF.Link | None
		service_opinion: DF.SmallText | None
		service_opinion_by: DF.Link | None
		service_opinion_on: DF.Datetime | None
		slip: DF.Link
		withdraw_reason: DF.SmallText | None
		withdrawn_by: DF.Link | None
		workflow_state: DF.Link | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)

	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
		deferrals.lock_slip(self.slip)
		self.take_from_slip()
		self.arbiter_role = deferrals.arbiter_role_of(self.complaint)
		self.present_date = deferrals.present_date(self.complaint)
		self.stamp_step()
		invariants.check(self)

	def on_update(self) -> None:
		if workflow_guard.state_entered(self):
			deferrals.tell_next(self)

	def on_submit(self) -> None:
		if self.workflow_state == DeferralState.AGREED:
			deferrals.carry_out(self)

	def on_trash(self) -> None:
		frappe.throw(
			_("A deferral request is evidence and is not deleted. Withdraw it with a reason instead.")
		)

	def take_from_slip(self) -> None:
		# Not fetched by the form: it would ask for rights on customers that a handler does not have.
		slip = frappe.get_doc(SLIP, self.slip)
		if self.is_new():
			slip.check_permission("read")
		self.update({fieldname: slip.get(fieldname) for fieldname in TAKEN_FROM_SLIP})

	def stamp_step(self) -> None:
		entered, left = workflow_guard.state_entered(self), workflow_guard.state_left(self)
		if entered == DeferralState.DEPARTMENT_OPINION:
			self.update(dict.fromkeys(VOID_WHEN_REQUESTED))
		if entered == DeferralState.WITHDRAWN:
			self.withdrawn_by = frappe.session.user
		if entered and (left, entered) in STAMPS:
			by, on = STAMPS[left, entered]
			self.update({by: frappe.session.user, on: now_datetime()})
