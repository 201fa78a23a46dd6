import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.states import EightDState
from complaint_handling.services.access import complained_about
from complaint_handling.services.clock import clocks
from complaint_handling.services.workflow import invariants, workflow_guard

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


class Complaint8DReport(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_8d_action.complaint_8d_action import (
			Complaint8DAction,
		)
		from complaint_handling.complaint_handling.doctype.complaint_8d_source.complaint_8d_source import (
			Complaint8DSource,
		)
		from complaint_handling.complaint_handling.doctype.complaint_document_change.complaint_document_change import (
			ComplaintDocumentChange,
		)
		from complaint_handling.complaint_handling.doctype.complaint_team_member.complaint_team_member import (
			ComplaintTeamMember,
		)

		batch_no: DF.Link | None
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		company: DF.Link
		complaints: DF.Table[Complaint8DSource]
		containment_actions: DF.Table[Complaint8DAction]
		corrective_actions: DF.Table[Complaint8DAction]
		customer: DF.Link | None
		document_changes: DF.Table[ComplaintDocumentChange]
		effectiveness_check_on: DF.Date | None
		effectiveness_criterion: DF.SmallText | None
		effectiveness_note: DF.SmallText | None
		effectiveness_round: DF.Int
		escape_cause: DF.Text | None
		five_why: DF.Text | None
		is_effective: DF.Literal["", "Yes", "No"]
		item_code: DF.Link | None
		lessons_learned: DF.Text | None
		naming_series: DF.Literal["8D-.YYYY.-.#####"]
		not_effective_reason: DF.SmallText | None
		occurrence_cause: DF.Text | None
		opened_on: DF.Datetime | None
		preventive_actions: DF.Table[Complaint8DAction]
		problem_description: DF.Text | None
		problem_is: DF.SmallText | None
		problem_is_not: DF.SmallText | None
		quantity_complained: DF.Float
		quantity_delivered: DF.Float
		quantity_returned: DF.Float
		quantity_suspected: DF.Float
		recognition: DF.SmallText | None
		team: DF.Table[ComplaintTeamMember]
		title: DF.Data
		validation_note: DF.SmallText | None
		verified_by: DF.Link | None
		verified_on: DF.Datetime | None
		workflow_state: DF.Link | None

	# end: auto-generated types
	def onload(self) -> None:
		workflow_guard.tell_open_fields(self)

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
		if workflow_guard.state_entered(self):
			clocks.on_state(self, frappe.get_doc(COMPLAINT, self.complaints[0].complaint))

	def on_trash(self) -> None:
		frappe.throw(_("An 8D report is evidence and is not deleted."))

	def check_sources(self) -> None:
		names = [row.complaint for row in self.complaints]
		if len(set(names)) < len(names):
			frappe.throw(_("A complaint is listed twice as a source. Remove one of the rows."))
		before = self.get_doc_before_save()
		known = {row.complaint for row in before.complaints} if before else set()
		for name in set(names) - known:
			frappe.get_doc(COMPLAINT, name).check_permission("read")

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
