"""What must be true of a Complaint Deferral Request in each state, as data (R-003A-18).

A deferral is for production causes only and moves the revisit and the final result. Department and customer
service give their opinions; in a dispute the general manager's office decides.
"""

from dataclasses import replace
from datetime import date, datetime

from complaint_handling.domain.facts import DeferralFacts
from complaint_handling.domain.rules import Rule, Values, is_given, required
from complaint_handling.domain.states import (
	ENDED_COMPLAINT_STATES,
	ComplaintState,
	DeferralState,
	SlipState,
)
from complaint_handling.domain.words import Word, _


class CauseOfDelay(Word):
	"""Why the date cannot be kept; the last three are no causes of production."""

	MATERIAL_SHORTAGE = "Material Shortage"
	PRODUCTION_CAPACITY = "Production Capacity"
	EQUIPMENT_FAILURE = "Equipment Failure"
	REWORK = "Rework in Production"
	RE_SUPPLY = "Re-supply from Production"
	TRANSPORT = "Transport"
	WAITING_FOR_CUSTOMER = "Waiting for the Customer"
	OTHER = "Other Cause"


PRODUCTION_CAUSES = (
	CauseOfDelay.MATERIAL_SHORTAGE,
	CauseOfDelay.PRODUCTION_CAPACITY,
	CauseOfDelay.EQUIPMENT_FAILURE,
	CauseOfDelay.REWORK,
	CauseOfDelay.RE_SUPPLY,
)
# The department has the slip, and nobody disputes that it is responsible.
SLIP_STATES = (SlipState.ISSUED, SlipState.ESCALATED, SlipState.REPORTED, SlipState.COMPLETED)
# Events that end the clocks of the final result.
FINAL_RESULT_EVENTS = ("Solution Executed", "Complaint Closed")
# Nothing is left that a later date could concern.
ENDED_COMPLAINTS = (*ENDED_COMPLAINT_STATES, ComplaintState.NOT_JUSTIFIED)


def postponed(due: datetime, stops_on: str, deferred_until: date | None) -> datetime:
	"""Return when a clock is due whose case was deferred: the final result at the same clock time of that day.

	Every other clock keeps its due time (R-003A-18: the reply still counts), and none becomes due earlier.
	"""
	if stops_on not in FINAL_RESULT_EVENTS or not deferred_until or due.date() >= deferred_until:
		return due
	return datetime.combine(deferred_until, due.time())


def _is_production_cause(facts: DeferralFacts) -> bool:
	"""Tell whether the cause is one of production; a missing one and the customer's have rules of their own."""
	has_own_rule = not is_given(facts.cause) or facts.cause == CauseOfDelay.WAITING_FOR_CUSTOMER
	return has_own_rule or facts.cause in PRODUCTION_CAUSES


def _is_after_the_present_date(facts: DeferralFacts) -> bool:
	return not facts.new_date or not facts.present_date or facts.new_date > facts.present_date


def _is_in_the_future(facts: DeferralFacts) -> bool:
	return not facts.new_date or not facts.today or facts.new_date > facts.today


def _is_arbitrated(facts: DeferralFacts) -> bool:
	return is_given(facts.arbitration_request)


def _is_somebody_else(person: str, *earlier: str) -> Rule:
	"""Return the rule that nobody decides on the own request, or twice on one request."""
	return Rule(
		f"{person}_took_part",
		(person,),
		_("You took part in this request before. Ask somebody else with this role for the opinion."),
		lambda facts: getattr(facts, person) not in {getattr(facts, name) for name in earlier} - {None},
	)


def _present_date(facts: DeferralFacts) -> Values:
	return (str(facts.present_date),)


