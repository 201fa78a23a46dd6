"""A delay for production causes is deferred: requested, judged, decided, and what then moves (R-003A-18)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError
from frappe.utils import add_days, get_datetime, getdate, nowdate

from complaint_handling.constants import (
	COMPLAINT,
	DEFERRAL,
	DEPARTMENT_MANAGER,
	MILESTONE,
	PROCEDURE,
	PROMISE,
	REVISIT,
	SLIP,
)
from complaint_handling.exceptions import (
	FieldLockedError,
	MissingInputError,
	PreconditionError,
	TransitionRefusedError,
)
from complaint_handling.services import deferrals
from complaint_handling.services.staff import people
from tests.factories import as_user, employee_of, make_complaint, make_department, make_revisit, press
from tests.integration import cases
from tests.integration.cases import procedure_with_deferral
from tests.permissions.conftest import make_person

REFUSED_STEP = (
	PreconditionError,
	TransitionRefusedError,
	WorkflowPermissionError,
	WorkflowTransitionError,
	frappe.PermissionError,
	frappe.ValidationError,  # the host's own answer to self-approval
)


def in_handling(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return a complaint of the procedure that knows deferrals, in handling."""
	return cases.in_handling(cast, procedure=procedure_with_deferral(), severity="Minor", **overrides)


def reported(cast: dict[str, str], **overrides: Any) -> Document:
	"""Return the reported slip of such a complaint."""
	return cases.reported_slip(cast, in_handling(cast, **overrides))


def request_of(cast: dict[str, str], slip: Document, days: int = 30, **overrides: Any) -> Document:
	"""Return the handler's request, in Draft, for a day so many days from now."""
	return cases.deferral_request(cast, slip, **{"new_date": add_days(nowdate(), days), **overrides})


def with_department(cast: dict[str, str], slip: Document | None = None, **overrides: Any) -> Document:
	request = request_of(cast, slip or reported(cast), **overrides)
	return press(request, "Request Deferral", cast["handler"], **asked(request))


def with_service(cast: dict[str, str], slip: Document | None = None, **overrides: Any) -> Document:
	request = with_department(cast, slip, **overrides)
	return press(
		request, "Support Deferral", cast["department_manager"], department_opinion="Nothing else is in stock"
	)


def refused_by_service(cast: dict[str, str], slip: Document | None = None) -> Document:
	return press(
		with_service(cast, slip),
		"Disagree with Deferral",
		cast["coordinator"],
		service_opinion="The customer moves in next week",
	)


def in_arbitration(cast: dict[str, str], slip: Document | None = None) -> Document:
	return press(
		refused_by_service(cast, slip),
		"Write to General Manager's Office",
		cast["handler"],
		arbitration_request="No other supplier has this veneer",
	)


def asked(request: Document) -> dict[str, Any]:
	return {name: request.get(name) for name in ("cause_of_delay", "reason", "new_date")}


def clocks_of(complaint: str) -> dict[str, tuple[str, datetime]]:
	rows = frappe.get_all(
		MILESTONE, filters={"complaint": complaint}, fields=["name", "stage", "due_at"], order_by="name"
	)
	return {row.name: (row.stage, get_datetime(row.due_at)) for row in rows}


def snapshot(complaint: str) -> dict[str, Any]:
	"""Return everything of a case that a deferral might move."""
	fields = ["promise_due_at", "demand_deadline", "received_on", "deferred_until", "workflow_state"]
	return {
		"complaint": frappe.db.get_value(COMPLAINT, complaint, fields),
		"clocks": clocks_of(complaint),
		"slips": frappe.get_all(
			SLIP,
			filters={"complaint": complaint},
			fields=["name", "reply_due_at", "reply_in_time", "workflow_state"],
			order_by="name",
		),
		"promises": frappe.get_all(
			PROMISE, filters={"complaint": complaint}, fields=["name", "due_at", "state"], order_by="name"
		),
		"revisits": frappe.get_all(
			REVISIT, filters={"complaint": complaint}, fields=["name", "planned_on"], order_by="name"
		),
	}


# The way through.


