import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.domain.states import RevisitState
from complaint_handling.services import complained_about, invariants, revisits, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class ComplaintRevisit(Document):
	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
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
		if not self.cancel_reason:
			frappe.throw(
				_("Enter why the revisit is cancelled: use the button of the workflow, which asks for it.")
			)

	def check_time(self) -> None:
		if self.revisited_on and get_datetime(self.revisited_on) > now_datetime():
			frappe.throw(_("A revisit cannot be completed in the future. Correct Revisited on."))
