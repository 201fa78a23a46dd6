"""The facts that invariants are judged on, as plain fields; services fill them from documents.

Every default is the one that satisfies nothing: what a service leaves out counts as missing, and a check
that a procedure may waive counts as required.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from complaint_handling.domain.authority import Limit


@dataclass(frozen=True)
class ActionFacts:
	"""A measure or action: who, by when, and since when it is done (or, for containment, effective)."""

	owner: str | None = None
	due: date | datetime | None = None
	done_on: date | datetime | None = None
	corrective: bool = True


@dataclass(frozen=True)
class CheckFacts:
	"""A question of the procedure's checklist and its answer: Yes, No, Not Applicable, or None."""

	purpose: str
	question: str
	answer: str | None = None
	required: bool = True


@dataclass(frozen=True)
class ComplaintFacts:
	"""A Customer Complaint. Approval, consent and re-review are those of the current round.

	`compensation_total` is the sum of all remedies in company currency, None while it is undecided;
	`no_compensation` says explicitly that there is none. `approver_roles` are those held when approving.
	`subject_users` are the users complained about; `handler` leads the case. `justified` is False
	once the complaint was found not justified. `revisit_satisfied` is True when a completed revisit found
	the customer satisfied. `eight_d_states` are those of every linked 8D report. `re_review_reason` may be
	the customer's reason for refusing. In a later round `plan_revised` and `plan_explained` are about its plan.

	`receipt_required`, `widespread_required`, `minimum_options`, `endorsement_required`, `signature_required`
	and `written_answer_required` are the procedure's; `missing_at_close` names the records its closing rule still
	misses. `options` are the numbers of the remedy options. `within_counter` says that the remedies need nobody's
	approval, `counter_superior` who has to approve them else, `direct_close_allowed` that the procedure lets a first answer end the case. `in_group` is a case
	that is handled in a group case. `held` is a legal hold.
	"""

	customer: str | None = None
	category: str | None = None
	severity: str | None = None
	procedure: str | None = None
	description: str | None = None
	demand: str | None = None
	subject_users: frozenset[str] = frozenset()
	handler: str | None = None
	receipt_required: bool = True
	receipt_time: datetime | None = None
	payment_kind: str | None = None
	widespread_required: bool = True
	widespread: str | None = None
	repeat_of: str | None = None
	counts_as_repeat: str | None = None
	repeat_reason: str | None = None
	checks: tuple[CheckFacts, ...] = ()
	handled_directly: bool = False
	in_group: bool = False
	slip_states: tuple[str, ...] = ()
	task_force_required: bool = True
	task_force_leader: str | None = None
	cause: str | None = None
	measures: tuple[ActionFacts, ...] = ()
	compensation_total: Decimal | None = None
	no_compensation: bool = False
	minimum_options: int = 2
	options: frozenset[int] = frozenset()
	chosen_option: int = 0
	proposed_by: str | None = None
	endorsement_required: bool = True
	endorsed_by: str | None = None
	endorser_role: str | None = None
	endorser_roles: frozenset[str] = frozenset()
	approved_by: str | None = None
	approver_roles: frozenset[str] = frozenset()
	approval_limits: tuple[Limit, ...] = ()
	plan_revised: bool = False
	plan_explained: bool = False
	consent_by: str | None = None
	consent_channel: str | None = None
	consent_at: datetime | None = None
	signature_required: bool = True
	signature: str | None = None
	signature_witness: str | None = None
	written_answer_required: bool = True
	written_answer_on: date | None = None
	missing_at_close: tuple[str, ...] = ("Evaluation",)
	within_counter: bool = False
	counter_superior: str | None = None
	direct_close_allowed: bool = False
	imported: bool = False
	original_closed_on: datetime | None = None
	held: bool = True
	revisit_required: bool = True
	revisit_satisfied: bool = False
	eight_d_required: bool = True
	eight_d_states: tuple[str, ...] = ()
	justified: bool = True
	rejection_reason: str | None = None
	rejection_evidence: str | None = None
	rejection_answer: str | None = None
	other_recourse: str | None = None
	re_review_reason: str | None = None
	cancel_reason: str | None = None


@dataclass(frozen=True)
class SlipFacts:
	"""A Complaint Handling Slip; `handler` is a user, `post` the holder of a responsible post.

	With `opinion_required` several departments act: an opinion from above or a coordination meeting comes first.
	The employee complained about may have no user.
	"""

	kind: str | None = None
	complaint_state: str | None = None
	department: str | None = None
	instruction: str | None = None
	handler: str | None = None
	post: str | None = None
	subject_users: frozenset[str] = frozenset()
	subject_employee: str | None = None
	reply_due: datetime | None = None
	opinion_required: bool = True
	higher_instruction: str | None = None
	coordination_meeting: str | None = None
	finding: str | None = None
	cause: str | None = None
	measures: tuple[ActionFacts, ...] = ()
	return_reason: str | None = None
	dispute_reason: str | None = None
	escalated_to: str | None = None
	cancel_reason: str | None = None


@dataclass(frozen=True)
class DocumentChangeFacts:
	"""A controlled document that the 8D changes (R-001C-07)."""

	document: str | None = None
	changed_on: date | None = None
	issued_at_site_on: date | None = None


@dataclass(frozen=True)
class EightDFacts:
	"""A Complaint 8D Report. `effective` is None until the effectiveness is judged.

	`members` are the team without its leader. Containment actions are effective from `done_on`.
	"""

	team_leader: str | None = None
	members: tuple[str, ...] = ()
	problem_description: str | None = None
	containment_actions: tuple[ActionFacts, ...] = ()
	occurrence_cause: str | None = None
	escape_cause: str | None = None
	corrective_actions: tuple[ActionFacts, ...] = ()
	preventive_actions: tuple[ActionFacts, ...] = ()
	document_changes: tuple[DocumentChangeFacts, ...] = ()
	effectiveness_criterion: str | None = None
	effectiveness_check_on: date | None = None
	effective: bool | None = None
	not_effective_reason: str | None = None
	verified_by: str | None = None
	lessons: str | None = None


@dataclass(frozen=True)
class RevisitFacts:
	"""A Complaint Revisit; the two satisfactions are None until the customer answered (R-000D-11)."""

	method: str | None = None
	contacted_person: str | None = None
	contacted_at: datetime | None = None
	satisfied_with_result: str | None = None
	satisfied_with_process: str | None = None


@dataclass(frozen=True)
class DeferralFacts:
	"""A Complaint Deferral Request (R-003A-18).

	`present_date` is the day the revisit is planned on or the final result is due, None when neither is known
	yet. `acts_for_department` and the `may_...` facts are of the person at the button. `other_open_request` is
	another request for the same slip that is not decided. `owner` drafted the request, `requested_by` submitted
	it. With an `arbitration_request` the case was taken to the general manager's office.
	"""

	allowed: bool = False
	complaint_state: str | None = None
	slip_state: str | None = None
	other_open_request: str | None = None
	cause: str | None = None
	reason: str | None = None
	today: date | None = None
	present_date: date | None = None
	new_date: date | None = None
	acts_for_department: bool = False
	may_give_department_opinion: bool = False
	may_arbitrate: bool = False
	arbiter_role: str | None = None
	owner: str | None = None
	requested_by: str | None = None
	department_opinion: str | None = None
	department_opinion_by: str | None = None
	service_opinion: str | None = None
	service_opinion_by: str | None = None
	arbitration_request: str | None = None
	decision: str | None = None
	decided_by: str | None = None
	withdraw_reason: str | None = None
