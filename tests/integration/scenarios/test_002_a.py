"""Scenario 002-A: a device maker; three customers report one problem, which is found widespread."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.api import slip as slip_api
from complaint_handling.constants import COMPLAINT, COORDINATOR, HANDLER
from complaint_handling.services.slips import coordination
from tests.factories import CUSTOMER, make_customer, make_department, make_user
from tests.integration.scenarios import cast, doing, eight_d, looking
from tests.integration.scenarios.cast import PRODUCTION, QUALITY, SALES, SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"002-A",
	"客户服务管理程序",
	{
		"agent": "Customer service 客服部",
		"coordinator": "Head of customer service 客服部主管",
		"handler": "Development 开发部",
		"department_manager": "Head of development 开发部负责人",
		"production_handler": "Production 生产部",
		"marketer": "Marketing 市场部",
		"quality_manager": "Quality 质量部",
		"vice_president": "Deputy general manager 副总经理",
		"general_manager": "General manager 总经理",
	},
)
OTHERS = (("marketer", HANDLER, SALES, "vice_president"),)
NORTH, SOUTH = "Test Dealer North", "Test Dealer South"
RECALL = 60_000
MINUTE = "Development finds the cause, production blocks the stock, quality inspects 50 units by Friday."
CAUSE = "Firmware 2.1 resets when the voltage dips"


def _report_of(word: str, customer: str, channel: str, **values) -> doing.Act:
	"""Return the act of registering a report of the same problem."""

	def act(play: Play):
		return doing.register(
			play,
			word,
			subject="Device restarts by itself",
			channel=channel,
			description="The device restarts several times a day.",
			demand="A device that runs",
			customer=make_customer(customer),
			**values,
		)

	return act


def _classify(play: Play):
	return doing.save(play, "complaint", category="Quality of the Device", severity="Routine")


def _is_asked_for_decision(play: Play) -> None:
	complaint = play.complaint
	assert complaint.needs_widespread_decision
	for word in ("north", "south"):
		assert play.made[word] in complaint.widespread_signal
	play.note = complaint.widespread_signal


def _raise_severity(play: Play):
	return doing.save(
		play,
		"complaint",
		severity="Serious",
		widespread="Yes",
		widespread_reason="Three dealers, one firmware, same restart",
		impact_scope="Widespread",
	)


def _call_meeting(play: Play):
	name = slip_api.call_coordination_meeting(play.made["complaint"])
	return play.keep("meeting", frappe.get_doc(coordination.MEETING, name))


def _is_called_with_three_departments(play: Play) -> None:
	assert play.complaint.coordination_meeting == play.made["meeting"]
	(agenda,) = looking.column(play.doc("meeting"), "agenda", "agenda")
	for department in (SERVICE, PRODUCTION, QUALITY):
		assert department in agenda


def _keep_minutes(play: Play):
	"""Record what the meeting decided, beside the corrective action it follows from, as ERPNext's form asks."""
	action = frappe.get_doc({"doctype": "Quality Action", "corrective_preventive": "Corrective"}).insert()
	meeting = play.doc("meeting")
	row = {"document_type": action.doctype, "document_name": action.name, "minute": MINUTE}
	meeting.append("minutes", row)
	meeting.status = "Closed"
	return meeting.save()


def _minutes_are_kept(play: Play) -> None:
	(minute,) = looking.column(play.doc("meeting"), "minutes", "minute")
	assert MINUTE in minute


def _report_development(play: Play):
	return doing.report(
		play,
		"development",
		"The watchdog fires at 4.6 V; seen on three units.",
		CAUSE,
		"handler",
		description="Firmware 2.2 with a filtered watchdog",
		due_on="2026-03-12 18:00:00",
	)


def _report_production(play: Play):
	return doing.report(
		play,
		"production",
		"640 units of the version were built, 212 in stock.",
		"No test at low voltage at the end of the line",
		"production_handler",
		measure_type="Short-term",
		description="Block the stock, load 2.2 before shipping",
		due_on="2026-03-06 18:00:00",
	)


