import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import (
	AGENT,
	COMPLAINT,
	CONTACT,
	COORDINATOR,
	GENERAL_MANAGER,
	REVIEWER,
	VICE_PRESIDENT,
)
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES
from complaint_handling.services.clock import clock_changes, clock_events, clocks, promises

# The host's dialog Links lists linked documents to everybody, without asking for permission.
exclude_from_linked_with = True


# Who answers the customer in the company's name; departments report what they said on site.
SPEAKING_ROLES = frozenset((AGENT, COORDINATOR, REVIEWER, VICE_PRESIDENT, GENERAL_MANAGER))


class ComplaintContact(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		change_reason: DF.SmallText | None
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
		complaint: DF.Link
		contacted_by: DF.Link | None
		contacted_on: DF.Datetime
		contacted_person: DF.Data | None
		customer: DF.Link | None
		customer_agreed: DF.Check
		direction: DF.Literal["Outgoing", "Incoming"]
		employee: DF.Link | None
		next_answer_about: DF.Literal["", "Progress Notice", "Solution"]
		next_answer_due: DF.Datetime | None
		party: DF.Literal["Customer", "Employee", "Witness", "Department", "Partner Store", "Authority"]
		purpose: DF.Literal[
			"",
			"Acknowledgement",
			"First Answer",
			"Progress Notice",
			"Information Request",
			"Solution Explained",
			"On-site Work",
			"Statement",
			"Other",
		]
		summary: DF.Text
		waits_for_customer: DF.Check

	# end: auto-generated types
	def before_validate(self) -> None:
		# Read back as it is stored: contacts of old versions know the customer only.
		self.party = self.party or "Customer"

	def validate(self) -> None:
		self.check_times()
		self.check_party()
		if self.is_new():
			frappe.get_doc(COMPLAINT, self.complaint).check_permission("read")
			self.contacted_by = frappe.session.user
			self.check_speaker()

	def after_insert(self) -> None:
		complaint = frappe.get_doc(COMPLAINT, self.complaint, for_update=True)
		self.check_first_of_its_kind()
		if not self.is_with_customer():
			return
		# What was awaited ends before what this contact newly promises begins.
		self.inform_clocks(complaint)
		promises.settle_contact(self, complaint)
		if self.direction == "Incoming":
			clock_changes.end_wait(complaint, get_datetime(self.contacted_on))
		elif self.waits_for_customer:
			clock_changes.wait_for_customer(complaint, get_datetime(self.contacted_on))
		clocks.refresh_copies(complaint)

	def is_with_customer(self) -> bool:
		"""Tell whether this was said to the customer, or by him: a party that was heard is neither (R-000B-04)."""
		return self.party in clock_events.CUSTOMER_PARTIES

	def check_party(self) -> None:
		"""Ask whose statement it is, and keep what only customers are told to contacts with them (R-000C-03)."""
		if self.party == "Employee" and not self.employee:
			frappe.throw(_("The employee is missing. Choose who made the statement."))
		if not self.is_with_customer() and (self.next_answer_due or self.waits_for_customer):
			frappe.throw(
				_(
					"Reply times and waits belong to a contact with the customer. Record them there, or choose another party."
				)
			)

	def check_first_of_its_kind(self) -> None:
		"""Refuse the second of a double click: the complaint is locked, so that one of two sees the other."""
		same = {
			name: self.get(name) for name in ("complaint", "contacted_on", "direction", "purpose", "summary")
		}
		if frappe.db.exists(CONTACT, {**same, "name": ("!=", self.name)}):
			frappe.throw(_("This contact is recorded already. Reload the complaint to see it."))

	def inform_clocks(self, complaint: Document) -> None:
		events = clock_events.EVENTS_OF_PURPOSE.get(self.purpose, ())
		if clock_events.CUSTOMER_INFORMED in events and self.direction == "Incoming":
			return
		contacted_on = get_datetime(self.contacted_on)
		if clock_events.FIRST_ANSWER in events and not complaint.first_answer_on:
			complaint.db_set("first_answer_on", contacted_on, update_modified=False)
		if clock_events.CUSTOMER_INFORMED in events:
			complaint.db_set("last_informed_on", contacted_on, update_modified=False)
		for event in events:
			clocks.record_event(complaint, complaint, event, contacted_on)

	def check_speaker(self) -> None:
		"""Refuse what binds the company, by somebody who only answers for an own department."""
		if not self.is_with_customer():
			return
		speaks = self.purpose in promises.SETTLED_BY or self.purpose == "Acknowledgement"
		binds = self.next_answer_due or self.waits_for_customer or (speaks and self.direction == "Outgoing")
		if binds and not SPEAKING_ROLES.intersection(frappe.get_roles()):
			frappe.throw(
				_(
					"Answers, reply times and waits are told to the customer by customer service. Report to it, or record the contact with another purpose."
				),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)

	def check_times(self) -> None:
		if get_datetime(self.contacted_on) > now_datetime():
			frappe.throw(_("A contact cannot lie in the future. Correct Contacted on."))
		received_on, state = frappe.db.get_value(COMPLAINT, self.complaint, ["received_on", "workflow_state"])
		if get_datetime(self.contacted_on) < get_datetime(received_on):
			frappe.throw(_("The contact lies before the complaint was received. Correct Contacted on."))
		if self.next_answer_due and state in ENDED_COMPLAINT_STATES:
			frappe.throw(_("The complaint has ended: no further answer can be promised."))
		if self.next_answer_due and get_datetime(self.next_answer_due) <= get_datetime(self.contacted_on):
			frappe.throw(_("The next answer must be promised for a time after the contact."))
