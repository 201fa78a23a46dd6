"""Several complaints of one cause in one group case: the work is shared, each customer keeps his own (part 11)."""

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.api import special_cases
from complaint_handling.constants import COMPLAINT, HANDLER, PROMISE
from complaint_handling.exceptions import FieldLockedError, MissingInputError, PreconditionError
from tests.factories import as_user, make_company, make_complaint, make_user, press
from tests.integration.cases import in_handling, proposed, solved


def _registered(cast: dict[str, str], **overrides: object) -> Document:
	with as_user(cast["agent"]):
		return make_complaint(**overrides)


def _merge(cast: dict[str, str], members: list[Document], leading: Document) -> list[str]:
	with as_user(cast["coordinator"]):
		return special_cases.merge([doc.name for doc in members], leading.name)


def _group_of(doc: Document) -> str | None:
	return frappe.db.get_value(COMPLAINT, doc.name, "group_case")


def _timeline(doc: Document) -> str:
	comments = {"reference_doctype": COMPLAINT, "reference_name": doc.name, "comment_type": "Info"}
	return "\n".join(frappe.get_all("Comment", filters=comments, pluck="content"))


def test_members_follow_the_leading_case_and_both_timelines_say_so(cast: dict[str, str]) -> None:
	leading, first, second = _registered(cast), _registered(cast), _registered(cast)
	assert _merge(cast, [first, second, leading], leading) == [first.name, second.name]
	assert {_group_of(first), _group_of(second)} == {leading.name}
	assert _group_of(leading) is None
	assert leading.name in _timeline(first)
	assert first.name in _timeline(leading)


def test_a_second_click_changes_nothing(cast: dict[str, str]) -> None:
	leading, member = _registered(cast), _registered(cast)
	_merge(cast, [member], leading)
	before = _timeline(member), _timeline(leading)
	assert _merge(cast, [member], leading) == []
	assert (_timeline(member), _timeline(leading)) == before


def test_member_enters_handling_without_a_slip_of_its_own(cast: dict[str, str]) -> None:
	leading, member, alone = _registered(cast), _registered(cast), _registered(cast)
	_merge(cast, [member], leading)
	for doc in (member, alone):
		press(doc, "Assess", cast["agent"])
	assert press(member, "Start Handling", cast["coordinator"]).workflow_state == "In Handling"
	with pytest.raises(PreconditionError, match="Nobody is at work"):
		press(alone, "Start Handling", cast["coordinator"])


@pytest.mark.parametrize("case", ["another company", "closed", "leads", "led", "held", "chain", "nobody"])
def test_who_cannot_join_stops_all(cast: dict[str, str], case: str) -> None:
	leading, good, bad = _registered(cast), _registered(cast), _registered(cast)
	members = [good, bad]
	if case == "another company":
		bad.db_set("company", make_company("Another Machine Works"))
	elif case == "closed":
		bad.db_set("workflow_state", "Closed")
	elif case == "leads":
		_merge(cast, [_registered(cast)], bad)
	elif case == "led":
		_merge(cast, [bad], _registered(cast))
	elif case == "held":
		with as_user(cast["coordinator"]):
			special_cases.set_hold(bad.name, "Court")
	elif case == "chain":
		_merge(cast, [leading], _registered(cast))
	else:
		members = [leading]
	frappe.db.savepoint("merging")
	with pytest.raises(PreconditionError):
		_merge(cast, members, leading)
	frappe.db.rollback(save_point="merging")
	assert _group_of(good) is None


def test_who_may_not_group_or_may_not_write_is_refused(cast: dict[str, str]) -> None:
	leading, member = _registered(cast), _registered(cast)
	outsider = make_user("group.handler@example.com", HANDLER)
	for user in (cast["agent"], cast["handler"], cast["quality_manager"], outsider):
		with as_user(user), pytest.raises(frappe.PermissionError):
			special_cases.merge([member.name], leading.name)
	# The right is asked on each row: this coordinator is complained about in one of them.
	frappe.db.set_value(COMPLAINT, member.name, "complained_about_user", cast["coordinator"])
	with as_user(cast["coordinator"]), pytest.raises(frappe.PermissionError):
		special_cases.merge([member.name], leading.name)
	with as_user(cast["coordinator"]), pytest.raises(frappe.PermissionError):
		special_cases.merge([leading.name], member.name)
	assert _group_of(member) is None


