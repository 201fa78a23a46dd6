"""The states that the shipped workflows have, by document.

At run time the site's Workflow decides what is possible. These words key the invariants and say when work
has ended; a state that an administrator adds is unknown here and carries no invariant.
"""

from complaint_handling.domain.words import Word


class ComplaintState(Word):
	"""States of a Customer Complaint."""

	REGISTERED = "Registered"
	ASSESSED = "Assessed"
	IN_HANDLING = "In Handling"
	SOLUTION_PROPOSED = "Solution Proposed"
	SOLUTION_ENDORSED = "Solution Endorsed"
	WITH_CUSTOMER = "With Customer"
	EXECUTING = "Executing"
	AWAITING_REVISIT = "Awaiting Revisit"
	CLOSED = "Closed"
	NOT_JUSTIFIED = "Not Justified"
	RE_REVIEW = "Re-review"
	CANCELLED = "Cancelled"


class SlipState(Word):
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


class EightDState(Word):
	"""States of a Complaint 8D Report; each names the step that was just approved."""

	OPEN = "Open"
	CONTAINED = "Contained"
	CAUSE_FOUND = "Cause Found"
	ACTIONS_CHOSEN = "Actions Chosen"
	IMPLEMENTED = "Implemented"
	PREVENTED = "Prevented"
	EFFECTIVENESS_CHECK = "Effectiveness Check"
	CLOSED = "Closed"


class RevisitState(Word):
	"""States of a Complaint Revisit."""

	PLANNED = "Planned"
	UNREACHABLE = "Unreachable"
	COMPLETED = "Completed"
	CANCELLED = "Cancelled"


class DeferralState(Word):
	"""States of a Complaint Deferral Request."""

	DRAFT = "Draft"
	DEPARTMENT_OPINION = "Department Opinion"
	SERVICE_OPINION = "Customer Service Opinion"
	REFUSED_BY_SERVICE = "Refused by Customer Service"
	ARBITRATION = "With General Manager's Office"
	AGREED = "Agreed"
	REFUSED = "Refused"
	WITHDRAWN = "Withdrawn"


ENDED_COMPLAINT_STATES = (ComplaintState.CLOSED, ComplaintState.CANCELLED)
ENDED_SLIP_STATES = (SlipState.COMPLETED, SlipState.CANCELLED)
ENDED_EIGHT_D_STATES = (EightDState.CLOSED,)
ENDED_REVISIT_STATES = (RevisitState.COMPLETED, RevisitState.CANCELLED)
ENDED_DEFERRAL_STATES = (DeferralState.AGREED, DeferralState.REFUSED, DeferralState.WITHDRAWN)
