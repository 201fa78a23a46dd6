"""Cases restricted to named persons: who is one, as Python for one case and as SQL for many.

Named are the owner of the complaint and whoever it is shared with by name; the general manager and the auditor
need no naming. On an issued slip the person who has to answer it is named, for that slip alone.
"""

from collections.abc import Iterable

import frappe

from complaint_handling.constants import AUDITOR, COMPLAINT, GENERAL_MANAGER, SLIP
from complaint_handling.domain.states import SlipState

ROLES_READING_ALL = frozenset({GENERAL_MANAGER, AUDITOR})
NOT_ISSUED = (SlipState.DRAFT, SlipState.PENDING_REVIEW, SlipState.PENDING_ISSUE)


def keep_out(roles: frozenset[str]) -> bool:
	"""Tell whether the site has restricted cases, and no role of a user reads them all."""
	return not roles & ROLES_READING_ALL and bool(frappe.db.exists(COMPLAINT, {"is_restricted": 1}))


def is_outsider(user: str, complaints: Iterable[str]) -> bool:
	"""Tell whether one of the complaints is restricted and the user is not named; roles are not asked."""
	names = [name for name in complaints if name]
	if not names:
		return False
	filters = {"name": ("in", names), "is_restricted": 1}
	# What decides over permissions cannot itself ask for permission.
	restricted = frappe.get_all(COMPLAINT, filters=filters, fields=["name", "complaint_owner"])
	return any(row.complaint_owner != user and not _is_shared(row.name, user) for row in restricted)


def is_named_on_slip(user: str, slip: frappe._dict) -> bool:
	"""Tell whether a user has to answer a slip: it is issued, and he is responsible or it was escalated to him."""
	issued = slip.workflow_state not in (*NOT_ISSUED, None, "")
	return issued and user in (slip.responsible_user, slip.escalated_to)


def _is_shared(complaint: str, user: str) -> bool:
	share = {"share_doctype": COMPLAINT, "share_name": complaint, "user": user, "read": 1}
	return bool(frappe.db.exists("DocShare", share))


# The same as SQL; `user` comes quoted.


def complaint_condition(user: str) -> str:
	"""Return the condition on complaints that leaves those that are open or in which the user is named."""
	table = f"`tab{COMPLAINT}`"
	return (
		f"{table}.`is_restricted` = 0 or {table}.`complaint_owner` = {user}"
		f" or {table}.`name` in ({_shared_with(user)})"
	)


def slip_condition(user: str) -> str:
	"""Return the same for slips, those included that the user has to answer."""
	slip = f"`tab{SLIP}`"
	not_issued = ", ".join(frappe.db.escape(str(state)) for state in NOT_ISSUED)
	return (
		f"not {is_closed_to(user, f'{slip}.`complaint`')}"
		f" or (({slip}.`responsible_user` = {user} or {slip}.`escalated_to` = {user})"
		f" and ifnull({slip}.`workflow_state`, '') not in ('', {not_issued}))"
	)


def is_closed_to(user: str, complaint: str) -> str:
	"""Return the condition that a complaint, named by a column, is restricted and does not name the user.

	By the primary key of one row: a list of twenty reads its order from an index and asks twenty times.
	"""
	return (
		f"exists (select 1 from `tab{COMPLAINT}` hidden where hidden.`name` = {complaint}"
		f" and hidden.`is_restricted` = 1 and ifnull(hidden.`complaint_owner`, '') != {user}"
		f" and hidden.`name` not in ({_shared_with(user)}))"
	)


def _shared_with(user: str) -> str:
	return (
		f"select named.`share_name` from `tabDocShare` named where named.`user` = {user}"
		f" and named.`share_doctype` = {frappe.db.escape(COMPLAINT)} and named.`read` = 1"
	)
