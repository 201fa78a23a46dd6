"""What the scenarios of procedure 000-K share: its people, and acts that more than one of them needs."""

from complaint_handling.constants import AGENT
from tests.factories import employee_of, make_department, make_measure
from tests.integration.scenarios import doing
from tests.integration.scenarios.cast import SALES, SERVICE
from tests.integration.scenarios.play import Play, Scenario

DOCUMENT = "GFP19-2 客户投诉处理程序"
SCENARIO = Scenario(
	"000-K",
	DOCUMENT,
	{
		"agent": "Customer service staff 客户服务人员",
		"second_agent": "Customer service staff 客户服务人员",
		"reviewer": "Marketing manager 市场部经理",
		"coordinator": "Customer representative 总经办客户代表",
		"handler": "Leasing office, staff 租赁部员工",
		"department_manager": "Manager of the leasing office 租赁部经理",
		"production_manager": "Manager of the works department 工程部经理",
		"vice_president": "Deputy general manager 副总经理",
		"general_manager": "General manager 总经理",
	},
)
# A second member of the service staff, for the complaint about the first one.
SECOND_AGENT = ("second_agent", AGENT, SALES, "coordinator")


def register(**values):
	"""Return the act of registering a complaint of a tenant."""
	given = {
		"subject": "Heating of flat 7-302 cold since Monday",
		"channel": "Telephone",
		"complaint_form": "Oral",
		"subject_type": "Service",
		"description": "The heating of flat 7-302 is cold since Monday; two children.",
		"demand": "Warm rooms this week, and a day's rent",
		"complainant_name": "Ms Zhou",
		"items": [],
		**values,
	}
	return lambda play: doing.register(play, **given)


def classify(play: Play, severity: str = "Moderate"):
	"""Classify the complaint as one about a service."""
	return doing.save(
		play,
		"complaint",
		category="Property Services",
		severity=severity,
		responsible_department=make_department(SERVICE),
	)


def report_by(who: str, word: str = "slip"):
	"""Return the act of reporting a slip completely."""
	return lambda play: doing.report(
		play,
		word,
		"The valve of riser 7 was closed after the works on Monday and not opened again.",
		"No list of valves at the end of the works",
		who,
		description="Open the valve; list of valves signed at the end of works",
		due_on="2026-03-13 12:00:00",
	)


def plan_without_compensation(play: Play):
	"""Take over what the departments found; nothing is paid."""
	return doing.collect(play, verification_result="Confirmed", no_compensation=1)


def plan_directly(play: Play):
	"""Plan a solution that no department had to be asked for."""
	measure = make_measure(employee_of(play.users["handler"]), description="Open the valve of riser 7")
	values = {"verification_result": "Confirmed", "cause": "Valve closed", "no_compensation": 1}
	doing.save(play, "complaint", {"measures": [measure]}, **values)
	return doing.press(play, "complaint", "Propose Solution")


def agree_anew(due: str, summary: str, **values):
	"""Return the act of agreeing another time for the answer with the customer."""
	agreed = {"change_reason": "A part is late", "customer_agreed": 1, **values}
	return doing.telling(
		"Progress Notice", summary, next_answer_due=due, next_answer_about="Solution", **agreed
	)


def sum_up(play: Play):
	"""Write the closing summary that the departments owe."""
	return doing.evaluate(play, {}, summary="Valve forgotten after works; list of valves from now on.")
