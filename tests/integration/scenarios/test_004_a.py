"""Scenario 004-A: an urgent case of an equipment maker by its figures; the demo plays the whole story."""

import pytest

from frappe.utils import get_datetime

from tests.factories import employee_of, make_department, make_measure
from tests.integration.scenarios import doing, eight_d, looking
from tests.integration.scenarios.cast import PRODUCTION, QUALITY, SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"004-A",
	"企业客户投诉处理流程案例",
	{
		"agent": "Account manager 客户经理",
		"coordinator": "Coordinator of the case 投诉协调人",
		"reviewer": "Head of the account managers 客户经理负责人",
		"handler": "Technical service 技术服务部主管",
		"quality_manager": "Quality control 质量控制部",
		"production_handler": "Production 生产部骨干",
		"department_manager": "Head of technical service 技术服务部负责人",
		"vice_president": "Deputy general manager 分管副总",
	},
)
HOURS, RATE = 24, 600
ADJUSTMENT = "Check the machine of the batch in line 4 on the same visit"


def _register(play: Play):
	return doing.register(
		play,
		subject="Machines run unevenly, line 3 slowed down",
		channel="Account Manager",
		description="Spindles of four machines vibrate since the night shift.",
		occurred_on="2026-03-04 02:00:00",
		impact="Line 3 slower, nonconforming shafts",
		production_loss_percent=30,
		nonconforming_quantity=45,
		demand="A clear solution within 24 hours",
		demand_deadline="2026-03-05 10:00:00",
		is_urgent=1,
		customer_importance="Strategic",
	)


def _grade(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Equipment Fault in Production",
		severity="Urgent",
		impact_scope="Batch-wide",
		customer_importance="Strategic",
	)


def _report_service(play: Play):
	return doing.report(
		play,
		"service",
		"Parameters, test reports and a call with the site engineer: preload lost when warm.",
		"Spindle preload too low",
		"handler",
		description="Replace the bearings on site",
		due_on="2026-03-06 09:50:00",
	)


def _report_quality(play: Play):
	return doing.report(
		play,
		"quality",
		"Outgoing inspection ran the spindles cold only.",
		"No warm run in the outgoing inspection",
		"quality_manager",
		measure_type="Preventive",
		description="Inspect the whole batch again, sold and in stock",
		due_on="2026-03-13 18:00:00",
	)


def _verify(play: Play):
	doing.answer_checks(play, "Evidence", "In the files of the case")
	return doing.save(
		play,
		"complaint",
		verification_result="Confirmed",
		verification_note="Contract, specification, inspection record and service history retrieved.",
	)


def _plan(play: Play):
	waiver = doing.remedy("Waived Service Hours", RATE, quantity=HOURS)
	return doing.collect(
		play,
		rows={"remedies": [waiver, doing.remedy("Technical Support", 0)]},
		resources="Senior engineer, spare bearings",
		responsible_department=make_department(SERVICE),
	)


def _adjust(play: Play):
	measure = make_measure(
		employee_of(play.users["handler"]), description=ADJUSTMENT, due_on="2026-03-06 09:50:00"
	)
	return doing.save(play, "complaint", {"measures": [measure]})


def _is_adjusted(play: Play) -> None:
	assert ADJUSTMENT in looking.column(play.complaint, "measures", "description")
	assert play.complaint.re_review_opinion


def _form_task_force(play: Play):
	members = ("handler", "quality_manager", "production_handler")
	rows = [
		{"employee": employee_of(play.users[who]), "is_leader": int(not index), "duty": duty}
		for index, (who, duty) in enumerate(zip(members, ("Leads", "Inspection", "Assembly"), strict=True))
	]
	return doing.save(play, "complaint", {"task_force": rows})


def _accept_all(play: Play):
	doing.accept_report(play, "service")
	return doing.accept_report(play, "quality")


