"""What the assessor decides before the handling starts: receipt, spread, repeat and the checklists, as data."""

from collections.abc import Iterable

from complaint_handling.domain.facts import CheckFacts, ComplaintFacts
from complaint_handling.domain.rules import Rule, is_given
from complaint_handling.domain.words import _

ACCEPTANCE = "Acceptance"
EVIDENCE = "Evidence"
YES, NO, NOT_APPLICABLE = "Yes", "No", "Not Applicable"


def unanswered(checks: Iterable[CheckFacts], purpose: str) -> list[str]:
	"""Return the required questions of a purpose that nobody answered."""
	return [
		check.question
		for check in checks
		if check.required and _concerns(check, purpose) and not check.answer
	]


def negative(checks: Iterable[CheckFacts], purpose: str) -> list[str]:
	"""Return the required questions of a purpose that are answered with No."""
	return [
		check.question
		for check in checks
		if check.required and _concerns(check, purpose) and check.answer == NO
	]


def _concerns(check: CheckFacts, purpose: str) -> bool:
	return check.purpose == purpose


def _asks_acceptance(facts: ComplaintFacts) -> bool:
	return any(check.required and _concerns(check, ACCEPTANCE) for check in facts.checks)


def _repeat_is_decided(facts: ComplaintFacts) -> bool:
	if not is_given(facts.repeat_of):
		return True
	return is_given(facts.counts_as_repeat) and is_given(facts.repeat_reason)


ASSESSED_RULES = (
	Rule(
		"receipt_missing",
		("receipt_time", "payment_kind"),
		_("The receipt is missing. Look at it and record the time of purchase and the kind of payment."),
		lambda facts: (
			not facts.receipt_required or (is_given(facts.receipt_time) and is_given(facts.payment_kind))
		),
	),
	Rule(
		"widespread_undecided",
		("widespread",),
		_("It has to be decided whether the problem is widespread. Choose Yes or No and record why."),
		lambda facts: not facts.widespread_required or is_given(facts.widespread),
	),
)
"""R-001F-01: the receipt is seen first; R-002A-08: whether a problem is widespread is decided, never assumed."""

ACCEPTED_RULES = (
	Rule(
		"repeat_undecided",
		("counts_as_repeat", "repeat_reason"),
		_("It has to be decided whether this complaint counts as a repeat. Choose Yes or No and record why."),
		_repeat_is_decided,
	),
	Rule(
		"acceptance_unanswered",
		("checks",),
		_("The checklist of acceptance is not complete. Answer these questions: {0}."),
		lambda facts: not unanswered(facts.checks, ACCEPTANCE),
		lambda facts: ("; ".join(unanswered(facts.checks, ACCEPTANCE)),),
	),
	Rule(
		"acceptance_negative",
		("checks",),
		_("The complaint does not pass the checklist: {0}. Declare it not justified, or correct the answer."),
		lambda facts: not negative(facts.checks, ACCEPTANCE),
		lambda facts: ("; ".join(negative(facts.checks, ACCEPTANCE)),),
	),
)
"""R-000H-03, R-000C-02: reason sufficient and demand reasonable, by the procedure's own questions."""

EVIDENCE_RULES = (
	Rule(
		"evidence_unanswered",
		("checks",),
		_("The evidence is not complete. Collect it and answer, or mark it as not applicable: {0}."),
		lambda facts: not (unanswered(facts.checks, EVIDENCE) + negative(facts.checks, EVIDENCE)),
		lambda facts: ("; ".join(unanswered(facts.checks, EVIDENCE) + negative(facts.checks, EVIDENCE)),),
	),
)
"""R-000A-13: the evidence is collected before a solution is proposed."""

REJECTED_RULES = (
	Rule(
		"acceptance_not_negative",
		("checks",),
		_(
			"No answer of the checklist says why the complaint is not justified. Answer the question that decides with No."
		),
		lambda facts: not _asks_acceptance(facts) or bool(negative(facts.checks, ACCEPTANCE)),
	),
)
"""Nobody declares a complaint not justified against a checklist that it passes."""
