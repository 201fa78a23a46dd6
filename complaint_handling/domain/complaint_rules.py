"""What must be true of a Customer Complaint in each state, as data."""

from complaint_handling.domain.acceptance_rules import (
	ACCEPTED_RULES,
	ASSESSED_RULES,
	EVIDENCE_RULES,
	REJECTED_RULES,
)
from complaint_handling.domain.approval_rules import (
	APPROVAL,
	APPROVER_IS_ANOTHER,
	AUTHORITY,
	ENDORSED,
	total,
)
from complaint_handling.domain.closing_rules import NOT_HELD, RECORDS_TO_CLOSE, SIGNATURE, WRITTEN_ANSWER
from complaint_handling.domain.facts import ComplaintFacts
from complaint_handling.domain.rules import MEASURES_ARE_PLANNED, Rule, Values, is_given, required
from complaint_handling.domain.states import ComplaintState, EightDState, SlipState
from complaint_handling.domain.words import _

_SLIP_ANSWERED = (SlipState.REPORTED, SlipState.COMPLETED, SlipState.CANCELLED)
_SLIP_FINISHED = (SlipState.COMPLETED, SlipState.CANCELLED)


def _has_somebody_at_work(facts: ComplaintFacts) -> bool:
	return (
		facts.handled_directly
		or facts.in_group
		or any(state != SlipState.CANCELLED for state in facts.slip_states)
	)


def _unanswered_slips(facts: ComplaintFacts) -> int:
	return sum(state not in _SLIP_ANSWERED for state in facts.slip_states)


def _unfinished_slips(facts: ComplaintFacts) -> int:
	return sum(state not in _SLIP_FINISHED for state in facts.slip_states)


def _undone_measures(facts: ComplaintFacts) -> int:
	return sum(measure.done_on is None for measure in facts.measures)


def _compensation_is_decided(facts: ComplaintFacts) -> bool:
	return facts.no_compensation != (total(facts) > 0 or bool(facts.options))


def _option_is_chosen(facts: ComplaintFacts) -> bool:
	return not facts.options or facts.chosen_option in facts.options


def _eight_d_closed(facts: ComplaintFacts) -> bool:
	if not facts.eight_d_required:
		return True
	return bool(facts.eight_d_states) and all(state == EightDState.CLOSED for state in facts.eight_d_states)


_ASSESSMENT = (
	required("customer", _("The customer is missing. Choose the customer who complains.")),
	required("category", _("The category is missing. Choose what the complaint is about.")),
	required("severity", _("The severity is missing. Choose one from the severity scheme of the procedure.")),
	required("procedure", _("The procedure is missing. Choose the procedure the complaint is handled by.")),
	required("description", _("The description is missing. Record what happened in the customer's words.")),
	required("demand", _("The customer's demand is missing. Ask what the customer expects and record it.")),
)

_HANDLER_IS_IMPARTIAL = Rule(
	"handler_is_subject",
	("complaint_owner",),
	_("{0} is complained about and may not handle this complaint. Hand it over to the superior."),
	lambda facts: facts.handler not in facts.subject_users,
	lambda facts: (str(facts.handler),),
)

_HANDLING = (
	Rule(
		"nobody_at_work",
		(),
		_("Nobody is at work on the complaint. Create a slip, or mark it as handled directly."),
		_has_somebody_at_work,
	),
	_HANDLER_IS_IMPARTIAL,
)

_SOLUTION = (
	_HANDLER_IS_IMPARTIAL,
	Rule(
		"task_force_missing",
		("task_force",),
		_("This severity requires a task force. Enter its members and mark the leader."),
		lambda facts: is_given(facts.task_force_leader) or not facts.task_force_required,
	),
	required("cause", _("The cause is missing. Record the cause that the solution removes.")),
	Rule(
		"corrective_measure_missing",
		("measures",),
		_("A corrective measure is missing. Add at least one with an owner and a due date."),
		lambda facts: any(measure.corrective for measure in facts.measures),
	),
	MEASURES_ARE_PLANNED,
	Rule(
		"compensation_undecided",
		("remedies",),
		_("The compensation is not decided. Either enter remedies with amounts or mark that there are none."),
		_compensation_is_decided,
	),
	Rule(
		"options_missing",
		("remedies",),
		_("The customer is offered at least {0} options. Number the remedies by option; {1} are there."),
		lambda facts: len(facts.options) >= facts.minimum_options,
		lambda facts: (str(facts.minimum_options), str(len(facts.options))),
	),
	Rule(
		"slips_unanswered",
		(),
		_("{0} slips are not answered yet. Wait for their reports, or cancel those that are not needed."),
		lambda facts: not _unanswered_slips(facts),
		lambda facts: (str(_unanswered_slips(facts)),),
	),
)

_PLAN_IS_REVISED = Rule(
	"plan_not_revised",
	("cause", "measures", "remedies"),
	_(
		"The customer did not accept this plan. Revise it, or have the reviewer of the next round record that it stays."
	),
	lambda facts: facts.plan_revised,
)
"""R-000C-06: the reviewer has the plan revised or made anew."""

