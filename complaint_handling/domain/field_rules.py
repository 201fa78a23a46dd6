"""Which fields may change in which state, and which a transition asks for.

The site's Workflow decides who may press which button; these tables decide what a save may change.
They hold however a document is saved: by form, by button, by REST or by a data import.

A field of a child table may be opened alone (`measures.done_on`): its rows then stay the same rows.
"""

from dataclasses import dataclass

COMPLAINT = "Customer Complaint"
SLIP = "Complaint Handling Slip"
EIGHT_D = "Complaint 8D Report"
REVISIT = "Complaint Revisit"
DEFERRAL = "Complaint Deferral Request"


@dataclass(frozen=True)
class AskedField:
	"""A field that the dialog of a transition shows; a required one must be filled.

	With `only_if`, the name of another field, it is asked for while that is neither empty nor 0. `shown_if`
	hides it in the dialog until another answer there makes it fit.
	"""

	fieldname: str
	required: bool = True
	only_if: str | None = None
	shown_if: str | None = None


def asks(*required: str, optional: tuple[str, ...] = ()) -> tuple[AskedField, ...]:
	"""Describe the fields that a transition asks for, the required ones first."""
	return (
		*(AskedField(name) for name in required),
		*(AskedField(name, required=False) for name in optional),
	)


_PERSON = (
	"contact",
	"complainant_name",
	"complainant_position",
	"complainant_phone",
	"complainant_email",
	"complaint_owner",
	"is_urgent",
	"subject_type",
	"complained_about_department",
	"complained_about_employee",
	"follow_up_employee",
	"claimant_review",
	"claimant_note",
)
_RECEIPT = ("receipt_number", "receipt_time", "payment_kind", "receipt_discount")
_REPEAT = ("repeat_of", "counts_as_repeat", "repeat_reason")
_REMEDIES = ("remedies", "no_compensation")
_LETTER = ("written_answer_on", "written_answer_reference")
_CONTENT = (
	"subject",
	"channel",
	"complaint_form",
	"description",
	"occurred_on",
	"impact",
	"production_loss_percent",
	"nonconforming_quantity",
	"demand",
	"demand_deadline",
	"items",
	"sales_order",
	"delivery_note",
	"sales_invoice",
	"issue",
	*_RECEIPT,
	*_REPEAT,
)
_ASSESSMENT = (
	"category",
	"defect",
	"widespread",
	"widespread_reason",
	"severity",
	"priority",
	"impact_scope",
	"customer_importance",
	"is_safety_related",
	"assessment_note",
	"responsible_department",
	"handled_directly",
)
_ANSWER = ("not_justified_evidence", "answer_to_customer", "other_recourse", *_LETTER)
_CHECKS = ("checks.answer", "checks.note")
_SOLUTION = (
	"verification_result",
	"verification_note",
	"task_force",
	"cause_status",
	"cause",
	"measures",
	"resources",
	"coordination_meeting",
	*_REMEDIES,
)
_EIGHT_D_PROBLEM = (
	"title",
	"complaints",
	"company",
	"customer",
	"item_code",
	"batch_no",
	"team",
	"problem_description",
	"problem_is",
	"problem_is_not",
	"quantity_complained",
	"quantity_delivered",
	"quantity_returned",
	"quantity_suspected",
	"containment_actions",
)
_REVISIT_ANSWER = (
	"contacted_person",
	"contacted_phone",
	"attempts",
	"method",
	"revisited_on",
	"satisfaction_with_result",
	"satisfaction_with_process",
	"comments",
)
# The reply time is asked for where the procedure has no target that gives one.
_REPLY_TIME = (AskedField("reply_wanted_by", only_if="needs_reply_time"),)
_DEFERRAL_REQUEST = ("cause_of_delay", "reason", "new_date")
_SLIP_REQUEST = ("slip_kind", "department", "responsible_employee", "instruction")

# A customer who answers face to face signs where the procedure wants it, or somebody saw the refusal.
_SIGNATURE = (
	AskedField("signature_result", False, "needs_signature", "eval:doc.consent_method=='Face to Face'"),
	AskedField("signature_witness", False, "needs_signature", "eval:doc.signature_result=='Refused'"),
)

OPEN_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
	COMPLAINT: {
		"Registered": (
			"customer",
			"company",
			"procedure",
			"received_on",
			*_PERSON,
			*_CONTENT,
			*_ASSESSMENT,
			*_CHECKS,
		),
		"Assessed": (*_PERSON, *_CONTENT, *_ASSESSMENT, *_CHECKS, *_REMEDIES, *_LETTER),
		"In Handling": (*_PERSON, *_ASSESSMENT, *_CHECKS, *_SOLUTION),
		"Solution Proposed": _PERSON,
		"Solution Endorsed": _PERSON,
		"With Customer": _PERSON,
		"Executing": (*_PERSON, *_LETTER, "execution_note", "measures.done_on", "measures.result"),
		"Awaiting Revisit": (*_PERSON, *_LETTER, "closing_summary"),
		"Not Justified": (*_PERSON, *_ANSWER),
		"Re-review": _PERSON,
	},
	SLIP: {
		"Draft": _SLIP_REQUEST,
		"Returned": _SLIP_REQUEST,
		"Pending Review": ("instruction",),
		"Pending Issue": _SLIP_REQUEST,
		"Issued": ("responsible_employee", "finding", "cause_status", "cause", "measures"),
		"Reported": ("measures.done_on", "measures.result"),
	},
	EIGHT_D: {
		"Open": _EIGHT_D_PROBLEM,
		"Contained": (*_EIGHT_D_PROBLEM, "occurrence_cause", "escape_cause", "five_why"),
		"Cause Found": (
			"occurrence_cause",
			"escape_cause",
			"five_why",
			"corrective_actions",
			"validation_note",
		),
		"Actions Chosen": ("corrective_actions.done_on", "corrective_actions.result"),
		"Implemented": ("preventive_actions", "document_changes"),
		"Prevented": ("effectiveness_criterion", "effectiveness_check_on"),
		"Effectiveness Check": ("is_effective", "effectiveness_note", "lessons_learned", "recognition"),
	},
	REVISIT: {
		"Planned": (
			"complaint",
			"customer",
			"company",
			"purpose",
			"planned_on",
			"assigned_to",
			*_REVISIT_ANSWER,
		),
		"Unreachable": ("planned_on", "assigned_to", *_REVISIT_ANSWER),
	},
	DEFERRAL: {"Draft": _DEFERRAL_REQUEST},
}

