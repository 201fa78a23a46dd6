"""Deferral requests: whose word is needed, which causes and dates are refused, and what a deferral moves."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from complaint_handling.domain.deferral_rules import PRODUCTION_CAUSES, CauseOfDelay, postponed
from complaint_handling.domain.facts import DeferralFacts
from complaint_handling.domain.invariants import deferral_violations
from complaint_handling.domain.states import ComplaintState, DeferralState, SlipState

TODAY = date(2026, 3, 6)
GIVEN = DeferralFacts(
	allowed=True,
	complaint_state="Executing",
	slip_state="Reported",
	cause="Material Shortage",
	reason="The veneer comes late",
	today=TODAY,
	present_date=date(2026, 3, 10),
	new_date=date(2026, 3, 20),
	acts_for_department=True,
	may_give_department_opinion=True,
	may_arbitrate=True,
	arbiter_role="General Manager",
	owner="handler",
	requested_by="handler",
	department_opinion="Yes",
	department_opinion_by="manager",
	service_opinion="No",
	service_opinion_by="coordinator",
	arbitration_request="Please decide",
	decision="Yes",
	decided_by="general manager",
	withdraw_reason="The material came",
)
OPEN_STATES = (
	DeferralState.DRAFT,
	DeferralState.DEPARTMENT_OPINION,
	DeferralState.SERVICE_OPINION,
	DeferralState.ARBITRATION,
	DeferralState.AGREED,
)
REQUEST_STATES = (DeferralState.DRAFT, DeferralState.DEPARTMENT_OPINION)


def codes(state: str, **facts: object) -> list[str]:
	return [violation.code for violation in deferral_violations(state, replace(GIVEN, **facts))]


@pytest.mark.parametrize("state", list(DeferralState))
def test_request_that_has_all_enters_every_state(state):
	assert codes(state) == []


def test_state_of_an_administrator_carries_no_rule():
	assert deferral_violations("Parked", DeferralFacts()) == []


@pytest.mark.parametrize("state", OPEN_STATES)
def test_case_must_know_deferrals_and_be_open(state):
	assert codes(state, allowed=False) == ["deferral_not_allowed"]
	for ended in (ComplaintState.CLOSED, ComplaintState.CANCELLED, ComplaintState.NOT_JUSTIFIED, None):
		assert codes(state, complaint_state=ended) == ["complaint_ended"]


@pytest.mark.parametrize("state", REQUEST_STATES)
@pytest.mark.parametrize(
	("facts", "code"),
	[
		({"other_open_request": "CDR-1"}, "open_request"),
		({"acts_for_department": False}, "not_the_owner"),
		({"cause": None}, "cause_missing"),
		({"reason": " "}, "reason_missing"),
	],
)
def test_request_is_refused_for_what_is_missing(state, facts, code):
	assert codes(state, **facts) == [code]


@pytest.mark.parametrize("state", REQUEST_STATES)
@pytest.mark.parametrize("slip_state", list(SlipState))
def test_slip_must_be_with_its_department(state, slip_state):
	is_with_department = slip_state in ("Issued", "Escalated", "Reported", "Completed")
	assert codes(state, slip_state=slip_state) == ([] if is_with_department else ["slip_not_with_department"])


@pytest.mark.parametrize("state", REQUEST_STATES)
@pytest.mark.parametrize("cause", list(CauseOfDelay))
def test_only_causes_of_production_are_deferred(state, cause):
	refusal = {"Waiting for the Customer": ["waits_for_customer"]}.get(cause, ["no_cause_of_production"])
	assert codes(state, cause=cause) == ([] if cause in PRODUCTION_CAUSES else refusal)


@pytest.mark.parametrize("state", REQUEST_STATES)
def test_cause_that_a_site_added_is_none_of_production(state):
	assert codes(state, cause="Bad Weather") == ["no_cause_of_production"]


@pytest.mark.parametrize("state", [DeferralState.DEPARTMENT_OPINION, DeferralState.AGREED])
@pytest.mark.parametrize(
	("facts", "expected"),
	[
		({"new_date": None}, ["new_date_missing"]),
		({"new_date": TODAY, "present_date": None}, ["new_date_passed"]),
		({"new_date": TODAY}, ["new_date_passed", "new_date_not_later"]),
		({"new_date": TODAY + timedelta(days=1), "present_date": None}, []),
		({"new_date": date(2026, 3, 9)}, ["new_date_not_later"]),
		({"new_date": date(2026, 3, 10)}, ["new_date_not_later"]),
		({"new_date": date(2026, 3, 11)}, []),
		({"new_date": date(2026, 3, 11), "today": None}, []),
	],
)
def test_new_date_below_at_and_above_its_limits(state, facts, expected):
	assert codes(state, **facts) == expected


def test_department_speaks_through_its_manager_who_did_not_ask():
	state = DeferralState.SERVICE_OPINION
	assert codes(state, may_give_department_opinion=False) == ["not_the_departments_manager"]
	assert codes(state, department_opinion="") == ["department_opinion_missing"]
	for asker in ("owner", "requested_by"):
		assert codes(state, **{asker: "manager"}) == ["department_opinion_by_took_part"]


@pytest.mark.parametrize("state", [DeferralState.REFUSED_BY_SERVICE, DeferralState.AGREED])
def test_customer_service_did_not_take_part_before(state):
	assert codes(state, service_opinion=None) == ["service_opinion_missing"]
	for earlier in ("owner", "requested_by", "department_opinion_by"):
		assert codes(state, **{earlier: "coordinator"}) == ["service_opinion_by_took_part"]


def test_department_writes_to_the_general_managers_office():
	assert codes(DeferralState.ARBITRATION, acts_for_department=False) == ["not_the_owner"]
	assert codes(DeferralState.ARBITRATION, arbitration_request=None) == ["arbitration_request_missing"]


@pytest.mark.parametrize("state", [DeferralState.AGREED, DeferralState.REFUSED])
def test_arbiter_is_the_procedures_and_new_to_the_request(state):
	assert codes(state, may_arbitrate=False) == ["not_the_arbiter"]
	assert codes(state, decision=None) == ["decision_missing"]
	for earlier in ("requested_by", "department_opinion_by", "service_opinion_by"):
		facts = {earlier: "general manager", "decided_by": "general manager"}
		assert codes(state, **facts) == ["decided_by_took_part"]
	[violation] = deferral_violations(state, replace(GIVEN, may_arbitrate=False))
	assert violation.values == ("General Manager",)


@pytest.mark.parametrize("state", [DeferralState.AGREED, DeferralState.REFUSED])
def test_nobody_decides_where_the_office_was_not_asked(state):
	facts = {"arbitration_request": None, "may_arbitrate": False, "decision": None, "decided_by": None}
	assert codes(state, **facts) == []


def test_refusal_is_accepted_by_the_department_or_decided():
	state = DeferralState.REFUSED
	assert codes(state, acts_for_department=False) == []
	assert codes(state, acts_for_department=False, arbitration_request=None) == ["not_theirs_to_accept"]


def test_request_is_withdrawn_by_the_department_or_after_the_end_of_the_case():
	state = DeferralState.WITHDRAWN
	assert codes(state, acts_for_department=False) == ["not_theirs_to_withdraw"]
	assert codes(state, acts_for_department=False, complaint_state="Closed") == []
	assert codes(state, withdraw_reason=None) == ["withdraw_reason_missing"]


def test_messages_name_what_they_speak_of():
	[violation] = deferral_violations(DeferralState.DRAFT, replace(GIVEN, other_open_request="CDR-1"))
	assert violation.values == ("CDR-1",)
	[violation] = deferral_violations(DeferralState.AGREED, replace(GIVEN, new_date=date(2026, 3, 9)))
	assert violation.values == ("2026-03-10",)


DUE = datetime(2026, 3, 10, 14, 30)


@pytest.mark.parametrize(
	("stops_on", "deferred_until", "expected"),
	[
		("Solution Executed", date(2026, 3, 20), datetime(2026, 3, 20, 14, 30)),
		("Complaint Closed", date(2026, 3, 11), datetime(2026, 3, 11, 14, 30)),
		("Solution Executed", date(2026, 3, 10), DUE),
		("Solution Executed", date(2026, 3, 9), DUE),
		("Solution Executed", None, DUE),
		("Slip Reported", date(2026, 3, 20), DUE),
		("First Answer Given", date(2026, 3, 20), DUE),
	],
)
def test_deferral_moves_the_final_result_only_and_never_earlier(stops_on, deferred_until, expected):
	assert postponed(DUE, stops_on, deferred_until) == expected
