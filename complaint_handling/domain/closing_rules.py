"""What ends a case, as data: the full way, a first answer that was enough, an old case that was imported."""

from complaint_handling.domain.facts import ComplaintFacts
from complaint_handling.domain.rules import Rule, is_given, required
from complaint_handling.domain.words import _

SIGNED, REFUSED = "Signed", "Refused"
FACE_TO_FACE = "Face to Face"


def _is_signed(facts: ComplaintFacts) -> bool:
	if not facts.signature_required or facts.consent_channel != FACE_TO_FACE:
		return True
	return facts.signature == SIGNED or (facts.signature == REFUSED and is_given(facts.signature_witness))


NOT_HELD = Rule(
	"legal_hold",
	(),
	_("A legal hold is on this complaint. Have the hold released first."),
	lambda facts: not facts.held,
)
"""Statutory retention and a dispute at law win over closing and cancelling."""

SIGNATURE = Rule(
	"signature_missing",
	("signature_result", "signature_witness"),
	_(
		"The customer signs an answer given face to face. Record the signature, or its refusal with a witness."
	),
	_is_signed,
)
"""R-000K-20; a customer who refuses to sign: the refusal and a witness (requirements, section e.2.20)."""

WRITTEN_ANSWER = Rule(
	"written_answer_missing",
	("written_answer_on",),
	_("A written complaint is answered in writing in the company's name. Record when the letter was sent."),
	lambda facts: not facts.written_answer_required or is_given(facts.written_answer_on),
)
"""R-000K-19, however the case ends."""

RECORDS_TO_CLOSE = (
	NOT_HELD,
	WRITTEN_ANSWER,
	Rule(
		"closing_records_missing",
		(),
		_(
			"The procedure requires before the close: {0}. Record it in the evaluation of the complaint and submit it."
		),
		lambda facts: not facts.missing_at_close,
		lambda facts: (", ".join(facts.missing_at_close),),
	),
)
"""The closing rule of the procedure (R-000K-19, R-000E-10, R-001B-01)."""

CLOSED_WITH_ANSWER = (
	NOT_HELD,
	Rule(
		"direct_close_not_allowed",
		(),
		_("This complaint cannot be closed with the first answer. Start the handling instead."),
		lambda facts: facts.direct_close_allowed,
	),
	required(
		"rejection_answer",
		_("The answer is missing. Record what the customer was told."),
		"answer_to_customer",
	),
	required("consent_by", _("The customer's consent is missing. Record who agreed to the solution.")),
	SIGNATURE,
	WRITTEN_ANSWER,
	Rule(
		"remedy_above_counter",
		("remedies",),
		_(
			"The counter does not decide about remedies of {0}. They need the approval of: {1}. Start the handling and propose them."
		),
		lambda facts: facts.within_counter,
		lambda facts: (str(facts.compensation_total or 0), str(facts.counter_superior)),
	),
	Rule(
		"work_is_open",
		(),
		_("Slips are open or an 8D report is required. Start the handling instead."),
		lambda facts: (
			not facts.eight_d_required
			and not any(state not in ("Completed", "Cancelled") for state in facts.slip_states)
		),
	),
)
"""R-000K-12, R-003A-15: who can answer at once answers, and the customer agrees.

Nothing is investigated, so neither evidence nor the records of the closing rule are asked for.
"""

CLOSED_AS_IMPORTED = (
	NOT_HELD,
	Rule(
		"not_imported",
		(),
		_("Only imported complaints are archived from here. Assess this one instead."),
		lambda facts: facts.imported,
	),
	required(
		"original_closed_on", _("The original date of closing is missing. Import it with the complaint.")
	),
)
"""Old complaints enter as Registered and are archived with their own dates."""
