"""Responsible posts: which one answers, and how one changes hands (R-003A-09, R-003A-10)."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, nowdate

from complaint_handling.api import posts as api
from complaint_handling.constants import (
	COMPLAINT,
	DEPARTMENT_MANAGER,
	HANDLER,
	MILESTONE,
	RESPONSIBLE_POST,
	SLIP,
)
from complaint_handling.exceptions import FieldLockedError
from complaint_handling.jobs.posts import keep_posts
from complaint_handling.patches.v0_2 import put_posts_in_force
from complaint_handling.services.staff import people, posts
from tests import factories
from tests.factories import as_user, employee_of, make_department, make_slip, press
from tests.integration import cases
from tests.permissions.conftest import make_person

MONDAY = "2026-03-02 10:00:00"
TUESDAY = "2026-03-03"
REASON = "Moves to another line"


@pytest.fixture(autouse=True)
def monday(frozen_time, cast) -> None:
	frozen_time(MONDAY)


@pytest.fixture
def service() -> str:
	return make_department("Test Technical Service")


@pytest.fixture
def successor(cast, service) -> str:
	return make_person("successor", HANDLER, department=service)


def make_post(user: str, department: str, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": department,
			"employee": employee_of(user),
			"valid_from": "2026-01-01",
			**values,
		}
	).insert(ignore_permissions=True)


def propose(post: Document, user: str, successor: str, day: str = TUESDAY, reason: str = REASON) -> Document:
	with as_user(user):
		name = api.propose_hand_over(post.name, employee_of(successor), day, reason)
	return frappe.get_doc(RESPONSIBLE_POST, name)


def decide(proposal: Document, user: str, decision: str = "approve", note: str = "Agreed") -> None:
	with as_user(user):
		getattr(api, f"{decision}_hand_over")(proposal.name, note=note)


def status_of(post: Document) -> str:
	return frappe.db.get_value(RESPONSIBLE_POST, post.name, "status")


def holder(department: str, **scope: str) -> str | None:
	company = factories.make_company()
	return people.post_holder(company, department, scope.get("category"), scope.get("item_group"))


# Which post answers


def test_post_of_the_product_line_wins_over_one_for_every_product(cast, service):
	"""R-003A-09, R-003A-13: the owner of the line's contents answers, the nearest line first."""
	above = frappe.get_doc(
		{
			"doctype": "Item Group",
			"item_group_name": "Test Furniture",
			"is_group": 1,
			"parent_item_group": _root(),
		}
	).insert()
	below = frappe.get_doc(
		{"doctype": "Item Group", "item_group_name": "Test Doors", "parent_item_group": above.name}
	).insert()
	make_post(cast["handler"], service)
	assert holder(service, item_group=below.name) == employee_of(cast["handler"])
	make_post(cast["reviewer"], service, category="Product Quality")
	assert holder(service, category="Product Quality") == employee_of(cast["reviewer"])
	make_post(cast["department_manager"], service, item_group=above.name)
	assert holder(service, item_group=below.name, category="Product Quality") == employee_of(
		cast["department_manager"]
	)
	make_post(cast["quality_manager"], service, item_group=below.name)
	assert holder(service, item_group=below.name) == employee_of(cast["quality_manager"])
	assert holder(service, item_group=above.name) == employee_of(cast["department_manager"])
	assert holder(service) == employee_of(cast["handler"])


def _root() -> str:
	return frappe.db.get_value(
		"Item Group", {"parent_item_group": ("in", ("", None))}
	) or frappe.db.get_value("Item Group", {"is_group": 1})


def test_line_of_a_complaint_is_that_of_its_first_product(cast, service):
	line = frappe.db.get_value("Item", factories.make_item(), "item_group")
	make_post(cast["handler"], service)
	make_post(cast["quality_manager"], service, item_group=line)
	complaint = cases.in_handling(cast)
	with as_user(cast["agent"]):
		assert make_slip(complaint, service).responsible_user == cast["quality_manager"]


@pytest.mark.parametrize("status", ["Proposed", "Refused", "Ended"])
def test_only_a_post_in_force_answers(cast, service, status):
	post = make_post(cast["handler"], service)
	assert holder(service) == employee_of(cast["handler"])
	frappe.db.set_value(RESPONSIBLE_POST, post.name, "status", status)
	assert holder(service) is None


