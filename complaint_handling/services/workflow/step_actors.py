"""Who takes a workflow step without a button: a job, the answer at a revisit, a customer on the portal.

Each kind of actor knows the steps it may take, verifies its right to a document from what is stored, and says
who it is for the timeline. A further kind (a survey, a mail) is a further class here.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname, now_datetime

from complaint_handling.constants import COMPLAINT, REVISIT, UNSATISFIED
from complaint_handling.domain.states import ComplaintState
from complaint_handling.services.access.portal_customers import customers_of

# (DocType, from state, to state)
Step = tuple[str, str, str]

REOPENS: Step = (COMPLAINT, ComplaintState.AWAITING_REVISIT, ComplaintState.RE_REVIEW)
ACCEPTS: Step = (COMPLAINT, ComplaintState.WITH_CUSTOMER, ComplaintState.EXECUTING)
DECLINES: Step = (COMPLAINT, ComplaintState.WITH_CUSTOMER, ComplaintState.RE_REVIEW)

REOPEN_UNSATISFIED = "reopen_unsatisfied_cases"
# The steps that a scheduler job may take, by the job's name; a job that is not listed takes none.
STEPS_OF_JOBS: dict[str, frozenset[Step]] = {REOPEN_UNSATISFIED: frozenset((REOPENS,))}


class Actor(Protocol):
	"""Who takes a step where no person with the right is at a button."""

	@property
	def steps(self) -> frozenset[Step]:
		"""The steps that this actor may take at all."""

	def may_act_on(self, doc: Document) -> bool:
		"""Tell whether the actor has a right to this document, judged by what is stored."""

	def values(self) -> dict[str, Any]:
		"""Return what the actor is known to have answered; wins over what was sent along."""

	def description(self) -> str:
		"""Return who acted, for the timeline."""


@dataclass(frozen=True)
class Job:
	"""A scheduler job: no person at all, so it takes only the steps that it is listed for."""

	name: str

	@property
	def steps(self) -> frozenset[Step]:
		return STEPS_OF_JOBS.get(self.name, frozenset())

	def may_act_on(self, doc: Document) -> bool:
		return bool(doc.name)

	def values(self) -> dict[str, Any]:
		return {}

	def description(self) -> str:
		return _("Scheduler job {0}").format(self.name)


@dataclass(frozen=True)
class RevisitAnswer:
	"""A customer's unsatisfied answer at a submitted revisit, whoever asked (R-000C-05)."""

	revisit: str
	steps: ClassVar[frozenset[Step]] = frozenset((REOPENS,))

	def may_act_on(self, doc: Document) -> bool:
		submitted = {
			"name": self.revisit,
			"complaint": doc.name,
			"docstatus": 1,
			"satisfaction_with_result": ("in", UNSATISFIED),
			"revisited_on": (">=", doc.executed_on),
		}
		return bool(doc.executed_on and frappe.db.exists(REVISIT, submitted))

	def values(self) -> dict[str, Any]:
		return {}

	def description(self) -> str:
		return _("Answer at the revisit {0}, asked by {1}").format(
			self.revisit, get_fullname(frappe.session.user)
		)


@dataclass(frozen=True)
class PortalContact:
	"""A user of the portal who answers the solution of a case of the own customer."""

	user: str
	steps: ClassVar[frozenset[Step]] = frozenset((ACCEPTS, DECLINES))

	def may_act_on(self, doc: Document) -> bool:
		"""Only the session's own user counts, and only for a customer that the user speaks for."""
		is_own = self.user == frappe.session.user and bool(frappe.db.get_value("User", self.user, "enabled"))
		return is_own and bool(doc.customer) and doc.customer in customers_of(self.user)

	def values(self) -> dict[str, Any]:
		return {
			"consent_by": get_fullname(self.user),
			"consent_method": "Customer Portal",
			"consent_on": now_datetime(),
		}

	def description(self) -> str:
		return _("{0} ({1}) on the portal").format(get_fullname(self.user), self.user)
