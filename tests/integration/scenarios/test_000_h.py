"""Scenario 000-H: justified or not, endorsed by the quality head and approved by a manager, accountability."""

import pytest

import frappe

from complaint_handling.constants import (
	AGENT,
	CONTACT,
	COORDINATOR,
	EVALUATION,
	GENERAL_MANAGER,
	QUALITY_MANAGER,
	VICE_PRESIDENT,
)
from tests.factories import employee_of, make_department, make_employee, make_user
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION, QUALITY, SERVICE
from tests.integration.scenarios.play import NO_PERMISSION, SCHEDULER, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-H",
	"公司客户投诉处理制度办法 篇1",
	{
		"agent": "General manager's office, register 总经办",
		# Rules and evaluates (R-000H-11), so it has the coordinator's role beside its own.
		"general_manager": "General manager's office 总经办",
		"coordinator": "Director of general affairs 综合部主任",
		"handler": "Technical department 技术部",
		"production_handler": "Department concerned 投诉处理部门",
		"production_manager": "Manager 经理",
		# Receives written complaints (R-000H-01), so the role of an agent stands beside that of quality.
		"quality_manager": "Quality supervisor 质量监督员",
		"quality_head": "Quality head 质量负责人",
	},
)
REFUND = 1_600
INSPECTED = "Inspected on site: no edge of the 40 rails above 0.2 mm."


@pytest.fixture
def quality_head(cast) -> str:
	"""The head of quality, who has a manager's authority too: he alone could do both."""
	user = make_user("test.quality.head@example.com", QUALITY_MANAGER, VICE_PRESIDENT)
	make_employee(user, make_department(QUALITY), employee_of(cast["general_manager"]))
	cast["quality_head"] = user
	make_user(cast["general_manager"], GENERAL_MANAGER, COORDINATOR)
	make_user(cast["quality_manager"], QUALITY_MANAGER, AGENT)
	return user


def _register(**values):
	given = {
		"subject": "Guard rail delivered with burrs",
		"channel": "On the Spot",
		"complaint_form": "Face to Face",
		"description": "Two fitters cut their gloves on the rail.",
		"demand": "The rail deburred, and the fitters' two hours",
		"subject_type": "Unit",
		**values,
	}

	def act(play: Play):
		return doing.register(play, complained_about_department=make_department(PRODUCTION), **given)

	return act


def _is_registered(play: Play) -> None:
	complaint = play.complaint
	assert complaint.complainant_name and complaint.description
	assert complaint.complained_about_department == make_department(PRODUCTION)
	procedure = looking.preset(play)
	assert looking.column(procedure, "channels", "channel") == ["On the Spot", "Telephone", "Written Letter"]
	assert looking.column(procedure, "forms", "form_name") == ["Appeal and Complaint Registration Form"]


def _classify(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Product Quality",
		severity="Moderate",
		responsible_department=make_department(PRODUCTION),
	)


def _give_opinion(play: Play):
	finding = "The reason of the complaint holds: edges above 0.2 mm. Reference: drawing 4711, note on edges."
	doing.save(play, "opinion", finding=finding, cause="Edges not broken", cause_status="Preliminary")
	return doing.press(play, "opinion", "Report")


def _is_reported_as_overdue(play: Play) -> None:
	told = [user for stage, _level, user in looking.raised(play) if stage == "Department Reply"]
	assert play.users["general_manager"] in told and play.users["production_manager"] in told


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The second shift left the deburring out; the foreman signed the sheet unread.",
		"Deburring left out in the second shift",
		"production_handler",
		description="Deburr the rails on site; the foreman checks the first piece of every shift",
		due_on="2026-03-13 12:00:00",
	)


def _draft_plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Compensation", REFUND, description="Two hours of the fitters")]},
		verification_result="Confirmed",
	)


def _is_endorsed(play: Play) -> None:
	complaint = play.complaint
	assert (complaint.needs_endorsement, complaint.endorsed_by) == (1, play.users["quality_head"])


def _inspect(play: Play):
	doing.tell(play, "On-site Work", INSPECTED, channel="On the Spot")
	return doing.accept_report(play, "slip")


def _is_inspected(play: Play) -> None:
	inspection = {"complaint": play.made["complaint"], "purpose": "On-site Work"}
	found = frappe.db.get_value(CONTACT, inspection, ["summary", "contacted_by"])
	assert found == (INSPECTED, play.users["coordinator"])


def _propose_person(play: Play):
	"""Draft the evaluation with the person proposed as responsible."""
	foreman = {
		"department": make_department(PRODUCTION),
		"employee": employee_of(play.users["production_handler"]),
		"finding": "Signed the sheet without a look at the piece",
	}
	draft = frappe.get_doc(
		{
			"doctype": EVALUATION,
			"complaint": play.made["complaint"],
			"summary": "Deburring left out in the second shift; found and paid within nine days.",
			"handling_quality": "Good",
			"responsible_parties": [foreman],
		}
	)
	return play.keep("evaluation", draft.insert())