_ACTS_FOR_DEPARTMENT = Rule(
	"not_the_owner",
	("department",),
	_("Only the department that has the slip does this. Ask its handler, or its manager."),
	lambda facts: facts.acts_for_department,
)
_CASE = (
	Rule(
		"deferral_not_allowed",
		("complaint",),
		_(
			"The procedure of this complaint knows no deferral. Agree a new reply time with the customer instead."
		),
		lambda facts: facts.allowed,
	),
	Rule(
		"complaint_ended",
		("complaint",),
		_("The complaint has ended. There is nothing left to defer; withdraw the request."),
		lambda facts: is_given(facts.complaint_state) and facts.complaint_state not in ENDED_COMPLAINTS,
	),
)
_REQUEST = (
	Rule(
		"slip_not_with_department",
		("slip",),
		_(
			"The slip is not with the department: it is not issued yet, disputed or cancelled. Wait until it is issued, or for the ruling, then request the deferral."
		),
		lambda facts: facts.slip_state in SLIP_STATES,
	),
	Rule(
		"open_request",
		("slip",),
		_("{0} asks for the same slip and is not decided. Wait for its decision, or withdraw it first."),
		lambda facts: not is_given(facts.other_open_request),
		lambda facts: (str(facts.other_open_request),),
	),
	_ACTS_FOR_DEPARTMENT,
	required("cause", _("The cause of the delay is missing. Choose it."), "cause_of_delay"),
	Rule(
		"waits_for_customer",
		("cause_of_delay",),
		_(
			"A deferral is for causes of production only. Record in a contact that the customer is waited for: the clocks stand still meanwhile."
		),
		lambda facts: facts.cause != CauseOfDelay.WAITING_FOR_CUSTOMER,
	),
	Rule(
		"no_cause_of_production",
		("cause_of_delay",),
		_(
			"A deferral is for causes of production only. Agree a new reply time with the customer instead, and record it in a contact."
		),
		_is_production_cause,
	),
	required("reason", _("The reason is missing. Write what in production causes the delay.")),
)
_DATE = (
	required("new_date", _("The new date is missing. Enter by when it will be done.")),
	Rule(
		"new_date_passed",
		("new_date",),
		_("The new date is not in the future. Enter a later one."),
		_is_in_the_future,
	),
	Rule(
		"new_date_not_later",
		("new_date",),
		_("The new date is not after the present one, {0}. Enter a later one, or leave it as it is."),
		_is_after_the_present_date,
		_present_date,
	),
)
_DEPARTMENT_OPINION = (
	Rule(
		"not_the_departments_manager",
		("department",),
		_("You do not manage the department that has the slip. Ask its manager for the opinion."),
		lambda facts: facts.may_give_department_opinion,
	),
	required("department_opinion", _("The opinion of the department is missing. Write it.")),
	_is_somebody_else("department_opinion_by", "owner", "requested_by"),
)
_SERVICE_OPINION = (
	required("service_opinion", _("The opinion of customer service is missing. Write it.")),
	_is_somebody_else("service_opinion_by", "owner", "requested_by", "department_opinion_by"),
)
_DECISION = (
	Rule(
		"not_the_arbiter",
		("arbiter_role",),
		_("The procedure lets {0} decide. Ask somebody with this role."),
		lambda facts: facts.may_arbitrate,
		lambda facts: (str(facts.arbiter_role),),
	),
	required("decision", _("The decision is missing. Write it with its reason.")),
	_is_somebody_else("decided_by", "owner", "requested_by", "department_opinion_by", "service_opinion_by"),
)


def _when_arbitrated(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
	"""Return the rules as they hold once the general manager's office was asked, and not before."""
	return tuple(
		replace(rule, holds=lambda facts, rule=rule: not _is_arbitrated(facts) or rule.holds(facts))
		for rule in rules
	)


_DECISION_IF_ARBITRATED = _when_arbitrated(_DECISION)

DEFERRAL_RULES: dict[str, tuple[Rule, ...]] = {
	DeferralState.DRAFT: (*_CASE, *_REQUEST),
	DeferralState.DEPARTMENT_OPINION: (*_CASE, *_REQUEST, *_DATE),
	DeferralState.SERVICE_OPINION: (*_CASE, *_DEPARTMENT_OPINION),
	DeferralState.REFUSED_BY_SERVICE: _SERVICE_OPINION,
	DeferralState.ARBITRATION: (
		*_CASE,
		_ACTS_FOR_DEPARTMENT,
		required(
			"arbitration_request",
			_("The letter is missing. Write to the general manager's office why the deferral is needed."),
		),
	),
	DeferralState.AGREED: (*_CASE, *_DATE, *_SERVICE_OPINION, *_DECISION_IF_ARBITRATED),
	DeferralState.REFUSED: (
		replace(
			_ACTS_FOR_DEPARTMENT,
			code="not_theirs_to_accept",
			holds=lambda facts: _is_arbitrated(facts) or facts.acts_for_department,
		),
		*_DECISION_IF_ARBITRATED,
	),
	DeferralState.WITHDRAWN: (
		replace(
			_ACTS_FOR_DEPARTMENT,
			code="not_theirs_to_withdraw",
			holds=lambda facts: facts.acts_for_department or facts.complaint_state in ENDED_COMPLAINTS,
		),
		required("withdraw_reason", _("The reason is missing. Record why the request is withdrawn.")),
	),
}
