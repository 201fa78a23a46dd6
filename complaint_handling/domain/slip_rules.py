"""What must be true of a Complaint Handling Slip in each state, as data."""

from complaint_handling.domain.facts import SlipFacts
from complaint_handling.domain.rules import MEASURES_ARE_PLANNED, Rule, is_given, required
from complaint_handling.domain.slip_kinds import SlipKind
from complaint_handling.domain.states import ComplaintState, SlipState
from complaint_handling.domain.words import _


def _has_somebody_responsible(facts: SlipFacts) -> bool:
	return is_given(facts.handler) or is_given(facts.post)


def _is_handled_by_another(facts: SlipFacts) -> bool:
	is_subject = is_given(facts.post) and facts.post == facts.subject_employee
	return not is_subject and facts.handler not in facts.subject_users


_TASK = (
	required("department", _("The department is missing. Choose the department that has to answer.")),
	required("instruction", _("The instruction is missing. Write what the department has to do.")),
)

_ISSUE = (
	Rule(
		"nobody_responsible",
		("responsible_employee",),
		_("Nobody is responsible for the slip. Choose an employee, or name the holder of the post."),
		_has_somebody_responsible,
	),
	Rule(
		"handler_is_subject",
		("responsible_employee",),
		_("{0} is complained about and may not handle this slip. Choose somebody else or the superior."),
		_is_handled_by_another,
		lambda facts: (str(facts.handler or facts.post),),
	),
	required(
		"reply_due",
		_("The reply time is missing. Enter by when the department has to answer."),
		"reply_due_at",
	),
)

_ASSESSED = Rule(
	"complaint_not_assessed",
	("complaint",),
	_("The complaint is not assessed yet. Assess it first, then issue the slip."),
	lambda facts: facts.complaint_state not in (None, ComplaintState.REGISTERED),
)

_OPINION = Rule(
	"opinion_missing",
	("higher_instruction",),
	_(
		"Several departments have to act. Ask for the opinion from above first, or link the coordination meeting to the complaint."
	),
	lambda facts: (
		not facts.opinion_required
		or is_given(facts.higher_instruction)
		or is_given(facts.coordination_meeting)
	),
)

_REPORT = (
	required("finding", _("The finding is missing. Record what the investigation found.")),
	required("cause", _("The cause is missing. Record why it happened.")),
	Rule(
		"measures_missing",
		("measures",),
		_("A measure is missing. Add at least one with an owner and a due date."),
		# Who gives an opinion confirms the reason and gives reference; measures are the department's (R-000H-09).
		lambda facts: facts.kind == SlipKind.OPINION or is_given(facts.measures),
	),
	MEASURES_ARE_PLANNED,
)

SLIP_RULES: dict[str, tuple[Rule, ...]] = {
	SlipState.DRAFT: (),
	SlipState.PENDING_REVIEW: _TASK,
	SlipState.PENDING_ISSUE: _TASK,
	SlipState.ISSUED: (*_TASK, _ASSESSED, *_ISSUE, _OPINION),
	SlipState.REPORTED: _TASK + _ISSUE + _REPORT,
	SlipState.COMPLETED: _TASK + _ISSUE + _REPORT,
	SlipState.RETURNED: (
		required("return_reason", _("The reason is missing. Record what has to be done again and why.")),
	),
	SlipState.DISPUTED: (
		required("dispute_reason", _("The reason is missing. Record why the department is not responsible.")),
	),
	SlipState.ESCALATED: (
		required("escalated_to", _("The recipient is missing. Record to whom the slip was escalated.")),
		Rule(
			"escalated_to_subject",
			("escalated_to",),
			_("{0} is complained about and decides nothing here. Choose the next superior."),
			lambda facts: facts.escalated_to not in facts.subject_users,
			lambda facts: (str(facts.escalated_to),),
		),
		Rule(
			"escalated_to_handler",
			("escalated_to",),
			_("{0} handles the slip already. Choose the next superior."),
			lambda facts: not is_given(facts.escalated_to) or facts.escalated_to != facts.handler,
			lambda facts: (str(facts.escalated_to),),
		),
	),
	SlipState.CANCELLED: (
		required("cancel_reason", _("The reason of the cancellation is missing. Record it.")),
	),
}
