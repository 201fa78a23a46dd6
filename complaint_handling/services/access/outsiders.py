"""What the host keeps of a case for people who may not read it any more: follows, tasks, notices, mails, links."""

import frappe

from complaint_handling.services.access import complained_about, stale_access
from complaint_handling.services.access.reading_rules import is_kept_from


def withdraw_access(complaint: str) -> None:
	"""End whatever reaches somebody from whom a document of the case is kept, and links that ask nobody."""
	for doctype, names in complained_about.documents_of(complaint).items():
		for name in names:
			stale_access.end_stale_access(frappe.get_doc(doctype, name))
			_end_keys_and_public_shares(doctype, name)
			_drop_notices(doctype, name)
			_drop_unsent_mails(doctype, name)


def _end_keys_and_public_shares(doctype: str, name: str) -> None:
	frappe.db.delete("Document Share Key", {"reference_doctype": doctype, "reference_docname": name})
	public = {"share_doctype": doctype, "share_name": name, "everyone": 1}
	for share in frappe.get_all("DocShare", filters=public, pluck="name"):
		frappe.delete_doc("DocShare", share, ignore_permissions=True, flags={"ignore_share_permission": True})


def _drop_notices(doctype: str, name: str) -> None:
	about = {"document_type": doctype, "document_name": name}
	for notice in frappe.get_all("Notification Log", filters=about, fields=["name", "for_user"]):
		if is_kept_from(doctype, name, notice.for_user):
			frappe.db.delete("Notification Log", {"name": notice.name})


def _drop_unsent_mails(doctype: str, name: str) -> None:
	queued = {"reference_doctype": doctype, "reference_name": name, "status": "Not Sent"}
	for mail in frappe.get_all("Email Queue", filters=queued, pluck="name"):
		_leave_out(mail, doctype, name)


def _leave_out(mail: str, doctype: str, name: str) -> None:
	recipients = frappe.get_all(
		"Email Queue Recipient", filters={"parent": mail}, fields=["name", "recipient"]
	)
	kept = [row.name for row in recipients if _is_kept_from(row.recipient, doctype, name)]
	if not kept:
		return
	frappe.db.delete("Email Queue Recipient", {"name": ("in", kept)})
	if len(kept) == len(recipients):
		frappe.db.delete("Email Queue", {"name": mail})


def _is_kept_from(recipient: str, doctype: str, name: str) -> bool:
	address = frappe.utils.parse_addr(recipient)[1] or recipient
	users = frappe.get_all("User", or_filters={"name": address, "email": address}, pluck="name")
	return any(is_kept_from(doctype, name, user) for user in users)
