"""Invariants: each state refuses what is missing, one fact at a time, and accepts what is complete."""

import json
import string
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from complaint_handling.domain import states
from complaint_handling.domain.authority import Limit
from complaint_handling.domain.complaint_rules import CLOSED_AS_NOT_JUSTIFIED, COMPLAINT_RULES
from complaint_handling.domain.deferral_rules import DEFERRAL_RULES
from complaint_handling.domain.eight_d_rules import EIGHT_D_RULES, LOOP_RULES
from complaint_handling.domain.facts import (
	ActionFacts,
	CheckFacts,
	ComplaintFacts,
	DocumentChangeFacts,
	EightDFacts,
	RevisitFacts,
	SlipFacts,
)
from complaint_handling.domain.invariants import (
	complaint_violations,
	eight_d_violations,
	revisit_violations,
	slip_violations,
)
from complaint_handling.domain.revisit_rules import REVISIT_RULES
from complaint_handling.domain.rules import is_given
from complaint_handling.domain.slip_rules import SLIP_RULES
from complaint_handling.domain.states import (
	ComplaintState,
	DeferralState,
	EightDState,
	RevisitState,
	SlipState,
)

PACKAGE = Path(__file__).resolve().parents[2] / "complaint_handling"
MOMENT = datetime(2026, 3, 2, 10)
DAY = date(2026, 3, 2)

PLANNED = ActionFacts("engineer@example.com", MOMENT)
DONE = replace(PLANNED, done_on=MOMENT)
LIMITS = (
	Limit("Complaint Department Manager", Decimal(1000)),
	Limit("Complaint Vice President", Decimal(50000)),
)

COMPLAINT = ComplaintFacts(
	customer="Automotive Parts",
	category="Product Quality",
	severity="Urgent",
	procedure="B2B",
	description="The line slowed down",
	demand="A clear solution within 24 hours",
	subject_users=frozenset({"fitter@example.com"}),
	handler="coordinator@example.com",
	receipt_time=MOMENT,
	payment_kind="Cash",
	widespread="No",
	repeat_of="CC-1",
	counts_as_repeat="No",
	repeat_reason="Another machine",
	checks=(
		CheckFacts("Acceptance", "Is the reason sufficient?", "Yes"),
		CheckFacts("Acceptance", "Is the demand reasonable?", "Yes"),
		CheckFacts("Evidence", "Inspection report", "Not Applicable"),
	),
	slip_states=("Completed", "Reported"),
	task_force_leader="technical.service",
	cause="Deviation in assembly",
	measures=(PLANNED, replace(PLANNED, corrective=False)),
	compensation_total=Decimal(8000),
	options=frozenset({1, 2}),
	chosen_option=2,
	proposed_by="coordinator@example.com",
	endorsed_by="quality@example.com",
	endorser_role="Quality Manager",
	endorser_roles=frozenset({"Quality Manager"}),
	approved_by="president@example.com",
	approver_roles=frozenset({"Complaint Vice President"}),
	approval_limits=LIMITS,
	plan_revised=True,
	plan_explained=True,
	consent_by="Site manager",
	consent_channel="Telephone",
	consent_at=MOMENT,
	written_answer_on=DAY,
	missing_at_close=(),
	held=False,
	revisit_satisfied=True,
	eight_d_states=("Closed",),
	rejection_reason="Used outside the specification",
	rejection_evidence="Inspection record",
	rejection_answer="We are sorry that",
	other_recourse="Mediation by the consumer association",
	re_review_reason="Not accepted",
	cancel_reason="Registered twice",
)
PASSED = COMPLAINT.checks
NOT_PASSED = (CheckFacts("Acceptance", "Is the reason sufficient?", "No"),)
EXECUTED = replace(COMPLAINT, slip_states=("Completed", "Cancelled"), measures=(DONE,))
NOT_JUSTIFIED = ComplaintFacts(
	justified=False,
	rejection_reason="Used outside the specification",
	rejection_evidence="Inspection record",
	rejection_answer="We are sorry that",
	other_recourse="Mediation by the consumer association",
	written_answer_required=False,
	held=False,
)

