"""What a closed complaint holds, shown as tables, and what is missing for it to show the whole procedure."""

from dataclasses import dataclass

import frappe
from frappe.model.document import Document

from complaint_handling.constants import (
	COMPLAINT,
	CONTACT,
	EIGHT_D,
	MILESTONE,
	PROCEDURE,
	PROMISE,
	REVISIT,
	SATISFIED,
	SLIP,
)
from devbench.demo.stage import show_time

NEW_ROUND = "Re-review Opened"
STATES = (
	"Assessed",
	"In Handling",
	"Solution Proposed",
	"With Customer",
	"Executing",
	"Awaiting Revisit",
	"Closed",
)


@dataclass(frozen=True)
class Outcome:
	"""A complaint with everything that belongs to it, as it stands in the database."""

	complaint: Document
	slips: list[dict]
	eight_ds: list[dict]
	revisits: list[dict]
	contacts: list[dict]
	promises: list[dict]
	milestones: list[dict]
	timeline: list[dict]


def read(complaint: str) -> Outcome:
	"""Return what stands on the site about a complaint."""
	sources = frappe.get_all(
		"Complaint 8D Source", {"complaint": complaint, "parenttype": EIGHT_D}, pluck="parent"
	)
	return Outcome(
		frappe.get_doc(COMPLAINT, complaint),
		_rows(SLIP, complaint, "workflow_state", "department", "reported_on", "reply_due_at"),
		frappe.get_all(
			EIGHT_D,
			{"name": ("in", sources or [""])},
			["name", "workflow_state", "closed_on"],
			order_by="creation",
		),
		_rows(REVISIT, complaint, "workflow_state", "revisited_on", "satisfaction_with_result"),
		_rows(CONTACT, complaint, "contacted_on", "purpose", "contacted_by"),
		_rows(PROMISE, complaint, "sequence", "due_at", "kept_on", "state"),
		_rows(
			MILESTONE,
			complaint,
			"stage",
			"reference_doctype",
			"reference_name",
			"state",
			"due_at",
			"done_at",
			"done_by",
		),
		frappe.get_all(
			"Comment",
			{"reference_doctype": COMPLAINT, "reference_name": complaint, "comment_type": "Workflow"},
			["content", "owner", "creation"],
			order_by="creation asc",
		),
	)


def _rows(doctype: str, complaint: str, *fields: str) -> list[dict]:
	return frappe.get_all(doctype, {"complaint": complaint}, ["name", *fields], order_by="creation asc")


def shortcomings(outcome: Outcome) -> list[str]:
	"""Return what is missing for a whole case; empty when nothing is."""
	checks = (
		(outcome.complaint.workflow_state == "Closed", "a closed complaint"),
		(_all_are(outcome.slips, "Completed", at_least=3), "three completed slips"),
		(_all_are(outcome.eight_ds, "Closed", at_least=1), "a closed 8D report"),
		(_all_are(outcome.revisits, "Completed", at_least=1), "a completed revisit"),
		(outcome.complaint.satisfaction_with_result in SATISFIED, "a satisfied customer"),
		(tuple(row.content for row in outcome.timeline) == STATES, "every state in the timeline"),
		(_all_have(outcome.milestones, "due_at", "done_at"), "due and done times of every milestone"),
		(all(row.state == "Met" for row in outcome.milestones), "a met milestone in every row"),
		(not stages_without_clock(outcome), f"clocks of {', '.join(stages_without_clock(outcome))}"),
		(
			outcome.promises and all(row.state == "Kept" for row in outcome.promises),
			"a kept promise in every row",
		),
		(outcome.complaint.approved_by != outcome.complaint.proposed_by, "an approval by somebody else"),
	)
	return [text for is_there, text in checks if not is_there]


def stages_without_clock(outcome: Outcome) -> list[str]:
	"""Return the stages of the procedure, of complaint, slips and 8D reports, that no milestone measured.

	A case that the customer accepted at once has no new round, and no clock of one.
	"""
	documents = {COMPLAINT: [outcome.complaint], SLIP: outcome.slips, EIGHT_D: outcome.eight_ds}
	measured = {(row.stage, row.reference_name) for row in outcome.milestones}
	expected = {
		(target.stage, document.name)
		for target in frappe.get_cached_doc(PROCEDURE, outcome.complaint.procedure).targets
		for document in documents[target.applies_to]
		if target.starts_on != NEW_ROUND
	}
	return sorted(f"{stage} of {name}" for stage, name in expected - measured)


def _all_are(rows: list[dict], state: str, at_least: int) -> bool:
	return len(rows) >= at_least and all(row.workflow_state == state for row in rows)


def _all_have(rows: list[dict], *fields: str) -> bool:
	return bool(rows) and all(row[field] for row in rows for field in fields)


def show(outcome: Outcome) -> str:
	"""Return the outcome as text."""
	complaint = outcome.complaint
	lines = [
		f"{complaint.name} of {complaint.customer_name}: {complaint.workflow_state}",
		f"  {complaint.subject}",
		f"  Sales Order {complaint.sales_order}, batch {complaint.batch_no}; remedies "
		f"{complaint.total_remedy_amount:,.2f}, proposed by {complaint.proposed_by}, approved by {complaint.approved_by}",
		"",
		f"  {'Slip':<18}{'State':<12}{'Reply due':<18}{'Reported':<18}Department",
	]
	lines += [
		f"  {row.name:<18}{row.workflow_state:<12}{show_time(row.reply_due_at):<18}{show_time(row.reported_on):<18}"
		f"{row.department}"
		for row in outcome.slips
	]
	lines += [
		f"  8D report  {row.name}: {row.workflow_state}, {show_time(row.closed_on)}"
		for row in outcome.eight_ds
	]
	lines += [
		f"  Revisit    {row.name}: {row.workflow_state}, {show_time(row.revisited_on)}, {row.satisfaction_with_result}"
		for row in outcome.revisits
	]
	lines += ["", f"  {'Promised reply':<18}{'Due':<18}{'Given':<18}State"]
	lines += [
		f"  {row.sequence:<18}{show_time(row.due_at):<18}{show_time(row.kept_on):<18}{row.state}"
		for row in outcome.promises
	]
	lines += ["", f"  {'Milestone':<26}{'Document':<18}{'Due':<18}{'Done':<18}{'State':<8}Done by"]
	lines += [
		f"  {row.stage:<26}{row.reference_name:<18}{show_time(row.due_at):<18}{show_time(row.done_at):<18}"
		f"{row.state:<8}{row.done_by}"
		for row in sorted(outcome.milestones, key=lambda row: (row.reference_doctype, row.reference_name))
	]
	lines += ["", "  Timeline"]
	lines += [f"  {show_time(row.creation):<18}{row.content:<20}{row.owner}" for row in outcome.timeline]
	return "\n".join([*lines, ""])
