"""What must be true of a Complaint 8D Report when a step is approved, as data; steps build on each other."""

from collections.abc import Iterable
from itertools import accumulate

from complaint_handling.domain.facts import ActionFacts, EightDFacts
from complaint_handling.domain.rules import Rule, are_planned, required
from complaint_handling.domain.states import EightDState
from complaint_handling.domain.words import _


def _are_done(actions: Iterable[ActionFacts]) -> bool:
	return all(action.done_on is not None for action in actions)


def _documents_are_issued(facts: EightDFacts) -> bool:
	return all(change.changed_on and change.issued_at_site_on for change in facts.document_changes)


_CONTAINED = (
	required("team_leader", _("D1: the team leader is missing. Name the person who leads."), "team"),
	required("members", _("D1: the team has no members. Add at least one."), "team"),
	required("problem_description", _("D2: the problem description is missing. Describe the problem.")),
	required("containment_actions", _("D3: a containment action is missing. Add at least one.")),
	Rule(
		"containment_not_effective",
		("containment_actions",),
		_("D3: a containment action has no date from which it is effective. Enter the date for each."),
		lambda facts: _are_done(facts.containment_actions),
	),
)

_CAUSE_FOUND = (
	required("occurrence_cause", _("D4: the occurrence cause is missing. Record why the fault was made.")),
	required("escape_cause", _("D4: the escape cause is missing. Record why the fault was not noticed.")),
)

_ACTIONS_CHOSEN = (
	required("corrective_actions", _("D5: a permanent corrective action is missing. Add at least one.")),
	Rule(
		"corrective_action_not_planned",
		("corrective_actions",),
		_("D5: a corrective action has no owner or no due date. Enter both for every action."),
		lambda facts: are_planned(facts.corrective_actions),
	),
)

_IMPLEMENTED = (
	Rule(
		"corrective_action_not_done",
		("corrective_actions",),
		_("D6: a corrective action is not implemented. Enter the date of implementation for each."),
		lambda facts: _are_done(facts.corrective_actions),
	),
)

_PREVENTED = (
	required("preventive_actions", _("D7: a preventive action is missing. Add at least one.")),
	Rule(
		"document_not_issued",
		("document_changes",),
		_("D7: a changed document is not issued at the site. Enter the dates of change and of issue."),
		_documents_are_issued,
	),
)

_EFFECTIVENESS_CHECK = (
	required("effectiveness_criterion", _("The criterion is missing. Write what shows the effect.")),
	required("effectiveness_check_on", _("The check date is missing. Enter when the effect is checked.")),
)

_CLOSED = (
	Rule(
		"not_effective",
		("is_effective",),
		_("The measures are not confirmed as effective. Confirm them, or go back to the cause."),
		lambda facts: facts.effective is True,
	),
	required("verified_by", _("The verifier is missing. Record who verified the effect.")),
	required(
		"lessons",
		_("D8: the lessons learned are missing. Record what others should know."),
		"lessons_learned",
	),
)

LOOP_RULES = (
	Rule(
		"effect_not_denied",
		("is_effective",),
		_("Only a report judged as not effective goes back to the cause. Record the judgement first."),
		lambda facts: facts.effective is False,
	),
	required("not_effective_reason", _("The reason is missing. Record why the measures were not effective.")),
)
"""What must be true in addition when a report goes back from the effectiveness check to Cause Found."""

_STEPS = {
	EightDState.OPEN: (),
	EightDState.CONTAINED: _CONTAINED,
	EightDState.CAUSE_FOUND: _CAUSE_FOUND,
	EightDState.ACTIONS_CHOSEN: _ACTIONS_CHOSEN,
	EightDState.IMPLEMENTED: _IMPLEMENTED,
	EightDState.PREVENTED: _PREVENTED,
	EightDState.EFFECTIVENESS_CHECK: _EFFECTIVENESS_CHECK,
	EightDState.CLOSED: _CLOSED,
}

EIGHT_D_RULES: dict[str, tuple[Rule, ...]] = dict(zip(_STEPS, accumulate(_STEPS.values()), strict=True))
