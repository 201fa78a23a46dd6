"""Shares win over every permission hook; so none is made that shows a case to the person complained about."""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.exceptions import AccessRefusedError
from complaint_handling.integrations.frappe.references import Reference
from complaint_handling.services.access.reading_rules import is_complained_about_in

REFERENCE = Reference("DocShare", "share_doctype", "share_name")
get_permission_query_conditions = REFERENCE.get_permission_query_conditions
has_permission = REFERENCE.has_permission


def refuse_share(doc: Document, method: str | None = None) -> None:
	"""Refuse a share of a case with everybody, or with the person complained about."""
	if not REFERENCE.is_to_case(doc):
		return
	doctype, name = REFERENCE.of(doc)
	if doc.everyone:
		frappe.throw(
			_(
				"{0} {1} belongs to a complaint and is not shared with everyone. Share it with named users."
			).format(_(doctype), frappe.bold(name)),
			AccessRefusedError,
			title=_("Not Shared"),
		)
	if is_complained_about_in(doctype, name, doc.user):
		frappe.throw(
			_("{0} may not read {1} {2} and it cannot be shared with this user.").format(
				frappe.bold(doc.user), _(doctype), frappe.bold(name)
			),
			AccessRefusedError,
			title=_("Not Shared"),
		)
