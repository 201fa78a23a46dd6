"""Legal hold: a dispute at law or a statutory duty wins over closing, changing and erasing a complaint.

The complaint and its evidence (contacts, files, comments, mails) then stay as they are, and new evidence may be
added. Steps of the workflow go on, but for those that end the case; so does the work on slips.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from complaint_handling.constants import CASE_DOCTYPES, COMPLAINT, COORDINATOR, EIGHT_D, GENERAL_MANAGER
from complaint_handling.exceptions import FieldLockedError
from complaint_handling.services.access.complained_about import complaints_of
from complaint_handling.services.special_cases.decisions import (
	locked,
	note,
	refuse,
	require_reason,
	require_role,
)
from complaint_handling.services.workflow import workflow_guard

SETTING_ROLES = (COORDINATOR, GENERAL_MANAGER)
RELEASING_ROLES = (GENERAL_MANAGER,)
_REFERENCE = ("reference_doctype", "reference_name")
EVIDENCE_FIELDS = {
	"File": ("attached_to_doctype", "attached_to_name", "file_name", "file_url", "content_hash"),
	"Comment": ("content", *_REFERENCE),
	"Communication": ("subject", "content", "sender", "recipients", *_REFERENCE),
}


def set_hold(complaint: str, reason: str) -> None:
	"""Put a complaint on legal hold as the current user. Raises for a wrong role or a missing reason."""
	doc = locked(complaint)
	require_role(SETTING_ROLES)
	reason = require_reason(reason)
	if doc.legal_hold:
		refuse(_("{0} is on legal hold already.").format(frappe.bold(doc.name)))
	doc.db_set(
		{"legal_hold": 1, "legal_hold_reason": reason, "legal_hold_since": now_datetime()}, notify=True
	)
	note(doc, _("{0} put the complaint on legal hold: {1}"), reason)


def release_hold(complaint: str, reason: str) -> None:
	"""Release a complaint from its legal hold as the general manager; the reason goes to the timeline."""
	doc = locked(complaint)
	require_role(RELEASING_ROLES)
	reason = require_reason(reason)
	if not doc.legal_hold:
		refuse(_("{0} is not on legal hold.").format(frappe.bold(doc.name)))
	doc.db_set({"legal_hold": 0, "legal_hold_reason": None, "legal_hold_since": None}, notify=True)
	note(doc, _("{0} released the complaint from its legal hold: {1}"), reason)


def check_change(complaint: Document) -> None:
	"""Refuse a save that changes a held complaint without a step of the workflow; call in `validate`."""
	if not complaint.legal_hold or complaint.is_new() or workflow_guard.state_entered(complaint):
		return
	if workflow_guard.has_changes(complaint):
		_refuse(complaint.name)


def refuse_change_of_evidence(doc: Document, method: str | None = None) -> None:
	"""Refuse to change stored evidence of a held complaint; hook `validate`. New evidence is welcome."""
	before = doc.get_doc_before_save()
	if before is None or not any(doc.has_value_changed(name) for name in _evidence_fields(doc)):
		return
	_refuse_if_held({*_complaints_of(doc), *_complaints_of(before)})


def refuse_deletion(doc: Document, method: str | None = None) -> None:
	"""Refuse to delete evidence of a held complaint; hook `on_trash`. What the host notes itself is none."""
	if doc.doctype != "Comment" or doc.comment_type == "Comment":
		_refuse_if_held(_complaints_of(doc))


def _evidence_fields(doc: Document) -> tuple[str, ...]:
	"""Return the fields that are evidence; of the host's rows not those that it moves itself."""
	if doc.doctype in EVIDENCE_FIELDS:
		return EVIDENCE_FIELDS[doc.doctype]
	return tuple(field.fieldname for field in doc.meta.fields if not field.read_only)


def _complaints_of(doc: Document) -> set[str]:
	"""Return the complaints that a document of a case, or a row of the host about one, belongs to."""
	if doc.doctype in CASE_DOCTYPES:
		return set(complaints_of(doc))
	is_file = doc.doctype == "File"
	doctype = doc.get("attached_to_doctype" if is_file else "reference_doctype")
	name = doc.get("attached_to_name" if is_file else "reference_name")
	if not name:
		return set()
	if is_file and doctype in ("Communication", "Comment") and frappe.db.exists(doctype, name):
		return _complaints_of(frappe.get_doc(doctype, name))
	return _complaints_of_reference(doctype, name)


def _complaints_of_reference(doctype: str | None, name: str) -> set[str]:
	if doctype == COMPLAINT:
		return {name}
	if doctype == EIGHT_D:
		sources = {"parent": name, "parenttype": EIGHT_D}
		return set(frappe.get_all("Complaint 8D Source", filters=sources, pluck="complaint"))
	if doctype not in CASE_DOCTYPES:
		return set()
	complaint = frappe.db.get_value(doctype, name, "complaint")
	return {complaint} if complaint else set()


def _refuse_if_held(complaints: set[str]) -> None:
	if not complaints:
		return
	held = frappe.db.get_value(COMPLAINT, {"name": ("in", sorted(complaints)), "legal_hold": 1}, "name")
	if held:
		_refuse(held)


def _refuse(complaint: str) -> None:
	reason = frappe.db.get_value(COMPLAINT, complaint, "legal_hold_reason")
	frappe.throw(
		_(
			"{0} is on legal hold: {1}. The complaint and its evidence are neither changed nor deleted until the general manager releases it."
		).format(frappe.bold(complaint), frappe.utils.escape_html(reason or "")),
		FieldLockedError,
		title=_("Legal Hold"),
	)
