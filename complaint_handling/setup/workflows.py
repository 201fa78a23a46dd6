"""Workflow States, Workflow Actions and Workflows: inserted if absent, never overwritten.

They are global to a site and adapted by administrators, so an existing one is left as it is.
"""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import WORKFLOW_DOCTYPES
from complaint_handling.setup import read_folder


def create_workflows() -> None:
	"""Create the shipped Workflows with their states and actions where the site has none yet."""
	for shipped in read_folder("workflows"):
		for row in shipped["states"]:
			_insert_if_absent("Workflow State", "workflow_state_name", row["state"], style=row["style"])
		for row in shipped["transitions"]:
			_insert_if_absent("Workflow Action Master", "workflow_action_name", row["action"])
		if not frappe.db.exists("Workflow", {"document_type": shipped["document_type"]}):
			_insert_workflow(shipped)


def remove_workflows() -> None:
	"""Remove the Workflows of this app's DocTypes, then the states and actions that no other Workflow uses."""
	for name in frappe.get_all(
		"Workflow", filters={"document_type": ("in", WORKFLOW_DOCTYPES)}, pluck="name", order_by="name"
	):
		frappe.delete_doc("Workflow", name, force=True)
	for shipped in read_folder("workflows"):
		for state in {row["state"] for row in shipped["states"]}:
			_delete_if_unused("Workflow State", state, "Workflow Document State", "state")
		for action in {row["action"] for row in shipped["transitions"]}:
			_delete_if_unused("Workflow Action Master", action, "Workflow Transition", "action")


def editors_of(state: dict) -> list[str]:
	"""Return the roles that may edit in a shipped state; each becomes a row of the Workflow."""
	return state["allow_edit"] if isinstance(state["allow_edit"], list) else [state["allow_edit"]]


def _insert_workflow(shipped: dict) -> Document:
	workflow = frappe.new_doc("Workflow")
	workflow.update(
		{
			"workflow_name": shipped["workflow_name"],
			"document_type": shipped["document_type"],
			"workflow_state_field": "workflow_state",
			"is_active": 1,
			# Notices come from one place: services/sweep/notices.py.
			"send_email_alert": 0,
			"override_status": 0,
		}
	)
	for row in shipped["states"]:
		for role in editors_of(row):
			workflow.append(
				"states",
				{
					"state": row["state"],
					"doc_status": str(row.get("doc_status", 0)),
					"allow_edit": role,
				},
			)
	for row in shipped["transitions"]:
		for role in row["allowed"]:
			workflow.append(
				"transitions",
				{
					"state": row["state"],
					"action": row["action"],
					"next_state": row["next_state"],
					"allowed": role,
					"allow_self_approval": row["allow_self_approval"],
					"condition": row.get("condition"),
				},
			)
	return workflow.insert(ignore_permissions=True)


def _insert_if_absent(doctype: str, fieldname: str, name: str, **values: str) -> None:
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, fieldname: name, **values}).insert(ignore_permissions=True)


def _delete_if_unused(doctype: str, name: str, used_in: str, fieldname: str) -> None:
	used = frappe.db.exists(used_in, {fieldname: name})
	if not used and doctype == "Workflow State":
		used = frappe.db.exists("Workflow Transition", {"next_state": name})
	# Frappe's own states (Pending, Approved, Rejected) are not ours to remove.
	if not used and frappe.db.exists(doctype, name) and not _is_standard(doctype, name):
		frappe.delete_doc(doctype, name, force=True, ignore_missing=True)


def _is_standard(doctype: str, name: str) -> bool:
	return name in {
		"Workflow State": ("Pending", "Approved", "Rejected"),
		"Workflow Action Master": ("Approve", "Reject", "Review"),
	}.get(doctype, ())