def _rule(play: Play):
	proposal = {
		"proposal": "First piece of every shift checked and signed at the machine",
		"responsible_employee": employee_of(play.users["production_manager"]),
		"due_on": "2026-03-31",
	}
	evaluation = play.doc("evaluation")
	evaluation.responsible_parties[0].consequence = "Talked to; checks the first piece himself"
	evaluation.append("improvements", proposal)
	evaluation.submit()
	return evaluation


def _confirm_effect(play: Play):
	evaluation = play.doc("evaluation")
	evaluation.improvements[0].update({"done_on": "2026-03-30", "effect": "No burr in 400 rails since then"})
	return evaluation.save()


def _is_kept_from_departments(play: Play) -> None:
	assert not looking.may_read(play.users["handler"], play.doc("evaluation"))


BEGINNING = (
	Step(
		"agent",
		"tells the customer the first answer",
		doing.telling("First Answer", "Registered; the case is looked into.", channel="On the Spot"),
		"R-000H-11",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"fixes which department accepts it",
		_classify,
		"R-000H-04",
		state="Registered",
	),
	Step("agent", "assesses", doing.pressing("Assess"), "R-000H-04", state="Assessed"),
)

JUSTIFIED = (
	Step(
		"agent",
		"registers a direct complaint on the spot: complainant, object, content",
		_register(),
		"R-000H-01, R-000H-02, R-000H-11, R-000H-12",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
		check=_is_registered,
	),
	*BEGINNING,
	Step(
		"agent",
		"asks the technical department",
		doing.asking(SERVICE, "handler", "Does the reason hold?", "opinion", slip_kind="Technical Opinion"),
		"R-000H-09",
		state="Pending Issue",
	),
	Step(
		"agent",
		"asks the department concerned, and the person in charge there",
		doing.asking(PRODUCTION, "production_handler", "What is the cause, and who is it?"),
		"R-000H-04, R-000H-05",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"goes on before it is decided whether the complaint is justified",
		doing.pressing("Start Handling"),
		"R-000H-03",
		refused="Is the reason of the complaint sufficient?; Is the demand of the customer reasonable?",
	),
	Step(
		"agent",
		"decides: reason sufficient, demand reasonable",
		doing.checking("Acceptance", "Gloves and rail seen"),
		"R-000H-03",
	),
	Step(
		"coordinator",
		"organises the investigation",
		doing.pressing("Start Handling"),
		"R-000H-10",
		at="2026-03-04 14:00:00",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip to the technical department",
		doing.pressing("Issue Slip", "opinion"),
		"R-000H-09, R-000H-10",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
	),
	Step(
		"coordinator",
		"issues the slip to the department concerned",
		doing.pressing("Issue Slip", "slip"),
		"R-000H-10",
		state="Issued",
		due={"Department Reply": "2026-03-06 14:00"},
	),
	Step(
		"handler",
		"learns the content, confirms the reason, gives reference, passes it on quickly",
		_give_opinion,
		"R-000H-09",
		at="2026-03-05 10:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		SCHEDULER,
		"the department is overdue: its manager and the general manager's office are told",
		doing.sweep,
		"R-000H-11",
		at="2026-03-06 14:05:00",
		check=_is_reported_as_overdue,
	),
	Step(
		"production_handler",
		"finds the concrete cause and the concrete person",
		_report,
		"R-000H-05",
		at="2026-03-06 16:00:00",
		state="Reported",
		ends={"Department Reply": "Missed"},
	),
	Step("coordinator", "drafts the plan with the customer's demand in view", _draft_plan, "R-000H-06"),
	Step(
		"coordinator",
		"submits it before cause and person are confirmed",
		doing.pressing("Propose Solution"),
		"R-000H-05",
		refused="Is the concrete person responsible found?",
	),
	Step("coordinator", "confirms cause and person", doing.checking("Evidence"), "R-000H-05, R-000H-10"),
	Step(
		"coordinator",
		"submits the plan to the quality head and the manager",
		doing.pressing("Propose Solution"),
		"R-000H-06",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		"approves before the quality head endorsed it",
		doing.pressing("Approve Solution"),
		"R-000H-06",
		refused="is not open to you",
	),
	Step(
		"coordinator",
		"endorses the own plan",
		doing.pressing("Endorse Solution"),
		"R-000H-06",
		refused="is not open to you",
	),
	Step(
		"quality_head",
		"endorses the plan",
		doing.pressing(
			"Endorse Solution", approval_comment="The check of the first piece is what was missing."
		),
		"R-000H-06",
		at="2026-03-09 09:30:00",
		state="Solution Endorsed",
		check=_is_endorsed,
	),
	Step(
		"quality_head",
		"approves it too, with a manager's authority",
		doing.pressing("Approve Solution"),
		"R-000H-06",
		refused="endorsed this solution and may not approve it too",
	),
	Step(
		"production_manager",
		"approves as the second of two",
		doing.pressing("Approve Solution"),
		"R-000H-06",
		at="2026-03-09 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"notifies the customer",
		doing.telling("Solution Explained", "Deburred on site on Thursday, the two hours paid."),
		"R-000H-07",
	),
	Step("agent", "records the customer's consent", doing.consent, "R-000H-07", state="Executing"),
	Step(
		"coordinator",
		"inspects the rails, records it, and accepts the report of the department",
		_inspect,
		"R-000H-10",
		at="2026-03-12 15:00:00",
		state="Completed",
		check=_is_inspected,
	),
	Step(
		"coordinator",
		"accepts the opinion",
		doing.pressing("Accept Report", "opinion"),
		"R-000H-09",
		state="Completed",
	),
	Step(
		"agent",
		"confirms that the plan is carried out",
		doing.executing("Rails deburred and inspected; two hours paid."),
		"R-000H-07",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"collects the customer's feedback",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-000H-07",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before the responsibility is ruled and the case evaluated",
		doing.close,
		"R-000H-07, R-000H-08",
		refused="The procedure requires before the close: Evaluation, Accountability, Improvement Proposal",
	),
	Step(
		"coordinator",
		"sums up and proposes who is responsible",
		_propose_person,
		"R-000H-08, R-000H-10",
		state="Draft",
	),
	Step(
		"general_manager",
		"rules the responsibility, evaluates, proposes a countermeasure",
		_rule,
		"R-000H-07, R-000H-08, R-000H-11",
		state="Submitted",
		check=_is_kept_from_departments,
	),
	Step("coordinator", "closes", doing.close, "R-000H-08", state="Closed"),
	Step(
		"general_manager",
		"confirms the effect of the countermeasure",
		_confirm_effect,
		"R-000H-11",
		at="2026-03-30 10:00:00",
		state="Submitted",
	),
)


