"""Each shipped procedure that carries clocks: what a complaint is due for when it is registered.

2 March 2026 is a Monday; the shipped calendars hold no public holidays.
"""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT, MILESTONE, PROCEDURE, SLIP
from complaint_handling.setup.presets import create_presets
from tests import factories
from tests.factories import as_user, employee_of, make_complaint, make_slip, press
from tests.figures import procedure, shipped_codes
from tests.integration import cases

INSIDE, OUTSIDE, WEEKEND = "2026-03-04 10:00:00", "2026-03-04 20:00:00", "2026-03-06 17:50:00"

# fmt: off
# Where a document gives no figure, the defaults hold: first answer 1 working day, solution 5.
USUAL_STAGES = {
	INSIDE: {"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
	OUTSIDE: {"First Answer": "2026-03-06 09:00", "Solution Approved": "2026-03-12 09:00"},
	WEEKEND: {"First Answer": "2026-03-09 17:50", "Solution Approved": "2026-03-13 17:50"},
}
USUAL = [
	(code, moment, {"severity": severity}, stages)
	for code, severity in (
		("000-B", "Medium"), ("000-D", "Minor"), ("000-F", "Minor"), ("000-H", "Minor"), ("000-J", "Routine"),
		("001-A", "Minor"), ("001-B", "Minor"), ("001-C", "Minor"), ("001-D", "Minor"))
	for moment, stages in USUAL_STAGES.items()
]
# The restaurant and the mall are open from 10:00 to 22:00 on seven days.
COUNTER = [
	(code, moment, {"severity": severity}, stages)
	for code, severity in (("001-E", "At the Counter"), ("001-F", "Minor"))
	for moment, stages in {
		INSIDE: {"First Answer": "2026-03-04 10:15", "Solution Approved": "2026-03-05 10:00"},
		OUTSIDE: {"First Answer": "2026-03-04 20:15", "Solution Approved": "2026-03-05 20:00"},
		WEEKEND: {"First Answer": "2026-03-06 18:05", "Solution Approved": "2026-03-07 17:50"},
	}.items()
]

# (code, received, what the case is) -> the due time of each stage
REGISTERED = [
	*USUAL,
	*COUNTER,
	("000-B", INSIDE, {"severity": "High"}, {
		"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-09 10:00"}),
	("000-I", INSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-05 10:00", "Preliminary Investigation": "2026-03-05 10:00",
		"Solution Approved": "2026-03-11 10:00"}),
	("000-I", OUTSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-06 09:00", "Preliminary Investigation": "2026-03-06 09:00",
		"Solution Approved": "2026-03-12 09:00"}),
	("000-I", WEEKEND, {"severity": "Minor"}, {
		"First Answer": "2026-03-09 17:50", "Preliminary Investigation": "2026-03-09 17:50",
		"Solution Approved": "2026-03-13 17:50"}),
	("000-J", INSIDE, {"severity": "Important"}, {
		"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-09 10:00"}),
	("001-E", "2026-03-04 23:00:00", {"severity": "Claim or Disturbance", "is_urgent": 1}, {
		"First Answer": "2026-03-04 23:15", "Solution Approved": "2026-03-06 10:00"}),
	("000-A", INSIDE, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-04 10:15", "Initial Assessment": "2026-03-05 10:00",
		"First Answer": "2026-03-05 10:00"}),
	("000-A", OUTSIDE, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-05 09:15", "Initial Assessment": "2026-03-06 09:00",
		"First Answer": "2026-03-06 09:00"}),
	("000-A", WEEKEND, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-09 09:05", "Initial Assessment": "2026-03-09 17:50",
		"First Answer": "2026-03-09 17:50"}),
	("000-A", OUTSIDE, {"severity": "Major", "is_urgent": 1}, {
		"Record at Once": "2026-03-04 20:15", "Initial Assessment": "2026-03-04 20:15",
		"First Answer": "2026-03-06 09:00"}),
	("000-C", INSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"}),
	("000-C", OUTSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-06 09:00", "Solution Approved": "2026-03-12 09:00"}),
	("000-C", WEEKEND, {"severity": "Minor"}, {
		"First Answer": "2026-03-09 17:50", "Solution Approved": "2026-03-13 17:50"}),
	("000-E", INSIDE, {"severity": "Ordinary Complaint"}, {
		"Record at Once": "2026-03-04 10:15", "Acceptance": "2026-03-05 10:00",
		"Handling Result": "2026-03-13 10:00"}),
	("000-E", OUTSIDE, {"severity": "Ordinary Complaint"}, {
		"Record at Once": "2026-03-05 09:15", "Acceptance": "2026-03-05 20:00",
		"Handling Result": "2026-03-16 09:00"}),
	("000-E", WEEKEND, {"severity": "Ordinary Complaint"}, {
		"Record at Once": "2026-03-09 09:05", "Acceptance": "2026-03-07 17:50",
		"Handling Result": "2026-03-17 17:50"}),
	("000-E", WEEKEND, {"severity": "Special Complaint"}, {
		"Record at Once": "2026-03-09 09:05", "Acceptance": "2026-03-07 17:50",
		"Handling Result": "2026-03-11 17:50"}),
	("000-G", INSIDE, {"severity": "Minor"}, {
		"Record at Once": "2026-03-04 10:15", "First Answer": "2026-03-05 10:00",
		"Solution Approved": "2026-03-11 10:00"}),
	("000-G", OUTSIDE, {"severity": "Minor"}, {
		"Record at Once": "2026-03-05 09:15", "First Answer": "2026-03-06 09:00",
		"Solution Approved": "2026-03-12 09:00"}),
	("000-G", WEEKEND, {"severity": "Minor"}, {
		"Record at Once": "2026-03-09 09:05", "First Answer": "2026-03-09 17:50",
		"Solution Approved": "2026-03-13 17:50"}),
	("000-K", INSIDE, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-04 10:15", "Reply to the Customer": "2026-03-09 10:00"}),
	("000-K", OUTSIDE, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-05 09:15", "Reply to the Customer": "2026-03-10 09:00"}),
	("000-K", WEEKEND, {"severity": "Moderate"}, {
		"Record at Once": "2026-03-09 09:05", "Reply to the Customer": "2026-03-11 17:50"}),
	("002-A", INSIDE, {"severity": "Serious"}, {
		"First Answer": "2026-03-05 10:00", "Corrective Measures": "2026-03-07 10:00"}),
	("002-A", OUTSIDE, {"severity": "Urgent"}, {
		"First Answer": "2026-03-05 20:00", "Corrective Measures": "2026-03-07 20:00"}),
	("002-A", WEEKEND, {"severity": "Serious"}, {
		"First Answer": "2026-03-07 17:50", "Corrective Measures": "2026-03-09 17:50"}),
	("002-A", WEEKEND, {"severity": "Routine"}, {
		"First Answer": "2026-03-07 17:50", "Corrective Measures": "2026-03-17 17:50"}),
	("002-A", INSIDE, {"severity": "Inquiry"}, {"First Answer": "2026-03-05 10:00"}),
	("003-A", INSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-05 10:00", "Final Result": "2026-03-13 10:00"}),
	("003-A", OUTSIDE, {"severity": "Minor"}, {
		"First Answer": "2026-03-06 09:00", "Final Result": "2026-03-16 09:00"}),
	("003-A", WEEKEND, {"severity": "Minor"}, {
		"First Answer": "2026-03-09 17:50", "Final Result": "2026-03-17 17:50"}),
	("003-B", INSIDE, {"severity": "Major"}, {
		"First Answer": "2026-03-05 10:00", "Final Result": "2026-03-13 10:00"}),
	("003-B", OUTSIDE, {"severity": "Major"}, {
		"First Answer": "2026-03-06 09:00", "Final Result": "2026-03-16 09:00"}),
	("003-B", WEEKEND, {"severity": "Major"}, {
		"First Answer": "2026-03-09 17:50", "Final Result": "2026-03-17 17:50"}),
	("004-A", INSIDE, {"severity": "Routine"}, {
		"First Answer": "2026-03-04 12:00", "Facts Verified": "2026-03-05 10:00",
		"Solution Approved": "2026-03-06 10:00"}),
	("004-A", OUTSIDE, {"severity": "Routine"}, {
		"First Answer": "2026-03-05 11:00", "Facts Verified": "2026-03-06 09:00",
		"Solution Approved": "2026-03-09 09:00"}),
	("004-A", WEEKEND, {"severity": "Routine"}, {
		"First Answer": "2026-03-09 10:50", "Facts Verified": "2026-03-09 17:50",
		"Solution Approved": "2026-03-10 17:50"}),
	("004-A", WEEKEND, {"severity": "Urgent", "is_urgent": 1, "demand_deadline": "2026-03-07 17:50:00"}, {
		"First Answer": "2026-03-06 19:50", "Facts Verified": "2026-03-09 17:50",
		"Solution Approved": "2026-03-10 17:50", "Customer's Own Deadline": "2026-03-07 17:50"}),
]

# (code, kind of slip, issued) -> stage and due time
ISSUED = [
	("000-A", "Complaint Slip", INSIDE, "Investigation", "2026-03-06 10:00"),
	("000-K", "Complaint Slip", INSIDE, "Department Reply", "2026-03-06 10:00"),
	("002-A", "Complaint Slip", "2026-03-06 10:00:00", "Department Reply", "2026-03-10 10:00"),
	("003-A", "Complaint Slip", "2026-03-06 10:00:00", "Slip Reply", "2026-03-09 10:00"),
	("003-A", "Complaint Slip", "2026-03-05 20:00:00", "Slip Reply", "2026-03-09 09:00"),
	("003-A", "Service Slip", "2026-03-06 10:00:00", "Slip Reply", "2026-03-09 10:00"),
	("003-A", "Process Engineering Request", "2026-03-06 17:00:00", "Engineering Solution", "2026-03-09 10:00"),
	("003-B", "Complaint Slip", "2026-03-06 10:00:00", "Slip Reply", "2026-03-09 10:00"),
]
# fmt: on


def procedure_of(code: str) -> str:
	return frappe.db.get_value(PROCEDURE, {"code": code, "docstatus": 1})


def clocks_of(doc) -> dict[str, object]:
	rows = frappe.get_all(MILESTONE, filters={"reference_name": doc.name}, fields=["stage", "due_at"])
	return {row.stage: row.due_at for row in rows}


@pytest.mark.parametrize(("code", "received", "case", "due"), REGISTERED)
def test_registered_complaint_is_due_as_the_document_says(code, received, case, due, frozen_time, cast):
	frozen_time(received)
	with as_user(cast["agent"]):
		complaint = make_complaint(procedure=procedure_of(code), **case)
	assert clocks_of(complaint) == {stage: get_datetime(moment) for stage, moment in due.items()}


def test_every_shipped_procedure_is_covered_inside_outside_and_over_a_weekend():
	moments = {(code, received) for code, received, _case, _due in REGISTERED}
	assert moments >= {(code, moment) for code in shipped_codes() for moment in (INSIDE, OUTSIDE, WEEKEND)}


@pytest.mark.parametrize(("code", "kind", "issued", "stage", "due"), ISSUED)
def test_issued_slip_is_due_as_the_document_says(code, kind, issued, stage, due, frozen_time, cast):
	frozen_time(issued)
	complaint = cases.in_handling(cast, procedure=procedure_of(code), severity=lowest(code))
	handler = employee_of(cast["handler"])
	with as_user(cast["coordinator"]):
		slip = make_slip(
			complaint,
			frappe.db.get_value("Employee", handler, "department"),
			responsible_employee=handler,
			slip_kind=kind,
		)
	if procedure(code)["slips_need_review"]:
		press(slip, "Submit for Review", cast["coordinator"])
		press(slip, "Endorse Slip", cast["reviewer"])
	else:
		press(slip, "Submit for Issue", cast["coordinator"])
	slip = press(slip, "Issue Slip", cast["coordinator"])
	assert clocks_of(slip) == {stage: get_datetime(due)}


def lowest(code: str) -> str:
	return max(procedure(code)["severities"], key=lambda row: row["rank"])["severity"]


def test_solution_of_document_000_a_runs_from_the_end_of_the_investigation(frozen_time, cast):
	frozen_time(INSIDE)
	complaint = cases.in_handling(cast, procedure=procedure_of("000-A"), severity="Moderate")
	assert "Solution Approved" not in clocks_of(complaint)
	frozen_time("2026-03-06 10:00:00")
	with as_user(cast["coordinator"]):
		stored = frappe.get_doc(COMPLAINT, complaint.name)
		stored.verification_result = "Confirmed"
		stored.save()
	assert clocks_of(complaint)["Solution Approved"] == get_datetime("2026-03-11 10:00")  # e.2.1


def test_severity_found_later_still_counts_from_the_receipt(frozen_time, cast):
	frozen_time(INSIDE)
	with as_user(cast["agent"]):
		complaint = make_complaint(procedure=procedure_of("002-A"), severity=None)
		assert "Corrective Measures" not in clocks_of(complaint)
		frozen_time("2026-03-04 16:00:00")
		stored = frappe.get_doc(COMPLAINT, complaint.name)
		stored.severity = "Serious"
		stored.save()
	assert clocks_of(complaint)["Corrective Measures"] == get_datetime("2026-03-07 10:00")  # e.2.15


@pytest.mark.parametrize("code", shipped_codes())
def test_shipped_procedure_stands_on_the_site_as_it_is_shipped(code):
	stored, shipped = frappe.get_doc(PROCEDURE, procedure_of(code)), procedure(code)
	for fieldname, value in shipped.items():
		if not isinstance(value, list):
			assert stored.get(fieldname) == value, fieldname
			continue
		for row, given in zip(stored.get(fieldname), value, strict=True):
			assert {key: row.get(key) for key in given} == given


def test_presets_are_inserted_once():
	before = frappe.db.count(PROCEDURE)
	create_presets()
	assert frappe.db.count(PROCEDURE) == before
	assert frappe.db.get_single_value("Complaint Settings", "default_procedure") == procedure_of("004-A")