SLIP = SlipFacts(
	kind="Complaint Slip",
	complaint_state="Assessed",
	department="Quality",
	instruction="Inspect the batch",
	handler="engineer@example.com",
	subject_users=frozenset({"fitter@example.com"}),
	subject_employee="HR-EMP-00007",
	reply_due=MOMENT,
	higher_instruction="Production first",
	finding="Loose screws",
	cause="Torque not set",
	measures=(PLANNED,),
	return_reason="The batch is missing",
	dispute_reason="Made by another line",
	escalated_to="manager@example.com",
	cancel_reason="Issued twice",
)

EIGHT_D = EightDFacts(
	team_leader="leader@example.com",
	members=("quality@example.com",),
	problem_description="Loose screws on 5 machines",
	containment_actions=(DONE,),
	occurrence_cause="Torque not set",
	escape_cause="No torque check",
	corrective_actions=(DONE,),
	preventive_actions=(PLANNED,),
	document_changes=(DocumentChangeFacts("WI-12", DAY, DAY),),
	effectiveness_criterion="No loose screw in 30 machines",
	effectiveness_check_on=DAY,
	effective=True,
	not_effective_reason="Loose screws again",
	verified_by="quality@example.com",
	lessons="Check torque at each change of shift",
)

REVISIT = RevisitFacts("Telephone", "Site manager", MOMENT, "Satisfied", "Neutral")


def codes(violations) -> list[str]:
	return [violation.code for violation in violations]


def fitting(state: str, facts: ComplaintFacts) -> ComplaintFacts:
	"""Return the facts with the answers of the checklist that this state asks for."""
	return replace(facts, checks=NOT_PASSED) if state == "Not Justified" else facts


@pytest.mark.parametrize("state", list(ComplaintState))
def test_complete_complaint_may_enter_every_state(state):
	facts = EXECUTED if state in ("Awaiting Revisit", "Closed", "Cancelled") else COMPLAINT
	assert complaint_violations(state, fitting(state, facts)) == []


@pytest.mark.parametrize("state", list(SlipState))
def test_complete_slip_may_enter_every_state(state):
	assert slip_violations(state, SLIP) == []


@pytest.mark.parametrize("state", list(EightDState))
def test_complete_8d_may_enter_every_state(state):
	assert eight_d_violations(state, EIGHT_D) == []


@pytest.mark.parametrize("state", list(RevisitState))
def test_complete_revisit_may_enter_every_state(state):
	assert revisit_violations(state, REVISIT) == []


def test_a_state_of_the_site_carries_no_invariant():
	assert complaint_violations("Waiting for Parts", ComplaintFacts()) == []
	assert slip_violations("Waiting for Parts", SlipFacts()) == []
	assert eight_d_violations("Waiting for Parts", EightDFacts()) == []
	assert revisit_violations("Waiting for Parts", RevisitFacts()) == []


ASSESSED = (
	"Assessed",
	"In Handling",
	"Solution Proposed",
	"Solution Endorsed",
	"With Customer",
	"Executing",
	"Awaiting Revisit",
	"Closed",
)
SOLVED = ("Solution Proposed", "Solution Endorsed", "With Customer", "Executing", "Awaiting Revisit")
ENTERED = ("Assessed", "In Handling")
ENDORSED = ("Solution Endorsed", "With Customer")
AUTHORISED = ("With Customer",)
APPROVED = ("With Customer", "Executing", "Awaiting Revisit")
CONSENTED = ("Executing", "Awaiting Revisit")
FINISHED = ("Awaiting Revisit", "Closed")

