"""What decisions about special cases have in common: who may take them, their reason, and the timeline."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, escape_html, get_fullname

from complaint_handling.constants import COMPLAINT, COORDINATOR, GENERAL_MANAGER, REVIEWER, VICE_PRESIDENT
from complaint_handling.exceptions import MissingInputError, PreconditionError

LEADING_ROLES = (COORDINATOR, REVIEWER, VICE_PRESIDENT, GENERAL_MANAGER)


def locked(name: str, ptype: str = "read") -> Document:
	"""Return a complaint that the user may read (or what else is asked), locked until the transaction ends."""
	doc = frappe.get_doc(COMPLAINT, name, for_update=True)
	doc.check_permission(ptype)
	return doc


def require_role(roles: Iterable[str]) -> None:
	"""Refuse a user who holds none of the roles."""
	roles = list(roles)
	if frappe.session.user == "Administrator" or set(roles).intersection(frappe.get_roles()):
		return
	frappe.throw(
		_("This is decided by: {0}. Ask one of them.").format(", ".join(_(role) for role in roles)),
		frappe.PermissionError,
		title=_("Not Permitted"),
	)


def require_reason(reason: str | None) -> str:
	"""Return the reason without blanks around it, and refuse an empty one."""
	reason = cstr(reason).strip()
	if not reason:
		frappe.throw(
			_("The reason is missing. Record it."), MissingInputError, title=_("Something is Missing")
		)
	return reason


def check_not_held(doc: Document) -> None:
	"""Refuse a decision about a complaint on legal hold."""
	if doc.legal_hold:
		refuse(_("{0} is on legal hold and stays as it is.").format(frappe.bold(doc.name)))


def refuse(message: str) -> None:
	"""Refuse a step that the state of the case does not allow."""
	frappe.throw(message, PreconditionError, title=_("Not Possible"))


def note(doc: Document, text: str, *values: str | None) -> None:
	"""Write into the timeline what the user decided; the first placeholder of the text is his name."""
	values = tuple(escape_html(cstr(value)) for value in (get_fullname(frappe.session.user), *values))
	doc.add_comment("Info", text.format(*values))
