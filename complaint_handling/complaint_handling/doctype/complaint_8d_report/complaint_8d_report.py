import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import EightDState
from complaint_handling.services import clocks, complained_about, invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class Complaint8DReport(Document):
	def before_validate(self) -> None:
		workflow_guard.take_dialog_values(self)

	def validate(self) -> None:
		workflow_guard.guard(self)
		self.check_sources()
		self.check_team()
		self.stamp_state()
		invariants.check(self)

	def on_update(self) -> None:
		complained_about.withdraw_access_to(self)
		clocks.on_state(self, frappe.get_doc(COMPLAINT, self.complaints[0].complaint))

	def on_trash(self) -> None:
		frappe.throw(_("An 8D report is evidence and is not deleted."))

	def check_sources(self) -> None:
		names = [row.complaint for row in self.complaints]
		if len(set(names)) < len(names):
			frappe.throw(_("A complaint is listed twice as a source. Remove one of the rows."))
		if self.is_new():
			for name in names:
				frappe.has_permission(COMPLAINT, "read", name, throw=True)

	def check_team(self) -> None:
		if sum(bool(row.is_leader) for row in self.team) > 1:
			frappe.throw(_("D1: the team has more than one leader. Keep the mark at one of them."))

	def stamp_state(self) -> None:
		state = workflow_guard.state_entered(self)
		if self.is_new():
			self.opened_on = now_datetime()
		elif state == EightDState.CLOSED:
			self.verified_by = self.closed_by = frappe.session.user
			self.verified_on = self.closed_on = now_datetime()
		elif state == EightDState.EFFECTIVENESS_CHECK:
			self.effectiveness_round = (self.effectiveness_round or 0) + 1
			self.is_effective = None