_PLAN_IS_EXPLAINED = Rule(
	"plan_not_explained",
	(),
	_(
		"The new plan is not explained to the customer yet. Record a contact with the purpose Solution Explained first."
	),
	lambda facts: facts.plan_explained,
)
"""R-000C-07."""

_CONSENT = (
	required("consent_by", _("The customer's consent is missing. Record who agreed to the solution.")),
	required(
		"consent_channel",
		_("The customer's consent is incomplete. Record how it was given."),
		"consent_method",
	),
	required(
		"consent_at", _("The customer's consent is incomplete. Record when it was given."), "consent_on"
	),
	Rule(
		"option_not_chosen",
		("chosen_option",),
		_("No option is chosen. Ask the customer to choose one of: {0}."),
		_option_is_chosen,
		lambda facts: (", ".join(str(option) for option in sorted(facts.options)),),
	),
	SIGNATURE,
)

_EXECUTED = (
	Rule(
		"measures_not_done",
		("measures",),
		_("{0} measures are not done yet. Enter the date of completion of each, or remove it."),
		lambda facts: not _undone_measures(facts),
		lambda facts: (str(_undone_measures(facts)),),
	),
	Rule(
		"slips_unfinished",
		(),
		_("{0} slips are still open. Complete or cancel them first."),
		lambda facts: not _unfinished_slips(facts),
		lambda facts: (str(_unfinished_slips(facts)),),
	),
)

_CLOSING = (
	*RECORDS_TO_CLOSE,
	Rule(
		"compensation_not_approved",
		("approved_by", "remedies"),
		_("Remedies of {0} in all were never approved. Have them approved before the complaint is closed."),
		lambda facts: not total(facts) or is_given(facts.approved_by),
		lambda facts: (str(total(facts)),),
	),
	Rule(
		"revisit_not_satisfied",
		(),
		_("The procedure requires a completed revisit with a satisfied customer. Complete one first."),
		lambda facts: facts.revisit_satisfied or not facts.revisit_required,
	),
	Rule(
		"eight_d_not_closed",
		(),
		_("This severity requires a closed 8D report. Create it, or finish the one that is open."),
		_eight_d_closed,
	),
)

_REJECTION = (
	required(
		"rejection_reason",
		_("The reason is missing. Record why the complaint is not justified."),
		"not_justified_reason",
	),
	required(
		"rejection_evidence",
		_("The evidence is missing. Record or attach what shows the reason."),
		"not_justified_evidence",
	),
	required(
		"rejection_answer",
		_("The answer to the customer is missing. Draft it, with reason and evidence."),
		"answer_to_customer",
	),
	required(
		"other_recourse",
		_("The other recourse is missing. Name where the customer can turn to instead."),
	),
)

_RE_REVIEW = (
	required("re_review_reason", _("The reason of the re-review is missing. Record what is not accepted.")),
)

_CANCELLATION = (
	NOT_HELD,
	required("cancel_reason", _("The reason of the cancellation is missing. Record it.")),
)

CLOSED_AS_NOT_JUSTIFIED = (NOT_HELD, WRITTEN_ANSWER, *_REJECTION, *_EXECUTED[1:])
"""What must be true of a closed complaint that was found not justified: no solution and no revisit."""

ASSESSED = _ASSESSMENT + ASSESSED_RULES
"""What is known of every assessed complaint."""

COMPLAINT_RULES: dict[str, tuple[Rule, ...]] = {
	ComplaintState.REGISTERED: (),
	ComplaintState.ASSESSED: ASSESSED,
	ComplaintState.IN_HANDLING: ASSESSED + ACCEPTED_RULES + _HANDLING,
	ComplaintState.SOLUTION_PROPOSED: (*_ASSESSMENT, *EVIDENCE_RULES, *_SOLUTION, _PLAN_IS_REVISED),
	ComplaintState.SOLUTION_ENDORSED: _ASSESSMENT + _SOLUTION + ENDORSED,
	ComplaintState.WITH_CUSTOMER: (
		*_ASSESSMENT,
		*_SOLUTION,
		*ENDORSED,
		*APPROVAL,
		APPROVER_IS_ANOTHER,
		*AUTHORITY,
	),
	ComplaintState.EXECUTING: (*_ASSESSMENT, *_SOLUTION, *APPROVAL, *_CONSENT, _PLAN_IS_EXPLAINED),
	ComplaintState.AWAITING_REVISIT: _ASSESSMENT + _SOLUTION[:-1] + APPROVAL + _CONSENT + _EXECUTED,
	ComplaintState.CLOSED: _ASSESSMENT + _EXECUTED + _CLOSING,
	ComplaintState.NOT_JUSTIFIED: REJECTED_RULES + _REJECTION,
	ComplaintState.RE_REVIEW: _RE_REVIEW,
	ComplaintState.CANCELLED: _CANCELLATION + _EXECUTED[1:],
}