def test_follow_up_duty_answers_no_slips(cast, service):
	make_post(cast["handler"], service, duty="Default Follow-up")
	assert holder(service) is None
	scope = posts.Scope(factories.make_company(), service)
	assert [row.employee for row in posts.fitting(scope, posts.FOLLOWS_UP)] == [employee_of(cast["handler"])]


# What is entered


def test_post_of_a_first_list_is_in_force_at_once_and_says_nothing_else(cast, service):
	with as_user(cast["coordinator"]):
		post = frappe.get_doc(
			{
				"doctype": RESPONSIBLE_POST,
				"company": factories.make_company(),
				"department": service,
				"employee": employee_of(cast["handler"]),
				"status": "Ended",
				"decided_by": cast["coordinator"],
			}
		).insert()
	assert (post.status, post.decided_by) == ("In Force", None)
	with as_user(cast["coordinator"]):
		post = frappe.get_doc(RESPONSIBLE_POST, post.name)
		post.status, post.absent_from = "Refused", "2026-03-05"
		post.save()
	assert (post.status, getdate(post.absent_from)) == ("In Force", getdate("2026-03-05"))


def test_holder_of_a_post_in_force_changes_by_hand_over_only(cast, service, successor):
	"""R-003A-10: not by an edit, whoever makes it."""
	post = make_post(cast["handler"], service)
	for user in (cast["coordinator"], "Administrator"):
		with as_user(user), pytest.raises(FieldLockedError, match="Propose a hand-over"):
			edited = frappe.get_doc(RESPONSIBLE_POST, post.name)
			edited.employee = employee_of(successor)
			edited.save()


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"employee": "left"}, "no active employee"),
		({"department": "foreign"}, "belongs to"),
		({"valid_to": "2025-12-31"}, "Valid to lies before"),
		({"absent_from": "2026-03-05", "absent_to": "2026-03-04"}, "Absent until lies before"),
	],
)
def test_wrong_entry_is_refused_with_what_to_do(cast, service, values, message):
	if values.get("employee"):
		values = {"employee": employee_of(make_person("left", HANDLER, department=service))}
		frappe.db.set_value("Employee", values["employee"], "status", "Left")
	if values.get("department"):
		values = {"department": make_department("Test Abroad")}
		frappe.db.set_value("Department", values["department"], "company", "Another Company")
	with pytest.raises(frappe.ValidationError, match=message):
		make_post(cast["handler"], values.pop("department", service), **values)


# Hand-over


@pytest.mark.parametrize("word", ["coordinator", "department_manager", "handler"])
def test_until_it_is_approved_the_present_holder_stays(cast, service, successor, word):
	"""R-003A-10: the head of the department approves before the hand-over."""
	post = make_post(cast["handler"], service, copies=[{"user": cast["reviewer"]}])
	proposal = propose(post, cast[word], successor)
	assert (proposal.status, proposal.replaces, proposal.handover_reason) == ("Proposed", post.name, REASON)
	assert [row.user for row in proposal.copies] == [cast["reviewer"]]
	assert (proposal.company, proposal.department, proposal.duty) == (post.company, service, post.duty)
	assert holder(service) == employee_of(cast["handler"])


def test_approved_hand_over_takes_effect_on_its_day(cast, service, successor, frozen_time):
	"""R-003A-10: the slips of the old holder move on the day, with their clocks and tasks."""
	post = make_post(cast["handler"], service)
	slip = cases.issued_slip(cast)
	proposal = propose(post, cast["coordinator"], successor)
	decide(proposal, cast["department_manager"])
	proposal.reload()
	assert (proposal.status, proposal.decided_by) == ("In Force", cast["department_manager"])
	assert proposal.decision_note == "Agreed"
	assert (status_of(post), holder(service)) == ("In Force", employee_of(cast["handler"]))
	assert getdate(frappe.db.get_value(RESPONSIBLE_POST, post.name, "valid_to")) == getdate(nowdate())

	keep_posts()
	assert frappe.db.get_value(SLIP, slip.name, "responsible_user") == cast["handler"]
	frozen_time("2026-03-03 00:30:00")
	keep_posts()
	assert (status_of(post), holder(service)) == ("Ended", employee_of(successor))
	moved = frappe.get_doc(SLIP, slip.name)
	assert (moved.responsible_employee, moved.responsible_user) == (employee_of(successor), successor)
	assert frappe.db.get_value(MILESTONE, {"reference_name": slip.name}, "responsible_user") == successor
	tasks = {"reference_name": slip.name, "status": "Open"}
	assert frappe.get_all("ToDo", filters=tasks, pluck="allocated_to") == [successor]
	before = frappe.db.count("ToDo")
	keep_posts()
	assert frappe.db.count("ToDo") == before