COMPLAINT_CASES = [
	(ASSESSED, {"customer": None}, "customer_missing"),
	(ASSESSED, {"category": ""}, "category_missing"),
	(ASSESSED, {"severity": None}, "severity_missing"),
	(ASSESSED, {"procedure": None}, "procedure_missing"),
	(ASSESSED, {"description": "  "}, "description_missing"),
	(ASSESSED, {"demand": None}, "demand_missing"),
	(ENTERED, {"receipt_time": None}, "receipt_missing"),
	(ENTERED, {"payment_kind": ""}, "receipt_missing"),
	(ENTERED, {"widespread": None}, "widespread_undecided"),
	(("In Handling",), {"counts_as_repeat": None}, "repeat_undecided"),
	(("In Handling",), {"repeat_reason": " "}, "repeat_undecided"),
	(("In Handling",), {"checks": (replace(PASSED[0], answer=None),)}, "acceptance_unanswered"),
	(("In Handling",), {"checks": (*PASSED[1:], *NOT_PASSED)}, "acceptance_negative"),
	(
		("Solution Proposed",),
		{"checks": (*PASSED[:2], replace(PASSED[2], answer=None))},
		"evidence_unanswered",
	),
	(
		("Solution Proposed",),
		{"checks": (*PASSED[:2], replace(PASSED[2], answer="No"))},
		"evidence_unanswered",
	),
	(SOLVED, {"options": frozenset({2})}, "options_missing"),
	(ENDORSED, {"endorsed_by": None}, "not_endorsed"),
	(ENDORSED, {"endorser_roles": frozenset({"Complaint Agent"})}, "not_endorsed"),
	(ENDORSED, {"endorsed_by": "coordinator@example.com"}, "endorser_is_proposer"),
	(ENDORSED, {"endorsed_by": "fitter@example.com"}, "endorser_is_subject"),
	(("With Customer",), {"endorsed_by": "president@example.com"}, "approver_is_endorser"),
	(("Solution Proposed",), {"plan_revised": False}, "plan_not_revised"),
	(("Executing",), {"plan_explained": False}, "plan_not_explained"),
	(CONSENTED, {"chosen_option": 0}, "option_not_chosen"),
	(CONSENTED, {"chosen_option": 3}, "option_not_chosen"),
	(CONSENTED, {"consent_channel": "Face to Face"}, "signature_missing"),
	(CONSENTED, {"consent_channel": "Face to Face", "signature": "Refused"}, "signature_missing"),
	(("Closed",), {"written_answer_on": None}, "written_answer_missing"),
	(("Closed",), {"missing_at_close": ("Archive",)}, "closing_records_missing"),
	(("Closed", "Cancelled"), {"held": True}, "legal_hold"),
	(("Not Justified",), {"checks": PASSED}, "acceptance_not_negative"),
	(("Not Justified",), {"other_recourse": None}, "other_recourse_missing"),
	(("In Handling",), {"slip_states": ()}, "nobody_at_work"),
	(("In Handling",), {"slip_states": ("Cancelled",)}, "nobody_at_work"),
	(("In Handling", *SOLVED), {"handler": "fitter@example.com"}, "handler_is_subject"),
	(SOLVED, {"cause": None}, "cause_missing"),
	(SOLVED, {"measures": ()}, "corrective_measure_missing"),
	(SOLVED, {"measures": (replace(DONE, corrective=False),)}, "corrective_measure_missing"),
	(SOLVED, {"measures": (replace(DONE, owner=None),)}, "measure_not_planned"),
	(SOLVED, {"measures": (replace(DONE, due=None),)}, "measure_not_planned"),
	(SOLVED, {"no_compensation": True}, "compensation_undecided"),
	(SOLVED, {"task_force_leader": None}, "task_force_missing"),
	(SOLVED[:4], {"slip_states": ("Reported", "Issued")}, "slips_unanswered"),
	(APPROVED, {"approved_by": "coordinator@example.com"}, "approver_is_proposer"),
	(APPROVED, {"approved_by": "fitter@example.com"}, "approver_is_subject"),
	(AUTHORISED, {"approver_roles": frozenset({"Complaint Department Manager"})}, "approval_above_authority"),
	(AUTHORISED, {"compensation_total": Decimal("50000.01")}, "nobody_has_authority"),
	(AUTHORISED, {"approval_limits": ()}, "nobody_has_authority"),
	(CONSENTED, {"consent_by": None}, "consent_by_missing"),
	(CONSENTED, {"consent_channel": None}, "consent_channel_missing"),
	(CONSENTED, {"consent_at": None}, "consent_at_missing"),
	(FINISHED, {"measures": (DONE, PLANNED)}, "measures_not_done"),
	((*FINISHED, "Cancelled"), {"slip_states": ("Completed", "Reported")}, "slips_unfinished"),
	(("Closed",), {"approved_by": None}, "compensation_not_approved"),
	(("Closed",), {"revisit_satisfied": False}, "revisit_not_satisfied"),
	(("Closed",), {"eight_d_states": ()}, "eight_d_not_closed"),
	(("Closed",), {"eight_d_states": ("Closed", "Prevented")}, "eight_d_not_closed"),
	(("Not Justified",), {"rejection_reason": None}, "rejection_reason_missing"),
	(("Not Justified",), {"rejection_evidence": None}, "rejection_evidence_missing"),
	(("Not Justified",), {"rejection_answer": None}, "rejection_answer_missing"),
	(("Re-review",), {"re_review_reason": None}, "re_review_reason_missing"),
	(("Cancelled",), {"cancel_reason": None}, "cancel_reason_missing"),
]


