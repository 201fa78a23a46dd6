"""Names that code and data share: DocTypes and roles, in English as stored. States: `domain/states.py`."""

COMPLAINT = "Customer Complaint"
SLIP = "Complaint Handling Slip"
EIGHT_D = "Complaint 8D Report"
REVISIT = "Complaint Revisit"
DEFERRAL = "Complaint Deferral Request"
CONTACT = "Complaint Contact"
PROMISE = "Complaint Promise"
RE_REVIEW_ROUND = "Complaint Re-review"
MILESTONE = "Complaint Milestone"
ESCALATION_LOG = "Complaint Escalation Log"
PROCEDURE = "Complaint Procedure"
CALENDAR = "Complaint Calendar"
CATEGORY = "Complaint Category"
RESPONSIBLE_POST = "Complaint Responsible Post"
OWNER_LIST = "Complaint Owner List"
EVALUATION = "Complaint Evaluation"
AUTHORITY_CASE = "Complaint Authority Case"
SETTINGS = "Complaint Settings"

# DocTypes whose state is moved by a Workflow and guarded on every save.
WORKFLOW_DOCTYPES = (COMPLAINT, SLIP, EIGHT_D, REVISIT, DEFERRAL)
# DocTypes that belong to one complaint through their field `complaint` and inherit who may read it.
COMPLAINT_CHILD_DOCTYPES = (
	SLIP,
	REVISIT,
	DEFERRAL,
	CONTACT,
	PROMISE,
	RE_REVIEW_ROUND,
	MILESTONE,
	ESCALATION_LOG,
	EVALUATION,
	AUTHORITY_CASE,
)
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

SATISFIED = ("Very Satisfied", "Satisfied", "Neutral")
UNSATISFIED = ("Unsatisfied", "Very Unsatisfied")

# Takes the steps at which no person is at a button (services/workflow/system_steps.py); cannot log in.
SYSTEM_USER = "complaint-handling@system.invalid"