def test_hand_over_for_today_takes_effect_at_once(cast, service, successor):
	post = make_post(cast["handler"], service)
	slip = cases.issued_slip(cast)
	decide(propose(post, cast["coordinator"], successor, day=nowdate()), cast["department_manager"])
	assert (status_of(post), holder(service)) == ("Ended", employee_of(successor))
	assert frappe.db.get_value(SLIP, slip.name, "responsible_user") == successor


def test_slips_of_other_posts_and_ended_ones_stay(cast, service, successor):
	line = frappe.db.get_value("Item", factories.make_item(), "item_group")
	post = make_post(cast["handler"], service)
	make_post(cast["handler"], service, item_group=line)
	of_line = cases.issued_slip(cast)
	decide(propose(post, cast["coordinator"], successor, day=nowdate()), cast["department_manager"])
	assert frappe.db.get_value(SLIP, of_line.name, "responsible_user") == cast["handler"]


def test_slip_about_the_successor_goes_to_the_superior(cast, service, successor):
	frappe.db.set_value(
		"Employee", employee_of(successor), "reports_to", employee_of(cast["department_manager"])
	)
	post = make_post(cast["handler"], service)
	slip = cases.issued_slip(cast)
	frappe.db.set_value(
		COMPLAINT,
		slip.complaint,
		{"complained_about_employee": employee_of(successor), "complained_about_user": successor},
	)
	decide(propose(post, cast["coordinator"], successor, day=nowdate()), cast["department_manager"])
	assert frappe.db.get_value(SLIP, slip.name, "responsible_user") == cast["department_manager"]


def test_open_form_does_not_bring_the_former_handler_back(cast, service, successor, frozen_time):
	post = make_post(cast["handler"], service)
	opened = frappe.get_doc(SLIP, cases.issued_slip(cast).name)
	frozen_time("2026-03-02 11:00:00")
	decide(propose(post, cast["coordinator"], successor, day=nowdate()), cast["department_manager"])
	with as_user(cast["handler"]), pytest.raises(frappe.TimestampMismatchError):
		opened.finding = "Typed before the hand-over"
		opened.save()


def test_follow_up_of_open_cases_is_handed_over_too(cast, service, successor):
	"""R-003A-14: the default follow-up owner is a post like the others."""
	post = make_post(cast["handler"], service, duty="Default Follow-up")
	complaint = cases.in_handling(cast, follow_up_employee=employee_of(cast["handler"]))
	decide(propose(post, cast["coordinator"], successor, day=nowdate()), cast["department_manager"])
	assert frappe.db.get_value(COMPLAINT, complaint.name, "follow_up_employee") == employee_of(successor)


def test_refused_hand_over_changes_nothing(cast, service, successor):
	post = make_post(cast["handler"], service)
	proposal = propose(post, cast["coordinator"], successor)
	with pytest.raises(frappe.ValidationError, match="reason is missing"):
		decide(proposal, cast["department_manager"], "refuse", note=" ")
	decide(proposal, cast["department_manager"], "refuse", note="Nobody else knows the line")
	assert (status_of(proposal), status_of(post)) == ("Refused", "In Force")
	assert not frappe.db.get_value(RESPONSIBLE_POST, post.name, "valid_to")
	with pytest.raises(frappe.ValidationError, match="decided already"):
		decide(proposal, cast["department_manager"])
	assert propose(post, cast["coordinator"], successor).status == "Proposed"


@pytest.mark.parametrize("word", ["coordinator", "handler", "agent", "quality_manager", "reviewer"])
def test_nobody_but_the_head_of_the_department_or_above_decides(cast, service, successor, word):
	proposal = propose(make_post(cast["handler"], service), cast["coordinator"], successor)
	for decision in ("approve", "refuse"):
		with pytest.raises(frappe.PermissionError):
			decide(proposal, cast[word], decision)


def test_head_of_another_department_does_not_decide(cast, service, successor):
	proposal = propose(make_post(cast["handler"], service), cast["coordinator"], successor)
	stranger = make_person("stranger", DEPARTMENT_MANAGER, department=make_department("Test Quality"))
	with pytest.raises(frappe.PermissionError, match="head of"):
		decide(proposal, stranger)