@pytest.mark.parametrize(("where", "change", "code"), COMPLAINT_CASES)
def test_complaint_states_refuse_one_missing_fact(where, change, code):
	refused = [
		state
		for state in ComplaintState
		if code in codes(complaint_violations(state, replace(fitting(state, EXECUTED), **change)))
	]
	assert refused == [state for state in ComplaintState if state in where]
	for state in refused:
		assert codes(complaint_violations(state, replace(fitting(state, EXECUTED), **change))) == [code]


def test_approval_is_missing_before_the_solution_goes_to_the_customer():
	facts = replace(COMPLAINT, approved_by=None)
	assert codes(complaint_violations("Solution Proposed", facts)) == []
	assert codes(complaint_violations("With Customer", facts)) == ["approved_by_missing"]
	assert codes(complaint_violations("Executing", facts)) == ["approved_by_missing"]


NO_OPTIONS = {"options": frozenset(), "minimum_options": 0}


def test_options_that_cost_nothing_are_a_decision():
	"""R-001F-03: two new pieces to choose from cost the customer's account nothing."""
	assert complaint_violations("With Customer", replace(COMPLAINT, compensation_total=Decimal(0))) == []


def test_undecided_compensation_is_refused_and_none_at_all_is_a_decision():
	undecided = replace(COMPLAINT, compensation_total=None, **NO_OPTIONS)
	assert codes(complaint_violations("Solution Proposed", undecided)) == ["compensation_undecided"]
	assert complaint_violations("With Customer", replace(undecided, no_compensation=True)) == []


def test_procedure_without_limits_needs_no_authority_where_nothing_is_paid():
	facts = replace(
		COMPLAINT, compensation_total=Decimal(0), no_compensation=True, approval_limits=(), **NO_OPTIONS
	)
	assert complaint_violations("With Customer", facts) == []


def test_authority_is_needed_even_where_nothing_is_paid_when_there_are_limits():
	facts = replace(
		COMPLAINT, compensation_total=None, no_compensation=True, approver_roles=frozenset(), **NO_OPTIONS
	)
	violations = complaint_violations("With Customer", facts)
	assert codes(violations) == ["approval_above_authority"]
	assert violations[0].values == ("0", "Complaint Department Manager")


def test_refused_approval_names_the_total_and_the_role_that_may():
	facts = replace(COMPLAINT, approver_roles=frozenset({"Complaint Department Manager"}))
	(violation,) = complaint_violations("With Customer", facts)
	assert violation.values == ("8000", "Complaint Vice President")
	assert "Complaint Vice President" in violation.message.format(*violation.values)


def test_handled_directly_needs_no_slip():
	assert (
		complaint_violations("In Handling", replace(COMPLAINT, slip_states=(), handled_directly=True)) == []
	)


def test_what_the_procedure_waives_does_not_hold_a_case_open():
	facts = replace(
		EXECUTED,
		revisit_required=False,
		revisit_satisfied=False,
		eight_d_required=False,
		eight_d_states=("Open",),
	)
	assert complaint_violations("Closed", facts) == []


def test_complaint_not_justified_is_closed_on_its_answer():
	assert complaint_violations("Closed", NOT_JUSTIFIED) == []
	unanswered = replace(NOT_JUSTIFIED, rejection_answer=None, slip_states=("Issued",))
	assert codes(complaint_violations("Closed", unanswered)) == [
		"rejection_answer_missing",
		"slips_unfinished",
	]


