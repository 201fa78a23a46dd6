"""Invariants: what must be true of a document in the state it enters, however it got there.

The site's Workflow decides which step is possible; these functions decide whether the state reached is
allowed. Each returns the violations in the order in which a person would mend them, empty when all is well.
A state that is not shipped has no invariant.
"""

from complaint_handling.domain.closing_rules import CLOSED_AS_IMPORTED, CLOSED_WITH_ANSWER
from complaint_handling.domain.complaint_rules import ASSESSED, CLOSED_AS_NOT_JUSTIFIED, COMPLAINT_RULES
from complaint_handling.domain.deferral_rules import DEFERRAL_RULES
from complaint_handling.domain.eight_d_rules import EIGHT_D_RULES, LOOP_RULES
from complaint_handling.domain.facts import (
	ComplaintFacts,
	DeferralFacts,
	EightDFacts,
	RevisitFacts,
	SlipFacts,
)
from complaint_handling.domain.revisit_rules import REVISIT_RULES
from complaint_handling.domain.rules import Rule, Violation, broken
from complaint_handling.domain.slip_rules import SLIP_RULES
from complaint_handling.domain.states import ComplaintState, EightDState

__all__ = [
	"Violation",
	"complaint_violations",
	"deferral_violations",
	"eight_d_violations",
	"revisit_violations",
	"slip_violations",
]


def complaint_violations(
	state: str, facts: ComplaintFacts, previous_state: str | None = None
) -> list[Violation]:
	"""Return what is wrong with a Customer Complaint in this state.

	A complaint found not justified is closed on its reason, evidence and answer instead of a solution and a
	revisit (R-000F-05, R-000H-03); one that was only assessed on its first answer (R-000K-12, R-003A-15), one
	that was only registered as an imported case.
	"""
	if state == ComplaintState.CLOSED:
		return broken(_closing_rules(facts, previous_state), facts)
	return broken(COMPLAINT_RULES.get(state, ()), facts)


def _closing_rules(facts: ComplaintFacts, previous_state: str | None) -> tuple[Rule, ...]:
	if not facts.justified:
		return CLOSED_AS_NOT_JUSTIFIED
	if previous_state == ComplaintState.REGISTERED:
		return CLOSED_AS_IMPORTED
	if previous_state == ComplaintState.ASSESSED:
		return ASSESSED + CLOSED_WITH_ANSWER
	return COMPLAINT_RULES[ComplaintState.CLOSED]


def slip_violations(state: str, facts: SlipFacts) -> list[Violation]:
	"""Return what is wrong with a Complaint Handling Slip in this state (R-000K-15: filled completely)."""
	return broken(SLIP_RULES.get(state, ()), facts)


def eight_d_violations(state: str, facts: EightDFacts, previous_state: str | None = None) -> list[Violation]:
	"""Return what is wrong with a Complaint 8D Report in this state (R-001C-05, R-001C-07, R-001C-08).

	Coming back to Cause Found from the effectiveness check needs the judgement "not effective" and its
	reason (R-002A-13); other steps do not look at the previous state.
	"""
	loops = state == EightDState.CAUSE_FOUND and previous_state == EightDState.EFFECTIVENESS_CHECK
	return broken(EIGHT_D_RULES.get(state, ()) + (LOOP_RULES if loops else ()), facts)


def revisit_violations(state: str, facts: RevisitFacts) -> list[Violation]:
	"""Return what is wrong with a Complaint Revisit in this state (R-000D-11)."""
	return broken(REVISIT_RULES.get(state, ()), facts)


def deferral_violations(state: str, facts: DeferralFacts) -> list[Violation]:
	"""Return what is wrong with a Complaint Deferral Request in this state (R-003A-18)."""
	return broken(DEFERRAL_RULES.get(state, ()), facts)
