"""Group cases: several complaints of one cause are handled in a leading one.

The leading case's slips and 8D serve all its members; each member keeps its own customer, promises, remedies, consent
and revisit, and takes the solution over when the leading case has one.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, COORDINATOR, REVIEWER
from complaint_handling.domain.states import ENDED_COMPLAINT_STATES, ComplaintState
from complaint_handling.services.special_cases.decisions import (
	check_not_held,
	locked,
	note,
	refuse,
	require_reason,
	require_role,
)
from complaint_handling.services.workflow.workflow_guard import state_entered

GROUPING_ROLES = (COORDINATOR, REVIEWER)
MAXIMUM_MEMBERS = 200
HANDLED = (
	ComplaintState.SOLUTION_PROPOSED,
	ComplaintState.SOLUTION_ENDORSED,
	ComplaintState.WITH_CUSTOMER,
	ComplaintState.EXECUTING,
	ComplaintState.AWAITING_REVISIT,
	ComplaintState.CLOSED,
)
COPIED_FIELDS = ("cause", "cause_status", "verification_result", "verification_note", "resources")
COPIED_COLUMNS = ("measure_type", "description", "responsible_employee", "due_on", "done_on", "result")


def merge(complaints: list[str], leading: str) -> list[str]:
	"""Bring complaints into the group of a leading one and return those that joined.

	All or none: raises for the first that cannot join. Harmless when repeated: who is in already is left out.
	"""
	require_role(GROUPING_ROLES)
	members = [name for name in dict.fromkeys(complaints) if name != leading]
	if not members or len(members) > MAXIMUM_MEMBERS:
		refuse(_("Choose between one and {0} complaints besides the leading one.").format(MAXIMUM_MEMBERS))
	# Locked in one order, so that two merges wait for each other and build no chain.
	docs = {name: locked(name, "write") for name in sorted({leading, *members})}
	_check_leading(docs[leading])
	return [name for name in members if _join(docs[name], docs[leading])]


def leave(complaint: str, reason: str) -> None:
	"""Take a complaint out of its group; from then on it needs somebody at work of its own."""
	require_role(GROUPING_ROLES)
	doc = locked(complaint, "write")
	reason = require_reason(reason)
	if not doc.group_case:
		refuse(_("{0} is in no group.").format(frappe.bold(doc.name)))
	check_not_held(doc)
	leading = frappe.get_doc(COMPLAINT, doc.group_case)
	doc.db_set("group_case", None, notify=True)
	note(doc, _("{0} took the complaint out of the group of {1}: {2}"), leading.name, reason)
	note(leading, _("{0} took {1} out of the group: {2}"), doc.name, reason)


def adopt_solution(complaint: str) -> bool:
	"""Copy cause and measures of the leading case to a member in handling; False when it has them already.

	Remedies stay each member's own; where the leading case decided that there are none and the member has
	none, that is taken over too.
	"""
	doc = locked(complaint, "write")
	leading = _leading_with_solution(doc)
	if not _copy_solution(doc, leading):
		return False
	doc.save()
	note(doc, _("{0} adopted the solution of the group case {1}"), leading.name)
	return True


def members(leading: str) -> list[frappe._dict]:
	"""Return the complaints in the group of a leading one, whoever reads them."""
	return frappe.get_all(
		COMPLAINT,
		filters={"group_case": leading},
		fields=["name", "workflow_state", "customer", "complaint_owner"],
		order_by="creation asc",
	)


def check_end(complaint: Document) -> None:
	"""Refuse to give a leading case up that open members wait for; call in `validate`. It may be closed."""
	given_up = (ComplaintState.CANCELLED, ComplaintState.NOT_JUSTIFIED)
	if complaint.is_new() or state_entered(complaint) not in given_up:
		return
	waiting = [row.name for row in members(complaint.name) if _is_open(row)]
	if waiting:
		refuse(
			_("{0} are handled in this case. Take them out of the group first, or let another lead.").format(
				", ".join(waiting)
			)
		)


def _check_leading(leading: Document) -> None:
	_check_can_be_grouped(leading)
	if leading.group_case:
		refuse(
			_("{0} is itself in the group of {1}. Choose that one to lead.").format(
				frappe.bold(leading.name), leading.group_case
			)
		)


def _join(doc: Document, leading: Document) -> bool:
	if doc.group_case == leading.name:
		return False
	_check_member(doc, leading)
	doc.db_set("group_case", leading.name, notify=True)
	note(doc, _("{0} brought the complaint into the group of {1}"), leading.name)
	note(leading, _("{0} brought {1} into the group of this case"), doc.name)
	return True


def _check_member(doc: Document, leading: Document) -> None:
	name = frappe.bold(doc.name)
	_check_can_be_grouped(doc)
	if doc.company != leading.company:
		refuse(_("{0} belongs to another company than the leading case.").format(name))
	if doc.group_case:
		refuse(_("{0} is in the group of {1}. Take it out there first.").format(name, doc.group_case))
	if frappe.db.exists(COMPLAINT, {"group_case": doc.name}):
		refuse(_("{0} leads a group itself. Let its members leave first.").format(name))
	if doc.is_restricted != leading.is_restricted:
		refuse(_("{0}: a restricted case and an open one do not share their handling.").format(name))


def _check_can_be_grouped(doc: Document) -> None:
	if doc.is_imported or not _is_open(doc):
		refuse(
			_("{0} is {1} and is not handled any more.").format(frappe.bold(doc.name), _(doc.workflow_state))
		)
	check_not_held(doc)


def _is_open(doc: Document | frappe._dict) -> bool:
	return doc.workflow_state not in (*ENDED_COMPLAINT_STATES, ComplaintState.NOT_JUSTIFIED)


def _leading_with_solution(doc: Document) -> Document:
	if not doc.group_case:
		refuse(_("{0} is in no group.").format(frappe.bold(doc.name)))
	if doc.workflow_state != ComplaintState.IN_HANDLING:
		refuse(_("A solution is adopted while the complaint is in handling."))
	leading = frappe.get_doc(COMPLAINT, doc.group_case)
	leading.check_permission("read")
	if leading.workflow_state not in HANDLED or not leading.cause:
		refuse(_("The group case {0} has no proposed solution yet.").format(frappe.bold(leading.name)))
	return leading


def _copy_solution(doc: Document, leading: Document) -> bool:
	values = {name: leading.get(name) for name in COPIED_FIELDS if leading.get(name)}
	if leading.no_compensation and not doc.remedies:
		values["no_compensation"] = 1
	changed = any(doc.get(name) != value for name, value in values.items())
	doc.update(values)
	known = {_key(row) for row in doc.measures}
	added = [row for row in leading.measures if _key(row) not in known]
	for row in added:
		doc.append("measures", {name: row.get(name) for name in COPIED_COLUMNS})
	return changed or bool(added)


def _key(row: Document) -> tuple[str, str, str]:
	return row.measure_type, (row.description or "").strip(), row.responsible_employee
