import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.domain.clocks import Target
from complaint_handling.exceptions import ProcedureError
from complaint_handling.services.presets import shipped, succession


class ComplaintProcedure(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_authority_limit.complaint_authority_limit import (
			ComplaintAuthorityLimit,
		)
		from complaint_handling.complaint_handling.doctype.complaint_closing_requirement.complaint_closing_requirement import (
			ComplaintClosingRequirement,
		)
		from complaint_handling.complaint_handling.doctype.complaint_escalation_step.complaint_escalation_step import (
			ComplaintEscalationStep,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_channel.complaint_procedure_channel import (
			ComplaintProcedureChannel,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_check.complaint_procedure_check import (
			ComplaintProcedureCheck,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_decision.complaint_procedure_decision import (
			ComplaintProcedureDecision,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_form.complaint_procedure_form import (
			ComplaintProcedureForm,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_recipient.complaint_procedure_recipient import (
			ComplaintProcedureRecipient,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_severity.complaint_procedure_severity import (
			ComplaintProcedureSeverity,
		)
		from complaint_handling.complaint_handling.doctype.complaint_procedure_target.complaint_procedure_target import (
			ComplaintProcedureTarget,
		)

		allows_deferral: DF.Check
		allows_direct_close: DF.Check
		amended_from: DF.Link | None
		asks_receipt: DF.Check
		authority_limits: DF.Table[ComplaintAuthorityLimit]
		channels: DF.Table[ComplaintProcedureChannel]
		checks: DF.Table[ComplaintProcedureCheck]
		closing_requirements: DF.Table[ComplaintClosingRequirement]
		code: DF.Data
		company: DF.Link | None
		decisions: DF.Table[ComplaintProcedureDecision]
		default_calendar: DF.Link
		deferral_arbiter_role: DF.Link | None
		description: DF.SmallText | None
		endorser_role: DF.Link | None
		escalation_steps: DF.Table[ComplaintEscalationStep]
		forms: DF.Table[ComplaintProcedureForm]
		has_follow_up_owner: DF.Check
		last_change_role: DF.Link | None
		maximum_promise_changes: DF.Int
		maximum_re_review_rounds: DF.Int
		minimum_remedy_options: DF.Int
		missed_promises_limit: DF.Int
		procedure_name: DF.Data
		recipients: DF.Table[ComplaintProcedureRecipient]
		reopen_within_days: DF.Int
		revisit_after_days: DF.Int
		revisit_by_another_agent: DF.Check
		several_departments_role: DF.Link | None
		severities: DF.Table[ComplaintProcedureSeverity]
		shipped_version: DF.Int
		signature_face_to_face: DF.Check
		slips_need_review: DF.Check
		source_document: DF.Data | None
		takes_over_role: DF.Link | None
		targets: DF.Table[ComplaintProcedureTarget]
		urgent_at_any_time: DF.Check
		visit_every_months: DF.Int
		widespread_batch_or_safety: DF.Check
		widespread_customers: DF.Int
		widespread_reports_of_customer: DF.Int
		widespread_window_days: DF.Int
		written_answer_to_written: DF.Check

	# end: auto-generated types
	def onload(self) -> None:
		if not self.docstatus.is_cancelled():
			self.set_onload("shipped_version", shipped.latest_version(self))

	def validate(self) -> None:
		self.check_severities()
		self.check_targets()
		self.check_ladder()
		self.check_limits()
		self.check_roles()

	def on_submit(self) -> None:
		if self.amended_from:
			succession.follow(self)

	def on_cancel(self) -> None:
		# Running cases keep the old version; new ones must not be sent to it.
		succession.step_down(self)

	def check_severities(self) -> None:
		names = [row.severity for row in self.severities]
		if len(set(names)) < len(names):
			frappe.throw(
				_("A severity is listed twice. Each severity of the scheme stands once."), ProcedureError
			)

	def check_targets(self) -> None:
		names = {row.severity for row in self.severities}
		for row in self.targets:
			if row.severity and row.severity not in names:
				frappe.throw(
					_("Target {0}: {1} is not in the severity scheme.").format(row.idx, row.severity),
					ProcedureError,
				)
			if row.starts_on == row.stops_on:
				frappe.throw(
					_("Target {0}: it starts and ends with the same event.").format(row.idx), ProcedureError
				)
			self.check_target(row.idx, row.target_value, row.target_unit)
			if row.warn_before_value and not row.warn_before_unit:
				frappe.throw(
					_("Target {0}: choose the unit of the time before which to warn.").format(row.idx),
					ProcedureError,
				)

	def check_ladder(self) -> None:
		levels = [row.level for row in self.escalation_steps]
		if levels != list(range(1, len(levels) + 1)):
			frappe.throw(_("The levels of the escalation ladder run 1, 2, 3 in this order."), ProcedureError)
		for row in self.escalation_steps:
			self.check_target(row.idx, row.after_value, row.after_unit)

	def check_limits(self) -> None:
		amounts = [float("inf") if row.unlimited else row.amount or 0 for row in self.authority_limits]
		if amounts != sorted(amounts):
			frappe.throw(
				_("Approval authority is ordered from the lowest limit to the highest."), ProcedureError
			)

	def check_roles(self) -> None:
		"""Refuse figures that need somebody, without that role."""
		if self.missed_promises_limit and not self.takes_over_role:
			frappe.throw(_("Choose the role that takes over when agreed reply times pass."), ProcedureError)
		if self.allows_deferral and not self.deferral_arbiter_role:
			frappe.throw(_("Choose the role that decides a disputed deferral."), ProcedureError)
		self.check_approvers()
		for row in self.escalation_steps:
			if (row.recipient_type == "Role" and not row.role) or (
				row.recipient_type == "User" and not row.user
			):
				frappe.throw(
					_("Level {0} of the ladder: choose the role or user that it reaches.").format(row.level),
					ProcedureError,
				)

	def check_approvers(self) -> None:
		"""Refuse a severity whose approver has no authority: nobody could approve it."""
		roles = {row.role for row in self.authority_limits}
		for row in self.severities:
			if row.approver_role and row.approver_role not in roles:
				frappe.throw(
					_("Severity {0}: {1} has no approval authority. Add a limit for the role.").format(
						_(row.severity), _(row.approver_role)
					),
					ProcedureError,
				)

	def check_target(self, index: int, value: float, unit: str) -> None:
		try:
			Target(value, unit)
		except ValueError:
			frappe.throw(
				_(
					"Row {0}: {1} {2} is not a length of time. Working days are whole, nothing is negative."
				).format(index, value, _(unit)),
				ProcedureError,
			)
