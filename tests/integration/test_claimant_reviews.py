"""The marker for professional claimants is proposed and reviewed, and never changes what happens (part 11)."""

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.api import special_cases
from complaint_handling.constants import COMPLAINT, MILESTONE
from complaint_handling.exceptions import PreconditionError
from complaint_handling.services.special_cases import claimant_reviews
from tests.factories import as_user, make_complaint, press
from tests.integration.cases import awaiting_revisit, proposed

PROFESSIONAL = "Reviewed: Professional"
PHONE = "+86 21 5550 7788"


def _registered(cast: dict[str, str], **overrides: object) -> Document:
	with as_user(cast["agent"]):
		return make_complaint(**overrides)


def _review(
	cast: dict[str, str], doc: Document, person: str = "reviewer", verdict: str = PROFESSIONAL
) -> None:
	with as_user(cast[person]):
		special_cases.review_claimant(doc.name, verdict, "Files the same claim in every shop")


def test_review_is_proposed_by_count_and_says_why(cast: dict[str, str]) -> None:
	made = [_registered(cast, complainant_phone=PHONE) for _number in range(claimant_reviews.PROPOSED_FROM)]
	assert [doc.claimant_review for doc in made[:-1]] == [""] * (len(made) - 1)
	assert made[-1].claimant_review == "To be Reviewed"
	assert made[-1].claimant_note.startswith("5 complaints")
	assert not _registered(cast, complainant_phone=None).claimant_review
	made[0].db_set("received_on", "2020-01-01 08:00:00")
	made[-1].db_set("complainant_phone", "another")
	assert not _registered(cast, complainant_phone=PHONE).claimant_review


def test_agent_may_ask_for_a_review_but_gives_no_verdict(cast: dict[str, str]) -> None:
	doc = _registered(cast)
	with as_user(cast["agent"]):
		doc.claimant_review = "To be Reviewed"
		doc.save()
		doc.claimant_review = PROFESSIONAL
		with pytest.raises(frappe.PermissionError):
			doc.save()
		with pytest.raises(frappe.PermissionError):
			special_cases.review_claimant(doc.name, PROFESSIONAL)
		with pytest.raises(frappe.PermissionError):
			make_complaint(claimant_review=PROFESSIONAL)
	_review(cast, doc)
	with as_user(cast["agent"]):
		reviewed = frappe.get_doc(COMPLAINT, doc.name)
		reviewed.claimant_review = ""
		with pytest.raises(frappe.PermissionError):
			reviewed.save()


@pytest.mark.parametrize(
	"person", ["agent", "handler", "department_manager", "vice_president", "quality_manager"]
)
def test_only_reviewer_and_coordinator_review(cast: dict[str, str], person: str) -> None:
	doc = _registered(cast)
	with pytest.raises(frappe.PermissionError):
		_review(cast, doc, person)
	for reviewing in ("reviewer", "coordinator"):
		_review(cast, doc, reviewing)
	with pytest.raises(PreconditionError):
		_review(cast, doc, "reviewer", "Reviewed: Swindler")


def test_verdict_is_private_and_the_timeline_tells_only_that_it_was_given(cast: dict[str, str]) -> None:
	doc = proposed(cast)
	_review(cast, doc)
	stored = frappe.get_doc(COMPLAINT, doc.name)
	assert (stored.claimant_review, stored.claimant_note) == (
		PROFESSIONAL,
		"Files the same claim in every shop",
	)
	notes = frappe.get_all(
		"Comment", filters={"reference_name": doc.name, "comment_type": "Info"}, pluck="content"
	)
	assert any("reviewed the claimant" in note for note in notes)
	assert not any("Professional" in note or "every shop" in note for note in notes)
	assert {field.permlevel for field in stored.meta.fields if field.fieldname.startswith("claimant_")} == {1}
	for person, reads in (("reviewer", True), ("general_manager", True), ("handler", False)):
		levels = stored.meta.get_permlevel_access("read", user=cast[person])
		assert (1 in levels) is reads, person


def test_every_step_works_the_same_with_the_marker(cast: dict[str, str], monkeypatch) -> None:
	"""From registration to close; the clocks that start are the same too."""
	plain = awaiting_revisit(cast)
	monkeypatch.setattr("tests.integration.cases.make_complaint", _marked(cast))
	marked = awaiting_revisit(cast)
	assert marked.claimant_review == PROFESSIONAL
	for doc in (plain, marked):
		frappe.db.set_value(COMPLAINT, doc.name, {"requires_revisit": 0, "requires_8d": 0})
	columns = (
		"workflow_state",
		"severity",
		"priority",
		"approval_level",
		"next_approver_role",
		"clock_state",
	)
	assert [plain.get(name) for name in columns] == [marked.get(name) for name in columns]
	stages = [
		sorted(frappe.get_all(MILESTONE, filters={"complaint": doc.name}, pluck="stage"))
		for doc in (plain, marked)
	]
	assert stages[0] == stages[1]


def _marked(cast: dict[str, str]):
	def make(**overrides: object) -> Document:
		doc = make_complaint(**overrides)
		_review(cast, doc)
		return frappe.get_doc(COMPLAINT, doc.name)

	return make


def test_marked_complaint_is_rejected_and_cancelled_like_every_other(cast: dict[str, str]) -> None:
	doc = _registered(cast)
	_review(cast, doc)
	cancelled = press(doc, "Cancel Complaint", cast["coordinator"], cancel_reason="Recorded twice")
	assert cancelled.workflow_state == "Cancelled"
