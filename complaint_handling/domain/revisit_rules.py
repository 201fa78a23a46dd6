"""What must be true of a Complaint Revisit in each state, as data."""

from complaint_handling.domain.rules import Rule, required
from complaint_handling.domain.states import RevisitState
from complaint_handling.domain.words import _

REVISIT_RULES: dict[str, tuple[Rule, ...]] = {
	RevisitState.COMPLETED: (
		required("method", _("The method is missing. Choose how the customer was contacted.")),
		required("contacted_person", _("The contacted person is missing. Record who was spoken to.")),
		required(
			"contacted_at", _("The time is missing. Record when the customer was contacted."), "revisited_on"
		),
		required(
			"satisfied_with_result",
			_("The satisfaction with the result is missing. Ask for it."),
			"satisfaction_with_result",
		),
		required(
			"satisfied_with_process",
			_("The satisfaction with the process is missing. Ask for it."),
			"satisfaction_with_process",
		),
	),
}
