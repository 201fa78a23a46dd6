"""Notices to users, in the Desk and by e-mail, as rows of the caller's transaction.

They appear together with what they tell of, or not at all.
"""

from collections import defaultdict
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import escape_html, get_url_to_form

from complaint_handling.constants import SETTINGS
from complaint_handling.services.sweep import bulk


@dataclass(frozen=True)
class Notice:
	"""One thing a recipient has to know: about which document, in one line."""

	recipient: str
	reference_doctype: str
	reference_name: str
	line: str


@dataclass(frozen=True)
class Reference:
	"""The document that a notice opens."""

	doctype: str
	name: str


def send_digests(notices: list[Notice]) -> None:
	"""Give each recipient one notice in the Desk and one e-mail with all lines; a disabled user nothing."""
	by_recipient: dict[str, list[Notice]] = defaultdict(list)
	for notice in notices:
		by_recipient[notice.recipient].append(notice)
	for recipient, lines in by_recipient.items():
		first = lines[0]
		subject = first.line
		if len(lines) > 1:
			subject = _("{0} complaints need your attention", lang=language_of(recipient)).format(len(lines))
		body = "".join(f"<li>{_link(notice)} {escape_html(notice.line)}</li>" for notice in lines)
		tell(recipient, subject, f"<ul>{body}</ul>", Reference(first.reference_doctype, first.reference_name))


def tell(recipient: str, subject: str, body: str, about: Reference) -> bool:
	"""Give a user one notice in the Desk and, where mail is on, one e-mail; False for a disabled user.

	`subject` is text, `body` is HTML that the caller has made safe.
	"""
	if not frappe.get_cached_value("User", recipient, "enabled"):
		return False
	_notify_in_desk(recipient, subject, body, about)
	if _mail_is_on():
		_queue_mail(recipient, subject, body, about)
	return True


def language_of(user: str) -> str:
	"""Return the language in which a user is written to."""
	return frappe.get_cached_value("User", user, "language") or frappe.local.lang


def _queue_mail(recipient: str, subject: str, body: str, about: Reference) -> None:
	# A mail that cannot be built must not undo the escalation it tells of; the notice in the Desk stands.
	frappe.db.savepoint("mail")
	try:
		frappe.sendmail(
			recipients=[frappe.get_cached_value("User", recipient, "email")],
			subject=subject,
			message=body,
			reference_doctype=about.doctype,
			reference_name=about.name,
		)
	except bulk.LOST_LOCKS:
		raise  # the savepoint is gone with the transaction, the notice in the Desk as well
	except Exception:
		frappe.db.rollback(save_point="mail")
		frappe.log_error(
			title="Notice could not be mailed", reference_doctype=about.doctype, reference_name=about.name
		)


def _notify_in_desk(recipient: str, subject: str, body: str, about: Reference) -> None:
	log = frappe.new_doc("Notification Log")
	log.update(
		{
			"for_user": recipient,
			"from_user": "Administrator",
			# An Alert sends no mail of its own; the digest does.
			"type": "Alert",
			"subject": escape_html(subject),
			"email_content": body,
			"document_type": about.doctype,
			"document_name": about.name,
		}
	)
	# The recipient's own notification, written by a job.
	log.insert(ignore_permissions=True)


def _mail_is_on() -> bool:
	return bool(
		frappe.get_cached_doc(SETTINGS).send_escalation_mail
		and frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	)


def _link(notice: Notice) -> str:
	url = get_url_to_form(notice.reference_doctype, notice.reference_name)
	return f'<a href="{escape_html(url)}">{escape_html(notice.reference_name)}</a>'
