"""What the forms call while a complaint is taken: duplicates, earlier cases, sources, the first answer."""

import frappe

from complaint_handling.constants import COMPLAINT
from complaint_handling.services.intake import answers, duplicates, first_answer, repeats, search


@frappe.whitelist()
def possible_duplicates(
	customer: str | None = None,
	items: str | list | None = None,
	sales_order: str | None = None,
	subject: str | None = None,
	complainant_phone: str | None = None,
	name: str | None = None,
) -> dict:
	"""Return cases that may be the one being registered: `cases` the user may read, and how many more are `hidden`."""
	frappe.has_permission(COMPLAINT, "create", throw=True)
	codes = frappe.parse_json(items) if isinstance(items, str) else items
	draft = duplicates.Draft(
		customer=customer,
		items=frozenset(code for code in codes or () if isinstance(code, str) and code),
		sales_order=sales_order,
		subject=subject,
		phone=complainant_phone,
		name=name,
	)
	return duplicates.possible(draft)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search_earlier(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
) -> list[tuple[str, str, str]]:
	"""Return the earlier complaints of a customer that the user may read, for the field Repeats."""
	wanted = (txt or "").casefold()
	rows = repeats.earlier(filters.get("customer") or "", filters.get("name"), limit=100)
	found = [row for row in rows if wanted in f"{row.name} {row.subject}".casefold()]
	return [
		(
			row.name,
			row.subject,
			f"{frappe._(row.workflow_state)} · {frappe.utils.formatdate(row.received_on)}",
		)
		for row in found[start : start + page_len]
	]


@frappe.whitelist(methods=["POST"])
def decide_repeat(complaint: str, counts_as_repeat: str, reason: str) -> None:
	"""Record whether a complaint counts as a repeat; coordinators and reviewers only (R-003A-03)."""
	doc = frappe.get_doc(COMPLAINT, complaint, for_update=True)
	doc.check_permission("write")
	repeats.decide(doc, counts_as_repeat, reason)


@frappe.whitelist(methods=["POST"])
def answer_at_once(complaint: str, answer: str, channel: str, consent: str | dict | None = None) -> str:
	"""Record a first answer, assess the case and, with the customer's consent, close it; return the state."""
	doc = frappe.get_doc(COMPLAINT, complaint)
	doc.check_permission("write")
	given = frappe.parse_json(consent) if isinstance(consent, str) and consent else consent
	return first_answer.answer_at_once(doc, answer, channel, given or None).workflow_state


@frappe.whitelist()
def search_sources(text: str) -> list[dict]:
	"""Return Sales Orders, contacts and customers that a new complaint may start from."""
	frappe.has_permission(COMPLAINT, "create", throw=True)
	return search.sources(text)


@frappe.whitelist()
def propose_rejection(complaint: str, reason: str = "", evidence: str = "", other_recourse: str = "") -> str:
	"""Return a proposed answer to a complaint that is not justified."""
	doc = frappe.get_doc(COMPLAINT, complaint)
	doc.check_permission("read")
	doc.apply_fieldlevel_read_permissions()
	return answers.not_justified(doc, reason, evidence, other_recourse)
