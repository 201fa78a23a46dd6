"""The evaluation of a complaint: when, by whom, who reads accountability, what is followed up (R-000E-10, R-000H-08)."""

import json
from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, today

from complaint_handling.constants import COMPLAINT, EVALUATION, QUALITY_MANAGER
from complaint_handling.exceptions import FieldLockedError, PreconditionError, SelfApprovalError
from complaint_handling.jobs import solutions
from complaint_handling.services.overview import work_list
from tests.factories import as_user, employee_of, make_user, press
from tests.integration import cases

FINDING = "Work instruction leaves the preload open"


def evaluation(complaint: Document, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": EVALUATION,
			"complaint": complaint.name,
			"summary": "Handled in time, the cause is proven",
			"handling_quality": "Good",
			**values,
		}
	)


def submitted(cast: dict[str, str], complaint: Document | None = None, **values: Any) -> Document:
	with as_user(cast["quality_manager"]):
		doc = evaluation(complaint or cases.executing(cast), **values).insert()
		doc.submit()
		return doc


def improvement(cast: dict[str, str], **values: Any) -> dict[str, Any]:
	return {
		"proposal": "State the preload in the work instruction",
		"responsible_employee": employee_of(cast["handler"]),
		"due_on": add_days(today(), 10),
		**values,
	}


def responsible(cast: dict[str, str], word: str = "department_manager", **values: Any) -> dict[str, Any]:
	return {"employee": employee_of(cast[word]), "finding": FINDING, **values}


def test_evaluator_and_time_are_stamped_at_the_submit_only(cast):
	"""R-000H-08: summary and evaluation; a draft, or what a client sends, is nobody's evaluation."""
	with as_user(cast["coordinator"]):
		draft = evaluation(cases.executing(cast), evaluated_by=cast["general_manager"]).insert()
		assert (draft.evaluated_by, draft.evaluated_on) == (None, None)
		draft.submit()
	assert draft.evaluated_by == cast["coordinator"]
	assert draft.evaluated_on


def test_case_is_evaluated_from_its_execution_on(cast):
	for early in (cases.in_handling(cast), cases.proposed(cast), cases.with_customer(cast)):
		with as_user(cast["coordinator"]), pytest.raises(PreconditionError, match="evaluated once"):
			evaluation(early).insert()
	for ready in (cases.executing(cast), cases.awaiting_revisit(cast)):
		assert submitted(cast, ready).docstatus == 1


@pytest.mark.parametrize("word", ["agent", "handler", "department_manager", "reviewer"])
def test_roles_that_evaluate_nothing_create_none(cast, word):
	complaint = cases.executing(cast)
	with as_user(cast[word]), pytest.raises(frappe.PermissionError):
		evaluation(complaint).insert()


def test_nobody_evaluates_where_he_is_named_as_responsible(cast):
	"""R-000E-10: accountability for poor handling is not judged by who answers for it."""
	complaint = cases.executing(cast)
	with as_user(cast["quality_manager"]), pytest.raises(SelfApprovalError):
		evaluation(complaint, responsible_parties=[responsible(cast, "quality_manager")]).insert()


def test_person_complained_about_does_not_evaluate(cast):
	complaint = cases.executing(cast, complained_about_employee=employee_of(cast["quality_manager"]))
	with as_user(cast["quality_manager"]), pytest.raises(frappe.PermissionError):
		evaluation(complaint).insert()
	with as_user(cast["coordinator"]):
		other = evaluation(complaint).insert()
	with as_user(cast["quality_manager"]), pytest.raises(frappe.PermissionError):
		frappe.get_doc(EVALUATION, other.name).submit()


@pytest.mark.parametrize(
	("shares", "is_whole"),
	[
		((100,), True),
		((60, 40), True),
		((0, 0), True),
		((33.33, 66.67), True),
		((60, 30), False),
		((60, 60), False),
	],
)
def test_shares_of_responsibility_are_a_whole_or_left_open(cast, shares, is_whole):
	parties = [
		responsible(cast, word, share=share)
		for word, share in zip(("department_manager", "handler"), shares, strict=False)
	]
	complaint = cases.executing(cast)
	with as_user(cast["quality_manager"]):
		if is_whole:
			assert evaluation(complaint, responsible_parties=parties).insert().name
		else:
			with pytest.raises(frappe.ValidationError, match="100 %"):
				evaluation(complaint, responsible_parties=parties).insert()


