"""The marker for professional claimants: proposed by count, decided by a person, and never a refusal by itself."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, now_datetime

from complaint_handling.constants import COMPLAINT, COORDINATOR, REVIEWER
from complaint_handling.services.special_cases.decisions import (
	check_not_held,
	locked,
	note,
	refuse,
	require_role,
)

REVIEWING_ROLES = (COORDINATOR, REVIEWER)
TO_BE_REVIEWED = "To be Reviewed"
VERDICTS = ("Reviewed: Ordinary", "Reviewed: Professional")
# So many complaints from one telephone number within a year propose a review.
PROPOSED_FROM = 5
WINDOW_MONTHS = 12


def check(complaint: Document) -> None:
	"""Refuse a verdict by whom it does not belong to, and propose a review; call in `validate`."""
	before = complaint.get_doc_before_save()
	was = before.claimant_review if before else None
	if complaint.claimant_review != was and {complaint.claimant_review, was}.intersection(VERDICTS):
		require_role(REVIEWING_ROLES)
	if complaint.is_new() and not complaint.claimant_review:
		_propose(complaint)


def review(complaint: str, verdict: str, remark: str | None = None) -> None:
	"""Record the verdict on a claimant as the current user, in any state; nothing follows from it by itself."""
	doc = locked(complaint)
	require_role(REVIEWING_ROLES)
	if verdict not in VERDICTS:
		refuse(_("Choose one of: {0}.").format(", ".join(_(word) for word in VERDICTS)))
	check_not_held(doc)
	if (doc.claimant_review, doc.claimant_note or "") == (verdict, remark or ""):
		return
	doc.db_set({"claimant_review": verdict, "claimant_note": remark}, notify=True)
	# What was found is private data; that it was looked at is not.
	note(doc, _("{0} reviewed the claimant"))


def _propose(complaint: Document) -> None:
	earlier = complaints_of_claimant(complaint)
	if earlier + 1 >= PROPOSED_FROM:
		complaint.claimant_review = TO_BE_REVIEWED
		complaint.claimant_note = _("{0} complaints from this telephone number within {1} months").format(
			earlier + 1, WINDOW_MONTHS
		)


def complaints_of_claimant(complaint: Document) -> int:
	"""Return how many complaints came from the same telephone number within a year, this one not counted."""
	if not complaint.complainant_phone or complaint.is_imported:
		return 0
	return frappe.db.count(
		COMPLAINT,
		{
			"complainant_phone": complaint.complainant_phone,
			"received_on": (">=", add_months(now_datetime(), -WINDOW_MONTHS)),
			"is_imported": 0,
			"name": ("!=", complaint.name or ""),
		},
	)
