"""Add the step that issues a request to process engineering to the slip's Workflow of existing sites.

A Workflow is created once and never overwritten; without this step no department could ask (R-003A-17). A step
from Draft to Issued that an administrator made already is left as it is.
"""

import frappe

SLIP = "Complaint Handling Slip"
ACTION = "Ask Process Engineering"
ROLES = ("Complaint Handler", "Complaint Department Manager", "Complaint Coordinator")


def execute() -> None:
	"""Append the step to each Workflow of the slip that has both states."""
	for name in frappe.get_all("Workflow", filters={"document_type": SLIP}, pluck="name", order_by="name"):
		workflow = frappe.get_doc("Workflow", name)
		if {"Draft", "Issued"} <= {row.state for row in workflow.states} and not _has_step(workflow):
			_add_step(workflow)


def _has_step(workflow: frappe.model.document.Document) -> bool:
	return any((row.state, row.next_state) == ("Draft", "Issued") for row in workflow.transitions)


def _add_step(workflow: frappe.model.document.Document) -> None:
	if not frappe.db.exists("Workflow Action Master", ACTION):
		action = {"doctype": "Workflow Action Master", "workflow_action_name": ACTION}
		frappe.get_doc(action).insert(ignore_permissions=True)
	for role in ROLES:
		workflow.append(
			"transitions",
			{
				"state": "Draft",
				"action": ACTION,
				"next_state": "Issued",
				"allowed": role,
				"allow_self_approval": 1,
				"condition": 'doc.slip_kind == "Process Engineering Request" and doc.requested_by_slip',
			},
		)
	workflow.save(ignore_permissions=True)
