"""What a scenario looks at afterwards: the records that a case leaves, read past every permission."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import CONTACT, ESCALATION_LOG, MILESTONE, PROCEDURE, PROMISE
from tests.integration.scenarios.play import Play


def preset(play: Play) -> Document:
	"""Return the procedure that is played."""
	return frappe.get_doc(PROCEDURE, play.procedure)


def column(doc: Document, table: str, fieldname: str) -> list[Any]:
	"""Return a column of a table of a document."""
	return [row.get(fieldname) for row in doc.get(table)]


def people_of_steps(complaint: Document) -> list[tuple[str, str]]:
	"""Return the states that a complaint entered by its workflow, each with who took it there.

	Two steps at the same moment come in any order.
	"""
	rows = frappe.get_all(
		"Comment",
		{
			"reference_doctype": complaint.doctype,
			"reference_name": complaint.name,
			"comment_type": "Workflow",
		},
		["content", "owner"],
		order_by="creation asc",
	)
	return [(row.content, row.owner) for row in rows]


def promises(play: Play, kind: str = "Solution") -> list[tuple[Any, str]]:
	"""Return the ledger of reply times of a kind: due time and state."""
	rows = frappe.get_all(
		PROMISE,
		{"complaint": play.made["complaint"], "kind": kind},
		["due_at", "state"],
		order_by="sequence asc",
	)
	return [(get_datetime(row.due_at), row.state) for row in rows]


def contacts(play: Play, **filters: Any) -> list[str]:
	"""Return the purposes of the contacts of the complaint, in their order."""
	found = {"complaint": play.made["complaint"], **filters}
	return frappe.get_all(CONTACT, found, pluck="purpose", order_by="contacted_on asc, creation asc")


def is_told(user: str, doctype: str, name: str) -> bool:
	"""Tell whether a user has a notice on the Desk about a document."""
	notice = {"for_user": user, "document_type": doctype, "document_name": name}
	return bool(frappe.db.exists("Notification Log", notice))


def raised(play: Play) -> list[tuple[str, int, str]]:
	"""Return what the sweep raised of the play's cases: stage, level and who was told."""
	rows = frappe.get_all(
		ESCALATION_LOG,
		{"complaint": ("in", list(play.made.values()))},
		["milestone", "level", "escalated_to"],
		order_by="deadline asc, level asc",
	)
	return [
		(frappe.db.get_value(MILESTONE, row.milestone, "stage"), row.level, row.escalated_to) for row in rows
	]


def may_read(user: str, doc: Document) -> bool:
	"""Tell whether a user may open a document."""
	return bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=user))
