"""Scenario 001-B: the flow of quality, from the customer's feedback to standardisation."""

import pytest

from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, eight_d, looking
from tests.integration.scenarios.cast import PRODUCTION, QUALITY
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-B",
	"客诉处理流程（品保）",
	{
		"agent": "Takes the feedback 业务",
		"coordinator": "Head of quality assurance 品保主管",
		"quality_manager": "Quality assurance 品保",
		"production_handler": "Production 生产",
		"production_manager": "Head of production 生产负责人",
		"vice_president": "Deputy general manager 副总经理",
	},
)
SORTING = 1_200
INSTRUCTION = "WI-114 Burnishing, revision D"


def _register(play: Play):
	return doing.register(
		play,
		subject="Burrs on the shafts of lot 7",
		channel="E-mail",
		description="Twelve of 400 shafts have burrs at the shoulder.",
		demand="Shafts without burrs",
	)


def _inform_quality(play: Play):
	doing.save(play, "complaint", category="Product Quality", severity="Moderate")
	return doing.press(play, "complaint", "Assess")


def _confirm(play: Play):
	return doing.report(
		play,
		"slip",
		"Stock 310 of 1,100 with burrs; work in process 40; in transit 200 not yet checked.",
		"Burnishing wheel worn out",
		"production_handler",
		description="Wheel changed after 500 shafts",
		due_on="2026-03-06 18:00:00",
	)


def _agreement(play: Play):
	"""Offer the three agreements of the document: concession, rework, return."""
	offers = (("Concession", 0), ("Rework", SORTING), ("Return", 9_600))
	rows = [
		doing.remedy(kind, amount, option_number=number) for number, (kind, amount) in enumerate(offers, 1)
	]
	return doing.collect(
		play,
		rows={"remedies": rows},
		verification_result="Confirmed",
		responsible_department=make_department(PRODUCTION),
	)


