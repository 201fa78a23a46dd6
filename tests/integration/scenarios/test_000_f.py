"""Scenario 000-F: the guest complaint in eight steps, justified and not justified."""

import pytest

from frappe.utils import get_datetime

from complaint_handling.api import categories, intake
from tests.factories import employee_of, make_department
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-F",
	"客人投诉的处理程序",
	{
		"agent": "Guest service 客户服务",
		"coordinator": "Duty manager 值班经理",
		"handler": "Department or employee concerned 相关部门或员工",
		"department_manager": "Head of the department 部门负责人",
	},
)
REFUND = 680


def _register(play: Play):
	return doing.register(
		play,
		subject="Billed for a service that was not given",
		channel="Telephone",
		complaint_form="Oral",
		subject_type="Service",
		description="The bill shows a second visit that never took place.",
		demand="The second visit off the bill",
		complainant_name="Ms Lin",
	)


def _read_preset(play: Play) -> None:
	channels = looking.column(looking.preset(play), "channels", "channel")
	assert channels == ["Telephone", "E-mail", "Online Platform"]
	complaint = play.complaint
	assert complaint.complainant_name == "Ms Lin" and complaint.complainant_phone
	assert complaint.received_on == get_datetime("2026-03-04 10:00:00")


def _understand(play: Play):
	assert categories.get_playbook("Service Quality")
	doing.hear(play, "The guest was at home all day; nobody rang.")
	return doing.save(play, "complaint", category="Service Quality", severity="Moderate")


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"The visit was cancelled and billed all the same.",
		"A cancelled visit stays on the billing list",
		"handler",
		description="Correct the bill; cancelled visits leave the billing list",
	)


def _plan(play: Play):
	return doing.collect(
		play,
		rows={"remedies": [doing.remedy("Refund", REFUND)]},
		verification_result="Confirmed",
		responsible_department=make_department(SERVICE),
	)


def _learn(play: Play):
	proposal = {
		"proposal": "The billing list is made from visits done, not from visits planned",
		"responsible_employee": employee_of(play.users["department_manager"]),
		"due_on": "2026-04-30",
	}
	return doing.evaluate(play, {"improvements": [proposal]})


BEGINNING = (
	Step(
		"agent",
		"receives the complaint by the hotline and records name, contact, content and time",
		_register,
		"R-000F-01, R-000F-02",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={"First Answer": "2026-03-05 10:00", "Solution Approved": "2026-03-11 10:00"},
		check=_read_preset,
	),
	Step("agent", "hears the guest out and understands content and reason", _understand, "R-000F-03"),
	Step(
		"agent",
		"tells the guest that it is looked into",
		doing.telling("First Answer", "We look into it.", contacted_person="Ms Lin"),
		"R-000F-06",
		ends={"First Answer": "Met"},
	),
	Step("agent", "takes the complaint on", doing.pressing("Assess"), "R-000F-04", state="Assessed"),
	Step(
		"agent",
		"asks the department",
		doing.asking(SERVICE, "handler", "Did the second visit take place?"),
		"R-000F-04",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"starts the investigation",
		doing.pressing("Start Handling"),
		"R-000F-04",
		state="In Handling",
	),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000F-04",
		state="Issued",
		due={"Department Reply": "2026-03-06 10:00"},
	),
)

JUSTIFIED = (
	*BEGINNING,
	Step(
		"handler",
		"reports: true, with the root cause",
		_report,
		"R-000F-04, R-000F-07",
		at="2026-03-05 11:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", f"plans the remedy: {REFUND} back, the bill corrected", _plan, "R-000F-05"),
	Step(
		"coordinator",
		"proposes before it is answered whether the complaint is true",
		doing.pressing("Propose Solution"),
		"R-000F-05",
		refused="Did the investigation show that the complaint is true?",
	),
	Step(
		"coordinator",
		"confirms: the guest's view was heard, the complaint is true",
		doing.checking("Evidence"),
		"R-000F-03, R-000F-05",
	),
	Step(
		"coordinator",
		"proposes the remedy",
		doing.pressing("Propose Solution"),
		"R-000F-05",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000F-05",
		at="2026-03-06 10:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"feeds the result back by e-mail",
		doing.telling("Solution Explained", "Bill corrected.", channel="E-mail", contacted_person="Ms Lin"),
		"R-000F-06",
	),
	Step(
		"agent",
		"records the guest's consent",
		lambda play: doing.consent(play, "E-mail"),
		"R-000F-06",
		state="Executing",
	),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000F-05",
		at="2026-03-09 10:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"confirms the execution",
		doing.executing("Refund transferred."),
		"R-000F-05",
		state="Awaiting Revisit",
	),
	Step(
		"agent",
		"asks the guest",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-000F-06",
		at="2026-03-12 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before anything is learned",
		doing.close,
		"R-000F-08",
		refused="The procedure requires before the close: Improvement Proposal",
	),
	Step(
		"coordinator",
		"draws the root cause into an improvement, with a person and a date",
		_learn,
		"R-000F-07, R-000F-08",
		state="Submitted",
	),
	Step("coordinator", "closes", doing.close, "R-000F-08", state="Closed"),
)