def test_responsible_party_is_a_unit_or_a_person(cast):
	complaint = cases.executing(cast)
	with (
		as_user(cast["quality_manager"]),
		pytest.raises(frappe.ValidationError, match="department or employee"),
	):
		evaluation(complaint, responsible_parties=[{"finding": FINDING}]).insert()


def test_one_evaluation_counts_and_a_change_is_an_amendment(cast):
	complaint = cases.executing(cast)
	first = submitted(cast, complaint)
	with as_user(cast["coordinator"]):
		second = evaluation(complaint).insert()
		with pytest.raises(frappe.ValidationError, match=first.name):
			second.submit()
		frappe.get_doc(EVALUATION, first.name).cancel()
		amended = frappe.copy_doc(frappe.get_doc(EVALUATION, first.name))
		amended.update({"amended_from": first.name, "docstatus": 0})
		amended.summary = "The cause was found late"
		amended.insert()
		amended.submit()
	assert (amended.docstatus, amended.evaluated_by) == (1, cast["coordinator"])
	notes = frappe.get_all(
		"Comment", {"reference_name": complaint.name, "comment_type": "Info"}, pluck="content"
	)
	assert any(first.name in note for note in notes)


@pytest.mark.parametrize(
	("word", "reads"),
	[
		("coordinator", True),
		("quality_manager", True),
		("vice_president", True),
		("general_manager", True),
		("reviewer", False),
		("department_manager", False),
	],
)
def test_accountability_is_read_by_few(cast, word, reads):
	"""R-000E-10: the restricted view; the evaluation itself is read by more."""
	complaint = cases.executing(cast)
	department = frappe.db.get_value("Employee", employee_of(cast["department_manager"]), "department")
	frappe.db.set_value(COMPLAINT, complaint.name, "responsible_department", department)
	doc = submitted(cast, complaint, responsible_parties=[responsible(cast, share=100)])
	with as_user(cast[word]):
		shown = frappe.get_doc(EVALUATION, doc.name)
		shown.check_permission("read")
		shown.apply_fieldlevel_read_permissions()
		assert bool(shown.get("responsible_parties")) is reads
		assert FINDING in _printed(doc) if reads else FINDING not in _printed(doc)
		listed = _listed_rows()
		assert any(row.get("finding") == FINDING for row in listed) is reads


def _printed(doc: Document) -> str:
	return frappe.get_print(EVALUATION, doc.name, "Complaint Evaluation")


def _listed_rows() -> list[dict]:
	"""What REST answers for the rows of the table, asked for by name."""
	try:
		return frappe.get_list(
			"Complaint Responsible Party", fields=["parent", "finding"], parent_doctype=EVALUATION, limit=0
		)
	except frappe.PermissionError:
		return []


@pytest.mark.parametrize("word", ["agent", "handler"])
def test_agents_and_handlers_read_no_evaluation(cast, word):
	doc = submitted(cast, responsible_parties=[responsible(cast, "handler", share=100)])
	with as_user(cast[word]):
		assert not frappe.has_permission(EVALUATION, "read", doc=doc.name)
		with pytest.raises(frappe.PermissionError):
			frappe.get_list(EVALUATION)
		assert _listed_rows() == []


def test_timeline_keeps_what_accountability_said_to_itself(cast):
	"""Reviewers read the evaluation and its timeline, not what stands at the higher permission level."""
	complaint = cases.executing(cast)
	with as_user(cast["quality_manager"]):
		doc = evaluation(complaint, responsible_parties=[responsible(cast)]).insert()
		doc.responsible_parties[0].consequence = "Talk with the superior"
		doc.append("responsible_parties", responsible(cast, "handler", finding="Did not ask back"))
		doc.summary = "Handled late"
		doc.save(ignore_version=False)
	data = [json.loads(row) for row in frappe.get_all("Version", {"docname": doc.name}, pluck="data")]
	text = json.dumps(data)
	assert "Handled late" in text
	assert "Talk with the superior" not in text
	assert "Did not ask back" not in text


def test_improvements_are_followed_up_after_the_submit(cast):
	doc = submitted(cast, improvements=[improvement(cast), improvement(cast, proposal="Train the fitters")])
	assert doc.open_improvements == 2
	with as_user(cast["coordinator"]):
		doc = frappe.get_doc(EVALUATION, doc.name)
		doc.improvements[0].update({"done_on": today(), "effect": "No further case"})
		doc.append("improvements", improvement(cast, proposal="Check the preload at the outgoing inspection"))
		doc.save()
	assert frappe.get_doc(EVALUATION, doc.name).open_improvements == 2


