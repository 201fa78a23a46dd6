"""Add the state and the steps that complaints got since 0.1 to the complaint's Workflow of existing sites.

A Workflow is created once and never overwritten. Without these steps nobody could endorse a solution (R-000H-06), a
first answer could not end a case (R-000K-12, R-003A-15), and imported cases could not be archived. What an
administrator made of the same step stays as it is.
"""

import frappe
from frappe.model.document import Document

COMPLAINT = "Customer Complaint"
ENDORSED = "Solution Endorsed"
AGENT, COORDINATOR, REVIEWER = "Complaint Agent", "Complaint Coordinator", "Complaint Reviewer"
MANAGER, VICE = "Complaint Department Manager", "Complaint Vice President"
HEAD, QUALITY = "Complaint General Manager", "Quality Manager"
FIRST, SECOND, ASKED = "doc.approval_level <= 1", "doc.approval_level <= 2", "doc.needs_endorsement"
# State, action, next state, roles, condition, whether the author may take it.
STEPS = (
	("Registered", "Archive Imported Complaint", "Closed", (COORDINATOR,), "doc.is_imported", 1),
	("Assessed", "Close with Answer", "Closed", (AGENT, COORDINATOR), "doc.may_close_with_answer", 1),
	("Solution Proposed", "Endorse Solution", ENDORSED, (QUALITY, REVIEWER, MANAGER, VICE), ASKED, 0),
	("Solution Proposed", "Send Back", "In Handling", (QUALITY, REVIEWER), ASKED, 1),
	(ENDORSED, "Approve Solution", "With Customer", (MANAGER,), FIRST, 0),
	(ENDORSED, "Approve Solution", "With Customer", (VICE,), SECOND, 0),
	(ENDORSED, "Approve Solution", "With Customer", (HEAD,), None, 0),
	(ENDORSED, "Send Back", "In Handling", (MANAGER,), FIRST, 1),
	(ENDORSED, "Send Back", "In Handling", (VICE, HEAD), None, 1),
)
# The approvals as they were shipped, which an endorsement now comes before where the procedure wants one.
SHIPPED_CONDITIONS = (None, "", FIRST, SECOND)


def execute() -> None:
	"""Complete each Workflow of the complaint; one that is whole already is not written."""
	for name in frappe.get_all(
		"Workflow", filters={"document_type": COMPLAINT}, pluck="name", order_by="name"
	):
		workflow = frappe.get_doc("Workflow", name)
		if _add_state(workflow) + _let_endorsement_come_first(workflow) + _add_steps(workflow):
			workflow.save(ignore_permissions=True)


def _add_state(workflow: Document) -> int:
	states = [row.state for row in workflow.states]
	if ENDORSED in states or "With Customer" not in states:
		return 0
	if not frappe.db.exists("Workflow State", ENDORSED):
		frappe.get_doc(
			{"doctype": "Workflow State", "workflow_state_name": ENDORSED, "style": "Info"}
		).insert(ignore_permissions=True)
	workflow.append("states", {"state": ENDORSED, "doc_status": "0", "allow_edit": COORDINATOR})
	return 1


def _let_endorsement_come_first(workflow: Document) -> int:
	changed = 0
	for row in workflow.transitions:
		is_approval = (row.state, row.next_state) == ("Solution Proposed", "With Customer")
		if is_approval and row.condition in SHIPPED_CONDITIONS:
			row.condition = " and ".join(filter(None, (f"not {ASKED}", row.condition)))
			changed += 1
	return changed


def _add_steps(workflow: Document) -> int:
	states = {row.state for row in workflow.states}
	there = {(row.state, row.next_state, row.allowed) for row in workflow.transitions}
	missing = [
		(step, role)
		for step in STEPS
		for role in step[3]
		if {step[0], step[2]} <= states and (step[0], step[2], role) not in there
	]
	for step, role in missing:
		_add_step(workflow, step, role)
	return len(missing)


def _add_step(workflow: Document, step: tuple, role: str) -> None:
	state, action, next_state, _roles, condition, by_author = step
	if not frappe.db.exists("Workflow Action Master", action):
		frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": action}).insert(
			ignore_permissions=True
		)
	workflow.append(
		"transitions",
		{
			"state": state,
			"action": action,
			"next_state": next_state,
			"allowed": role,
			"allow_self_approval": by_author,
			"condition": condition,
		},
	)
