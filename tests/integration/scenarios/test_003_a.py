"""Scenario 003-A: a direct user of a home furnishing group, from the call to the satisfied revisit."""

import pytest

import frappe
from frappe.desk.form import assign_to
from frappe.utils import get_datetime, getdate

from complaint_handling.api import intake
from complaint_handling.constants import COMPLAINT
from tests.factories import employee_of, make_customer, make_department, make_sales_order
from tests.integration.scenarios import cast, doing, furnishing, looking
from tests.integration.scenarios.cast import PRODUCTION, QUALITY, SERVICE
from tests.integration.scenarios.furnishing_special import POSTPONEMENT, RESPONSIBILITY, SPECIAL_DESIGN
from tests.integration.scenarios.play import Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"003-A",
	"家居集团客户投诉处理管理制度（直接用户投诉管理流程）",
	{
		"agent": "Seat agent 座席代表",
		"coordinator": "Team leader of customer service 客服组长",
		"handler": "Owner in distribution 经销部门责任人",
		"department_manager": "Head of distribution 经销部门负责人",
		"production_handler": "Owner in production 制造线责任人",
		"production_manager": "Head of the production line 制造线负责人",
		"engineer": "Process engineering 工艺技术部",
		"planner": "Planning and development 产品规划与研发部",
		"quality_manager": "Quality department 质量部",
		"vice_president": "Next level 上级部门",
		"general_manager": "General manager's office 总经理室",
		"auditor": "Supervision and audit 监察审计部",
	},
)
COMPENSATION = 6_000
SLIPS_TO_MAKE = "Complaint slip to the cabinet line; with its reply a service slip to distribution."
PRODUCTS = {"Kitchen Cabinets", "Home Furniture", "Bath Products", "Wooden Doors"}


def _order() -> str:
	"""Return the order of the customer; nothing of it is delivered."""
	return frappe.db.get_value("Sales Order", {"customer": make_customer(), "docstatus": 1})


def _register(play: Play):
	return doing.register(
		play,
		subject="Fronts of the tall units are warped",
		channel="Telephone",
		description="Two fronts of 2.4 m bend by 8 mm.",
		demand="New fronts, and the month without a kitchen compensated",
		sales_order=_order(),
	)


def _classify(play: Play):
	return doing.save(
		play, "complaint", category="Kitchen Cabinets", severity="Moderate", subject_type="Product"
	)


def _is_of_the_group(play: Play) -> None:
	offered = frappe.get_all("Complaint Category Procedure", {"procedure_code": "003-A"}, pluck="parent")
	assert set(offered) >= PRODUCTS
	order = frappe.get_doc("Sales Order", _order())
	assert (order.docstatus, order.per_delivered) == (1, 0)


def _follows_up(play: Play) -> None:
	assert play.complaint.follow_up_employee == employee_of(play.users["handler"])


def _arrange_slips(play: Play):
	"""Assign the complaint to the agent with what is to be made, as the sidebar of the form does."""
	assign_to.add(
		{
			"doctype": COMPLAINT,
			"name": play.made["complaint"],
			"assign_to": [play.users["agent"]],
			"description": SLIPS_TO_MAKE,
		}
	)
	return play.complaint


def _is_arranged(play: Play) -> None:
	order = {"reference_name": play.made["complaint"], "allocated_to": play.users["agent"]}
	found = frappe.get_all("ToDo", order, ["description", "assigned_by"])
	assert (SLIPS_TO_MAKE, play.users["coordinator"]) in [(row.description, row.assigned_by) for row in found]


def _is_first_slip(play: Play) -> None:
	slip = play.doc("slip")
	assert (slip.slip_kind, slip.slip_round) == ("Complaint Slip", "First")
	assert slip.responsible_user == play.users["production_handler"]
	furnishing.is_copied(play, "slip", "auditor")


def _report(play: Play):
	measure = {"description": "Make two stiffened fronts", "due_on": "2026-03-30 18:00:00"}
	return doing.report(
		play, "slip", "Both fronts are bent.", "Veneered on one side", "production_handler", **measure
	)


