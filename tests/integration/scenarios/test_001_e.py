"""Scenario 001-E: eight scenarios of a restaurant, settled at the counter, by the supervisor, by the area supervisor."""

import pytest

from frappe.utils import now_datetime, strip_html

from complaint_handling.api import categories
from tests.factories import employee_of
from tests.integration.scenarios import doing, looking, retail
from tests.integration.scenarios.cast import SERVICE
from tests.integration.scenarios.play import NO_PERMISSION, Play, Scenario, Step

pytestmark = pytest.mark.scenario

SCENARIO = Scenario(
	"001-E",
	"餐饮食品客诉处理手册",
	{
		"agent": "Counter 吧台、收银员",
		"handler": "Employee of the shop 当事员工",
		"coordinator": "Store manager 店长",
		"department_manager": "Shop supervisor 主管",
		"vice_president": "Area supervisor 督导",
	},
)
COUNTER = {"severity": "At the Counter"}
CLAIM = 600


def _counter(word: str, category: str, subject: str, text: str, reads: str) -> doing.Act:
	return retail.settling(word, subject, text, reads, category=category, **COUNTER)


def _change_drink(word: str, price: float) -> doing.Act:
	"""Return the act of taking the wish for another drink whose first one is made already, with its price."""

	def act(play: Play):
		values = {"category": "Wants Another Drink after Ordering", **COUNTER}
		retail.taking(word, f"Wants another drink, the one of {price} is made", **values)(play)
		doing.press(play, word, "Assess")
		return doing.save(play, word, {"remedies": [doing.remedy("Exchange", price)]})

	return act


def _close_with_answer(word: str) -> doing.Act:
	def act(play: Play):
		given = {"consent_by": "The guest", "consent_method": "Face to Face", "closing_summary": "Changed."}
		return doing.press(
			play,
			word,
			"Close with Answer",
			answer_to_customer="Of course.",
			consent_on=now_datetime(),
			**given,
		)

	return act


def _hand_over(play: Play):
	doing.tell(play, "First Answer", "Of course; my supervisor agrees.", word="dear", channel="On the Spot")
	doing.finish_measures(play, word="dear")
	return doing.confirm_execution(play, "The other drink is handed over.", word="dear")


def _take_dismissal(play: Play):
	retail.taking(
		"rude",
		"Cashier laughed at a guest, who wants her dismissed",
		category="Poor Service, Dismissal Demanded",
		severity="For the Supervisor",
		subject_type="Person",
		complained_about_employee=employee_of(play.users["handler"]),
	)(play)
	return play.doc("rude")


def _settle_dismissal(play: Play):
	doing.tell(play, "Other", "The cashier apologised in person.", word="rude", channel="On the Spot")
	text = "On behalf of the store: I am sorry. We have our own education and handling, and train our staff."
	assert "dismiss" not in text
	return retail.answer(play, "rude", text)


def _classify_object(play: Play):
	return doing.save(
		play,
		"complaint",
		category="Foreign Object in the Drink",
		severity="Claim or Disturbance",
		is_safety_related=1,
	)


def _is_reported_to_area_supervisor(play: Play) -> None:
	assert "to the area supervisor at once" in strip_html(categories.get_playbook(play.complaint.category))
	assert play.doc("slip").escalated_to == play.users["vice_president"]


def _look_at_object(play: Play):
	return doing.report(
		play,
		"slip",
		"Dark, soft, falls apart: tea dregs, not an insect.",
		"Sieve of the tea jug torn",
		"handler",
		description="New sieve; every jug looked at before it is filled",
	)


def _plan(play: Play):
	return doing.collect(
		play, rows={"remedies": [doing.remedy("Compensation", CLAIM)]}, verification_result="Confirmed"
	)