def _standardise(play: Play):
	change = {
		"document_type": "Work Instruction",
		"document_reference": INSTRUCTION,
		"changed_on": "2026-03-16",
		"issued_at_site_on": "2026-03-16",
	}
	improvement = {
		"proposal": "Count shafts per wheel on every line",
		"responsible_employee": employee_of(play.users["production_manager"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(
		play,
		{"document_changes": [change], "improvements": [improvement]},
		archive_reference="Quality file 2026-017",
		archived_on="2026-03-30",
	)


FEEDBACK = (
	Step(
		"agent",
		"1: the customer reports what is abnormal",
		_register,
		"R-001B-01",
		at="2026-03-02 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-03 10:00", "Solution Approved": "2026-03-09 10:00"},
	),
	Step(
		"agent",
		"says that quality looks at it",
		doing.telling("First Answer", "Quality looks at stock, production and transport today."),
		"R-001B-01",
		ends={"First Answer": "Met"},
	),
	Step("agent", "classifies and accepts it", _inform_quality, "R-001B-01", state="Assessed"),
	Step(
		"agent",
		"2: informs quality assurance",
		doing.asking(QUALITY, "quality_manager", "Confirm the bad situation."),
		"R-001B-01",
		state="Pending Issue",
	),
	Step("coordinator", "takes it on", doing.pressing("Start Handling"), "R-001B-01", state="In Handling"),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-001B-01",
		at="2026-03-02 11:00:00",
		state="Issued",
		due={"Department Reply": "2026-03-04 11:00"},
	),
	Step(
		"quality_manager",
		"3: confirms the bad situation: stock, work in process, in transit",
		_confirm,
		"R-001B-01",
		at="2026-03-03 10:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"quality_manager",
		"opens the report",
		eight_d.opening("quality_manager", "production_handler"),
		"R-001B-01",
		state="Open",
		due={
			"D3 Containment": "2026-03-04 10:00",
			"D4 Root Cause": "2026-03-17 10:00",
			"8D Closed": "2026-04-02 10:00",
		},
	),
	Step(
		"quality_manager",
		"confirms the containment without any interim countermeasure",
		doing.pressing("Confirm Containment", "eight_d"),
		"R-001B-01",
		refused="D3: a containment action is missing",
	),
	Step(
		"quality_manager",
		"4: sets interim countermeasures for stock, work in process and transit",
		eight_d.entering(
			"Confirm Containment",
			"containment_actions",
			("production_handler", "Stock: 1,100 sorted"),
			("production_handler", "Work in process: 40 deburred"),
			("quality_manager", "In transit: 200 sorted on arrival"),
			done=True,
		),
		"R-001B-01",
		at="2026-03-03 16:00:00",
		state="Contained",
		ends={"D3 Containment": "Met"},
	),
)
AGREEMENT = (
	Step(
		"coordinator", "prepares concession, rework or return", _agreement, "R-001B-01", state="In Handling"
	),
	Step(
		"coordinator",
		"proposes before stock, work in process and transit are confirmed",
		doing.pressing("Propose Solution"),
		"R-001B-01",
		refused="The evidence is not complete",
	),
	Step(
		"coordinator",
		"notes that all three were checked",
		doing.checking("Evidence", "See the report of quality"),
		"R-001B-01",
	),
	Step(
		"coordinator",
		"proposes",
		doing.pressing("Propose Solution"),
		"R-001B-01",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		"approves 9,600, the dearest of the three: above the own limit, 2,000",
		doing.pressing("Approve Solution"),
		"R-001B-01",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001B-01",
		at="2026-03-04 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"5: negotiates with the customer",
		doing.telling("Solution Explained", "Concession, rework by us, or return?"),
		"R-001B-01",
	),
	Step(
		"agent",
		"the customer agrees to rework",
		lambda play: doing.consent(play, "E-mail", chosen_option=2),
		"R-001B-01",
		state="Executing",
	),
)
LONG_TERM = (
	Step(
		"quality_manager",
		"finds the cause",
		eight_d.filling(
			"Confirm Cause",
			occurrence_cause="Wheel used for 1,400 shafts",
			escape_cause="No limit for wheels",
		),
		"R-001B-01",
		at="2026-03-05 10:00:00",
		state="Cause Found",
		ends={"D4 Root Cause": "Met"},
	),
	Step(
		"quality_manager",
		"6: sets the long-term correction",
		eight_d.entering(
			"Choose Actions", "corrective_actions", ("production_handler", "Change at 500 shafts")
		),
		"R-001B-01",
		state="Actions Chosen",
	),
	Step(
		"quality_manager",
		"sees it done",
		eight_d.implement,
		"R-001B-01",
		at="2026-03-09 10:00:00",
		state="Implemented",
	),
	Step(
		"quality_manager",
		"6: sets the prevention",
		eight_d.entering(
			"Confirm Prevention",
			"preventive_actions",
			("production_handler", "Counter on the machine"),
			done=True,
		),
		"R-001B-01",
		at="2026-03-16 10:00:00",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"says how the effect is seen",
		eight_d.starting_check("No burr on 2,000 shafts", "2026-03-27"),
		"R-001B-01",
		state="Effectiveness Check",
	),
	Step(
		"quality_manager",
		"finds it effective",
		eight_d.judging(True, "2,000 shafts without a burr."),
		"R-001B-01",
		at="2026-03-27 10:00:00",
		state="Closed",
		ends={"8D Closed": "Met"},
	),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-001B-01",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the rework",
		doing.executing("400 shafts deburred."),
		"R-001B-01",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"7: answers with the complaint report",
		eight_d.sending_report("E-mail"),
		"R-001B-01",
		check=eight_d.is_attached,
	),
	Step(
		"coordinator",
		"closes before records are archived and the method is standardised",
		doing.close,
		"R-001B-01",
		refused="The procedure requires before the close: Standardisation, Archive",
	),
	Step(
		"quality_manager",
		"8 and 9: archives the records, standardises the method",
		_standardise,
		"R-001B-01",
		at="2026-03-30 10:00:00",
		state="Submitted",
	),
	Step("coordinator", "10: closes, no revisit is asked for", doing.close, "R-001B-01", state="Closed"),
)


def test_001_b_from_receipt_to_close(theatre):
	"""R-001B-01."""
	eight_d.let_quality_write(theatre.stage.users)
	play = theatre.play(SCENARIO, (*FEEDBACK, *AGREEMENT, *LONG_TERM))
	complaint = play.complaint
	assert (complaint.chosen_option, complaint.total_remedy_amount) == (2, SORTING)
	evaluation = play.doc("evaluation")
	assert looking.column(evaluation, "document_changes", "document_reference") == [INSTRUCTION]
	assert evaluation.archive_reference
	assert len(play.doc("eight_d").containment_actions) == 3
	assert "revisit" not in play.made
