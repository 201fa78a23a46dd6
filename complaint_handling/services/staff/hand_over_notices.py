"""Who is told of a hand-over: the department's heads to decide it, then coordinators and both holders (R-003A-10)."""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from complaint_handling.constants import COORDINATOR, RESPONSIBLE_POST
from complaint_handling.services.staff.people import holders_of, managers_of, user_of
from complaint_handling.services.sweep.notices import Notice, language_of, send_digests


def tell_of_proposal(proposal: Document) -> None:
	"""Tell the head of the department that a hand-over waits for the decision."""
	own = frozenset(filter(None, (user_of(proposal.employee),)))
	_tell(
		managers_of(proposal.department, own),
		proposal,
		_("{0}: the hand-over to {1} on {2} waits for your decision"),
	)


def tell_of_change(proposal: Document, old: Document) -> None:
	"""Send the change notice: to coordinators, to who gives the post up and to who takes it over."""
	_tell(
		[*holders_of(COORDINATOR), user_of(old.employee), user_of(proposal.employee)],
		proposal,
		_("{0}: {1} takes the responsible post over on {2}"),
	)


def tell_of_refusal(proposal: Document) -> None:
	"""Tell who proposed a hand-over that it was refused."""
	_tell([proposal.owner], proposal, _("{0}: the hand-over to {1} on {2} was refused"))


def _tell(users: Iterable[str | None], proposal: Document, source: str) -> None:
	notices = []
	for user in dict.fromkeys(user for user in users if user and user != frappe.session.user):
		if frappe.has_permission(RESPONSIBLE_POST, "read", doc=proposal.name, user=user):
			line = _(source, lang=language_of(user)).format(
				proposal.department,
				proposal.employee_name or proposal.employee,
				format_date(proposal.valid_from),
			)
			notices.append(Notice(user, RESPONSIBLE_POST, proposal.name, line))
	send_digests(notices)
