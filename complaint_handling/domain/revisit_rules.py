"""What must be true of a Complaint Revisit in each state, as data."""

from complaint_handling.domain.rules import Rule, required
from complaint_handling.domain.states import RevisitState
from complaint_handling.domain.words import _

REVISIT_RULES: dict[str, tuple[Rule, ...]] = {
	RevisitState.PLANNED: (),
	RevisitState.UNREACHABLE: (
		required("unreachable_note", _("The note is missing. Record how often the customer was tried.")),
	),
	RevisitState.COMPLETED: (
		required("method", _("The method is missing. Choose how the customer was contacted.")),
		required("contacted_person", _("The contacted person is missing. Record who was spoken to.")),
		required("revisited_on", _("The time is missing. Record when the customer was contacted.")),
		required("satisfaction_with_result", _("The satisfaction with the result is missing. Ask for it.")),
		required("satisfaction_with_process", _("The satisfaction with the process is missing. Ask for it.")),
	),
	RevisitState.CANCELLED: (
		required("cancel_reason", _("The reason of the cancellation is missing. Record it.")),
	),
}
