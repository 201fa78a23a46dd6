"""Who may endorse and approve a proposed solution, as data."""

from decimal import Decimal

from complaint_handling.domain.authority import Refusal, refusal, required_role
from complaint_handling.domain.facts import ComplaintFacts
from complaint_handling.domain.rules import Rule, Values, is_given, required
from complaint_handling.domain.words import _


def total(facts: ComplaintFacts) -> Decimal:
	"""Return the sum of all remedies, 0 while it is undecided."""
	return facts.compensation_total or Decimal(0)


def _refused(facts: ComplaintFacts) -> Refusal | None:
	"""Return why the approver was not entitled; a procedure without limits asks none where nothing is paid."""
	if not is_given(facts.approved_by) or not (facts.approval_limits or total(facts)):
		return None
	return refusal(facts.approval_limits, facts.approver_roles, total(facts))


def _approver_has_authority(facts: ComplaintFacts) -> bool:
	refused = _refused(facts)
	return refused is None or refused.required_role is None


def _somebody_has_authority(facts: ComplaintFacts) -> bool:
	refused = _refused(facts)
	return refused is None or refused.required_role is not None


def _total_and_role(facts: ComplaintFacts) -> Values:
	return (str(total(facts)), str(required_role(facts.approval_limits, total(facts))))


def _endorsed(facts: ComplaintFacts) -> bool:
	return not facts.endorsement_required or (
		is_given(facts.endorsed_by) and facts.endorser_role in facts.endorser_roles
	)


APPROVAL = (
	required("approved_by", _("The solution is not approved. Have it approved by somebody with authority.")),
	Rule(
		"approver_is_proposer",
		("approved_by",),
		_("{0} proposed this solution and may not approve it. Ask somebody else to approve."),
		lambda facts: not is_given(facts.approved_by) or facts.approved_by != facts.proposed_by,
		lambda facts: (str(facts.approved_by),),
	),
	Rule(
		"approver_is_subject",
		("approved_by",),
		_("{0} is complained about and may not approve. Ask the superior to approve."),
		lambda facts: facts.approved_by not in facts.subject_users,
		lambda facts: (str(facts.approved_by),),
	),
)

ENDORSED = (
	Rule(
		"not_endorsed",
		("endorsed_by",),
		_("The solution is not endorsed. Before the approval it needs the endorsement of: {0}."),
		_endorsed,
		lambda facts: (str(facts.endorser_role),),
	),
	Rule(
		"endorser_is_proposer",
		("endorsed_by",),
		_("{0} proposed this solution and may not endorse it. Ask somebody else to endorse."),
		lambda facts: not is_given(facts.endorsed_by) or facts.endorsed_by != facts.proposed_by,
		lambda facts: (str(facts.endorsed_by),),
	),
	Rule(
		"endorser_is_subject",
		("endorsed_by",),
		_("{0} is complained about and may not endorse. Ask the superior to endorse."),
		lambda facts: facts.endorsed_by not in facts.subject_users,
		lambda facts: (str(facts.endorsed_by),),
	),
)

APPROVER_IS_ANOTHER = Rule(
	"approver_is_endorser",
	("approved_by",),
	_("{0} endorsed this solution and may not approve it too. Ask somebody else to approve."),
	lambda facts: not is_given(facts.endorsed_by) or facts.endorsed_by != facts.approved_by,
	lambda facts: (str(facts.approved_by),),
)

# Asked when the solution is approved: who approved may have another role by the time it is executed.
AUTHORITY = (
	Rule(
		"approval_above_authority",
		("approved_by", "remedies"),
		_("Remedies of {0} in all are above the approver's limit. They need the approval of: {1}."),
		_approver_has_authority,
		_total_and_role,
	),
	Rule(
		"nobody_has_authority",
		("remedies", "procedure"),
		_("No role may approve remedies of {0} in all. Lower them, or add a limit to the procedure."),
		_somebody_has_authority,
		lambda facts: (str(total(facts)),),
	),
)
