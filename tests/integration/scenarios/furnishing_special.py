"""What happens beside the straight way of document 003: disputed responsibility, special designs, postponement."""

from frappe.utils import getdate

from tests.factories import employee_of
from tests.integration.scenarios import doing, furnishing
from tests.integration.scenarios.furnishing import PLANNING
from tests.integration.scenarios.play import Play, Step


def _dispute(play: Play):
	return doing.press(
		play, "slip", "Dispute Responsibility", dispute_reason="The store kept them in a damp room"
	)


def _rule(play: Play):
	ruling = "The fronts left the line bent: the outgoing inspection shows 5 mm."
	return doing.press(play, "slip", "Confirm Responsibility", dispute_ruling=ruling)


def _answer_request(play: Play):
	return doing.report(
		play,
		"request",
		"Above 2 m the front needs a counter-veneer and two stiffeners.",
		"One-sided veneer on a front of 2.4 m",
		"engineer",
		description="Drawing of the stiffened front issued",
	)


def _price(play: Play):
	doing.save(play, "price", finding="Two fronts 1,450, stiffeners 80.", cause="Special design")
	return doing.press(play, "price", "Report")


def _deferral_moved_the_end(play: Play) -> None:
	assert play.complaint.deferred_until == getdate("2026-03-30")
	assert play.doc("slip").reply_in_time == "Yes"


RESPONSIBILITY = (
	Step(
		"production_handler",
		"disputes that the line is responsible",
		_dispute,
		"R-003A-11",
		at="2026-03-06 10:30:00",
		state="Disputed",
	),
	Step(
		"production_manager",
		"rules in the own cause",
		_rule,
		"R-003A-11",
		refused="is not open to you",
	),
	Step(
		"quality_manager",
		"rules: the line is responsible",
		_rule,
		"R-003A-11",
		at="2026-03-06 11:00:00",
		state="Issued",
	),
)
SPECIAL_DESIGN = (
	Step(
		"production_handler",
		"asks process engineering about the special design: answer within 2 hours",
		furnishing.ask_engineering,
		"R-003A-12, R-003A-17",
		at="2026-03-06 14:00:00",
		state="Issued",
		due={"Engineering Solution": "2026-03-06 16:00"},
	),
	Step(
		"engineer",
		"agrees a reply time, because data has to be collected",
		furnishing.agree_reply("2026-03-06 17:30:00"),
		"R-003A-17",
		at="2026-03-06 15:00:00",
		ends={"Engineering Solution": "On Track"},
	),
	Step(
		"engineer",
		"agrees a still later one: it is kept as agreed",
		furnishing.agree_reply("2026-03-09 12:00:00"),
		"R-003A-17",
		refused="is agreed already",
	),
	Step(
		"engineer",
		"gives the solution within the agreed time",
		_answer_request,
		"R-003A-12, R-003A-17",
		at="2026-03-06 17:20:00",
		state="Reported",
		ends={"Engineering Solution": "Met"},
	),
	Step("production_handler", "takes the answer over", furnishing.take_over_answer, "R-003A-12"),
	Step(
		"coordinator",
		"asks planning and development for the price of the special design",
		lambda play: furnishing.send_slip(
			play,
			"price",
			PLANNING,
			"Check the price.",
			slip_kind="Technical Opinion",
			responsible_employee=employee_of(play.users["planner"]),
		),
		"R-003A-12",
		at="2026-03-06 17:30:00",
		state="Pending Issue",
	),
	Step(
		"coordinator",
		"issues it with a reply time",
		doing.pressing("Issue Slip", "price", reply_wanted_by="2026-03-09 11:00:00"),
		"R-003A-12",
		state="Issued",
		due={"Department Reply": "2026-03-09 11:00"},
	),
	Step(
		"planner",
		"approves the price",
		_price,
		"R-003A-12",
		at="2026-03-09 09:15:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
)
POSTPONEMENT = (
	Step(
		"production_handler",
		"applies for a postponement because the customer travels: not a cause of production",
		lambda play: furnishing.ask_deferral(play, "2026-03-30", "Waiting for the Customer"),
		"R-003A-18",
		at="2026-03-11 10:00:00",
		refused="production",
	),
	Step(
		"production_handler",
		"applies for a postponed revisit with the slip: veneer is missing",
		lambda play: furnishing.ask_deferral(play, "2026-03-30"),
		"R-003A-18",
		state="Department Opinion",
	),
	Step(
		"production_manager",
		"writes the department's opinion",
		doing.pressing("Support Deferral", "deferral", department_opinion="Nothing else is in stock."),
		"R-003A-18",
		state="Customer Service Opinion",
	),
	Step(
		"coordinator",
		"disagrees and writes why",
		doing.pressing("Disagree with Deferral", "deferral", service_opinion="The customer waits a month."),
		"R-003A-18",
		at="2026-03-11 14:00:00",
		state="Refused by Customer Service",
	),
	Step(
		"production_handler",
		"writes to the general manager's office",
		doing.pressing(
			"Write to General Manager's Office", "deferral", arbitration_request="No other supplier has it."
		),
		"R-003A-18",
		state="With General Manager's Office",
	),
	Step(
		"general_manager",
		"decides for the postponement: revisit and final result move, the reply still counts",
		doing.pressing("Decide for Deferral", "deferral", decision="Until 30 March, and not longer."),
		"R-003A-18",
		at="2026-03-12 09:30:00",
		state="Agreed",
		ends={"Final Result": "On Track"},
		check=_deferral_moved_the_end,
	),
)