def _talk_to_store(play: Play):
	return doing.hear(play, "The store fits the fronts and lends two doors.", party="Partner Store")


def _talk_to_customer(play: Play):
	text = f"Wants {COMPENSATION:,} for the month; fitting on any Saturday."
	return doing.hear(play, text, contacted_person=doing.CUSTOMER)


def _pass_to(who: str, reason: str) -> doing.Act:
	return lambda play: doing.press(
		play, "service", "Pass Upward", escalated_to=play.users[who], escalation_reason=reason
	)


def _reply_service(play: Play):
	measure = {"description": "Store fits the fronts on Saturday", "due_on": "2026-03-30 18:00:00"}
	return doing.report(
		play,
		"service",
		f"Agreed with store and customer: fitted by the store, {COMPENSATION:,} for the month.",
		"Fronts bent",
		"handler",
		measure_type="Short-term",
		**measure,
	)


def _plan(play: Play):
	amount = {"remedy_type": "Compensation", "description": "The month", "quantity": 1, "rate": COMPENSATION}
	return doing.collect(
		play,
		rows={"remedies": [amount]},
		verification_result="Confirmed",
		responsible_department=make_department(PRODUCTION),
	)


def _execute(play: Play):
	doing.finish_measures(play)
	return doing.confirm_execution(play, "New fronts fitted by the store, amount transferred.")


def _complain_again(play: Play):
	return doing.register(
		play,
		"again",
		subject="The kitchen fronts once more",
		channel="Telephone",
		description="The grain of the new fronts is a shade darker than that of the others.",
		demand="An explanation",
		category="Kitchen Cabinets",
		severity="Minor",
		repeat_of=play.made["complaint"],
	)


def _decide_repeat(counts: str, reason: str) -> doing.Act:
	def decide(play: Play):
		"""Answer the question whether the complaint counts as a repeat."""
		intake.decide_repeat(play.made["again"], counts, reason)
		return play.doc("again")

	return decide


def _answer_at_once(play: Play):
	answer = "New veneer darkens to the shade of the rest within six weeks; the store comes back if not."
	consent = {
		"consent_by": doing.CUSTOMER,
		"consent_method": "Telephone",
		"closing_summary": "Explained; the customer agrees.",
	}
	intake.answer_at_once(play.made["again"], answer, "Telephone", consent)
	return play.doc("again")


def _is_no_repeat(play: Play) -> None:
	again = play.doc("again")
	assert (again.counts_as_repeat, again.repeat_decided_by) == ("No", play.users["coordinator"])
	assert again.follow_up_employee == employee_of(play.users["handler"])


