"""Scenario 000-E: ordinary and special complaints, accepted in 24 hours, result in 7 or 3 working days."""

import pytest

import frappe
from frappe.utils import get_datetime

from tests.factories import employee_of, make_department, make_measure
from tests.integration.scenarios import doing, looking
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"000-E",
	"客户投诉处理程序制度",
	{
		"agent": "Complaint handler 投诉处理人员",
		"coordinator": "Complaint handler, named 投诉处理人员",
		"handler": "Department concerned 相关部门",
		"department_manager": "Head of the department 相关部门负责人",
		"quality_manager": "Supervision 监督检查",
	},
)
REFUND = 1_200


def _register(play: Play):
	return doing.register(
		play,
		subject="Service technician left without a report",
		channel="Telephone",
		complaint_form="Oral",
		subject_type="Service",
		description="The technician left after an hour; the machine drifts as before, and there is no report.",
		demand="A second visit, and the first one not charged",
	)


def _register_special(play: Play):
	return doing.register(
		play,
		"special",
		subject="Coolant sprayed into an operator's face",
		channel="E-mail",
		description="The hose of the coolant came off; an operator was treated in hospital.",
		demand="Nobody may be hurt again",
		severity="Special Complaint",
		category="Product Quality",
		complaint_owner=play.users["coordinator"],
	)


def _has_a_number_of_its_own(play: Play) -> None:
	first, second = (play.doc(word) for word in ("complaint", "special"))
	assert first.name != second.name and first.name.startswith("CC-2026-")
	assert second.complaint_owner == play.users["coordinator"]
	assert first.complainant_name and first.complainant_phone and first.description
	channels = looking.column(looking.preset(play), "channels", "channel")
	assert channels == ["Telephone", "E-mail", "Online Platform"]


def _draft_slip(play: Play):
	doing.draft_slip(play, "slip", SERVICE, "handler", "Is it true that the visit ended without a report?")
	return doing.press(play, "slip", "Submit for Issue")


def _report(play: Play):
	return doing.report(
		play,
		"slip",
		"True: the visit ended after 62 minutes, no report was written. The customer's demand is reasonable.",
		"Two visits were planned for the same afternoon",
		"handler",
		description="Second visit with a report",
		due_on="2026-03-11 18:00:00",
	)


def _plan(play: Play):
	refund = {
		"remedy_type": "Refund",
		"description": "First visit not charged",
		"quantity": 1,
		"rate": REFUND,
	}
	return doing.collect(
		play,
		rows={"remedies": [refund]},
		verification_result="Confirmed",
		verification_note="True, and the demand is reasonable.",
		responsible_department=make_department(SERVICE),
	)


def _look_at_private_data(play: Play):
	doc = play.complaint
	doc.check_permission("read")
	doc.apply_fieldlevel_read_permissions()
	assert not doc.get("complainant_name") and not doc.get("complainant_phone")
	play.note = "Name and telephone of the customer are not shown."
	return doc


def _execute(play: Play):
	doing.finish_measures(play)
	return doing.confirm_execution(play, "Second visit done with a report; first visit credited.")


def _evaluate(play: Play):
	accountable = {
		"department": make_department(SERVICE),
		"employee": employee_of(play.users["department_manager"]),
		"finding": "Planned two visits for the same afternoon",
		"consequence": "Talked to; visits are planned with an hour between them",
	}
	training = {
		"topic": "Every visit ends with a report",
		"department": make_department(SERVICE),
		"held_on": "2026-03-16",
		"trainer": employee_of(play.users["department_manager"]),
		"participants": "The eight technicians of the service",
	}
	return doing.evaluate(
		play,
		{"responsible_parties": [accountable], "trainings": [training]},
		handling_quality="Poor",
		**_archived(),
	)


def _archived() -> dict[str, str]:
	return {"archive_reference": "Archive 2026-03, folder 4", "archived_on": "2026-03-16"}


# The special complaint


def _accept_special(play: Play):
	doing.answer_checks(play, "Acceptance", word="special")
	doing.save(play, "special", handled_directly=1, responsible_department=make_department(SERVICE))
	return doing.press(play, "special", "Assess")


def _solve_special(play: Play):
	doing.press(play, "special", "Start Handling")
	measure = make_measure(employee_of(play.users["handler"]), description="Clamp on every hose of the type")
	values = {"verification_result": "Confirmed", "cause": "Hose without a clamp", "no_compensation": 1}
	doing.save(play, "special", {"measures": [measure]}, **values)
	return doing.press(play, "special", "Propose Solution")