def test_signature_or_refusal_with_a_witness_is_accepted():
	face_to_face = replace(COMPLAINT, consent_channel="Face to Face")
	assert complaint_violations("Executing", replace(face_to_face, signature="Signed")) == []
	refused = replace(face_to_face, signature="Refused", signature_witness="Receptionist")
	assert complaint_violations("Executing", refused) == []


def test_a_complaint_without_checklist_is_declared_not_justified_on_its_reason():
	assert complaint_violations("Not Justified", replace(COMPLAINT, checks=())) == []


def test_a_case_of_a_group_needs_no_slip_of_its_own():
	assert complaint_violations("In Handling", replace(COMPLAINT, slip_states=(), in_group=True)) == []


AT_ONCE = replace(
	COMPLAINT,
	slip_states=(),
	eight_d_required=False,
	direct_close_allowed=True,
	within_counter=True,
)


def test_first_answer_ends_the_case_where_the_procedure_lets_it():
	"""R-000K-12, R-003A-15: who can answer at once answers; the customer agrees."""
	assert complaint_violations("Closed", AT_ONCE, "Assessed") == []


@pytest.mark.parametrize(
	("change", "code"),
	[
		({"direct_close_allowed": False}, "direct_close_not_allowed"),
		({"rejection_answer": None}, "rejection_answer_missing"),
		({"consent_by": None}, "consent_by_missing"),
		({"within_counter": False}, "remedy_above_counter"),
		({"slip_states": ("Issued",)}, "work_is_open"),
		({"eight_d_required": True}, "work_is_open"),
		({"held": True}, "legal_hold"),
		({"demand": None}, "demand_missing"),
		({"written_answer_on": None}, "written_answer_missing"),
		({"consent_channel": "Face to Face"}, "signature_missing"),
	],
)
def test_first_answer_does_not_end_the_case_otherwise(change, code):
	assert codes(complaint_violations("Closed", replace(AT_ONCE, **change), "Assessed")) == [code]


def test_imported_case_is_archived_with_its_own_date():
	imported = ComplaintFacts(imported=True, original_closed_on=MOMENT, held=False)
	assert complaint_violations("Closed", imported, "Registered") == []
	for change, code in (
		({"imported": False}, "not_imported"),
		({"original_closed_on": None}, "original_closed_on_missing"),
		({"held": True}, "legal_hold"),
	):
		assert codes(complaint_violations("Closed", replace(imported, **change), "Registered")) == [code]


def test_what_a_service_leaves_out_counts_as_missing():
	assert set(codes(complaint_violations("Closed", ComplaintFacts()))) >= {
		"customer_missing",
		"revisit_not_satisfied",
		"eight_d_not_closed",
	}


ANSWERED = ("Reported", "Completed")
SLIP_CASES = [
	(("Pending Review", "Pending Issue", "Issued", *ANSWERED), {"department": None}, "department_missing"),
	(("Pending Review", "Pending Issue", "Issued", *ANSWERED), {"instruction": " "}, "instruction_missing"),
	(("Issued", *ANSWERED), {"handler": None}, "nobody_responsible"),
	(("Issued", *ANSWERED), {"handler": "fitter@example.com"}, "handler_is_subject"),
	(("Issued", *ANSWERED), {"handler": None, "post": "HR-EMP-00007"}, "handler_is_subject"),
	(("Issued",), {"complaint_state": "Registered"}, "complaint_not_assessed"),
	(("Issued",), {"complaint_state": None}, "complaint_not_assessed"),
	(("Issued", *ANSWERED), {"reply_due": None}, "reply_due_missing"),
	(("Issued",), {"higher_instruction": None}, "opinion_missing"),
	(ANSWERED, {"finding": None}, "finding_missing"),
	(ANSWERED, {"cause": None}, "cause_missing"),
	(ANSWERED, {"measures": ()}, "measures_missing"),
	(ANSWERED, {"measures": (replace(PLANNED, owner=" "),)}, "measure_not_planned"),
	(ANSWERED, {"measures": (replace(PLANNED, due=None),)}, "measure_not_planned"),
	(("Returned",), {"return_reason": None}, "return_reason_missing"),
	(("Disputed",), {"dispute_reason": None}, "dispute_reason_missing"),
	(("Escalated",), {"escalated_to": None}, "escalated_to_missing"),
	(("Escalated",), {"escalated_to": "fitter@example.com"}, "escalated_to_subject"),
	(("Escalated",), {"escalated_to": "engineer@example.com"}, "escalated_to_handler"),
	(("Cancelled",), {"cancel_reason": None}, "cancel_reason_missing"),
]