RECEIPT = (
	Step(
		"agent",
		"takes the call: fault, time, impact, and the customer's wish for a solution in 24 hours",
		_register,
		"R-004A-02, R-004A-03",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={
			"First Answer": "2026-03-04 12:00",
			"Facts Verified": "2026-03-05 10:00",
			"Customer's Own Deadline": "2026-03-05 10:00",
			"Solution Approved": "2026-03-06 10:00",
		},
	),
	Step(
		"agent",
		"apologises and gives the preliminary answer within 2 hours",
		doing.telling("First Answer", "I am sorry. Technical service calls your engineer now."),
		"R-004A-02, R-004A-03",
		at="2026-03-04 11:50:00",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"grades by nature, scope of impact and importance of the customer: urgent",
		_grade,
		"R-004A-02",
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-004A-02", state="Assessed"),
	Step(
		"agent",
		"passes the record to technical service",
		doing.asking(SERVICE, "handler", "Study parameters and test reports, call the site.", "service"),
		"R-004A-04, R-004A-08",
		state="Pending Issue",
	),
	Step(
		"agent",
		"passes it to quality control at the same time",
		doing.asking(QUALITY, "quality_manager", "Check the outgoing inspection.", "quality"),
		"R-004A-04, R-004A-08",
		state="Pending Issue",
	),
	Step("coordinator", "starts the handling", doing.pressing("Start Handling"), state="In Handling"),
	Step(
		"coordinator",
		"issues the first slip",
		doing.pressing("Issue Slip", "service"),
		"R-004A-04",
		at="2026-03-04 11:55:00",
		state="Issued",
		due={"Department Reply": "2026-03-05 11:55"},
	),
	Step(
		"coordinator",
		"issues the second slip",
		doing.pressing("Issue Slip", "quality"),
		"R-004A-04",
		state="Issued",
	),
	Step(
		"handler",
		"reports a first finding",
		_report_service,
		"R-004A-04, R-004A-08",
		at="2026-03-04 17:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"quality_manager", "reports the inspection", _report_quality, "R-004A-04, R-004A-08", state="Reported"
	),
	Step(
		"coordinator",
		"retrieves contract, specification, inspection record, service history: verified in 1 working day",
		_verify,
		"R-004A-01, R-004A-04",
		at="2026-03-05 09:30:00",
		ends={"Facts Verified": "Met"},
	),
)
PLAN = (
	Step(
		"coordinator",
		f"plans: repair, re-inspection of the batch, {HOURS} service hours waived",
		_plan,
		"R-004A-05, R-004A-06",
	),
	Step(
		"coordinator",
		"proposes without a task force",
		doing.pressing("Propose Solution"),
		"R-004A-05, R-004A-09",
		refused="requires a task force",
	),
	Step(
		"coordinator",
		"forms it: leader from technical service, one member each from quality and production",
		_form_task_force,
		"R-004A-05, R-004A-09",
	),
	Step(
		"coordinator",
		"proposes",
		doing.pressing("Propose Solution"),
		"R-004A-05",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		f"approves {HOURS * RATE:,}: above the limit of a department, 5,000",
		doing.pressing("Approve Solution"),
		"R-004A-05",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves within 2 working days; the engineer is on site within 24 hours",
		doing.pressing("Approve Solution"),
		"R-004A-05, R-004A-06",
		at="2026-03-05 09:50:00",
		state="With Customer",
		due={"Work on Site": "2026-03-06 09:50"},
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"explains plan, steps, effect and time, within the customer's own 24 hours",
		doing.telling(
			"Solution Explained", "Engineer with bearings tonight; 24 hours waived; batch inspected."
		),
		"R-004A-03, R-004A-07",
		at="2026-03-05 09:55:00",
		ends={"Customer's Own Deadline": "Met"},
	),
	Step(
		"agent",
		"records the feedback: the customer does not agree while a second machine runs unchecked",
		lambda play: doing.refuse(play, "Line 4 has a machine of the same batch; it is checked tonight too."),
		"R-004A-07",
		state="Re-review",
		due={"Revised Solution": "2026-03-09 09:55"},
	),
	Step(
		"reviewer",
		"takes up the plan again",
		doing.pressing("Resume Handling", re_review_opinion="Check line 4 on the same visit."),
		"R-004A-07",
		state="In Handling",
	),
	Step("coordinator", "adjusts the plan to the feedback", _adjust, "R-004A-07", state="In Handling"),
	Step(
		"coordinator",
		"proposes it anew",
		doing.pressing("Propose Solution"),
		"R-004A-07",
		state="Solution Proposed",
	),
	Step(
		"vice_president",
		"approves the adjusted plan",
		doing.pressing("Approve Solution"),
		"R-004A-07",
		state="With Customer",
		ends={"Revised Solution": "Met"},
		check=_is_adjusted,
	),
	Step(
		"agent",
		"explains the adjusted plan",
		doing.telling("Solution Explained", "Line 4 is checked on the same visit."),
		"R-004A-07",
	),
	Step("agent", "records the consent", doing.consent, "R-004A-07", state="Executing"),
)
END = (
	Step(
		"agent",
		"confirms the execution before the measures are done",
		doing.pressing("Confirm Execution", execution_note="Done."),
		"R-004A-07",
		refused="measures are not done",
	),
	Step(
		"agent",
		"records the work on site, within 24 hours",
		doing.telling("On-site Work", "Bearings replaced, line 3 at full speed.", channel="On the Spot"),
		"R-004A-06",
		at="2026-03-06 08:30:00",
		ends={"Work on Site": "Met"},
	),
	Step(
		"quality_manager",
		"opens the 8D report",
		eight_d.opening(),
		"R-004A-01, R-004A-06",
		at="2026-03-09 10:00:00",
		state="Open",
	),
	Step(
		"quality_manager",
		"contains: the same batch in stock",
		eight_d.entering(
			"Confirm Containment", "containment_actions", ("production_handler", "Stock blocked"), done=True
		),
		"R-004A-06",
		state="Contained",
	),
	Step(
		"quality_manager",
		"traces the cause",
		eight_d.filling("Confirm Cause", occurrence_cause="Torque wrench", escape_cause="Cold run only"),
		"R-004A-06",
		state="Cause Found",
	),
	Step(
		"quality_manager",
		"chooses the action",
		eight_d.entering(
			"Choose Actions", "corrective_actions", ("production_handler", "Calibrate wrenches")
		),
		"R-004A-06",
		state="Actions Chosen",
	),
	Step(
		"quality_manager",
		"sees it done",
		eight_d.implement,
		"R-004A-06",
		at="2026-03-13 16:00:00",
		state="Implemented",
	),
	Step(
		"quality_manager",
		"optimises the commissioning",
		eight_d.entering(
			"Confirm Prevention", "preventive_actions", ("handler", "Warm run of 90 minutes"), done=True
		),
		"R-004A-06",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"checks the effect on all sold and stocked machines of the batch",
		eight_d.starting_check("Below 1.0 mm/s after a warm run", "2026-03-16"),
		"R-004A-06",
		state="Effectiveness Check",
	),
	Step("coordinator", "accepts the reports", _accept_all, "R-004A-07", state="Completed"),
	Step(
		"agent",
		"records the execution",
		doing.executing("As planned."),
		"R-004A-07",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer",
		doing.revisiting("Satisfied", "Very Satisfied"),
		"R-004A-01",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before the loop of improvement is closed",
		doing.close,
		"R-004A-01",
		refused="requires a closed 8D report",
	),
	Step(
		"quality_manager",
		"finds it effective",
		eight_d.judging(True, "All machines below 0.7 mm/s."),
		"R-004A-01, R-004A-06",
		state="Closed",
	),
	Step("coordinator", "closes", doing.close, "R-004A-01", state="Closed"),
)
NOT_URGENT = (
	Step(
		"agent",
		"takes another one on Friday at 17:30 by e-mail, not urgent: 2 hours of working time",
		lambda play: doing.register(play, "routine", channel="E-mail"),
		"R-004A-02",
		at="2026-03-20 17:30:00",
		state="Registered",
		due={
			"First Answer": "2026-03-23 10:30",
			"Facts Verified": "2026-03-23 17:30",
			"Solution Approved": "2026-03-24 17:30",
		},
	),
)


def test_004_a_by_its_figures(theatre):
	"""R-004A-01 to R-004A-09."""
	eight_d.let_quality_write(theatre.stage.users)
	play = theatre.play(SCENARIO, (*RECEIPT, *PLAN, *END, *NOT_URGENT))
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (
		HOURS * RATE,
		play.users["vice_president"],
	)
	assert (complaint.production_loss_percent, complaint.nonconforming_quantity) == (30, 45)
	assert (complaint.first_answer_in_time, complaint.solution_in_time) == ("Yes", "Yes")
	assert complaint.closed_on == get_datetime("2026-03-16 10:00:00")
	assert looking.contacts(play) == [
		"First Answer",
		"Solution Explained",
		"Solution Explained",
		"On-site Work",
	]
