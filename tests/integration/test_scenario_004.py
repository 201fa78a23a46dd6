"""The case of document 004, played through the workflow by the people of the demo, and what it leaves behind."""

import pytest

import frappe
from frappe.desk.notifications import get_open_count
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.constants import (
	COMPLAINT,
	CONTACT,
	EIGHT_D,
	MILESTONE,
	PROMISE,
	REVISIT,
	SLIP,
	VICE_PRESIDENT,
)
from devbench.demo import case_004, other_cases, scene, summary
from devbench.demo.stage import Play, Stage
from tests.factories import make_company

pytestmark = pytest.mark.scenario

STATES = [
	"Assessed",
	"In Handling",
	"Solution Proposed",
	"With Customer",
	"Executing",
	"Awaiting Revisit",
	"Closed",
]


def test_document_004_from_sales_order_to_closed_complaint() -> None:
	told: list[str] = []
	play = Play(scene.build(make_company()), "test_case_004")

	Stage(commit=False, say=told.append).play(play, case_004.STEPS)

	complaint = frappe.get_doc(COMPLAINT, play.complaint)
	assert complaint.workflow_state == "Closed"
	assert_milestones_met(complaint)
	assert_departments_answered(complaint)
	assert_eight_d_and_revisit(complaint)
	assert_customer_was_answered(complaint)
	assert_timeline(complaint, play)
	assert_approval(complaint, play)
	assert_sales_order_is_connected(complaint, play)
	assert summary.shortcomings(summary.read(complaint.name)) == []
	assert_told(told, play)


def assert_milestones_met(complaint: Document) -> None:
	milestones = frappe.get_all(
		MILESTONE,
		filters={"complaint": complaint.name},
		fields=[
			"stage",
			"reference_doctype",
			"state",
			"started_at",
			"due_at",
			"done_at",
			"done_by",
			"next_action_at",
		],
		order_by="creation",
	)
	stages = sorted(row.stage for row in milestones if row.reference_doctype == COMPLAINT)
	assert stages == [
		"Agreed Reply",
		"Customer's Own Deadline",
		"Facts Verified",
		"First Answer",
		"Promised Progress Notice",
		"Solution Approved",
		"Work on Site",
	]
	assert [row.stage for row in milestones if row.reference_doctype == SLIP] == ["Department Reply"] * 3
	assert sorted(row.stage for row in milestones if row.reference_doctype == EIGHT_D) == [
		"8D Closed",
		"D3 Containment",
		"D4 Root Cause",
	]
	for row in milestones:
		assert row.due_at and row.done_at and row.done_by, row
		assert row.started_at <= row.done_at <= row.due_at, row
		assert (row.state, row.next_action_at) == ("Met", None), row
	assert (complaint.first_answer_in_time, complaint.solution_in_time, complaint.clock_state) == (
		"Yes",
		"Yes",
		"Met",
	)
	assert complaint.next_due_at is None


def assert_departments_answered(complaint: Document) -> None:
	slips = frappe.get_all(
		SLIP,
		filters={"complaint": complaint.name},
		fields=[
			"name",
			"workflow_state",
			"department",
			"reply_in_time",
			"reported_by",
			"issued_by",
			"completed_by",
		],
		order_by="creation",
	)
	assert [slip.workflow_state for slip in slips] == ["Completed"] * 3
	assert len({slip.department for slip in slips}) == 3
	assert len({slip.reported_by for slip in slips}) == 3
	for slip in slips:
		assert slip.reply_in_time == "Yes"
		assert slip.reported_by not in (slip.issued_by, slip.completed_by)
	assert {row.slip for row in complaint.measures} == {slip.name for slip in slips}
	assert all(row.done_on for row in complaint.measures)
	assert {row.measure_type for row in complaint.measures} == {
		"Short-term",
		"Corrective",
		"Preventive",
		"Technical Support",
	}
	told = frappe.get_all(
		"Notification Log",
		{"document_type": SLIP, "document_name": ("in", [slip.name for slip in slips]), "type": "Assignment"},
		pluck="for_user",
	)
	assert set(told) == {slip.reported_by for slip in slips}
	leader, *members = complaint.task_force
	assert leader.is_leader and not any(member.is_leader for member in members)
	assert {member.department for member in complaint.task_force} == {slip.department for slip in slips}