@pytest.mark.parametrize(("where", "change", "code"), SLIP_CASES)
def test_slip_states_refuse_one_missing_fact(where, change, code):
	facts = replace(SLIP, **change)
	refused = {state: codes(slip_violations(state, facts)) for state in SlipState}
	assert refused == {state: [code] if state in where else [] for state in SlipState}


def test_a_post_holder_is_responsible_without_a_user():
	assert slip_violations("Issued", replace(SLIP, handler=None, post="HR-EMP-00001")) == []


@pytest.mark.parametrize("state", ANSWERED)
def test_a_technical_opinion_needs_finding_and_cause_and_no_measure(state):
	"""R-000H-09: the technical department confirms the reason and gives reference; others act on it."""
	opinion = replace(SLIP, kind="Technical Opinion", measures=())
	assert slip_violations(state, opinion) == []
	assert codes(slip_violations(state, replace(opinion, finding=" "))) == ["finding_missing"]
	assert codes(slip_violations(state, replace(opinion, cause=None))) == ["cause_missing"]
	for kind in ("Complaint Slip", "Service Slip", "Process Engineering Request", None):
		assert codes(slip_violations(state, replace(opinion, kind=kind))) == ["measures_missing"]


def test_a_coordination_meeting_stands_for_the_opinion_from_above():
	"""R-000K-17: several departments wait for an opinion, or for a meeting that coordinates them."""
	undecided = replace(SLIP, higher_instruction=None)
	assert codes(slip_violations("Issued", undecided)) == ["opinion_missing"]
	assert slip_violations("Issued", replace(undecided, coordination_meeting="QA-MEET-26-03-02")) == []
	assert slip_violations("Issued", replace(undecided, opinion_required=False)) == []


EIGHT_D_STEPS = list(EightDState)
EIGHT_D_CASES = [
	("Contained", {"team_leader": None}, "team_leader_missing"),
	("Contained", {"members": ()}, "members_missing"),
	("Contained", {"problem_description": None}, "problem_description_missing"),
	("Contained", {"containment_actions": ()}, "containment_actions_missing"),
	("Contained", {"containment_actions": (PLANNED,)}, "containment_not_effective"),
	("Cause Found", {"occurrence_cause": None}, "occurrence_cause_missing"),
	("Cause Found", {"escape_cause": None}, "escape_cause_missing"),
	("Actions Chosen", {"corrective_actions": ()}, "corrective_actions_missing"),
	("Actions Chosen", {"corrective_actions": (replace(DONE, owner=None),)}, "corrective_action_not_planned"),
	("Actions Chosen", {"corrective_actions": (replace(DONE, due=None),)}, "corrective_action_not_planned"),
	("Implemented", {"corrective_actions": (DONE, PLANNED)}, "corrective_action_not_done"),
	("Prevented", {"preventive_actions": ()}, "preventive_actions_missing"),
	("Prevented", {"document_changes": (DocumentChangeFacts("WI-12", DAY),)}, "document_not_issued"),
	(
		"Prevented",
		{"document_changes": (DocumentChangeFacts("WI-12", issued_at_site_on=DAY),)},
		"document_not_issued",
	),
	("Effectiveness Check", {"effectiveness_criterion": None}, "effectiveness_criterion_missing"),
	("Effectiveness Check", {"effectiveness_check_on": None}, "effectiveness_check_on_missing"),
	("Closed", {"effective": None}, "not_effective"),
	("Closed", {"effective": False}, "not_effective"),
	("Closed", {"verified_by": None}, "verified_by_missing"),
	("Closed", {"lessons": None}, "lessons_missing"),
]


