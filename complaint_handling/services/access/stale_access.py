"""Access that outlives the right to read: the host never asks again whether a follower or assignee may read."""

import frappe
from frappe.model.document import Document


def end_stale_access(doc: Document) -> None:
	"""End follows and assignments of those who read a document no more: its department or person has changed.

	A follower is mailed every change; an assignee keeps the task, with its description, on his list.
	"""
	for follow in _rows("Document Follow", "ref_doctype", "ref_docname", doc, "user"):
		if not _may_read(doc, follow.user):
			frappe.db.delete("Document Follow", {"name": follow.name})
	for task in _rows("ToDo", "reference_type", "reference_name", doc, "allocated_to", status="Open"):
		if task.allocated_to and not _may_read(doc, task.allocated_to):
			_cancel(task.name)


def _rows(
	doctype: str, doctype_field: str, name_field: str, doc: Document, user_field: str, **filters: str
) -> list[frappe._dict]:
	reference = {doctype_field: doc.doctype, name_field: doc.name}
	return frappe.get_all(doctype, filters={**reference, **filters}, fields=["name", user_field])


def _may_read(doc: Document, user: str) -> bool:
	return bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=user))


def _cancel(name: str) -> None:
	# Saved, not deleted: the host then takes the user out of `_assign` and notes it in the timeline.
	task = frappe.get_doc("ToDo", name)
	task.status = "Cancelled"
	task.save(ignore_permissions=True)
