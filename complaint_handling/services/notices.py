"""Notices to users: one digest a recipient, in the Desk and by e-mail, as rows of the same transaction."""

from collections import defaultdict
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import escape_html, get_url_to_form

from complaint_handling.constants import SETTINGS


@dataclass(frozen=True)
class Notice:
	"""One thing a recipient has to know: about which document, in one line."""

	recipient: str
	reference_doctype: str
	reference_name: str
	line: str


def send_digests(notices: list[Notice]) -> None:
	"""Give each recipient one notice in the Desk and one e-mail with all lines.

	The rows (Notification Log, Email Queue) belong to the caller's transaction: they appear together with
	what they tell of, or not at all. A disabled user gets nothing.
	"""
	by_recipient: dict[str, list[Notice]] = defaultdict(list)
	for notice in notices:
		by_recipient[notice.recipient].append(notice)
	for recipient, lines in by_recipient.items():
		if frappe.get_cached_value("User", recipient, "enabled"):
			_send_digest(recipient, lines)


def _send_digest(recipient: str, notices: list[Notice]) -> None:
	subject = notices[0].line
	if len(notices) > 1:
		subject = _("{0} complaints need your attention", lang=language_of(recipient)).format(len(notices))
	body = "".join(f"<li>{_link(notice)} {escape_html(notice.line)}</li>" for notice in notices)
	_notify_in_desk(recipient, subject, f"<ul>{body}</ul>", notices[0])
	if _mail_is_on():
		_queue_mail(recipient, subject, f"<ul>{body}</ul>", notices[0])


def _queue_mail(recipient: str, subject: str, body: str, notice: Notice) -> None:
	# A mail that cannot be built must not undo the escalation it tells of; the notice in the Desk stands.
	frappe.db.savepoint("mail")
	try:
		frappe.sendmail(
			recipients=[frappe.get_cached_value("User", recipient, "email")],
			subject=subject,
			message=body,
			reference_doctype=notice.reference_doctype,
			reference_name=notice.reference_name,
		)
	except Exception:
		frappe.db.rollback(save_point="mail")
		frappe.log_error(
			title="Notice could not be mailed",
			reference_doctype=notice.reference_doctype,
			reference_name=notice.reference_name,
		)


def _notify_in_desk(recipient: str, subject: str, body: str, notice: Notice) -> None:
	log = frappe.new_doc("Notification Log")
	log.update(
		{
			"for_user": recipient,
			"from_user": "Administrator",
			# An Alert sends no mail of its own; the digest does.
			"type": "Alert",
			"subject": escape_html(subject),
			"email_content": body,
			"document_type": notice.reference_doctype,
			"document_name": notice.reference_name,
		}
	)
	# The recipient's own notification, written by a job.
	log.insert(ignore_permissions=True)


def _mail_is_on() -> bool:
	return bool(
		frappe.db.get_single_value(SETTINGS, "send_escalation_mail")
		and frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	)


def _link(notice: Notice) -> str:
	url = get_url_to_form(notice.reference_doctype, notice.reference_name)
	return f'<a href="{escape_html(url)}">{escape_html(notice.reference_name)}</a>'


def language_of(user: str) -> str:
	"""Return the language in which a user is written to."""
	return frappe.get_cached_value("User", user, "language") or frappe.local.lang
