"""What starts and ends clocks: the words of `Complaint Procedure Target.starts_on`, and when each happened."""

from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, CONTACT, EIGHT_D, SLIP

REGISTERED = "Complaint Registered"
ACKNOWLEDGED = "Complaint Acknowledged"
FIRST_ANSWER = "First Answer Given"
VERIFIED = "Complaint Verified"
SOLUTION_APPROVED = "Solution Approved"
SOLUTION_EXPLAINED = "Solution Explained"
SOLUTION_EXECUTED = "Solution Executed"
COMPLAINT_CLOSED = "Complaint Closed"
SLIP_ISSUED = "Slip Issued"
SLIP_REPORTED = "Slip Reported"
# Not a start of any target: the customer was told how the case stands, whatever was told.
CUSTOMER_INFORMED = "Customer Informed"

EVENT_OF_STATE = {
	(COMPLAINT, "Registered"): REGISTERED,
	(COMPLAINT, "Assessed"): "Complaint Assessed",
	(COMPLAINT, "With Customer"): SOLUTION_APPROVED,
	(COMPLAINT, "Executing"): "Solution Accepted",
	(COMPLAINT, "Awaiting Revisit"): SOLUTION_EXECUTED,
	(COMPLAINT, "Re-review"): "Re-review Opened",
	(COMPLAINT, "Closed"): COMPLAINT_CLOSED,
	(SLIP, "Issued"): SLIP_ISSUED,
	(SLIP, "Reported"): SLIP_REPORTED,
	(EIGHT_D, "Open"): "8D Opened",
	(EIGHT_D, "Contained"): "8D Contained",
	(EIGHT_D, "Cause Found"): "8D Cause Found",
	(EIGHT_D, "Closed"): "8D Closed",
}
# Who is answered as the customer; whatever is said to others, or heard from them, informs no customer.
CUSTOMER_PARTIES = ("Customer", "Partner Store")
# What a contact with the customer means to the clocks; whatever tells the customer something informs him.
EVENTS_OF_PURPOSE = {
	"Acknowledgement": (ACKNOWLEDGED, CUSTOMER_INFORMED),
	"First Answer": (ACKNOWLEDGED, FIRST_ANSWER, CUSTOMER_INFORMED),
	"Progress Notice": (CUSTOMER_INFORMED,),
	"Solution Explained": (SOLUTION_EXPLAINED, CUSTOMER_INFORMED),
	"On-site Work": ("On-site Work Done",),
}
# The column of the complaint that says when an event happened.
TIME_OF_EVENT = {
	REGISTERED: "received_on",
	"Complaint Assessed": "assessed_on",
	FIRST_ANSWER: "first_answer_on",
	VERIFIED: "verified_on",
	SOLUTION_APPROVED: "approved_on",
	"Solution Accepted": "consent_on",
	SOLUTION_EXECUTED: "executed_on",
	COMPLAINT_CLOSED: "closed_on",
}


def happened_at(complaint: Document, event: str) -> datetime | None:
	"""Return when an event of a complaint happened, or None: not yet, or in an earlier round."""
	fieldname = TIME_OF_EVENT.get(event)
	if fieldname:
		return get_datetime(complaint.get(fieldname)) if complaint.get(fieldname) else None
	purposes = [purpose for purpose, events in EVENTS_OF_PURPOSE.items() if event in events]
	if not purposes:
		return None
	contacts = frappe.get_all(
		CONTACT,
		filters={
			"complaint": complaint.name,
			"purpose": ("in", purposes),
			"direction": "Outgoing",
			"party": ("in", CUSTOMER_PARTIES),
		},
		pluck="contacted_on",
		order_by="contacted_on asc",
		limit=1,
	)
	return get_datetime(contacts[0]) if contacts else None