def _execute_special(play: Play):
	doing.consent(play, word="special")
	doing.finish_measures(play, word="special")
	return doing.confirm_execution(play, "Clamps on every hose.", word="special")


def _file_special(play: Play):
	return doing.evaluate(play, {}, word="special", **_archived())


def _hold_accountable(play: Play):
	"""Withdraw the evaluation and write it anew with who is accountable, as Amend does."""
	withdrawn = play.doc("evaluation")
	withdrawn.cancel()
	amended = frappe.copy_doc(withdrawn)
	amended.docstatus, amended.amended_from = 0, withdrawn.name
	amended.append("responsible_parties", _accountable_for_special(play))
	play.keep("evaluation", amended.insert())
	evaluation = play.doc("evaluation")
	evaluation.submit()
	return evaluation


def _accountable_for_special(play: Play) -> dict[str, str]:
	return {
		"department": make_department(SERVICE),
		"employee": employee_of(play.users["handler"]),
		"finding": "Fitted the hose without a clamp",
		"consequence": "Instructed; every hose is checked by a second person",
	}


STEPS = (
	Step(
		"agent",
		"registers at once: name, contact, content, and gets a number",
		_register,
		"R-000E-02, R-000E-03, R-000E-13",
		at="2026-03-04 10:00:00",
		state="Registered",
		due={
			"Record at Once": "2026-03-04 10:15",
			"Acceptance": "2026-03-05 10:00",
			"Handling Result": "2026-03-13 10:00",
		},
	),
	Step(
		"agent",
		"registers a special complaint and names a person for it promptly: result within 3 working days",
		_register_special,
		"R-000E-03, R-000E-09",
		at="2026-03-04 10:10:00",
		state="Registered",
		due={
			"Record at Once": "2026-03-04 10:25",
			"Acceptance": "2026-03-05 10:10",
			"Handling Result": "2026-03-09 10:10",
		},
		check=_has_a_number_of_its_own,
	),
	Step(
		"agent",
		"tells the customer number and reply time",
		doing.telling("Acknowledgement", "Number and reply time told."),
		"R-000E-03",
		ends={"Record at Once": "Met"},
	),
	Step(
		"agent",
		"classifies it as an ordinary complaint about a service",
		lambda play: doing.save(play, "complaint", category="Service Quality", severity="Ordinary Complaint"),
		"R-000E-13",
		at="2026-03-04 16:00:00",
	),
	Step(
		"agent",
		"accepts it, within 24 hours of the receipt",
		doing.pressing("Assess"),
		"R-000E-08",
		at="2026-03-05 09:30:00",
		state="Assessed",
		ends={"Acceptance": "Met"},
	),
	Step("agent", "asks the department whether it is true", _draft_slip, "R-000E-04", state="Pending Issue"),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-000E-04",
		state="Issued",
		due={"Department Reply": "2026-03-09 09:30"},
	),
	Step(
		"coordinator",
		"starts the handling before it is verified as true and reasonable",
		doing.pressing("Start Handling"),
		"R-000E-04",
		refused="The checklist of acceptance is not complete",
	),
	Step(
		"handler",
		"opens the complaint: the customer's private data are kept from the department",
		_look_at_private_data,
		"R-000E-12",
		at="2026-03-06 11:00:00",
	),
	Step(
		"handler",
		"reports: true and reasonable, with cause and measure",
		_report,
		"R-000E-01, R-000E-04, R-000E-05",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step(
		"agent",
		"records that it is true and reasonable",
		lambda play: doing.answer_checks(play, "Acceptance", note="Slip of the service department"),
		"R-000E-04",
	),
	Step(
		"coordinator",
		"starts the handling",
		doing.pressing("Start Handling"),
		"R-000E-04",
		state="In Handling",
	),
	Step("coordinator", "agrees the solution with the department", _plan, "R-000E-05"),
	Step(
		"coordinator",
		"proposes the solution",
		doing.pressing("Propose Solution"),
		"R-000E-05",
		state="Solution Proposed",
	),
	Step(
		"coordinator",
		"approves the own proposal",
		lambda play: doing.save(play, "complaint", workflow_state="With Customer"),
		"R-000E-05",
		refused="You cannot take",
	),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution"),
		"R-000E-01, R-000E-05",
		at="2026-03-09 10:00:00",
		state="With Customer",
		ends={"Handling Result": "Paused"},
	),
	Step(
		"agent",
		"tells the customer the solution",
		doing.telling("Solution Explained", "Second visit on Wednesday, first one credited."),
		"R-000E-05",
	),
	Step(
		"agent",
		"records the customer's consent",
		doing.consent,
		"R-000E-06",
		at="2026-03-10 10:00:00",
		state="Executing",
		ends={"Handling Result": "On Track"},
	),
	Step(
		"coordinator",
		"accepts the department's report",
		lambda play: doing.accept_report(play, "slip"),
		"R-000E-05",
		at="2026-03-11 17:00:00",
		state="Completed",
	),
	Step(
		"agent",
		"records the result, within 7 working days of the receipt; the revisit plans itself",
		_execute,
		"R-000E-06, R-000E-08",
		state="Awaiting Revisit",
		ends={"Handling Result": "Met"},
	),
	Step(
		"agent",
		"asks the customer whether it is solved, and how satisfied",
		lambda play: doing.revisit(play, "Satisfied", "Neutral"),
		"R-000E-06, R-000E-10",
		at="2026-03-16 10:00:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"closes before the case is archived",
		doing.close,
		"R-000E-07",
		refused="The procedure requires before the close: Archive",
	),
	Step(
		"quality_manager",
		"evaluates the poor handling: who is accountable, which training follows, where it is filed",
		_evaluate,
		"R-000E-10, R-000E-11",
		state="Submitted",
	),
	Step(
		"coordinator",
		"closes and archives: the customer has no objection",
		doing.close,
		"R-000E-07",
		state="Closed",
	),
)