OWNERS = (
	Step(
		"coordinator",
		"lists the owner of the production line in Annex 1",
		furnishing.list_owner(PRODUCTION, "production_handler", category="Kitchen Cabinets"),
		"R-003A-09, R-003A-13",
		at="2026-03-02 09:30:00",
	),
	Step(
		"coordinator",
		"lists distribution as default owner of the follow-up",
		furnishing.list_owner(SERVICE, "handler", "follow_up", duty="Default Follow-up"),
		"R-003A-14",
	),
)
RECEIPT = (
	Step(
		"agent",
		"records the call of a customer with a paid deposit: nothing is delivered on the order yet",
		_register,
		"R-003A-02, R-003A-07, R-003A-15",
		at="2026-03-06 09:10:00",
		state="Registered",
		due={"First Answer": "2026-03-09 09:10", "Final Result": "2026-03-17 09:10"},
	),
	Step(
		"agent",
		"makes the complaint order: kitchen cabinets; distribution follows up by itself",
		_classify,
		"R-003A-01, R-003A-02, R-003A-14",
		state="Registered",
		check=_is_of_the_group,
	),
	Step(
		"agent",
		"cannot answer at once, tells the customer who will",
		doing.telling("First Answer", "The owner of the line talks to you and your store."),
		"R-003A-15",
		ends={"First Answer": "Met"},
		check=_follows_up,
	),
	Step("agent", "accepts it", doing.pressing("Assess"), "R-003A-15", state="Assessed"),
	Step(
		"coordinator",
		"has the feedback as team leader and arranges that the agent makes complaint slip and service slip",
		_arrange_slips,
		"R-003A-16",
		check=_is_arranged,
	),
	Step(
		"agent",
		"makes a complaint slip; the listed owner of the line is found",
		lambda play: furnishing.send_slip(play, "slip", PRODUCTION, "Make the solution and reply."),
		"R-003A-07, R-003A-09, R-003A-16",
		state="Pending Issue",
	),
	Step("coordinator", "starts the handling", doing.pressing("Start Handling"), state="In Handling"),
	Step(
		"coordinator",
		"sends the slip on Friday at 10:00: reply by Monday 10:00, Saturday counts; copy to audit",
		doing.pressing("Issue Slip", "slip"),
		"R-003A-04, R-003A-07, R-003A-16",
		at="2026-03-06 10:00:00",
		state="Issued",
		due={"Slip Reply": "2026-03-09 10:00"},
		check=_is_first_slip,
	),
)
FOLLOW_UP = (
	Step(
		"production_handler",
		"replies at 9:30 on Monday, within 2 working days",
		_report,
		"R-003A-04, R-003A-13, R-003A-15",
		at="2026-03-09 09:30:00",
		state="Reported",
		ends={"Slip Reply": "Met"},
	),
	Step(
		"agent",
		"makes a service slip to distribution: negotiate with store and customer",
		lambda play: furnishing.send_slip(
			play, "service", SERVICE, "Agree fitting and claim.", slip_kind="Service Slip"
		),
		"R-003A-14, R-003A-16",
		at="2026-03-09 11:00:00",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"sends it: 2 working days, copy to audit",
		doing.pressing("Issue Slip", "service"),
		"R-003A-04, R-003A-16",
		state="Issued",
		due={"Slip Reply": "2026-03-11 11:00"},
		check=lambda play: furnishing.is_copied(play, "service", "auditor"),
	),
	Step("handler", "talks to the partner store", _talk_to_store, "R-003A-15", at="2026-03-09 15:00:00"),
	Step("handler", "talks to the customer", _talk_to_customer, "R-003A-15"),
	Step(
		"handler",
		"passes the demand, above the standard, to the team leader: not the next level",
		_pass_to("coordinator", "Above the standard"),
		"R-003A-15",
		refused="is not above who has the slip now",
	),
	Step(
		"handler",
		"passes it one level up",
		_pass_to("department_manager", "Above the standard"),
		"R-003A-15",
		state="Escalated",
	),
	Step(
		"department_manager",
		"judges: the next level has to decide the amount",
		doing.pressing("Give Instruction", "service", higher_instruction="Ask the next level: above 2,000."),
		"R-003A-15",
		state="Issued",
	),
	Step(
		"handler",
		"passes it to that level",
		_pass_to("vice_president", "Above 2,000"),
		"R-003A-15",
		state="Escalated",
	),
	Step(
		"vice_president",
		"decides: may be offered",
		doing.pressing("Give Instruction", "service", higher_instruction="Up to 6,000 may be offered."),
		"R-003A-15",
		at="2026-03-10 09:30:00",
		state="Issued",
	),
	Step(
		"handler",
		"replies to the agent within 2 working days",
		_reply_service,
		"R-003A-04, R-003A-14, R-003A-15",
		at="2026-03-10 16:00:00",
		state="Reported",
		ends={"Slip Reply": "Met"},
	),
	Step("coordinator", "brings the replies together and plans", _plan, "R-003A-15"),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-003A-15", state="Solution Proposed"
	),
	Step(
		"department_manager",
		f"approves {COMPENSATION:,}: above the limit of a department, 2,000",
		doing.pressing("Approve Solution"),
		"R-003A-15",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-003A-15",
		at="2026-03-11 09:30:00",
		state="With Customer",
	),
	Step(
		"agent",
		"tells the customer",
		doing.telling("Solution Explained", "New fronts, fitted by the store, and the month compensated."),
		"R-003A-15",
	),
	Step("agent", "records the customer's consent", doing.consent, "R-003A-15", state="Executing"),
)
END = (
	Step(
		"coordinator",
		"accepts the line's reply after the fitting",
		lambda play: doing.accept_report(play, "slip"),
		"R-003A-15",
		at="2026-03-30 09:05:00",
		state="Completed",
	),
	Step(
		"coordinator",
		"accepts the reply of distribution",
		lambda play: doing.accept_report(play, "service"),
		"R-003A-15",
		state="Completed",
	),
	Step(
		"coordinator",
		"accepts the opinion of planning",
		doing.pressing("Accept Report", "price"),
		"R-003A-12",
		state="Completed",
	),
	Step(
		"coordinator",
		"accepts the answer of process engineering",
		lambda play: doing.accept_report(play, "request"),
		"R-003A-12",
		state="Completed",
	),
	Step(
		"agent",
		"records the final result, in time by the postponement",
		_execute,
		"R-003A-15, R-003A-18",
		state="Awaiting Revisit",
		ends={"Final Result": "Met"},
	),
	Step(
		"coordinator",
		"closes before the customer was asked",
		doing.close,
		"R-003A-15",
		refused="completed revisit",
	),
	Step(
		"agent",
		"makes the satisfaction revisit",
		lambda play: doing.revisit(play, "Satisfied", "Neutral"),
		"R-003A-15",
		at="2026-04-01 10:00:00",
		state="Completed",
	),
	Step("coordinator", "closes", doing.close, "R-003A-15", state="Closed"),
)
AGAIN = (
	Step(
		"agent",
		"records the customer's second call about the solution",
		_complain_again,
		"R-003A-03, R-003A-07, R-003A-14",
		at="2026-04-07 10:00:00",
		state="Registered",
		due={"First Answer": "2026-04-08 10:00", "Final Result": "2026-04-16 10:00"},
	),
	Step(
		"agent",
		"decides that it counts as a repeat",
		_decide_repeat("Yes", "Second call"),
		"R-003A-03",
		refused="is decided by",
	),
	Step(
		"coordinator",
		"decides: dissatisfied with the solution again, not counted as a repeat",
		_decide_repeat("No", "The same case; the solution alone is discussed again."),
		"R-003A-03",
		state="Registered",
	),
	Step(
		"agent",
		"can answer at once, and does; the customer agrees",
		_answer_at_once,
		"R-003A-15",
		state="Closed",
		ends={"First Answer": "Met", "Final Result": "Cancelled"},
		check=_is_no_repeat,
	),
)


def test_003_a_from_receipt_to_close(theatre):
	"""R-003A-01 to R-003A-04, R-003A-07, R-003A-09, R-003A-11 to R-003A-18."""
	cast.join(theatre.stage.users, furnishing.OTHERS)
	make_sales_order()
	play = theatre.play(
		SCENARIO,
		(*OWNERS, *RECEIPT, *RESPONSIBILITY, *SPECIAL_DESIGN, *FOLLOW_UP, *POSTPONEMENT, *END, *AGAIN),
	)
	complaint = play.complaint
	assert (complaint.total_remedy_amount, complaint.approved_by) == (
		COMPENSATION,
		play.users["vice_president"],
	)
	assert complaint.closed_on == get_datetime("2026-04-01 10:00:00")
	assert [play.doc(word).reply_in_time for word in ("slip", "service")] == ["Yes", "Yes"]
	assert looking.contacts(play, party="Partner Store") == ["Statement"]
	assert frappe.get_all(COMPLAINT, {"repeat_of": complaint.name}, pluck="name") == [play.made["again"]]
