"""Scenario 001-C: control of complaints by 8D; sales takes and answers, production finds the cause, quality verifies."""

import pytest

import frappe

from complaint_handling.constants import EIGHT_D
from tests.factories import make_department
from tests.integration.scenarios import doing, eight_d, looking
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-C",
	"客诉处理控制程序",
	{
		"agent": "Sales 业务部",
		"coordinator": "Head of sales 业务部负责人",
		"production_handler": "Production 生产部",
		"production_manager": "Head of production 生产部负责人",
		"quality_manager": "Quality 品质部",
	},
)
# The eight steps with their English names, as the form of the report heads them.
STEPS_OF_8D = ("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8")
INSTRUCTION = "WI-31 Welding, revision B"


def _register(play: Play):
	return doing.register(
		play,
		subject="Frames crack at the weld",
		channel="Telephone",
		complaint_form="Oral",
		description="Three of 80 frames are cracked at the left weld.",
		demand="New frames and a written report",
	)


def _classify(play: Play):
	return doing.save(play, "complaint", category="Product Quality", severity="Minor")


def _needs_8d(play: Play) -> None:
	assert play.complaint.requires_8d
	assert all(row.requires_8d for row in looking.preset(play).severities)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"Current of station 2 drifts by 15 %.",
		"Welding current drifts",
		"production_handler",
		description="Power source of station 2 replaced",
		due_on="2026-03-09 18:00:00",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Exchange", 1_500)]},
		verification_result="Confirmed",
		responsible_department=make_department(PRODUCTION),
	)


def _has_eight_steps(play: Play) -> None:
	heads = [
		field.label for field in frappe.get_meta(EIGHT_D).fields if field.label and field.label[:1] == "D"
	]
	named = {step: [head for head in heads if step in head.split(":")[0]] for step in STEPS_OF_8D}
	play.note = "; ".join(dict.fromkeys(head for found in named.values() for head in found))
	assert all(any(len(head) > len("D0: ") for head in found) for found in named.values()), named