def test_agreed_request_moves_the_final_result_and_nothing_else(cast):
	slip = reported(cast)
	before = snapshot(slip.complaint)
	agreed = press(
		with_service(cast, slip),
		"Agree to Deferral",
		cast["coordinator"],
		service_opinion="The customer waits",
	)
	assert (agreed.workflow_state, agreed.docstatus) == ("Agreed", 1)
	assert agreed.service_opinion_by == cast["coordinator"]
	day, after = getdate(agreed.new_date), snapshot(slip.complaint)
	assert after["slips"] == before["slips"]
	assert after["slips"][0].reply_in_time == "Yes"
	assert after["promises"] == before["promises"]
	assert frappe.db.get_value(COMPLAINT, slip.complaint, "deferred_until") == day
	for name, (stage, due) in before["clocks"].items():
		moved = after["clocks"][name][1]
		expected = datetime.combine(day, due.time()) if stage == "Final Result" else due
		assert moved == expected, stage
	assert any(stage == "Final Result" for stage, _due in after["clocks"].values())


def test_agreed_request_moves_the_planned_revisit(cast):
	complaint = cases.awaiting_revisit(cast, procedure=procedure_with_deferral(), severity="Minor")
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	slip = slip_of_awaiting(cast, complaint)
	with as_user(cast["agent"]):
		goodwill = make_revisit(complaint, purpose="Goodwill Visit")
	request = with_service(cast, slip)
	assert getdate(request.present_date) == getdate(revisit.planned_on)
	press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Agreed with the customer")
	assert frappe.db.get_value(REVISIT, revisit.name, "planned_on") == getdate(request.new_date)
	assert frappe.db.get_value(REVISIT, goodwill.name, "planned_on") == getdate(goodwill.planned_on)
	with as_user(cast["agent"]):
		revisit.planned_on = nowdate()
		with pytest.raises(frappe.TimestampMismatchError):
			revisit.save()


def slip_of_awaiting(cast: dict[str, str], complaint: Document) -> Document:
	"""Return a slip of a complaint whose measures are done; slips are sent earlier than that."""
	frappe.db.set_value(COMPLAINT, complaint.name, "workflow_state", "In Handling")
	slip = cases.reported_slip(cast, frappe.get_doc(COMPLAINT, complaint.name))
	frappe.db.set_value(COMPLAINT, complaint.name, "workflow_state", complaint.workflow_state)
	return press(slip, "Accept Report", cast["coordinator"])


def test_revisit_planned_later_is_planned_for_the_agreed_day(cast):
	complaint = cases.executing(cast, procedure=procedure_with_deferral(), severity="Minor")
	request = with_service(cast, slip_of_awaiting(cast, complaint))
	press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Agreed")
	with as_user(cast["agent"]):
		complaint = frappe.get_doc(COMPLAINT, complaint.name)
		complaint.measures[0].done_on = frappe.utils.now_datetime()
		complaint.save()
	press(complaint, "Confirm Execution", cast["agent"], execution_note="Veneer replaced")
	planned = frappe.db.get_value(REVISIT, {"complaint": complaint.name}, "planned_on")
	assert planned == getdate(request.new_date)


def test_refusal_that_the_department_accepts_moves_nothing(cast):
	slip = reported(cast)
	before = snapshot(slip.complaint)
	refused = press(refused_by_service(cast, slip), "Accept Refusal", cast["handler"])
	assert (refused.workflow_state, refused.docstatus) == ("Refused", 1)
	assert snapshot(slip.complaint) == before


@pytest.mark.parametrize(
	("action", "state"), [("Decide for Deferral", "Agreed"), ("Decide against Deferral", "Refused")]
)
def test_general_manager_decides_what_customer_service_refused(cast, action, state):
	slip = reported(cast)
	before = snapshot(slip.complaint)
	decided = press(in_arbitration(cast, slip), action, cast["general_manager"], decision="I decide so")
	assert (decided.workflow_state, decided.docstatus) == (state, 1)
	assert decided.decided_by == cast["general_manager"]
	assert (snapshot(slip.complaint) == before) is (state == "Refused")


def test_other_role_of_the_procedure_decides_instead(cast):
	name = procedure_with_deferral()
	frappe.db.set_value(PROCEDURE, name, "deferral_arbiter_role", "Complaint Vice President")
	frappe.clear_document_cache(PROCEDURE, name)
	request = in_arbitration(cast)
	with pytest.raises(REFUSED_STEP):
		press(request, "Decide for Deferral", cast["general_manager"], decision="Yes")
	decided = press(request, "Decide for Deferral", cast["vice_president"], decision="Yes")
	frappe.clear_document_cache(PROCEDURE, name)
	assert decided.workflow_state == "Agreed"