SPECIAL_STEPS = (
	Step(
		"agent",
		"registers an ordinary complaint beside it",
		_register,
		"R-000E-03",
		at="2026-03-04 10:00:00",
		state="Registered",
	),
	Step(
		"agent",
		"registers a special complaint and names a person for it promptly",
		_register_special,
		"R-000E-09",
		at="2026-03-04 10:10:00",
		state="Registered",
		due={
			"Record at Once": "2026-03-04 10:25",
			"Acceptance": "2026-03-05 10:10",
			"Handling Result": "2026-03-09 10:10",
		},
	),
	Step(
		"agent",
		"verifies it and accepts it",
		_accept_special,
		"R-000E-04",
		at="2026-03-04 11:00:00",
		state="Assessed",
		ends={"Acceptance": "Met"},
	),
	Step("coordinator", "finds cause and solution", _solve_special, "R-000E-09", state="Solution Proposed"),
	Step(
		"department_manager",
		"approves",
		doing.pressing("Approve Solution", "special"),
		"R-000E-09",
		at="2026-03-05 09:30:00",
		state="With Customer",
	),
	Step(
		"agent",
		"records consent and execution, within 3 working days",
		_execute_special,
		"R-000E-09",
		at="2026-03-05 15:00:00",
		state="Awaiting Revisit",
		ends={"Handling Result": "Met"},
	),
	Step(
		"agent",
		"asks the customer",
		lambda play: doing.revisit(play, "Satisfied", "Satisfied"),
		"R-000E-10",
		at="2026-03-10 10:00:00",
		state="Completed",
	),
	Step("coordinator", "archives it without naming who is accountable", _file_special, "R-000E-10"),
	Step(
		"coordinator",
		"closes it",
		lambda play: doing.close(play, word="special"),
		"R-000E-10",
		refused="The procedure requires before the close: Accountability",
	),
	Step(
		"quality_manager",
		"withdraws the evaluation and names who is accountable",
		_hold_accountable,
		"R-000E-10",
		state="Submitted",
	),
	Step(
		"coordinator",
		"closes it",
		lambda play: doing.close(play, word="special"),
		"R-000E-09, R-000E-10",
		state="Closed",
	),
)


def test_000_e_from_receipt_to_close(theatre):
	"""R-000E-01 to R-000E-13."""
	play = theatre.play(SCENARIO, STEPS)
	complaint = play.complaint
	assert complaint.closed_on == get_datetime("2026-03-16 10:00:00")
	assert (complaint.satisfaction_with_result, complaint.satisfaction_with_process) == (
		"Satisfied",
		"Neutral",
	)
	special = play.doc("special")
	assert (special.workflow_state, special.severity) == ("Registered", "Special Complaint")


def test_000_e_special_complaint_is_closed_with_accountability(theatre):
	"""R-000E-03, -04, -09 and -10."""
	play = theatre.play(SCENARIO, SPECIAL_STEPS)
	special = play.doc("special")
	assert (special.workflow_state, special.severity) == ("Closed", "Special Complaint")
	evaluation = play.doc("evaluation")
	assert evaluation.complaint == special.name
	assert looking.column(evaluation, "responsible_parties", "employee") == [
		employee_of(play.users["handler"])
	]