# (from state, to state); "*" as from state stands for every state not named with the same to state.
ASKED_FIELDS: dict[str, dict[tuple[str, str], tuple[AskedField, ...]]] = {
	COMPLAINT: {
		("Registered", "Assessed"): (
			AskedField("widespread", only_if="needs_widespread_decision"),
			AskedField("widespread_reason", only_if="needs_widespread_decision"),
		),
		("Assessed", "In Handling"): (
			AskedField("counts_as_repeat", only_if="repeat_of"),
			AskedField("repeat_reason", only_if="repeat_of"),
		),
		("*", "Not Justified"): asks(
			"not_justified_reason", "not_justified_evidence", "answer_to_customer", "other_recourse"
		),
		("Not Justified", "Assessed"): asks("re_review_reason"),
		("Solution Proposed", "In Handling"): asks("send_back_reason"),
		("Re-review", "In Handling"): asks("re_review_opinion", optional=("re_review_keeps_plan",)),
		("Solution Endorsed", "In Handling"): asks("send_back_reason"),
		("Solution Proposed", "Solution Endorsed"): asks(optional=("approval_comment",)),
		("Solution Proposed", "With Customer"): asks(optional=("approval_comment",)),
		("Solution Endorsed", "With Customer"): asks(optional=("approval_comment",)),
		("With Customer", "Executing"): (
			*asks("consent_by", "consent_method", "consent_on"),
			AskedField("chosen_option", only_if="remedy_options"),
			*_SIGNATURE,
			*asks(optional=("consent_note",)),
		),
		("With Customer", "Re-review"): asks("consent_by", "consent_method", "consent_on", "refusal_reason"),
		("*", "Re-review"): asks("re_review_reason"),
		("Executing", "Awaiting Revisit"): asks("execution_note"),
		("Awaiting Revisit", "Closed"): asks("closing_summary"),
		("Not Justified", "Closed"): asks("answer_to_customer"),
		("Registered", "Closed"): asks(optional=("closing_summary",)),
		("Assessed", "Closed"): (
			*asks("answer_to_customer", "consent_by", "consent_method", "consent_on", "closing_summary"),
			*_SIGNATURE,
		),
		("*", "Cancelled"): asks("cancel_reason"),
	},
	SLIP: {
		("Draft", "Issued"): _REPLY_TIME,
		("Pending Issue", "Issued"): _REPLY_TIME,
		("*", "Returned"): asks("return_reason"),
		("*", "Disputed"): asks("dispute_reason"),
		("Disputed", "Issued"): asks("dispute_ruling"),
		("Disputed", "Pending Issue"): asks(
			"dispute_ruling", "department", optional=("responsible_employee",)
		),
		("*", "Escalated"): asks("escalated_to", "escalation_reason"),
		("Escalated", "Issued"): (
			*asks("higher_instruction"),
			AskedField("reply_wanted_by", required=False, only_if="needs_reply_time"),
		),
		("Reported", "Issued"): (*asks("return_reason"), *_REPLY_TIME),
		("Reported", "Completed"): asks(optional=("completion_note",)),
		("*", "Cancelled"): asks("cancel_reason"),
	},
	EIGHT_D: {
		("Effectiveness Check", "Closed"): asks("is_effective", "effectiveness_note", "lessons_learned"),
		("Effectiveness Check", "Cause Found"): asks("is_effective", "not_effective_reason"),
	},
	REVISIT: {
		("*", "Completed"): asks(
			"method",
			"revisited_on",
			"contacted_person",
			"satisfaction_with_result",
			"satisfaction_with_process",
			optional=("comments",),
		),
		("*", "Unreachable"): asks("unreachable_note"),
		("*", "Cancelled"): asks("cancel_reason"),
	},
	DEFERRAL: {
		("Draft", "Department Opinion"): asks(*_DEFERRAL_REQUEST),
		("Department Opinion", "Draft"): asks("department_opinion"),
		("Department Opinion", "Customer Service Opinion"): asks("department_opinion"),
		("Customer Service Opinion", "Agreed"): asks("service_opinion"),
		("Customer Service Opinion", "Refused by Customer Service"): asks("service_opinion"),
		("Refused by Customer Service", "With General Manager's Office"): asks("arbitration_request"),
		("With General Manager's Office", "Agreed"): asks("decision"),
		("With General Manager's Office", "Refused"): asks("decision"),
		("*", "Withdrawn"): asks("withdraw_reason"),
	},
}


def open_fields(doctype: str, state: str) -> frozenset[str]:
	"""Return the fields that a save may change while the document stays in `state`."""
	return frozenset(OPEN_FIELDS[doctype].get(state, ()))


def asked_fields(doctype: str, from_state: str, to_state: str) -> tuple[AskedField, ...]:
	"""Return the fields that the transition asks for: the only ones it may change."""
	rules = ASKED_FIELDS[doctype]
	return rules.get((from_state, to_state)) or rules.get(("*", to_state)) or ()