def test_each_step_is_told_to_who_has_the_word(cast):
	def told(request: Document) -> set[str]:
		return set(frappe.get_all("Notification Log", {"document_name": request.name}, pluck="for_user"))

	request = with_department(cast)
	assert cast["department_manager"] in told(request)
	assert cast["coordinator"] not in told(request)
	request = press(
		request, "Support Deferral", cast["department_manager"], department_opinion="Nothing is in stock"
	)
	assert cast["coordinator"] in told(request)
	press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Agreed")
	assert {cast["handler"], cast["agent"]} <= told(request)


def test_who_may_not_write_takes_no_place_among_those_told(cast, monkeypatch):
	monkeypatch.setattr(deferrals, "MAXIMUM_TOLD", 1)
	first_manager, *_others = people.holders_of(DEPARTMENT_MANAGER)
	other = make_person("first.manager", DEPARTMENT_MANAGER, department=make_department("Test Sales"))
	frappe.db.set_value(
		"Has Role", {"parent": other, "role": DEPARTMENT_MANAGER}, "creation", "2000-01-01 00:00:00"
	)
	assert people.holders_of(DEPARTMENT_MANAGER)[:2] == [other, first_manager]
	request = with_department(cast)
	told = frappe.get_all("Notification Log", {"document_name": request.name}, pluck="for_user")
	assert cast["department_manager"] in told


# By REST, a state is written into the document.


def put(doc: Document, user: str, state: str, **values: Any) -> Document:
	with as_user(user):
		fresh = frappe.get_doc(doc.doctype, doc.name, for_update=True)
		fresh.update({"workflow_state": state, **values})
		return fresh.save()


def test_steps_without_submission_work_by_put_with_their_opinions(cast):
	request = request_of(cast, reported(cast))
	put(request, cast["handler"], "Department Opinion")
	with pytest.raises(MissingInputError, match="Opinion"):
		put(request, cast["department_manager"], "Customer Service Opinion")
	put(request, cast["department_manager"], "Customer Service Opinion", department_opinion="Yes")
	put(request, cast["coordinator"], "Refused by Customer Service", service_opinion="No")
	stands = put(request, cast["handler"], "With General Manager's Office", arbitration_request="Please")
	assert stands.workflow_state == "With General Manager's Office"


@pytest.mark.parametrize("state", ["Agreed", "Refused", "Customer Service Opinion"])
@pytest.mark.parametrize("word", ["handler", "agent", "reviewer", "quality_manager", "general_manager"])
def test_no_door_leads_past_the_opinions(cast, word, state):
	request = with_department(cast)
	with pytest.raises((*REFUSED_STEP, FieldLockedError)):
		put(request, cast[word], state, department_opinion="Yes", service_opinion="Yes", decision="Yes")
	assert frappe.db.get_value(DEFERRAL, request.name, "workflow_state") == "Department Opinion"


def test_decision_is_not_written_by_a_client(cast):
	request = request_of(cast, reported(cast), decided_by=cast["general_manager"], present_date="2020-01-01")
	assert request.decided_by is None
	assert getdate(request.present_date) > date(2020, 1, 1)
	with as_user(cast["handler"]):
		request.update({"service_opinion": "Agreed", "new_date": add_days(nowdate(), 31)})
		with pytest.raises(FieldLockedError):
			request.save()
		with pytest.raises((TransitionRefusedError, frappe.PermissionError)):
			frappe.get_doc(DEFERRAL, request.name).submit()


# Nobody decides on his own request.


def test_manager_gives_no_opinion_on_the_own_request(cast):
	slip = reported(cast)
	request = request_of(cast, slip, user=cast["department_manager"])
	request = press(request, "Request Deferral", cast["department_manager"], **asked(request))
	with pytest.raises(REFUSED_STEP):
		press(request, "Support Deferral", cast["department_manager"], department_opinion="Yes")
	with pytest.raises(REFUSED_STEP):
		put(request, cast["department_manager"], "Customer Service Opinion", department_opinion="Yes")
	above = press(request, "Support Deferral", cast["vice_president"], department_opinion="Yes")
	assert above.department_opinion_by == cast["vice_president"]


def test_who_submitted_what_another_drafted_gives_no_opinion_either(cast):
	request = request_of(cast, reported(cast))
	request = press(request, "Request Deferral", cast["department_manager"], **asked(request))
	with pytest.raises(PreconditionError, match="took part"):
		press(request, "Support Deferral", cast["department_manager"], department_opinion="Yes")


def test_one_person_with_two_roles_gives_one_opinion(cast):
	frappe.get_doc("User", cast["department_manager"]).add_roles("Complaint Coordinator")
	request = with_service(cast)
	with pytest.raises(PreconditionError, match="took part"):
		press(request, "Agree to Deferral", cast["department_manager"], service_opinion="Yes")


