"""Scenario 000-J: important complaints are tracked at intervals until they are solved."""

import pytest

import frappe
from frappe.utils import get_datetime

from complaint_handling.constants import COMPLAINT
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import PRODUCTION
from tests.integration.scenarios.play import SCHEDULER, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-J",
	"客户投诉流程",
	{
		"agent": "Customer service 客服人员",
		"coordinator": "Customer service, tracking 跟踪负责人",
		"production_handler": "Department concerned 相关部门",
		"production_manager": "Head of the department 部门负责人",
		"vice_president": "Management 管理层",
	},
)
REFUND = 9_000


def _register(play: Play):
	return doing.register(
		play,
		subject="Transport frame broke at unloading",
		channel="Telephone",
		complaint_form="Oral",
		description="The frame broke at unloading; the machine stands on one foot.",
		demand="A safe machine, and the crane paid",
	)


def _classify(play: Play):
	return doing.save(play, "complaint", category="Logistics", severity="Important")


def _read_preset(play: Play) -> None:
	categories = frappe.get_all("Complaint Category Procedure", {"procedure_code": "000-J"}, pluck="parent")
	assert sorted(categories) == ["Logistics", "Other Matters", "Product Quality", "Service Attitude"]
	complaint = play.complaint
	assert complaint.description and complaint.complainant_phone
	assert complaint.received_on == get_datetime("2026-03-04 10:00:00")


def _notice(summary: str, next_one: str):
	return doing.telling(
		"Progress Notice", summary, next_answer_due=next_one, next_answer_about="Progress Notice"
	)


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The weld of the frame is half as long as drawn.",
		"Drawing of the frame without the length of the weld",
		"production_handler",
		description="New frame; length of the weld in the drawing",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Compensation", REFUND, description="Crane")]},
		verification_result="Confirmed",
		responsible_department=make_department(PRODUCTION),
	)


def _is_raised(play: Play) -> None:
	assert looking.promises(play, "Progress Notice")[-1][1] == "Missed"
	assert frappe.db.get_value(COMPLAINT, play.made["complaint"], "clock_state") == "Overdue"
	superior = play.users["coordinator"]
	assert ("Promised Progress Notice", 1, superior) in looking.raised(play)


def _improve(play: Play):
	proposal = {
		"proposal": "Every drawing of a frame names the length of its welds",
		"responsible_employee": employee_of(play.users["production_manager"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(play, {"improvements": [proposal]})


STEPS = (
	Step(
		"agent",
		"records time, content and contact, patiently",
		_register,
		"R-000J-01",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
		check=_read_preset,
	),
	Step(
		"agent",
		"classifies: logistics, important; the solution is due in 3 instead of 5 working days",
		_classify,
		"R-000J-02, R-000J-05",
		at="2026-03-04 10:10:00",
		state="Registered",
		due={"Solution Approved": "2026-03-09 10:00"},
		ends={"Solution Approved": "Cancelled"},
	),
	Step(
		"agent",
		"answers the customer",
		doing.telling("First Answer", "Somebody comes today."),
		"R-000J-04",
		ends={"First Answer": "Met"},
	),
	Step(
		"agent",
		"assesses: the tracking begins, first notice within 1 working day",
		doing.pressing("Assess"),
		"R-000J-02, R-000J-05",
		at="2026-03-04 10:30:00",
		state="Assessed",
		due={"Progress Told": "2026-03-05 10:30"},
	),
	Step(
		"agent",
		"asks the department",
		doing.asking(PRODUCTION, "production_handler", "Why did the frame break?"),
		"R-000J-03",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000J-03",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000J-03",
		state="Issued",
		due={"Department Reply": "2026-03-06 10:30"},
	),
	Step(
		"coordinator",
		"first notice; the next one is agreed for tomorrow",
		_notice("The machine stands safely on a block.", "2026-03-05 16:00:00"),
		"R-000J-05",
		at="2026-03-04 17:00:00",
		due={"Promised Progress Notice": "2026-03-05 16:00"},
		ends={"Progress Told": "Met"},
	),
	Step(
		SCHEDULER,
		"the second notice is not given in time: raised with the superior",
		doing.sweep,
		"R-000J-05",
		at="2026-03-05 16:05:00",
		ends={"Promised Progress Notice": "Overdue", "Department Reply": "Due Soon"},
		check=_is_raised,
	),
	Step(
		"coordinator",
		"second notice; the next one is agreed for Friday",
		_notice("The weld is too short; the frame is drawn anew.", "2026-03-06 17:00:00"),
		"R-000J-05",
		at="2026-03-05 16:30:00",
		due={"Promised Progress Notice": "2026-03-06 17:00"},
		ends={"Promised Progress Notice": "Missed"},
	),
	Step(
		"production_handler",
		"reports the root cause",
		_report,
		"R-000J-03",
		at="2026-03-06 09:30:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", "plans measures, and pays the crane", _plan, "R-000J-04"),
	Step(
		"coordinator",
		"proposes before root and cause are confirmed with the departments",
		doing.pressing("Propose Solution"),
		"R-000J-03",
		refused="Were root and cause found together with the departments concerned?",
	),
	Step("coordinator", "confirms them", doing.checking("Evidence"), "R-000J-03"),
	Step(
		"coordinator",
		"proposes the plan",
		doing.pressing("Propose Solution"),
		"R-000J-04",
		state="Solution Proposed",
	),
	Step(
		"production_manager",
		f"approves {REFUND:,}: above the limit of a department",
		doing.pressing("Approve Solution"),
		"R-000J-04",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves, within 3 working days",
		doing.pressing("Approve Solution"),
		"R-000J-04",
		at="2026-03-06 15:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"coordinator",
		"tells result and solution, and hears the opinion: third notice, as agreed",
		doing.telling("Solution Explained", "New frame on Tuesday, crane paid."),
		"R-000J-04, R-000J-05",
		ends={"Promised Progress Notice": "Met"},
	),
	Step("coordinator", "records the customer's consent", doing.consent, "R-000J-05", state="Executing"),
	Step(
		"coordinator",
		"goes on tracking: the next notice is agreed for the day of the work",
		_notice("Frame is welded.", "2026-03-10 15:00:00"),
		"R-000J-05",
		at="2026-03-09 15:00:00",
		due={"Promised Progress Notice": "2026-03-10 15:00"},
	),
	Step(
		"coordinator",
		"tells that it is done",
		doing.telling("Progress Notice", "The machine stands on its new frame."),
		"R-000J-05",
		at="2026-03-10 14:00:00",
		ends={"Promised Progress Notice": "Met"},
	),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000J-04",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the execution",
		doing.executing("New frame, crane paid."),
		"R-000J-05",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the customer: solved",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-000J-05",
		at="2026-03-13 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before shortcomings and improvement are summed up",
		doing.close,
		"R-000J-06",
		refused="The procedure requires before the close: Improvement Proposal",
	),
	Step("coordinator", "sums them up with the department", _improve, "R-000J-06", state="Submitted"),
	Step("coordinator", "closes", doing.close, "R-000J-06", state="Closed"),
)


def test_000_j_from_receipt_to_close(theatre):
	"""R-000J-01 to R-000J-06."""
	play = theatre.play(SCENARIO, STEPS)
	told = [state for _due, state in looking.promises(play, "Progress Notice")]
	assert told == ["Missed", "Kept", "Kept"]
