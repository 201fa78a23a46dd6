"""Two approvers: the procedure's endorser, then whose authority covers the sum (R-000H-06)."""

import pytest

import frappe
from frappe.model.document import Document

from complaint_handling.constants import (
	COMPLAINT,
	DEPARTMENT_MANAGER,
	GENERAL_MANAGER,
	QUALITY_MANAGER,
)
from complaint_handling.domain.waits import Party
from complaint_handling.exceptions import (
	AuthorityError,
	PreconditionError,
	SelfApprovalError,
	TransitionRefusedError,
)
from complaint_handling.services.overview import waits
from tests import factories
from tests.factories import as_user, press
from tests.integration import cases, ladders

REFUSED = (AuthorityError, TransitionRefusedError, frappe.ValidationError)


@pytest.fixture
def procedure(cast: dict[str, str]) -> str:
	return ladders.make_procedure(endorser_role=QUALITY_MANAGER)


@pytest.fixture
def proposed(cast: dict[str, str], procedure: str) -> Document:
	return cases.proposed(cast, rate=60000, procedure=procedure)


def told(complaint: Document) -> set[str]:
	return set(frappe.get_all("Notification Log", {"document_name": complaint.name}, pluck="for_user"))


def test_quality_endorses_then_the_manager_approves(cast, proposed):
	"""R-000H-06: the quality head and the manager, two people, in this order."""
	assert proposed.next_approver_role == QUALITY_MANAGER
	endorsed = press(
		proposed, "Endorse Solution", cast["quality_manager"], approval_comment="Cause is proven"
	)
	assert (endorsed.workflow_state, endorsed.endorsed_by) == ("Solution Endorsed", cast["quality_manager"])
	assert endorsed.endorsed_on
	assert endorsed.next_approver_role == "Complaint Vice President"
	approved = press(endorsed, "Approve Solution", cast["vice_president"])
	assert (approved.workflow_state, approved.approved_by) == ("With Customer", cast["vice_president"])
	assert approved.endorsed_by == cast["quality_manager"]


@pytest.mark.parametrize("word", ["vice_president", "general_manager"])
def test_approval_past_the_endorsement_is_refused_at_every_door(cast, proposed, word):
	with pytest.raises(REFUSED):
		press(proposed, "Approve Solution", cast[word])
	with as_user(cast[word]), pytest.raises(REFUSED):
		written = frappe.get_doc(COMPLAINT, proposed.name)
		written.workflow_state = "With Customer"
		written.save()


def test_endorsement_by_another_role_names_the_one_that_may(cast, proposed):
	"""R-000H-06: the button is there for several roles, the procedure decides which of them endorses."""
	with pytest.raises(AuthorityError, match=QUALITY_MANAGER):
		press(proposed, "Endorse Solution", cast["reviewer"])


def test_proposer_does_not_endorse_the_own_solution(cast, procedure):
	frappe.get_doc("User", cast["coordinator"]).add_roles(QUALITY_MANAGER)
	proposed = cases.proposed(cast, rate=60000, procedure=procedure)
	with pytest.raises(SelfApprovalError):
		press(proposed, "Endorse Solution", cast["coordinator"])


def test_who_endorsed_does_not_approve_too(cast, proposed):
	frappe.get_doc("User", cast["quality_manager"]).add_roles("Complaint Vice President")
	endorsed = press(proposed, "Endorse Solution", cast["quality_manager"])
	with pytest.raises(PreconditionError, match="Ask somebody else to approve"):
		press(endorsed, "Approve Solution", cast["quality_manager"])


def test_person_complained_about_neither_reads_nor_endorses(cast, procedure):
	about = factories.employee_of(cast["quality_manager"])
	proposed = cases.proposed(cast, rate=60000, procedure=procedure, complained_about_employee=about)
	assert cast["quality_manager"] not in told(proposed)
	with pytest.raises((frappe.PermissionError, PreconditionError)):
		press(proposed, "Endorse Solution", cast["quality_manager"])
	another = factories.make_user("test.second.quality@example.com", QUALITY_MANAGER)
	assert press(proposed, "Endorse Solution", another).endorsed_by == another


def test_each_of_the_two_is_told_when_it_is_the_turn(cast, proposed):
	assert cast["quality_manager"] in told(proposed)
	assert cast["vice_president"] not in told(proposed)
	endorsed = press(proposed, "Endorse Solution", cast["quality_manager"])
	assert cast["vice_president"] in told(endorsed)
	assert cast["coordinator"] not in told(endorsed)


def test_overview_says_for_which_of_the_two_the_case_waits(cast, proposed):
	def awaited() -> list[tuple[str, str]]:
		found = waits.open_waits({"name": proposed.name})
		return [(row["matter"], row["role"]) for row in found if row["waited_for"] == str(Party.APPROVER)]

	assert awaited() == [("Endorsement of the solution", QUALITY_MANAGER)]
	press(proposed, "Endorse Solution", cast["quality_manager"])
	assert awaited() == [("Approval of the solution", "Complaint Vice President")]


@pytest.mark.parametrize("stage", ["Solution Proposed", "Solution Endorsed"])
def test_sent_back_solution_is_endorsed_anew(cast, proposed, stage):
	if stage == "Solution Endorsed":
		press(proposed, "Endorse Solution", cast["quality_manager"])
	back = press(proposed, "Send Back", cast["vice_president"], send_back_reason="The cause is a guess")
	assert (back.workflow_state, back.endorsed_by, back.endorsed_on) == ("In Handling", None, None)
	again = press(back, "Propose Solution", cast["coordinator"])
	with pytest.raises(REFUSED):
		press(again, "Approve Solution", cast["vice_president"])


def test_procedure_without_an_endorser_knows_no_such_step(cast):
	proposed = cases.proposed(cast, rate=60000)
	with pytest.raises(REFUSED):
		press(proposed, "Endorse Solution", cast["quality_manager"])
	with as_user(cast["quality_manager"]), pytest.raises(REFUSED):
		written = frappe.get_doc(COMPLAINT, proposed.name)
		written.workflow_state = "Solution Endorsed"
		written.save()
	assert press(proposed, "Approve Solution", cast["vice_president"]).workflow_state == "With Customer"


def test_endorsement_does_not_raise_the_endorsers_limit(cast, procedure):
	"""R-003A-15: a demand above the standard still climbs to whose limit covers it."""
	proposed = cases.proposed(cast, rate=200000, procedure=procedure)
	endorsed = press(proposed, "Endorse Solution", cast["quality_manager"])
	with pytest.raises(REFUSED):
		press(endorsed, "Approve Solution", cast["vice_president"])
	assert press(endorsed, "Approve Solution", cast["general_manager"]).workflow_state == "With Customer"


def test_a_severity_names_who_decides_whatever_the_amount(cast):
	"""R-000A-05: senior management decides on major complaints, also where nothing is paid."""
	severities = [
		{"severity": name, "rank": rank, "approver_role": GENERAL_MANAGER}
		for rank, name in enumerate(("Urgent", "Important", "Routine"), 1)
	]
	procedure = ladders.make_procedure(
		severities=severities,
		authority_limits=[
			{"role": DEPARTMENT_MANAGER, "amount": 2000},
			{"role": GENERAL_MANAGER, "unlimited": 1},
		],
	)
	complaint = cases.proposed(cast, procedure=procedure)
	assert complaint.next_approver_role == GENERAL_MANAGER
	with pytest.raises((TransitionRefusedError, AuthorityError)):
		press(complaint, "Approve Solution", cast["vice_president"])
	assert press(complaint, "Approve Solution", cast["general_manager"]).workflow_state == "With Customer"
