"""The person complained about: who it is, and taking away what the host gave before he was named.

Row rules (`permissions.py`) hide the case from the person. The host has doors that these rules do not reach:
a share wins over them, and assignments, follows, notices, keys of print links and mails in the queue exist as
rows of their own. `withdraw_access` removes those; `integrations/frappe/` refuses new ones.
"""

import re
from collections.abc import Iterable, Mapping

import frappe
from frappe.model.document import Document

from complaint_handling.constants import (
	COMPLAINT,
	COMPLAINT_CHILD_DOCTYPES,
	EIGHT_D,
	REVISIT,
)
from complaint_handling.domain.states import RevisitState

# The names of documents by their DocType.
Documents = Mapping[str, list[str]]


def resolve_user(employee: str | None) -> str | None:
	"""Return the user of an employee, whether still employed or not, or None when there is none."""
	return frappe.db.get_value("Employee", employee, "user_id") or None if employee else None


def withdraw_access(complaint: Document | str) -> None:
	"""Take every access to the case away from the person complained about; does nothing without one.

	Also ends shares with everyone, which the person would read through. Writes for the system, whoever saves
	the complaint: none of the rows belongs to that user.
	"""
	name = complaint if isinstance(complaint, str) else complaint.name
	user = frappe.db.get_value(COMPLAINT, name, "complained_about_user")
	if user:
		_withdraw(user, documents_of(name))


def withdraw_access_to(doc: Document) -> None:
	"""Take one document away from whoever its complaints are about: an 8D got a source, a revisit a complaint."""
	for user in users_complained_about(complaints_of(doc)):
		_withdraw(user, {doc.doctype: [doc.name]})


def follow_user_of_employee(employee: str) -> None:
	"""Bring the complaints about an employee up to date with the user that Employee names now."""
	user = resolve_user(employee)
	complaints = frappe.get_all(  # every complaint about him, whoever saves the employee
		COMPLAINT,
		filters={"complained_about_employee": employee},
		fields=["name", "complained_about_user"],
	)
	for complaint in complaints:
		if (complaint.complained_about_user or None) != user:
			frappe.db.set_value(
				COMPLAINT, complaint.name, "complained_about_user", user, update_modified=False
			)
			withdraw_access(complaint.name)


def users_complained_about(complaints: Iterable[str]) -> set[str]:
	"""Return the users whom these complaints are about."""
	names = [name for name in complaints if name]
	if not names:
		return set()
	filters = {"name": ("in", names), "complained_about_user": ("is", "set")}
	return set(frappe.get_all(COMPLAINT, filters=filters, pluck="complained_about_user"))


def complaints_of(doc: Document) -> list[str]:
	"""Return the complaints that a document of a case belongs to."""
	if doc.doctype == COMPLAINT:
		return [doc.name]
	if doc.doctype == EIGHT_D:
		return [row.complaint for row in doc.complaints]
	return [doc.complaint] if doc.get("complaint") else []


def documents_of(complaint: str) -> dict[str, list[str]]:
	"""Return every document that the case of a complaint consists of."""
	documents = {
		doctype: frappe.get_all(doctype, filters={"complaint": complaint}, pluck="name")
		for doctype in COMPLAINT_CHILD_DOCTYPES
	}
	sources = {"complaint": complaint, "parenttype": EIGHT_D}
	documents[EIGHT_D] = frappe.get_all("Complaint 8D Source", filters=sources, pluck="parent", distinct=True)
	documents[COMPLAINT] = [complaint]
	return {doctype: names for doctype, names in documents.items() if names}


def _withdraw(user: str, documents: Documents) -> None:
	for doctype, names in documents.items():
		_end_shares(user, doctype, names)
		_end_assignments(user, doctype, names)
		_drop_unsent_mails(user, doctype, names)
		_delete("Document Follow", {"ref_doctype": doctype, "ref_docname": ("in", names), "user": user})
		_delete("Document Share Key", {"reference_doctype": doctype, "reference_docname": ("in", names)})
		_delete("Reminder", {"reminder_doctype": doctype, "reminder_docname": ("in", names), "user": user})
		_delete(
			"Workflow Action", {"reference_doctype": doctype, "reference_name": ("in", names), "user": user}
		)
	_drop_notices(user, documents)
	_free_planned_revisits(user, documents.get(REVISIT, []))


def _end_shares(user: str, doctype: str, names: list[str]) -> None:
	shares = frappe.get_all(
		"DocShare",
		filters={"share_doctype": doctype, "share_name": ("in", names)},
		or_filters={"user": user, "everyone": 1},
		pluck="name",
	)
	for share in shares:
		frappe.delete_doc("DocShare", share, ignore_permissions=True, flags={"ignore_share_permission": True})


def _end_assignments(user: str, doctype: str, names: list[str]) -> None:
	assignments = frappe.get_all(
		"ToDo",
		filters={
			"reference_type": doctype,
			"reference_name": ("in", names),
			"allocated_to": user,
			"status": ("!=", "Cancelled"),
		},
		pluck="name",
	)
	for name in assignments:
		# Saved, not deleted: the host then takes the user out of `_assign` and notes it in the timeline. Its own
		# `assign_to.remove` would in addition tell the person, with the title of the case.
		assignment = frappe.get_doc("ToDo", name)
		assignment.status = "Cancelled"
		assignment.save(ignore_permissions=True)


def _drop_unsent_mails(user: str, doctype: str, names: list[str]) -> None:
	queued = frappe.get_all(
		"Email Queue",
		filters={"reference_doctype": doctype, "reference_name": ("in", names), "status": "Not Sent"},
		pluck="name",
	)
	if not queued:
		return
	addresses = addresses_of(user)
	for name in queued:
		frappe.db.delete("Email Queue Recipient", {"parent": name, "recipient": ("in", addresses)})
		if not frappe.db.exists("Email Queue Recipient", {"parent": name}):
			frappe.db.delete("Email Queue", {"name": name})


def addresses_of(user: str) -> list[str]:
	"""Return the mail addresses of a user: the key, which is one for all but the host's own users, and the field."""
	return list({user, frappe.db.get_value("User", user, "email") or user})


def _drop_notices(user: str, documents: Documents) -> None:
	named = re.compile("|".join(rf"\b{re.escape(name)}\b" for names in documents.values() for name in names))
	notices = frappe.get_all(
		"Notification Log",
		filters={"for_user": user},
		fields=["name", "document_type", "document_name", "subject", "email_content"],
	)
	for notice in notices:
		about = notice.document_name in documents.get(notice.document_type or "", ())
		# A digest is filed under its first document only.
		if about or named.search(f"{notice.subject} {notice.email_content}"):
			_delete("Notification Log", {"name": notice.name})


def _free_planned_revisits(user: str, names: list[str]) -> None:
	planned = {
		"name": ("in", names),
		"assigned_to": user,
		"workflow_state": ("in", (str(RevisitState.PLANNED), str(RevisitState.UNREACHABLE))),
	}
	for name in frappe.get_all(REVISIT, filters=planned, pluck="name") if names else ():
		frappe.db.set_value(REVISIT, name, "assigned_to", None)


def _delete(doctype: str, filters: dict) -> None:
	# Not every supported host has every one of these DocTypes.
	if frappe.db.table_exists(doctype):
		frappe.db.delete(doctype, filters)