COUNTER_STEPS = (
	Step(
		"agent",
		"1: a guest waits too long in the queue; nobody who orders is hurried",
		_counter(
			"queue",
			"Waiting in the Queue to Order",
			"Waits too long in the queue",
			"I am sorry, just a moment please.",
			"Do not hurry the guest",
		),
		"R-001E-01",
		at="2026-03-07 11:00:00",
		state="Closed",
		due={"First Answer": "2026-03-07 11:15", "Solution Approved": "2026-03-08 11:00"},
	),
	Step(
		"agent",
		"2: the drink takes long: number, progress, how many cups remain",
		_counter(
			"slow",
			"Waiting for the Drink",
			"Drink number 27 takes long",
			"Four cups are before yours; I am sorry.",
			"how many cups",
		),
		"R-001E-02",
		state="Closed",
	),
	Step(
		"agent",
		"4: annoyed by a promotion: proposed once only, sincere apology",
		_counter(
			"promotion",
			"Annoyed by Promotion",
			"Does not want to hear of new drinks",
			"I am sorry. We wanted you to have the best price.",
			"once only",
		),
		"R-001E-04",
		state="Closed",
	),
	Step(
		"agent",
		"6: the wrong order was taken: apologise, change at once",
		_counter(
			"wrong",
			"Wrong Order Taken",
			"Got tea instead of coffee",
			"My mistake; here is your coffee.",
			"change it at once",
		),
		"R-001E-06",
		state="Closed",
	),
	Step(
		"agent",
		"8: worried about food safety: facts A to E",
		_counter(
			"safety",
			"Worried about Food Safety",
			"Asks where the water comes from",
			"Two filters; certified materials; expired goods scrapped; disinfected daily; health certificates.",
			"facts A to E",
		),
		"R-001E-08",
		state="Closed",
	),
)
DRINK_STEPS = (
	Step(
		"agent",
		"5: another drink is wanted, the first one is not made yet: changed as the guest wishes",
		_counter(
			"unmade",
			"Wants Another Drink after Ordering",
			"Wants another drink, the first one is not made yet",
			"Of course, I change it for you.",
			"The drink is not made yet: change it as the guest wishes.",
		),
		"R-001E-05",
		at="2026-03-07 11:50:00",
		state="Closed",
	),
	Step(
		"agent",
		"5: another drink is wanted, one of 9.99 is made",
		_change_drink("cheap", 9.99),
		"R-001E-05",
		at="2026-03-07 12:00:00",
		state="Assessed",
	),
	Step(
		"agent",
		"the counter decides below 10, and changes it",
		_close_with_answer("cheap"),
		"R-001E-05",
		state="Closed",
		ends={"First Answer": "Met", "Solution Approved": "Cancelled"},
	),
	Step(
		"agent",
		"5: another drink is wanted, one of exactly 10 is made",
		_change_drink("dear", 10),
		"R-001E-05",
		at="2026-03-07 12:30:00",
		state="Assessed",
	),
	Step(
		"agent",
		"changes it from the counter: 10 is not below 10",
		_close_with_answer("dear"),
		"R-001E-05",
		refused="Shop Supervisor",
	),
	Step(
		"agent",
		"reports it to the supervisor",
		lambda play: doing.save(play, "dear", severity="For the Supervisor", handled_directly=1),
		"R-001E-05",
	),
	Step(
		"coordinator",
		"takes it on",
		doing.pressing("Start Handling", "dear"),
		"R-001E-05",
		state="In Handling",
	),
	Step(
		"coordinator",
		"writes down the wish",
		retail.solving(
			"handler",
			"Guest chose another",
			"Ask before it is shaken",
			doing.remedy("Exchange", 10),
			word="dear",
		),
		"R-001E-05",
	),
	Step(
		"coordinator",
		"asks the supervisor",
		doing.pressing("Propose Solution", "dear"),
		"R-001E-05",
		state="Solution Proposed",
	),
	Step(
		"department_manager",
		"the supervisor agrees",
		doing.pressing("Approve Solution", "dear"),
		"R-001E-05",
		at="2026-03-07 12:40:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"the guest takes the other drink",
		lambda play: doing.consent(play, "Face to Face", "dear"),
		"R-001E-05",
		state="Executing",
	),
	Step("agent", "hands it over", _hand_over, "R-001E-05", state="Awaiting Revisit"),
	Step(
		"coordinator",
		"closes it, no revisit is asked for",
		lambda play: doing.close(play, "dear"),
		"R-001E-05",
		state="Closed",
	),
)
DISMISSAL_STEPS = (
	Step(
		"agent",
		"3: a guest demands a dismissal: facts first",
		_take_dismissal,
		"R-001E-03",
		at="2026-03-07 15:00:00",
		state="Registered",
		due={"First Answer": "2026-03-07 15:15", "Solution Approved": "2026-03-08 15:00"},
	),
	Step(
		"handler",
		"the employee concerned opens the complaint",
		lambda play: doing.open_form(play, "rude"),
		"R-001E-03",
		refused=NO_PERMISSION,
	),
	Step(
		"coordinator",
		"the employee apologises in person, the store manager on behalf; no dismissal is promised",
		_settle_dismissal,
		"R-001E-03",
		at="2026-03-07 15:10:00",
		state="Closed",
	),
)
CLAIM_STEPS = (
	Step(
		"agent",
		"7: a guest finds something in the drink",
		retail.taking("complaint", "Something dark in the drink", demand=f"Damages of {CLAIM}"),
		"R-001E-07",
		at="2026-03-07 18:00:00",
		state="Registered",
		due={"First Answer": "2026-03-07 18:15", "Solution Approved": "2026-03-08 18:00"},
	),
	Step(
		"agent",
		"apologises and replaces the drink",
		doing.telling("First Answer", "I am sorry, I give you a fresh one.", channel="On the Spot"),
		"R-001E-07",
		at="2026-03-07 18:03:00",
		ends={"First Answer": "Met"},
	),
	Step("agent", "the guest claims damages", _classify_object, "R-001E-07"),
	Step("agent", "takes it up", doing.pressing("Assess"), "R-001E-07", state="Assessed"),
	Step(
		"agent",
		"settles the claim at the counter",
		_close_with_answer("complaint"),
		"R-001E-07",
		refused="is not open to you",
	),
	Step(
		"agent",
		"has the object looked at",
		doing.asking(SERVICE, "handler", "Which shape: seed skin, tea dregs, or else?"),
		"R-001E-07",
		state="Pending Issue",
	),
	Step("coordinator", "takes it on", doing.pressing("Start Handling"), "R-001E-07", state="In Handling"),
	Step(
		"coordinator",
		"issues the slip",
		doing.pressing("Issue Slip", "slip"),
		"R-001E-07",
		state="Issued",
		due={"Department Reply": "2026-03-08 18:03"},
	),
	Step(
		"coordinator",
		"reports the claim to the area supervisor, as the playbook says",
		lambda play: doing.press(
			play,
			"slip",
			"Escalate Slip",
			escalated_to=play.users["vice_president"],
			escalation_reason="The guest claims damages",
		),
		"R-001E-07",
		at="2026-03-07 18:05:00",
		state="Escalated",
		check=_is_reported_to_area_supervisor,
	),
	Step(
		"vice_president",
		"instructs",
		doing.pressing("Give Instruction", "slip", higher_instruction="Keep the drink; I call the guest."),
		"R-001E-07",
		at="2026-03-07 18:20:00",
		state="Issued",
	),
	Step(
		"handler",
		"finds tea dregs, which look like an insect",
		_look_at_object,
		"R-001E-07",
		at="2026-03-07 19:00:00",
		state="Reported",
		ends={"Department Reply": "Met"},
	),
	Step("coordinator", "plans", _plan, "R-001E-07"),
	Step(
		"coordinator", "proposes", doing.pressing("Propose Solution"), "R-001E-07", state="Solution Proposed"
	),
	Step(
		"department_manager",
		f"approves {CLAIM}: above the limit of the supervisor, 200",
		doing.pressing("Approve Solution"),
		"R-001E-07",
		refused="is not open to you",
	),
	Step(
		"vice_president",
		"approves",
		doing.pressing("Approve Solution"),
		"R-001E-07",
		at="2026-03-08 11:00:00",
		state="With Customer",
		ends={"Solution Approved": "Met"},
	),
	Step(
		"agent",
		"tells the guest",
		doing.telling("Solution Explained", f"Tea dregs; {CLAIM} for the fright."),
		"R-001E-07",
	),
	Step("agent", "records the consent", doing.consent, "R-001E-07", state="Executing"),
	Step(
		"coordinator",
		"accepts the report",
		lambda play: doing.accept_report(play, "slip"),
		"R-001E-07",
		state="Completed",
	),
	Step("agent", "pays", doing.executing("Paid."), "R-001E-07", state="Awaiting Revisit"),
	Step(
		"agent",
		"calls the guest back",
		doing.revisiting("Satisfied", "Satisfied"),
		"R-001E-07",
		at="2026-03-11 11:00:00",
		state="Completed",
	),
	Step("coordinator", "closes", doing.close, "R-001E-07", state="Closed"),
)


def test_001_e_from_receipt_to_close(theatre):
	"""R-001E-01 to R-001E-08."""
	play = theatre.play(SCENARIO, (*COUNTER_STEPS, *DRINK_STEPS, *DISMISSAL_STEPS, *CLAIM_STEPS))
	assert (play.doc("cheap").approved_by, play.doc("cheap").total_remedy_amount) == (None, 9.99)
	assert play.doc("unmade").total_remedy_amount == 0
	assert play.doc("dear").approved_by == play.users["department_manager"]
	assert play.complaint.approved_by == play.users["vice_president"]
	assert looking.contacts(play) == ["First Answer", "Solution Explained"]
	for word in (
		"queue",
		"slow",
		"promotion",
		"wrong",
		"safety",
		"unmade",
		"cheap",
		"dear",
		"rude",
		"complaint",
	):
		assert play.doc(word).first_answer_in_time == "Yes", word