def test_no_form_writes_the_group(cast: dict[str, str]) -> None:
	leading, member = _registered(cast), _registered(cast)
	with as_user(cast["agent"]):
		doc = frappe.get_doc(COMPLAINT, member.name)
		doc.group_case = leading.name
		doc.save()
	assert _group_of(member) is None


def _member_in_handling(cast: dict[str, str], leading: Document) -> Document:
	member = _registered(cast)
	_merge(cast, [member], leading)
	press(member, "Assess", cast["agent"])
	return press(member, "Start Handling", cast["coordinator"])


def test_solution_is_adopted_once_and_each_keeps_its_own(cast: dict[str, str]) -> None:
	leading = proposed(cast)
	member = _member_in_handling(cast, leading)
	promises = frappe.get_all(PROMISE, filters={"complaint": member.name}, pluck="name")
	with as_user(cast["coordinator"]):
		assert special_cases.adopt_solution(member.name) is True
		assert special_cases.adopt_solution(member.name) is False
	adopted = frappe.get_doc(COMPLAINT, member.name)
	assert adopted.cause == leading.cause
	assert adopted.no_compensation == 1
	assert [row.description for row in adopted.measures] == [row.description for row in leading.measures]
	assert not adopted.remedies
	assert adopted.consent_by is None
	assert frappe.get_all(PROMISE, filters={"complaint": member.name}, pluck="name") == promises
	assert press(adopted, "Propose Solution", cast["coordinator"]).workflow_state == "Solution Proposed"


def test_remedies_stay_those_of_each_member(cast: dict[str, str]) -> None:
	leading = proposed(cast, rate=500)
	member = _member_in_handling(cast, leading)
	with as_user(cast["coordinator"]):
		special_cases.adopt_solution(member.name)
	adopted = frappe.get_doc(COMPLAINT, member.name)
	assert (adopted.remedies, adopted.no_compensation) == ([], 0)
	with pytest.raises(PreconditionError, match="compensation"):
		press(adopted, "Propose Solution", cast["coordinator"])


def test_nothing_is_adopted_before_the_group_case_has_a_solution(cast: dict[str, str]) -> None:
	leading = solved(cast)
	member = _member_in_handling(cast, leading)
	with as_user(cast["coordinator"]), pytest.raises(PreconditionError, match="no proposed solution"):
		special_cases.adopt_solution(member.name)
	alone = in_handling(cast)
	with as_user(cast["coordinator"]), pytest.raises(PreconditionError, match="in no group"):
		special_cases.adopt_solution(alone.name)
	with as_user(cast["agent"]), pytest.raises((frappe.PermissionError, FieldLockedError, PreconditionError)):
		special_cases.adopt_solution(member.name)


def test_leading_case_is_not_given_up_while_members_wait(cast: dict[str, str]) -> None:
	leading, member = _registered(cast), _registered(cast)
	_merge(cast, [member], leading)
	with pytest.raises(PreconditionError, match=member.name):
		press(leading, "Cancel Complaint", cast["coordinator"], cancel_reason="Recorded twice")
	with as_user(cast["coordinator"]):
		with pytest.raises(MissingInputError):
			special_cases.leave_group(member.name, "")
		special_cases.leave_group(member.name, "Another cause after all")
		with pytest.raises(PreconditionError):
			special_cases.leave_group(member.name, "Once more")
	assert "Another cause after all" in _timeline(member)
	assert "Another cause after all" in _timeline(leading)
	cancelled = press(leading, "Cancel Complaint", cast["coordinator"], cancel_reason="Recorded twice")
	assert cancelled.workflow_state == "Cancelled"