EVIDENCE = "Work sheet of 2 March with the guest's signature; record of the door bell."


def _report_untrue(play: Play):
	return doing.report(
		play,
		"slip",
		"The visit took place on 2 March; the work sheet bears the guest's signature.",
		"The visit took place",
		"handler",
		description="None: send the work sheet",
	)


def _declare(**left_out: str):
	def act(play: Play):
		values = {
			"not_justified_reason": "The visit took place.",
			"not_justified_evidence": EVIDENCE,
			"other_recourse": "The consumer association, telephone 12315",
		}
		values |= left_out
		answer = intake.propose_rejection(
			play.made["complaint"],
			values["not_justified_reason"],
			values["not_justified_evidence"],
			values["other_recourse"],
		)
		return doing.press(play, "complaint", "Declare Not Justified", answer_to_customer=answer, **values)

	return act


def _explains_with_evidence(play: Play) -> None:
	complaint = play.complaint
	assert complaint.justified == "Not Justified"
	assert EVIDENCE in complaint.answer_to_customer and "12315" in complaint.answer_to_customer


def _answer_and_close(play: Play):
	answer = play.complaint.answer_to_customer
	return doing.press(play, "complaint", "Answer and Close", answer_to_customer=answer)


NOT_JUSTIFIED = (
	*BEGINNING,
	Step(
		"handler",
		"reports: not true",
		_report_untrue,
		"R-000F-04",
		at="2026-03-05 11:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"coordinator",
		"records: the guest's view was heard, the complaint is not true",
		doing.checking("Evidence", "Work sheet", true="No"),
		"R-000F-05",
	),
	Step(
		"coordinator",
		"proposes a remedy all the same",
		doing.pressing("Propose Solution"),
		"R-000F-05",
		refused="Did the investigation show that the complaint is true?",
	),
	Step(
		"coordinator",
		"declares it not justified without evidence",
		_declare(not_justified_evidence=""),
		"R-000F-05",
		refused="Fill",
	),
	Step(
		"coordinator",
		"declares it not justified: reason, evidence, the answer, other recourse",
		_declare(),
		"R-000F-05",
		at="2026-03-06 10:00:00",
		state="Not Justified",
		check=_explains_with_evidence,
	),
	Step(
		"agent",
		"explains it to the guest and shows the evidence, by letter",
		doing.telling("Solution Explained", "Explained, work sheet enclosed.", channel="Written Letter"),
		"R-000F-05, R-000F-06",
	),
	Step(
		"coordinator",
		"closes the slip",
		lambda play: doing.accept_report(play, "slip"),
		"R-000F-05",
		state="Completed",
	),
	Step("coordinator", "closes with the answer", _answer_and_close, "R-000F-05", state="Closed"),
)


def test_000_f_justified_from_receipt_to_close(theatre):
	"""R-000F-01 to R-000F-08."""
	play = theatre.play(SCENARIO, JUSTIFIED)
	complaint = play.complaint
	assert (complaint.justified, complaint.total_remedy_amount) == ("Justified", REFUND)
	assert complaint.cause == "A cancelled visit stays on the billing list"


def test_000_f_not_justified_is_explained_with_evidence(theatre):
	"""R-000F-01 to R-000F-06."""
	play = theatre.play(SCENARIO, NOT_JUSTIFIED)
	complaint = play.complaint
	assert (complaint.justified, complaint.total_remedy_amount) == ("Not Justified", 0)
	assert sorted(looking.contacts(play)) == ["First Answer", "Solution Explained", "Statement"]