def test_manager_of_another_department_gives_no_opinion(cast):
	elsewhere = make_department("Test Sales")
	frappe.db.set_value("Employee", employee_of(cast["department_manager"]), "department", elsewhere)
	request = with_department(cast)
	with pytest.raises(REFUSED_STEP):
		press(request, "Support Deferral", cast["department_manager"], department_opinion="Yes")


# Requests that are refused, each with what to do instead.


@pytest.mark.parametrize(
	("cause", "instead"),
	[
		("Transport", "new reply time"),
		("Other Cause", "new reply time"),
		("Waiting for the Customer", "contact"),
	],
)
def test_cause_outside_production_is_refused(cast, cause, instead):
	with pytest.raises(PreconditionError, match=instead):
		request_of(cast, reported(cast), cause_of_delay=cause)


def test_cause_is_looked_at_again_when_the_request_is_made(cast):
	request = request_of(cast, reported(cast))
	with pytest.raises(PreconditionError, match="production"):
		press(
			request,
			"Request Deferral",
			cast["handler"],
			**{**asked(request), "cause_of_delay": "Other Cause"},
		)


def test_date_that_is_not_later_is_refused(cast):
	slip = reported(cast)
	final = next(due for stage, due in clocks_of(slip.complaint).values() if stage == "Final Result")
	request = request_of(cast, slip, new_date=final.date())
	with pytest.raises(PreconditionError, match="not after the present one"):
		press(request, "Request Deferral", cast["handler"], **asked(request))
	past = {**asked(request), "new_date": add_days(nowdate(), -1)}
	with pytest.raises(PreconditionError, match="not in the future"):
		press(request, "Request Deferral", cast["handler"], **past)
	later = {**asked(request), "new_date": final.date() + timedelta(days=1)}
	assert press(request, "Request Deferral", cast["handler"], **later).workflow_state == "Department Opinion"


def test_second_request_for_a_slip_waits_for_the_first(cast):
	slip = reported(cast)
	first = request_of(cast, slip)
	with pytest.raises(PreconditionError, match=first.name):
		request_of(cast, slip)
	press(first, "Withdraw Request", cast["handler"], withdraw_reason="The material came")
	assert request_of(cast, slip).workflow_state == "Draft"


def test_slip_that_is_not_with_the_department_is_not_deferred(cast):
	slip = cases.issued_slip(cast, in_handling(cast))
	press(slip, "Dispute Responsibility", cast["handler"], dispute_reason="Delivered by another works")
	with pytest.raises(PreconditionError, match="ruling"):
		request_of(cast, slip)


@pytest.mark.parametrize("state", ["Closed", "Cancelled", "Not Justified"])
def test_ended_complaint_is_not_deferred(cast, state):
	slip = reported(cast)
	request = with_service(cast, slip)
	frappe.db.set_value(COMPLAINT, slip.complaint, "workflow_state", state)
	with pytest.raises(PreconditionError, match="ended"):
		press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Yes")
	withdrawn = press(request, "Withdraw Request", cast["coordinator"], withdraw_reason="The case has ended")
	assert withdrawn.workflow_state == "Withdrawn"


def test_customer_service_does_not_withdraw_a_request_of_an_open_case(cast):
	with pytest.raises(PreconditionError, match="department"):
		press(with_service(cast), "Withdraw Request", cast["coordinator"], withdraw_reason="Too late")


def test_procedure_without_deferral_knows_none(cast):
	with pytest.raises(PreconditionError, match="knows no deferral"):
		request_of(cast, cases.reported_slip(cast))


def test_other_department_requests_nothing(cast):
	slip = reported(cast)
	frappe.db.set_value(
		SLIP, slip.name, {"department": make_department("Test Sales"), "responsible_user": None}
	)
	with pytest.raises(frappe.PermissionError):
		request_of(cast, slip)


def test_request_sent_back_is_a_new_one_to_the_department(cast):
	request = with_department(cast)
	back = press(
		request, "Send Back Request", cast["department_manager"], department_opinion="Ask the second supplier"
	)
	assert (back.workflow_state, back.department_opinion) == ("Draft", "Ask the second supplier")
	again = press(back, "Request Deferral", cast["handler"], **asked(back))
	assert again.department_opinion is None
	with pytest.raises(MissingInputError):
		press(again, "Support Deferral", cast["department_manager"])


# Twice, and by two people.


