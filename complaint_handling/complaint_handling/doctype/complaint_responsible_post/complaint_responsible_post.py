import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate

from complaint_handling.exceptions import FieldLockedError
from complaint_handling.services.staff import hand_over, posts

# What the hand-over writes, and nobody else.
SERVER_FIELDS = ("status", "replaces", "handover_reason", "decided_by", "decided_on", "decision_note")
# What a post is, and since when.
SCOPE = ("company", "department", "category", "item_group", "duty", "employee", "valid_from")


class ComplaintResponsiblePost(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_post_copy.complaint_post_copy import (
			ComplaintPostCopy,
		)

		absent_from: DF.Date | None
		absent_to: DF.Date | None
		category: DF.Link | None
		company: DF.Link
		copies: DF.Table[ComplaintPostCopy]
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_note: DF.SmallText | None
		department: DF.Link
		duty: DF.Literal["Answers Slips", "Default Follow-up"]
		employee: DF.Link
		employee_name: DF.Data | None
		handover_reason: DF.SmallText | None
		item_group: DF.Link | None
		replaces: DF.Link | None
		status: DF.Literal["Proposed", "In Force", "Refused", "Ended"]
		substitute: DF.Link | None
		valid_from: DF.Date
		valid_to: DF.Date | None

	# end: auto-generated types
	def onload(self) -> None:
		user = frappe.session.user
		is_proposed = self.status == posts.PROPOSED
		self.set_onload("may_decide", is_proposed and hand_over.may_decide(user, self.department))
		self.set_onload("may_propose", self.status == posts.IN_FORCE and hand_over.may_propose(user, self))

	def validate(self) -> None:
		self.keep_server_fields()
		self.refuse_change_of_hands()
		self.check_dates()
		self.check_people()
		self.check_scope()

	def keep_server_fields(self) -> None:
		"""Give status and decision the values that the server wrote; only the hand-over writes others."""
		before = self.get_doc_before_save()
		for fieldname in SERVER_FIELDS:
			default = posts.IN_FORCE if fieldname == "status" else None
			self.set(fieldname, before.get(fieldname) if before else default)
		self.update(self.flags.hand_over or {})

	def refuse_change_of_hands(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			return
		if before.status == posts.IN_FORCE and before.employee != self.employee:
			frappe.throw(
				_(
					"The holder of a post in force is not changed here. Propose a hand-over: the head of the department decides on it."
				),
				FieldLockedError,
			)
		locked = [name for name in SCOPE if cstr(before.get(name)) != cstr(self.get(name))]
		if before.status != posts.IN_FORCE and locked:
			frappe.throw(
				_("{0} stays as it was proposed. Propose another hand-over instead.").format(
					frappe.bold(
						", ".join(_(self.meta.get_label(name), context=self.doctype) for name in locked)
					)
				),
				FieldLockedError,
			)

	def check_dates(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("Valid to lies before Valid from. Correct one of the two dates."))
		if self.absent_from and self.absent_to and getdate(self.absent_to) < getdate(self.absent_from):
			frappe.throw(_("Absent until lies before Absent from. Correct one of the two dates."))

	def check_people(self) -> None:
		if self.substitute and self.substitute == self.employee:
			frappe.throw(_("The substitute is the post holder himself. Choose somebody else."))
		for fieldname in ("employee", "substitute"):
			if self.get(fieldname) and self.has_value_changed(fieldname):
				self.check_employee(self.get(fieldname))

	def check_employee(self, employee: str) -> None:
		row = frappe.db.get_value("Employee", employee, ["company", "status"], as_dict=True)
		if row and row.status != "Active":
			frappe.throw(
				_("{0} is no active employee. Choose somebody who is.").format(frappe.bold(employee))
			)
		if row and row.company != self.company:
			frappe.throw(
				_("{0} is employed by {1}, not by {2}. Choose an employee of the company.").format(
					frappe.bold(employee), row.company, self.company
				)
			)

	def check_scope(self) -> None:
		company = frappe.db.get_value("Department", self.department, "company")
		if company and company != self.company:
			frappe.throw(
				_("The department {0} belongs to {1}, not to {2}. Choose one of the company.").format(
					frappe.bold(self.department), company, self.company
				)
			)
