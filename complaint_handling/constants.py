"""Names that code and data share: DocTypes, roles and states, in English as stored."""

COMPLAINT = "Customer Complaint"
SLIP = "Complaint Handling Slip"
EIGHT_D = "Complaint 8D Report"
REVISIT = "Complaint Revisit"
CONTACT = "Complaint Contact"
PROMISE = "Complaint Promise"
MILESTONE = "Complaint Milestone"
ESCALATION_LOG = "Complaint Escalation Log"
PROCEDURE = "Complaint Procedure"
CALENDAR = "Complaint Calendar"
CATEGORY = "Complaint Category"
RESPONSIBLE_POST = "Complaint Responsible Post"
SETTINGS = "Complaint Settings"

# DocTypes whose state is moved by a Workflow and guarded on every save.
WORKFLOW_DOCTYPES = (COMPLAINT, SLIP, EIGHT_D, REVISIT)
# DocTypes that belong to one complaint through their field `complaint` and inherit who may read it.
COMPLAINT_CHILD_DOCTYPES = (SLIP, REVISIT, CONTACT, PROMISE, MILESTONE, ESCALATION_LOG)
# Every DocType that a case consists of: the person complained about reads none of them.
CASE_DOCTYPES = (COMPLAINT, EIGHT_D, *COMPLAINT_CHILD_DOCTYPES)

AGENT = "Complaint Agent"
COORDINATOR = "Complaint Coordinator"
REVIEWER = "Complaint Reviewer"
HANDLER = "Complaint Handler"
DEPARTMENT_MANAGER = "Complaint Department Manager"
VICE_PRESIDENT = "Complaint Vice President"
GENERAL_MANAGER = "Complaint General Manager"
AUDITOR = "Complaint Auditor"
QUALITY_MANAGER = "Quality Manager"  # ERPNext's

OWN_ROLES = (
	AGENT,
	COORDINATOR,
	REVIEWER,
	HANDLER,
	DEPARTMENT_MANAGER,
	VICE_PRESIDENT,
	GENERAL_MANAGER,
	AUDITOR,
)
# Who holds only these roles sees what concerns the own department; every other role sees every row.
DEPARTMENT_ROLES = (HANDLER, DEPARTMENT_MANAGER)


class ComplaintState:
	"""States of a Customer Complaint."""

	REGISTERED = "Registered"
	ASSESSED = "Assessed"
	IN_HANDLING = "In Handling"
	SOLUTION_PROPOSED = "Solution Proposed"
	WITH_CUSTOMER = "With Customer"
	EXECUTING = "Executing"
	AWAITING_REVISIT = "Awaiting Revisit"
	CLOSED = "Closed"
	NOT_JUSTIFIED = "Not Justified"
	RE_REVIEW = "Re-review"
	CANCELLED = "Cancelled"

	ENDED = (CLOSED, CANCELLED)


class SlipState:
	"""States of a Complaint Handling Slip."""

	DRAFT = "Draft"
	PENDING_REVIEW = "Pending Review"
	PENDING_ISSUE = "Pending Issue"
	ISSUED = "Issued"
	REPORTED = "Reported"
	COMPLETED = "Completed"
	RETURNED = "Returned"
	DISPUTED = "Disputed"
	ESCALATED = "Escalated"
	CANCELLED = "Cancelled"

	ENDED = (COMPLETED, CANCELLED)


class EightDState:
	"""States of a Complaint 8D Report."""

	OPEN = "Open"
	CONTAINED = "Contained"
	CAUSE_FOUND = "Cause Found"
	ACTIONS_CHOSEN = "Actions Chosen"
	IMPLEMENTED = "Implemented"
	PREVENTED = "Prevented"
	EFFECTIVENESS_CHECK = "Effectiveness Check"
	CLOSED = "Closed"


class RevisitState:
	"""States of a Complaint Revisit."""

	PLANNED = "Planned"
	UNREACHABLE = "Unreachable"
	COMPLETED = "Completed"
	CANCELLED = "Cancelled"


SATISFIED = ("Very Satisfied", "Satisfied", "Neutral")
UNSATISFIED = ("Unsatisfied", "Very Unsatisfied")
