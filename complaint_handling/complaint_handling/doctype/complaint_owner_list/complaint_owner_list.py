import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.exceptions import FieldLockedError
from complaint_handling.services.staff import hand_over, owner_lists

CONFIRMATION = ("confirmed_by", "confirmed_on", "in_time")


class ComplaintOwnerList(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from complaint_handling.complaint_handling.doctype.complaint_owner_list_row.complaint_owner_list_row import (
			ComplaintOwnerListRow,
		)

		company: DF.Link
		confirmed_by: DF.Link | None
		confirmed_on: DF.Datetime | None
		department: DF.Link
		due_at: DF.Datetime | None
		in_time: DF.Literal["", "Yes", "No"]
		naming_series: DF.Literal["COL-.YYYY.-.#####"]
		organised_on: DF.Datetime
		posts: DF.Table[ComplaintOwnerListRow]

	# end: auto-generated types
	def onload(self) -> None:
		is_open = not self.is_new() and not self.confirmed_on
		self.set_onload("may_confirm", is_open and hand_over.may_decide(frappe.session.user, self.department))

	def validate(self) -> None:
		self.keep_confirmation()
		self.check_scope()
		if self.is_new() or self.has_value_changed("organised_on"):
			self.due_at = owner_lists.due_of(self.company, get_datetime(self.organised_on))

	def keep_confirmation(self) -> None:
		"""Give the confirmation what the server wrote; one that is given stands for good."""
		before = self.get_doc_before_save()
		if before and before.confirmed_on:
			frappe.throw(
				_("A confirmed list is not changed. A later organisation has a list of its own."),
				FieldLockedError,
			)
		for fieldname in (*CONFIRMATION, "due_at", "reminded_on"):
			self.set(fieldname, before.get(fieldname) if before else None)
		self.set("posts", before.get("posts") if before else [])
		confirmation = self.flags.confirmation or {}
		for row in confirmation.pop("posts", ()):
			self.append("posts", row)
		self.update(confirmation)

	def check_scope(self) -> None:
		company = frappe.db.get_value("Department", self.department, "company")
		if company and company != self.company:
			frappe.throw(
				_("The department {0} belongs to {1}, not to {2}. Choose one of the company.").format(
					frappe.bold(self.department), company, self.company
				)
			)
		if get_datetime(self.organised_on) > now_datetime():
			frappe.throw(_("The reorganisation lies in the future. Enter the list once it has happened."))

	def on_trash(self) -> None:
		if self.confirmed_on:
			frappe.throw(_("A confirmed list is evidence and is not deleted."))