def _declare(play: Play):
	return doing.press(
		play,
		"complaint",
		"Declare Not Justified",
		not_justified_reason="The rail was ordered without deburring, at a lower price.",
		not_justified_evidence="Order confirmation of 12 January, line 2, signed by the customer.",
		answer_to_customer="We understand the annoyance. The rail was ordered with raw edges; we gladly quote the deburring.",
		other_recourse="The mediation of the chamber of commerce.",
	)


def _answer_and_close(play: Play):
	answer = play.complaint.answer_to_customer
	return doing.press(play, "complaint", "Answer and Close", answer_to_customer=answer)


NOT_JUSTIFIED = (
	Step(
		"quality_manager",
		"receives a written complaint and registers it",
		_register(channel="Written Letter", complaint_form="Written"),
		"R-000H-01, R-000H-02",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
		check=_is_registered,
	),
	*BEGINNING,
	Step(
		"coordinator",
		"declares it not justified without an answer that says why",
		_declare,
		"R-000H-03",
		refused="No answer of the checklist says why the complaint is not justified",
	),
	Step(
		"agent",
		"decides: reason sufficient, demand not reasonable",
		doing.checking("Acceptance", "Order confirmation", demand="No"),
		"R-000H-03",
	),
	Step(
		"coordinator",
		"goes on all the same",
		doing.pressing("Start Handling"),
		"R-000H-03",
		refused="The complaint does not pass the checklist: Is the demand of the customer reasonable?",
	),
	Step(
		"coordinator",
		"declares it not justified, with evidence and a tactful answer",
		_declare,
		"R-000H-03",
		state="Not Justified",
		ends={"Solution Approved": "Cancelled"},
	),
	Step(
		"agent",
		"answers tactfully and obtains the customer's understanding",
		doing.telling("Solution Explained", "The customer understands and asks for a quotation."),
		"R-000H-03",
		at="2026-03-05 10:00:00",
	),
	Step("coordinator", "closes with the answer", _answer_and_close, "R-000H-03", state="Closed"),
)


def test_000_h_justified_from_receipt_to_close(quality_head, theatre):
	"""R-000H-01 to R-000H-12."""
	play = theatre.play(SCENARIO, JUSTIFIED)
	complaint = play.complaint
	approvers = (complaint.proposed_by, complaint.endorsed_by, complaint.approved_by)
	assert approvers == tuple(
		play.users[word] for word in ("coordinator", "quality_head", "production_manager")
	)
	assert complaint.justified == "Justified"
	evaluation = play.doc("evaluation")
	assert evaluation.evaluated_by == play.users["general_manager"]
	assert looking.column(evaluation, "responsible_parties", "employee") == [
		employee_of(play.users["production_handler"])
	]
	assert evaluation.improvements[0].effect


def test_000_h_not_justified_is_answered_tactfully(quality_head, theatre):
	"""R-000H-01 to R-000H-04, and R-000H-11."""
	play = theatre.play(SCENARIO, NOT_JUSTIFIED)
	assert (play.complaint.justified, play.complaint.owner) == (
		"Not Justified",
		play.users["quality_manager"],
	)
	answers = [(row.answer, row.answered_by) for row in play.complaint.checks if row.purpose == "Acceptance"]
	assert answers == [("Yes", play.users["agent"]), ("No", play.users["agent"])]