def test_second_press_of_the_button_does_nothing_more(cast):
	slip = reported(cast)
	request = with_service(cast, slip)
	press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Yes")
	after = snapshot(slip.complaint)
	with pytest.raises(REFUSED_STEP):
		press(request, "Agree to Deferral", cast["coordinator"], service_opinion="Yes")
	assert snapshot(slip.complaint) == after


def test_of_two_people_the_first_decides(cast):
	request = with_service(cast)
	with as_user(cast["coordinator"]):
		late = frappe.get_doc(DEFERRAL, request.name)
	press(request, "Disagree with Deferral", cast["coordinator"], service_opinion="No")
	with as_user(cast["coordinator"]), pytest.raises(frappe.TimestampMismatchError):
		late.update({"workflow_state": "Agreed", "service_opinion": "Yes", "docstatus": 1})
		late.save()


def test_two_agreed_deferrals_leave_the_later_day(cast):
	complaint = in_handling(cast)
	for days in (30, 45):
		slip = cases.reported_slip(cast, complaint)
		press(
			with_service(cast, slip, days=days),
			"Agree to Deferral",
			cast["coordinator"],
			service_opinion="Yes",
		)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "deferred_until") == getdate(
		add_days(nowdate(), 45)
	)


# Nothing else moves the revisit.


def test_revisit_is_not_put_off_without_a_deferral(cast):
	complaint = cases.awaiting_revisit(cast, procedure=procedure_with_deferral(), severity="Minor")
	planned = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	with as_user(cast["agent"]):
		for values in (
			{"planned_on": add_days(planned.planned_on, 1)},
			{"purpose": "Goodwill Visit", "planned_on": add_days(planned.planned_on, 1)},
			{"purpose": "Goodwill Visit"},
			{"complaint": None},
		):
			revisit = frappe.get_doc(REVISIT, planned.name)
			revisit.update(values)
			with pytest.raises(frappe.ValidationError):
				revisit.save()
		with pytest.raises(frappe.ValidationError, match="at the latest"):
			make_revisit(complaint, planned_on=add_days(planned.planned_on, 1))
		revisit = frappe.get_doc(REVISIT, planned.name)
		revisit.planned_on = add_days(planned.planned_on, -1)
		revisit.save()
		revisit.planned_on = planned.planned_on
		revisit.save()
	assert frappe.db.get_value(REVISIT, planned.name, "planned_on") == getdate(planned.planned_on)


def test_day_is_judged_when_another_revisit_becomes_the_one_after_the_solution(cast):
	complaint = cases.awaiting_revisit(cast, procedure=procedure_with_deferral(), severity="Minor")
	far = add_days(nowdate(), 90)
	with as_user(cast["agent"]):
		for first, then in (
			({"complaint": None}, {"complaint": complaint.name}),
			({"purpose": "Goodwill Visit"}, {"purpose": "After Solution"}),
			(
				{"complaint": None, "purpose": "Goodwill Visit"},
				{"complaint": complaint.name, "purpose": "After Solution"},
			),
		):
			name = make_revisit(complaint, planned_on=far, purpose="Goodwill Visit").name
			frappe.db.set_value(REVISIT, name, {"purpose": "After Solution", **first})
			revisit = frappe.get_doc(REVISIT, name)
			revisit.update(then)
			with pytest.raises(frappe.ValidationError, match="at the latest"):
				revisit.save()
			revisit.reload()
			revisit.update({**then, "planned_on": nowdate()})
			revisit.save()


def test_customer_who_was_not_reached_is_called_again_within_the_procedures_days(cast):
	complaint = cases.awaiting_revisit(cast, procedure=procedure_with_deferral(), severity="Minor")
	revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
	frappe.db.set_value(REVISIT, revisit.name, "planned_on", add_days(nowdate(), -5))
	frappe.db.set_value(COMPLAINT, complaint.name, "executed_on", add_days(nowdate(), -8))
	press(revisit, "Record Unreachable", cast["agent"], unreachable_note="Nobody answers")
	with as_user(cast["agent"]):
		revisit = frappe.get_doc(REVISIT, revisit.name)
		revisit.planned_on = add_days(nowdate(), 4)
		with pytest.raises(frappe.ValidationError, match="at the latest"):
			revisit.save()
		revisit.reload()
		revisit.planned_on = add_days(nowdate(), 1)
		revisit.save()


def test_procedure_without_deferral_lets_the_agent_plan(cast):
	complaint = cases.awaiting_revisit(cast)
	with as_user(cast["agent"]):
		revisit = frappe.get_doc(REVISIT, {"complaint": complaint.name})
		revisit.planned_on = add_days(revisit.planned_on, 20)
		revisit.save()