def assert_eight_d_and_revisit(complaint: Document) -> None:
	sources = frappe.get_all(
		"Complaint 8D Source", {"complaint": complaint.name}, pluck="parent", order_by="idx"
	)
	assert [frappe.db.get_value(EIGHT_D, name, "workflow_state") for name in sources] == ["Closed"]
	revisits = frappe.get_all(
		REVISIT,
		{"complaint": complaint.name},
		["workflow_state", "docstatus", "revisited_by"],
		order_by="creation",
	)
	assert [(row.workflow_state, row.docstatus) for row in revisits] == [("Completed", 1)]
	assert revisits[0].revisited_by != complaint.complaint_owner
	assert (complaint.satisfaction_with_result, complaint.satisfaction_with_process) == (
		"Satisfied",
		"Very Satisfied",
	)


def assert_customer_was_answered(complaint: Document) -> None:
	promises = frappe.get_all(
		PROMISE,
		{"complaint": complaint.name},
		["sequence", "state", "kept_on", "due_at"],
		order_by="sequence",
	)
	assert [(row.sequence, row.state) for row in promises] == [(1, "Kept"), (2, "Kept"), (3, "Kept")]
	assert all(row.kept_on <= row.due_at for row in promises)
	assert promises[1].due_at == get_datetime(complaint.demand_deadline)
	purposes = frappe.get_all(CONTACT, {"complaint": complaint.name}, pluck="purpose", order_by="creation")
	assert purposes == [
		"First Answer",
		"Information Request",
		"Solution Explained",
		"On-site Work",
		"Progress Notice",
	]


def assert_timeline(complaint: Document, play: Play) -> None:
	comments = frappe.get_all(
		"Comment",
		{"reference_doctype": COMPLAINT, "reference_name": complaint.name, "comment_type": "Workflow"},
		["content", "owner"],
		order_by="creation asc",
	)
	assert [row.content for row in comments] == STATES
	people = ("li", "zhao", "zhao", "xu", "li", "li", "zhao")
	assert [row.owner for row in comments] == [play.scene.user(word) for word in people]


def assert_approval(complaint: Document, play: Play) -> None:
	assert complaint.total_remedy_amount == case_004.WAIVED_HOURS * case_004.HOURLY_RATE
	assert complaint.next_approver_role == VICE_PRESIDENT
	assert complaint.approved_by == play.scene.user("xu")
	assert VICE_PRESIDENT in frappe.get_roles(complaint.approved_by)
	assert len({complaint.owner, complaint.proposed_by, complaint.approved_by}) == 3
	assert complaint.consent_by and complaint.consent_on


def assert_sales_order_is_connected(complaint: Document, play: Play) -> None:
	assert complaint.sales_order == play.scene.orders["JL-PO-2217"]
	assert complaint.customer == frappe.db.get_value("Sales Order", complaint.sales_order, "customer")
	(row,) = complaint.items
	assert (row.item_code, row.batch_no, row.sales_order) == ("GM-320", "GM320-B07", complaint.sales_order)
	assert (row.delivered_quantity, row.complained_quantity) == (6, 4)
	assert len(row.serial_no.split("\n")) == 6
	assert row.delivery_note
	assert connected(complaint, "Sales Order", complaint.sales_order) >= 1


def connected(complaint: Document, doctype: str, name: str) -> int:
	"""Return how many complaints the dashboard of another document counts among its connections."""
	found = get_open_count(doctype, name)["count"]
	# Version 15 and later sort the links into those that are found by query and those in the document itself.
	rows = (
		found if isinstance(found, list) else [*found["external_links_found"], *found["internal_links_found"]]
	)
	return sum(row["count"] for row in rows if complaint.doctype in (row.get("name"), row.get("doctype")))


def assert_told(told: list[str], play: Play) -> None:
	text = "\n".join(told)
	assert text.count("Refused: ") == 2
	for name in play.made.values():
		assert name in text
	assert "First Answer" in text and "/customer-complaint/" in text


def test_demo_sweeps_as_the_scheduler_does() -> None:
	told: list[str] = []
	other_cases.sweep(Stage(commit=False, say=told.append))
	assert len(told) == 1 and told[0].startswith("The sweep: ")