@pytest.mark.parametrize("word", ["vice_president", "general_manager"])
def test_who_is_above_all_departments_decides(cast, service, successor, word):
	proposal = propose(make_post(cast["handler"], service), cast["coordinator"], successor)
	decide(proposal, cast[word])
	assert status_of(proposal) == "In Force"


def test_nobody_decides_on_the_own_post(cast, service, successor):
	head = make_person("second.head", DEPARTMENT_MANAGER, HANDLER, department=service)
	proposal = propose(make_post(head, service), cast["coordinator"], cast["department_manager"])
	for party in (head, cast["department_manager"]):
		with pytest.raises(frappe.PermissionError, match="own post"):
			decide(proposal, party)
	decide(proposal, cast["vice_president"])
	assert status_of(proposal) == "In Force"


@pytest.mark.parametrize("word", ["agent", "quality_manager", "reviewer"])
def test_others_propose_nothing(cast, service, successor, word):
	post = make_post(cast["handler"], service)
	with pytest.raises(frappe.PermissionError, match="proposes a hand-over"):
		propose(post, cast[word], successor)


def test_proposal_that_cannot_be_carried_out_is_refused(cast, service, successor):
	post = make_post(cast["handler"], service)
	for day, person, reason, message in (
		("2026-03-01", successor, REASON, "today or later"),
		(TUESDAY, cast["handler"], REASON, "holds the post already"),
		(TUESDAY, successor, " ", "reason is missing"),
	):
		with pytest.raises(frappe.ValidationError, match=message):
			propose(post, cast["coordinator"], person, day, reason)
	propose(post, cast["coordinator"], successor)
	with pytest.raises(frappe.ValidationError, match="proposed or agreed already"):
		propose(post, cast["coordinator"], successor)


def test_proposal_stays_as_it_was_proposed(cast, service, successor):
	proposal = propose(make_post(cast["handler"], service), cast["coordinator"], successor)
	with as_user(cast["coordinator"]), pytest.raises(FieldLockedError, match="stays as it was proposed"):
		proposal.valid_from = nowdate()
		proposal.save()


def told(user: str, post: Document) -> int:
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": post.name})


def test_change_notice_goes_out_with_the_approval_and_none_for_a_short_leave(cast, service, successor):
	"""R-003A-10: a change notice on the platform; a short leave is noticed to nobody."""
	post = make_post(cast["handler"], service)
	with as_user(cast["coordinator"]):
		leave = frappe.get_doc(RESPONSIBLE_POST, post.name)
		leave.absent_from, leave.absent_to = TUESDAY, add_days(TUESDAY, 2)
		leave.save()
	assert not frappe.db.count("Notification Log", {"document_name": post.name})
	assert holder(service) == employee_of(cast["handler"])
	proposal = propose(post, cast["handler"], successor)
	assert told(cast["department_manager"], proposal) == 1
	assert not told(cast["coordinator"], proposal)
	decide(proposal, cast["department_manager"])
	assert [told(user, proposal) for user in (cast["coordinator"], cast["handler"], successor)] == [1, 1, 1]


def test_patch_puts_old_posts_in_force_and_numbers_old_slips(cast, service):
	current, over = (
		make_post(cast["handler"], service),
		make_post(cast["reviewer"], service, valid_to="2026-02-01"),
	)
	slip = cases.issued_slip(cast)
	with as_user(cast["agent"]):
		second = make_slip(frappe.get_doc(COMPLAINT, slip.complaint), service)
	for post in (current, over):
		frappe.db.set_value(RESPONSIBLE_POST, post.name, {"status": None, "duty": None})
	for name in (slip.name, second.name):
		frappe.db.set_value(SLIP, name, {"slip_round": None, "previous_slip": None})
	for _time in range(2):
		put_posts_in_force.execute()
		assert [status_of(post) for post in (current, over)] == ["In Force", "Ended"]
		assert frappe.db.get_value(RESPONSIBLE_POST, current.name, "duty") == "Answers Slips"
		values = frappe.db.get_value(SLIP, second.name, ["slip_round", "previous_slip"])
		assert values == ("Second", slip.name)
	assert press(slip, "Cancel Slip", cast["coordinator"], cancel_reason="Twice").slip_round == "First"
