import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import RevisitState
from complaint_handling.services import deferrals
from complaint_handling.services.access import complained_about
from complaint_handling.services.solution import revisits
from complaint_handling.services.workflow import invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintRevisit(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amended_from: DF.Link | None
		assigned_to: DF.Link | None
		attempts: DF.Int
		cancel_reason: DF.SmallText | None
		comments: DF.Text | None
		company: DF.Link
		complaint: DF.Link | None
		complaint_subject: DF.Data | None
		contacted_person: DF.Data | None
		contacted_phone: DF.Data | None
		customer: DF.Link
		method: DF.Literal["", "Telephone", "Visit", "E-mail", "Online"]
		naming_series: DF.Literal["CR-.YYYY.-.#####"]
		planned_on: DF.Date
		purpose: DF.Literal["After Solution", "After Installation", "After Repair", "Goodwill Visit"]
		revisited_by: DF.Link | None
		revisited_on: DF.Datetime | None
		satisfaction_with_process: DF.Literal[
			"", "Very Satisfied", "Satisfied", "Neutral", "Unsatisfied", "Very Unsatisfied"
		]
		satisfaction_with_result: DF.Literal[
			"", "Very Satisfied", "Satisfied", "Neutral", "Unsatisfied", "Very Unsatisfied"
		]
		unreachable_note: DF.SmallText | None
		workflow_state: DF.Link | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)

	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
		if self.complaint and self.has_value_changed("complaint"):
			frappe.get_doc(COMPLAINT, self.complaint).check_permission("read")
		deferrals.check_revisit(self)
		if workflow_guard.state_entered(self) == RevisitState.COMPLETED:
			self.check_time()
			revisits.check_agent(self)
			self.revisited_by = frappe.session.user
			self.attempts = (self.attempts or 0) + 1
		invariants.check(self)

	def on_update(self) -> None:
		if self.has_value_changed("complaint"):
			complained_about.withdraw_access_to(self)

	def on_submit(self) -> None:
		revisits.carry_answer(self)

	def before_cancel(self) -> None:
		workflow_guard.take_dialog_values(self)
		workflow_guard.guard(self)

	def on_cancel(self) -> None:
		revisits.withdraw_answer(self)

	def check_time(self) -> None:
		if self.revisited_on and get_datetime(self.revisited_on) > now_datetime():
			frappe.throw(_("A revisit cannot be completed in the future. Correct Revisited on."))