def _report_quality(play: Play):
	return doing.report(
		play,
		"quality",
		"The outgoing inspection runs at 5.0 V only.",
		"No inspection at low voltage",
		"quality_manager",
		measure_type="Short-term",
		description="Inspect 50 units at 4.5 V",
		due_on="2026-03-06 18:00:00",
	)


def _report_marketing(play: Play):
	return doing.report(
		play,
		"marketing",
		"All 14 dealers told; no statement to the press needed.",
		"Widespread problem",
		"marketer",
		measure_type="Short-term",
		description="One text for all dealers",
		due_on="2026-03-06 18:00:00",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Exchange", RECALL)]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _accept_all(play: Play):
	for word in ("development", "production", "quality", "marketing"):
		slip = doing.accept_report(play, word)
	return slip


def _evaluate(play: Play):
	return doing.evaluate(
		play, {}, summary="Firmware corrected twice; effect confirmed by quality after 14 days."
	)


def _loops_once(play: Play) -> None:
	assert play.doc("eight_d").effectiveness_round == 2


REPORTS = (
	Step(
		"agent",
		"takes the report of a dealer by e-mail: answer within 24 hours",
		_report_of("north", NORTH, "E-mail", category="Quality of the Device", severity="Routine"),
		"R-002A-02, R-002A-09, R-002A-10",
		at="2026-03-02 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-03 10:00", "Corrective Measures": "2026-03-11 10:00"},
	),
	Step(
		"agent",
		"takes the report of a second dealer by fax",
		_report_of("south", SOUTH, "Fax", category="Quality of the Device", severity="Routine"),
		"R-002A-02, R-002A-09, R-002A-10",
		at="2026-03-03 11:00:00",
		state="Registered",
		due={"First Answer": "2026-03-04 11:00", "Corrective Measures": "2026-03-12 11:00"},
	),
	Step(
		"agent",
		"takes a call of the 400 number: a third customer",
		_report_of("complaint", CUSTOMER, "Telephone"),
		"R-002A-02, R-002A-09, R-002A-10",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00"},
	),
	Step(
		"agent",
		"tells type and severity apart: device, routine; three customers have the problem",
		_classify,
		"R-002A-08, R-002A-10",
		state="Registered",
		due={"Corrective Measures": "2026-03-13 10:00"},
		check=_is_asked_for_decision,
	),
	Step(
		"agent",
		"goes on without deciding whether the problem is widespread",
		doing.pressing("Assess"),
		"R-002A-08",
		refused="Fill Widespread, Reason to go on",
	),
	Step(
		"agent",
		"evaluates: widespread, so serious; measures within 72 hours of the registration",
		_raise_severity,
		"R-002A-08, R-002A-12",
		state="Registered",
		due={"Corrective Measures": "2026-03-07 10:00"},
		ends={"Corrective Measures": "Cancelled"},
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-002A-10", state="Assessed"),
	Step(
		"agent",
		"answers within 24 hours",
		doing.telling("First Answer", "Known at two dealers; measures by Saturday."),
		"R-002A-10",
		at="2026-03-04 17:00:00",
		ends={"First Answer": "Met"},
	),
)
MEASURES = (
	Step(
		"agent",
		"brings in development",
		doing.asking(SERVICE, "handler", "Find the cause.", "development"),
		"R-002A-12",
		state="Pending Issue",
	),
	Step(
		"agent",
		"brings in production",
		doing.asking(PRODUCTION, "production_handler", "Which units, how many in stock?", "production"),
		"R-002A-12",
		state="Pending Issue",
	),
	Step(
		"agent",
		"brings in quality",
		doing.asking(QUALITY, "quality_manager", "Why did the inspection not find it?", "quality"),
		"R-002A-12",
		state="Pending Issue",
	),
	Step(
		"agent",
		"asks marketing to take part: a widespread problem may become a crisis",
		doing.asking(SALES, "marketer", "Prepare what dealers are told.", "marketing"),
		"R-002A-06",
		state="Pending Issue",
	),
	Step("coordinator", "starts the handling", doing.pressing("Start Handling"), state="In Handling"),
	Step(
		"coordinator",
		"sends the slip to development",
		doing.pressing("Issue Slip", "development"),
		"R-002A-12",
	),
	Step(
		"coordinator", "sends the slip to production", doing.pressing("Issue Slip", "production"), "R-002A-12"
	),
	Step("coordinator", "sends the slip to quality", doing.pressing("Issue Slip", "quality"), "R-002A-12"),
	Step(
		"coordinator", "sends the slip to marketing", doing.pressing("Issue Slip", "marketing"), "R-002A-06"
	),
	Step(
		"coordinator",
		"convenes development, production and quality",
		_call_meeting,
		"R-002A-12",
		at="2026-03-05 09:30:00",
		check=_is_called_with_three_departments,
	),
	Step(
		"coordinator",
		"records the minutes of the meeting",
		_keep_minutes,
		"R-002A-12",
		check=_minutes_are_kept,
	),
	Step(
		"quality_manager",
		"leads the analysis: opens the report with development and production",
		eight_d.opening("quality_manager", "handler", "production_handler"),
		"R-002A-12, R-002A-13",
		state="Open",
		due={
			"D3 Containment": "2026-03-06 09:30",
			"D4 Root Cause": "2026-03-19 09:30",
			"8D Closed": "2026-04-04 09:30",
		},
	),
	Step(
		"quality_manager",
		"contains it",
		eight_d.entering(
			"Confirm Containment",
			"containment_actions",
			("production_handler", "212 units in stock blocked"),
			done=True,
		),
		"R-002A-12",
		at="2026-03-05 16:00:00",
		state="Contained",
		ends={"D3 Containment": "Met"},
	),
	Step(
		"handler",
		"reports the cause and the corrective measure",
		_report_development,
		"R-002A-12",
		at="2026-03-06 10:00:00",
		state="Reported",
	),
	Step("production_handler", "reports units and stock", _report_production, "R-002A-12", state="Reported"),
	Step("quality_manager", "reports the inspection", _report_quality, "R-002A-12", state="Reported"),
	Step("marketer", "reports what dealers are told", _report_marketing, "R-002A-06", state="Reported"),
	Step(
		"quality_manager",
		"finds the cause",
		eight_d.filling("Confirm Cause", occurrence_cause=CAUSE, escape_cause="No test at low voltage"),
		"R-002A-12",
		at="2026-03-06 11:00:00",
		state="Cause Found",
		ends={"D4 Root Cause": "Met"},
	),
	Step("coordinator", "brings the measures together", _plan, "R-002A-12", state="In Handling"),
	Step(
		"coordinator",
		"proposes them",
		doing.pressing("Propose Solution"),
		"R-002A-12",
		state="Solution Proposed",
	),
	Step(
		"vice_president",
		f"approves {RECALL:,}: above the own limit, 50,000",
		doing.pressing("Approve Solution"),
		"R-002A-12",
		refused="is not open to you",
	),
	Step(
		"general_manager",
		"approves the measures within 72 hours",
		doing.pressing("Approve Solution"),
		"R-002A-12",
		at="2026-03-07 09:30:00",
		state="With Customer",
		ends={"Corrective Measures": "Met"},
	),
	Step(
		"agent",
		"tells the customer the measures",
		doing.telling("Solution Explained", "Exchange at once, new firmware for all."),
		"R-002A-12",
	),
	Step("agent", "records the consent", doing.consent, "R-002A-12", state="Executing"),
)
EFFECT = (
	Step(
		"quality_manager",
		"chooses the corrective action",
		eight_d.entering("Choose Actions", "corrective_actions", ("handler", "Firmware 2.2")),
		"R-002A-13",
		at="2026-03-09 10:00:00",
		state="Actions Chosen",
	),
	Step(
		"quality_manager",
		"supervises that it is implemented",
		eight_d.implement,
		"R-002A-13",
		at="2026-03-13 10:00:00",
		state="Implemented",
	),
	Step(
		"quality_manager",
		"prevents the same elsewhere",
		eight_d.entering(
			"Confirm Prevention",
			"preventive_actions",
			("production_handler", "Test at 4.5 V at the end of the line"),
			done=True,
		),
		"R-002A-13",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"begins to check the effect",
		eight_d.starting_check("No restart in 14 days on 50 devices", "2026-03-20"),
		"R-002A-13",
		state="Effectiveness Check",
	),
	Step(
		"quality_manager",
		"finds it not effective: analyse and improve again",
		eight_d.judging(False, "Two of 50 devices restarted."),
		"R-002A-13",
		at="2026-03-20 10:00:00",
		state="Cause Found",
	),
	Step(
		"coordinator",
		"accepts the reports of the departments",
		_accept_all,
		"R-002A-12",
		at="2026-03-23 10:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"records the execution",
		doing.executing("Device exchanged, firmware 2.2 sent to all."),
		"R-002A-12",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-002A-10",
		at="2026-03-26 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before quality has confirmed the effect",
		doing.close,
		"R-002A-13",
		refused="requires a closed 8D report",
	),
	Step(
		"quality_manager",
		"improves again",
		eight_d.entering(
			"Choose Actions", "corrective_actions", ("handler", "Firmware 2.3: filter of 20 ms")
		),
		"R-002A-13",
		state="Actions Chosen",
	),
	Step("quality_manager", "has it implemented", eight_d.implement, "R-002A-13", state="Implemented"),
	Step(
		"quality_manager",
		"confirms the prevention",
		doing.pressing("Confirm Prevention", "eight_d"),
		"R-002A-13",
		state="Prevented",
	),
	Step(
		"quality_manager",
		"checks the effect again",
		eight_d.starting_check("No restart in 7 days on 50 devices", "2026-04-02"),
		"R-002A-13",
		state="Effectiveness Check",
	),
	Step(
		"quality_manager",
		"finds it effective",
		eight_d.judging(True, "50 devices, 7 days, no restart."),
		"R-002A-13",
		at="2026-04-02 10:00:00",
		state="Closed",
		ends={"8D Closed": "Met"},
		check=_loops_once,
	),
	Step(
		"agent",
		"reports analysis and measures to the customer",
		eight_d.sending_report("E-mail", "Report sent: cause, both corrections, effect."),
		"R-002A-13",
		check=eight_d.is_attached,
	),
	Step("coordinator", "evaluates", _evaluate, "R-002A-13", state="Submitted"),
	Step("coordinator", "closes", doing.close, "R-002A-13", state="Closed"),
)


def test_002_a_from_receipt_to_close(theatre):
	"""R-002A-02, R-002A-06, R-002A-08 to R-002A-10, R-002A-12, R-002A-13."""
	cast.join(theatre.stage.users, OTHERS)
	eight_d.let_quality_write(theatre.stage.users)
	# From version 15 on every user of the Desk has this role by itself, and with it ERPNext's meetings.
	make_user(theatre.stage.users["coordinator"], COORDINATOR, "Desk User")
	play = theatre.play(SCENARIO, (*REPORTS, *MEASURES, *EFFECT))
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (RECALL, play.users["general_manager"])
	assert complaint.approved_on < get_datetime("2026-03-07 10:00:00")
	assert (complaint.first_answer_in_time, complaint.widespread) == ("Yes", "Yes")
	assert looking.contacts(play) == ["First Answer", "Solution Explained", "Progress Notice"]
	others = {"name": ("in", [play.made["north"], play.made["south"]])}
	assert frappe.get_all(COMPLAINT, others, pluck="needs_widespread_decision") == [0, 0]
