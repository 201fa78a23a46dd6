"""Cases that may be the one which is being registered: shown while the agent types, never a reason to refuse."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, now_datetime, nowdate

from complaint_handling.constants import COMPLAINT
from complaint_handling.domain.similar_text import is_similar, spellings
from complaint_handling.domain.states import ComplaintState

CLOSED_WITHIN_DAYS = 30
# Of each way to find a case only so many are looked at, the newest: a large customer costs no more.
CANDIDATES = 50
SHOWN = 6
FIELDS = (
	"name",
	"subject",
	"customer",
	"sales_order",
	"item_code",
	"complainant_phone",
	"workflow_state",
	"complaint_owner",
	"received_on",
	"complained_about_user",
	"is_restricted",
)


@dataclass(frozen=True)
class Draft:
	"""What the form holds so far of the complaint that is not saved yet."""

	customer: str | None = None
	items: frozenset[str] = frozenset()
	sales_order: str | None = None
	subject: str | None = None
	phone: str | None = None
	name: str | None = None


def possible(draft: Draft) -> dict:
	"""Return `cases` that the user may read, the most alike first, and how many others there are (`hidden`).

	A case about the user is not counted either, nor one restricted to named persons: the count would tell of it.
	"""
	found = [row for row in _candidates(draft) if row.complained_about_user != frappe.session.user]
	reasons = {row.name: _reasons(row, draft) for row in found}
	alike = [row for row in found if reasons[row.name]]
	readable = _readable([row.name for row in alike])
	shown = sorted(
		(row for row in alike if row.name in readable),
		key=lambda row: (len(reasons[row.name]), row.received_on),
		reverse=True,
	)
	return {
		"cases": [_shown(row, reasons[row.name], draft) for row in shown[:SHOWN]],
		"hidden": sum(row.name not in readable and not row.is_restricted for row in alike),
	}


def _candidates(draft: Draft) -> list[dict]:
	"""Return open and recently closed cases that share a key with the draft: one query on an index for each key."""
	found: dict[str, dict] = {}
	for filters in _keys(draft):
		for row in _open_or_recent(filters):
			found.setdefault(row.name, row)
	found.pop(draft.name or "", None)
	return list(found.values())


def _keys(draft: Draft) -> Iterable[dict]:
	if draft.sales_order:
		yield {"sales_order": draft.sales_order}
	if draft.customer:
		yield {"customer": draft.customer}
	numbers = spellings(draft.phone)
	if numbers:
		yield {"complainant_phone": ("in", sorted(numbers))}
	if not draft.customer and draft.items:
		yield {"item_code": ("in", sorted(draft.items))}


def _open_or_recent(filters: dict) -> list[dict]:
	return frappe.get_all(  # counted whoever asks; what is shown is read by the rules of the user
		COMPLAINT,
		filters={**filters, "workflow_state": ("!=", ComplaintState.CANCELLED), "is_imported": 0},
		or_filters=[
			["closed_on", "is", "not set"],
			["closed_on", ">=", add_days(now_datetime(), -CLOSED_WITHIN_DAYS)],
		],
		fields=list(FIELDS),
		order_by="received_on desc",
		limit=CANDIDATES,
	)


def _reasons(row: dict, draft: Draft) -> list[str]:
	same_customer = bool(draft.customer) and row.customer == draft.customer
	tests = (
		(bool(draft.sales_order) and row.sales_order == draft.sales_order, _("same Sales Order")),
		(bool(spellings(row.complainant_phone) & spellings(draft.phone)), _("same telephone")),
		(row.item_code in draft.items, _("same item")),
		(is_similar(row.subject, draft.subject), _("similar subject")),
		(same_customer, _("same customer")),
	)
	reasons = [reason for holds, reason in tests if holds]
	# An item alone says little of a customer who is not known yet.
	is_item_alone = not same_customer and reasons == [_("same item")]
	return [] if is_item_alone else reasons


def _readable(names: list[str]) -> set[str]:
	if not names:
		return set()
	return set(frappe.get_list(COMPLAINT, filters={"name": ("in", names)}, pluck="name", limit=0))


def _shown(row: dict, reasons: list[str], draft: Draft) -> dict:
	return {
		"name": row.name,
		"subject": row.subject,
		"state": row.workflow_state,
		"owner": frappe.utils.get_fullname(row.complaint_owner) if row.complaint_owner else "",
		"days": date_diff(nowdate(), row.received_on),
		"reasons": reasons,
		"may_repeat": bool(draft.customer) and row.customer == draft.customer,
	}