@pytest.mark.parametrize(("first", "change", "code"), EIGHT_D_CASES)
def test_8d_step_and_all_later_ones_refuse_one_missing_fact(first, change, code):
	facts = replace(EIGHT_D, **change)
	refused = {state: codes(eight_d_violations(state, facts)) for state in EIGHT_D_STEPS}
	later = EIGHT_D_STEPS[EIGHT_D_STEPS.index(first) :]
	assert refused == {state: [code] if state in later else [] for state in EIGHT_D_STEPS}


def test_8d_may_change_no_document():
	assert eight_d_violations("Closed", replace(EIGHT_D, document_changes=())) == []


@pytest.mark.parametrize(
	("change", "missing"),
	[
		({"effective": False}, []),
		({"effective": True}, ["effect_not_denied"]),
		({"effective": None}, ["effect_not_denied"]),
		({"effective": False, "not_effective_reason": None}, ["not_effective_reason_missing"]),
	],
)
def test_8d_goes_back_to_the_cause_only_when_not_effective(change, missing):
	facts = replace(EIGHT_D, **change)
	assert codes(eight_d_violations("Cause Found", facts, "Effectiveness Check")) == missing
	assert codes(eight_d_violations("Cause Found", facts, "Contained")) == []


@pytest.mark.parametrize(
	"fact", ["method", "contacted_person", "contacted_at", "satisfied_with_result", "satisfied_with_process"]
)
def test_completed_revisit_refuses_one_missing_fact(fact):
	facts = replace(REVISIT, **{fact: None})
	assert codes(revisit_violations("Completed", facts)) == [f"{fact}_missing"]
	assert revisit_violations("Planned", facts) == []


@pytest.mark.parametrize(
	("value", "given"),
	[
		(None, False),
		("", False),
		(" \n", False),
		((), False),
		(frozenset(), False),
		("x", True),
		(False, True),
		(0, True),
	],
)
def test_false_and_zero_are_answers(value, given):
	assert is_given(value) is given


TABLES = {
	"customer_complaint": [*COMPLAINT_RULES.values(), CLOSED_AS_NOT_JUSTIFIED],
	"complaint_handling_slip": [*SLIP_RULES.values()],
	"complaint_8d_report": [*EIGHT_D_RULES.values(), LOOP_RULES],
	"complaint_revisit": [*REVISIT_RULES.values()],
	"complaint_deferral_request": [*DEFERRAL_RULES.values()],
}
STATES = {
	"customer_complaint": (ComplaintState, states.ENDED_COMPLAINT_STATES),
	"complaint_handling_slip": (SlipState, states.ENDED_SLIP_STATES),
	"complaint_8d_report": (EightDState, states.ENDED_EIGHT_D_STATES),
	"complaint_revisit": (RevisitState, states.ENDED_REVISIT_STATES),
	"complaint_deferral_request": (DeferralState, states.ENDED_DEFERRAL_STATES),
}


@pytest.mark.parametrize("document", TABLES)
def test_violations_point_at_fields_of_the_form(document):
	path = PACKAGE / "complaint_handling" / "doctype" / document / f"{document}.json"
	fields = {field["fieldname"] for field in json.loads(path.read_text())["fields"]}
	named = {field for rules in TABLES[document] for rule in rules for field in rule.fields}
	assert named <= fields


@pytest.mark.parametrize("document", TABLES)
def test_one_code_has_one_message_and_the_message_says_what_to_do(document):
	rules = {rule for rules in TABLES[document] for rule in rules}
	assert len({rule.code for rule in rules}) == len(rules)
	for rule in rules:
		assert rule.message == rule.message.strip()
		assert rule.message.count(".") >= 2  # what is wrong; what to do
		assert all(
			name.isdigit() for _, name, _, _ in string.Formatter().parse(rule.message) if name is not None
		)


@pytest.mark.parametrize("document", STATES)
def test_states_are_those_of_the_shipped_workflow(document):
	path = PACKAGE / "setup" / "data" / "workflows" / f"{document}.json"
	shipped = [row["state"] for row in json.loads(path.read_text())["states"]]
	words, ended = STATES[document]
	assert [str(word) for word in words] == shipped
	assert set(ended) <= set(words)
