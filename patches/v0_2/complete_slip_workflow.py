"""Add the steps that slips got since 0.1 to the slip's Workflow of existing sites.

A Workflow is created once and never overwritten. Without these steps a department could not pass a slip upward
(R-000K-14), several departments could not wait for an opinion (R-000K-17), a superior could not answer a slip about a
manager (R-000K-04), and nobody could rule on a dispute of quality itself (R-003A-11). What an administrator made of the
same step stays as it is.
"""

import frappe
from frappe.model.document import Document

SLIP = "Complaint Handling Slip"
HANDLER, MANAGER = "Complaint Handler", "Complaint Department Manager"
REVIEWER, VICE = "Complaint Reviewer", "Complaint Vice President"
HEAD, COORDINATOR = "Complaint General Manager", "Complaint Coordinator"
STEPS = (
	("Issued", "Pass Upward", "Escalated", (HANDLER, MANAGER, REVIEWER, VICE), None),
	("Pending Issue", "Ask for Opinion", "Escalated", (COORDINATOR,), "doc.needs_higher_opinion"),
	("Issued", "Report", "Reported", (REVIEWER, VICE, HEAD), None),
	("Disputed", "Confirm Responsibility", "Issued", (HEAD,), None),
	("Disputed", "Assign Elsewhere", "Pending Issue", (HEAD,), None),
)
EDITORS = (MANAGER, REVIEWER, VICE, HEAD)


def execute() -> None:
	"""Append the missing steps and editors to each Workflow of the slip that has the states."""
	for name in frappe.get_all("Workflow", filters={"document_type": SLIP}, pluck="name", order_by="name"):
		workflow = frappe.get_doc("Workflow", name)
		# Both are counted: one that is whole already is not written.
		if _add_steps(workflow) + _add_editors(workflow):
			workflow.save(ignore_permissions=True)


def _add_steps(workflow: Document) -> int:
	states = {row.state for row in workflow.states}
	there = {(row.state, row.next_state, row.allowed) for row in workflow.transitions}
	added = 0
	for state, action, next_state, roles, condition in STEPS:
		for role in roles:
			if {state, next_state} <= states and (state, next_state, role) not in there:
				_add_step(workflow, state, action, next_state, role, condition)
				added += 1
	return added


def _add_step(
	workflow: Document, state: str, action: str, next_state: str, role: str, condition: str | None
) -> None:
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
			"allow_self_approval": 1,
			"condition": condition,
		},
	)


def _add_editors(workflow: Document) -> int:
	rows = [row for row in workflow.states if row.state == "Issued"]
	missing = [role for role in EDITORS if rows and role not in {row.allow_edit for row in rows}]
	for role in missing:
		workflow.append("states", {"state": "Issued", "doc_status": rows[0].doc_status, "allow_edit": role})
	return len(missing)