def test_submitted_words_stay(cast):
	doc = submitted(cast, improvements=[improvement(cast)])
	with as_user(cast["coordinator"]):
		changed = frappe.get_doc(EVALUATION, doc.name)
		changed.improvements[0].proposal = "Something else"
		with pytest.raises(frappe.UpdateAfterSubmitError):
			changed.save()
		emptied = frappe.get_doc(EVALUATION, doc.name)
		emptied.set("improvements", [])
		with pytest.raises(frappe.ValidationError, match="are kept"):
			emptied.save()
		early = frappe.get_doc(EVALUATION, doc.name)
		early.improvements[0].done_on = add_days(today(), 1)
		with pytest.raises(frappe.ValidationError, match="in the future"):
			early.save()
		row = frappe.get_doc("Complaint Improvement", doc.improvements[0].name)
		row.done_on = today()
		with pytest.raises(FieldLockedError):
			row.save()


def told(user: str) -> list[str]:
	filters = {"for_user": user, "subject": ("like", "%improvement was due%")}
	return frappe.get_all("Notification Log", filters, pluck="document_name")


def test_overdue_improvement_is_told_once(cast):
	"""Who answers for it is told, and the owner of the case; a document is opened only by who reads it."""
	late = improvement(cast, due_on=add_days(today(), -1))
	on_time = improvement(cast, responsible_employee=employee_of(cast["reviewer"]), due_on=today())
	done = improvement(
		cast,
		responsible_employee=employee_of(cast["vice_president"]),
		due_on="2026-01-05",
		done_on="2026-01-04",
	)
	doc = submitted(cast, improvements=[late, on_time, done])
	before = {user: len(told(user)) for user in cast.values()}
	solutions.tell_overdue_improvements()
	solutions.tell_overdue_improvements()
	news = {word for word, user in cast.items() if len(told(user)) > before[user]}
	assert news == {"handler", "agent"}
	assert told(cast["handler"]) == [cast["handler"]]
	assert told(cast["agent"])[-1:] == [doc.complaint]


def test_person_complained_about_is_told_of_no_improvement(cast):
	complaint = cases.executing(cast, complained_about_employee=employee_of(cast["handler"]))
	before = told(cast["handler"])
	submitted(cast, complaint, improvements=[improvement(cast, due_on=add_days(today(), -1))])
	solutions.tell_overdue_improvements()
	assert told(cast["handler"]) == before


def test_form_opened_before_the_job_undoes_nothing(cast):
	doc = submitted(cast, improvements=[improvement(cast, due_on=add_days(today(), -1))])
	opened = frappe.get_doc(EVALUATION, doc.name)
	solutions.tell_overdue_improvements()
	with as_user(cast["coordinator"]):
		opened.improvements[0].effect = "Started"
		opened.save()
	assert frappe.get_doc(EVALUATION, doc.name).improvements[0].told_on


def test_due_improvements_are_on_the_work_list_of_the_cases_owner(cast):
	doc = submitted(cast, improvements=[improvement(cast, due_on=add_days(today(), -1)), improvement(cast)])
	frappe.db.set_value(COMPLAINT, doc.complaint, "complaint_owner", cast["coordinator"])
	with as_user(cast["coordinator"]):
		rows = work_list.work_list(cast["coordinator"], mine=True)["improvements"]
		own = [row for row in rows if row["document"] == doc.name]
	assert [(row["is_late"], row["complaint"]) for row in own] == [(True, doc.complaint)]
	with as_user(cast["agent"]):
		assert work_list.work_list(cast["agent"], mine=False)["improvements"] == []


def test_second_quality_manager_evaluates_in_the_place_of_one_who_is_named(cast):
	complaint = cases.executing(cast)
	another = make_user("test.second.quality@example.com", QUALITY_MANAGER)
	with as_user(another):
		doc = evaluation(complaint, responsible_parties=[responsible(cast, "quality_manager", share=100)])
		doc.insert()
		doc.submit()
	assert doc.evaluated_by == another


def test_not_justified_case_is_evaluated_too(cast):
	with as_user(cast["agent"]):
		complaint = cases.in_handling(cast)
	found = press(
		complaint,
		"Declare Not Justified",
		cast["reviewer"],
		not_justified_reason="Used outside its limits",
		not_justified_evidence="Log of the machine",
		answer_to_customer="The log shows it",
		other_recourse="Mediation",
	)
	assert submitted(cast, found).docstatus == 1