ACCEPTANCE = (
	Step(
		"agent",
		"records an oral complaint at once, whichever it is",
		_register,
		"R-001C-01, R-001C-02, R-001C-06",
		at="2026-03-02 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-03 10:00", "Solution Approved": "2026-03-09 10:00"},
	),
	Step(
		"agent",
		"answers on the telephone",
		doing.telling("First Answer", "Quality makes the report; you get it in writing."),
		"R-001C-02, R-001C-06",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"classifies it: an 8D report also for a minor one",
		_classify,
		"R-001C-01",
		check=_needs_8d,
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-001C-02", state="Assessed"),
	Step(
		"agent",
		"writes the notice of abnormal quality to production",
		doing.asking(PRODUCTION, "production_handler", "Why do the welds crack?"),
		"R-001C-04",
		state="Pending Issue",
	),
	Step("coordinator", "tracks it", doing.pressing("Start Handling"), "R-001C-02", state="In Handling"),
	Step(
		"coordinator",
		"issues the notice",
		doing.pressing("Issue Slip", "slip"),
		"R-001C-04",
		state="Issued",
		due={"Department Reply": "2026-03-04 10:00"},
	),
	Step(
		"production_handler",
		"analyses the cause, names countermeasure and improved equipment",
		_report,
		"R-001C-04",
		at="2026-03-03 16:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"quality_manager",
		"collects the data: D1 team, D2 problem",
		eight_d.opening("quality_manager", "production_handler"),
		"R-001C-03, R-001C-05",
		state="Open",
		check=_has_eight_steps,
	),
	Step(
		"quality_manager",
		"D3 contains",
		eight_d.entering(
			"Confirm Containment",
			"containment_actions",
			("production_handler", "80 frames checked"),
			done=True,
		),
		"R-001C-03, R-001C-05",
		state="Contained",
		ends={"D3 Containment": "Met"},
	),
	Step(
		"quality_manager",
		"D4 goes on without the cause of the escape",
		eight_d.filling("Confirm Cause", occurrence_cause="Current drifts", escape_cause=""),
		"R-001C-05",
		refused="D4: the escape cause is missing",
	),
	Step(
		"quality_manager",
		"D4 records both causes",
		eight_d.filling("Confirm Cause", occurrence_cause="Current drifts", escape_cause="No bend test"),
		"R-001C-03, R-001C-05",
		state="Cause Found",
		ends={"D4 Root Cause": "Met"},
	),
)
SOLUTION = (
	Step("coordinator", "plans with production", _plan, "R-001C-02"),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-001C-02", state="Solution Proposed"
	),
	Step(
		"production_manager",
		"approves 1,500, within the limit of a department",
		doing.pressing("Approve Solution"),
		"R-001C-04",
		at="2026-03-04 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the customer",
		doing.telling("Solution Explained", "Three new frames; report follows."),
		"R-001C-02",
	),
	Step("agent", "records the consent", doing.consent, "R-001C-02", state="Executing"),
	Step(
		"quality_manager",
		"D5 chooses the correction",
		eight_d.entering("Choose Actions", "corrective_actions", ("production_handler", "New power source")),
		"R-001C-03, R-001C-05",
		state="Actions Chosen",
	),
	Step(
		"quality_manager",
		"D6 follows that it is implemented",
		eight_d.implement,
		"R-001C-03, R-001C-05",
		at="2026-03-09 16:00:00",
		state="Implemented",
	),
)
VERIFICATION = (
	Step(
		"quality_manager",
		"D7: the instruction is changed, but not issued at the site",
		eight_d.changing_document(INSTRUCTION, issued=False),
		"R-001C-07",
	),
	Step(
		"quality_manager",
		"confirms the prevention all the same",
		eight_d.entering(
			"Confirm Prevention", "preventive_actions", ("quality_manager", "Bend test every hour"), done=True
		),
		"R-001C-07",
		refused="is not issued at the site",
	),
	Step(
		"quality_manager",
		"sees it issued at the station",
		eight_d.issue_documents,
		"R-001C-07",
		at="2026-03-10 10:00:00",
	),
	Step(
		"quality_manager",
		"D7 confirms the prevention",
		eight_d.entering(
			"Confirm Prevention", "preventive_actions", ("quality_manager", "Bend test every hour"), done=True
		),
		"R-001C-03, R-001C-05, R-001C-07",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"says how the effect is verified",
		eight_d.starting_check("500 welds without a crack", "2026-03-24"),
		"R-001C-03",
		state="Effectiveness Check",
	),
	Step(
		"coordinator",
		"accepts the report of production",
		lambda play: doing.accept_report(play, "slip"),
		"R-001C-02",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the exchange",
		doing.executing("Frames exchanged."),
		"R-001C-02",
		state="Awaiting Revisit",
	),
	Step(
		"coordinator",
		"closes before all is verified effective",
		doing.close,
		"R-001C-08",
		refused="requires a closed 8D report",
	),
	Step(
		"quality_manager",
		"D8 finds it not effective: one crack",
		eight_d.judging(False, "One crack in 500 welds."),
		"R-001C-03, R-001C-08",
		at="2026-03-24 10:00:00",
		state="Cause Found",
	),
	Step(
		"quality_manager",
		"corrects again",
		eight_d.entering("Choose Actions", "corrective_actions", ("production_handler", "Watch the current")),
		"R-001C-03",
		state="Actions Chosen",
	),
	Step("quality_manager", "follows it again", eight_d.implement, "R-001C-03", state="Implemented"),
	Step(
		"quality_manager",
		"confirms the prevention",
		doing.pressing("Confirm Prevention", "eight_d"),
		"R-001C-03",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"verifies again",
		eight_d.starting_check("500 welds without a crack", "2026-03-31"),
		"R-001C-03",
		state="Effectiveness Check",
	),
	Step(
		"quality_manager",
		"D8 finds it effective and signs the report",
		eight_d.judging(True, "500 welds, no crack."),
		"R-001C-03, R-001C-05, R-001C-08",
		at="2026-03-31 10:00:00",
		state="Closed",
		ends={"8D Closed": "Met"},
	),
	Step(
		"agent",
		"sends the written report, which quality wrote",
		eight_d.sending_report("Written Letter"),
		"R-001C-02",
		check=eight_d.is_attached,
	),
	Step("coordinator", "closes", doing.close, "R-001C-08", state="Closed"),
)


def test_001_c_from_receipt_to_close(theatre):
	"""R-001C-01 to R-001C-08."""
	eight_d.let_quality_write(theatre.stage.users)
	play = theatre.play(SCENARIO, (*ACCEPTANCE, *SOLUTION, *VERIFICATION))
	report = play.doc("eight_d")
	assert (report.effectiveness_round, report.is_effective, report.verified_by) == (
		2,
		"Yes",
		play.users["quality_manager"],
	)
	assert looking.column(report, "document_changes", "issued_at_site_on")
	assert looking.contacts(play) == ["First Answer", "Solution Explained", "Progress Notice"]
	assert looking.contacts(play, channel="Written Letter") == ["Progress Notice"]
