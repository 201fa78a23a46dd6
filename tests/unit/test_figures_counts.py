"""Every count of the documents below, at and above its limit (requirements, section e.1)."""

import inspect
import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from complaint_handling.domain import eight_d_rules
from complaint_handling.domain.authority import Limit, required_role
from complaint_handling.domain.count_rules import (
	CLOSING_CHECKS,
	CLOTHES_DEFECTS,
	CLOTHES_MISUSES,
	EIGHT_D_STEPS,
	FOOD_SAFETY_FACTS,
	HANDLING_OPTIONS,
	MALL_COMPLAINT_TYPES,
	PIECES_TO_CHOOSE_FROM,
	PROMOTION_ATTEMPTS,
	QUALITY_ROUTE_STEPS,
	RESTAURANT_SCENARIOS,
	SERVICE_ROUTE_STEPS,
	SHOE_DEFECTS,
	SHOE_MISUSES,
	Breach,
	CountRule,
	Recipient,
	missing_recipients,
)
from complaint_handling.domain.promise_rules import (
	Agreement,
	ChangeRefusal,
	change_refusal,
	is_taken_over,
	passed_unsolved,
)
from complaint_handling.domain.rates import Reply, rate_of, timely_reply_rate
from complaint_handling.domain.re_review import role_for_round
from complaint_handling.domain.widespread import Report, Spread, Thresholds, signals
from tests.figures import procedure

FEW, MANY = Breach.TOO_FEW, Breach.TOO_MANY
AGREED = procedure("000-K")
GENERAL_MANAGER = "Complaint General Manager"


@pytest.mark.parametrize(
	("rule", "requirement", "answers"),
	[
		(HANDLING_OPTIONS, "R-001F-01", {0: FEW, 1: FEW, 2: None, 3: None}),
		(PIECES_TO_CHOOSE_FROM, "R-001F-03", {1: FEW, 2: None, 3: MANY}),
		(PROMOTION_ATTEMPTS, "R-001E-04", {0: None, 1: None, 2: MANY}),
		(EIGHT_D_STEPS, "R-001C-05", {7: FEW, 8: None, 9: MANY}),
		(CLOSING_CHECKS, "R-001C-08", {12: FEW, 13: None, 14: None}),
		(RESTAURANT_SCENARIOS, "R-001E-01 to R-001E-08", {7: FEW, 8: None, 9: MANY}),
		(FOOD_SAFETY_FACTS, "R-001E-08", {4: FEW, 5: None, 6: MANY}),
		(QUALITY_ROUTE_STEPS, "R-001F-01", {6: FEW, 7: None, 8: MANY}),
		(SERVICE_ROUTE_STEPS, "R-001F-02", {5: FEW, 6: None, 7: MANY}),
		(MALL_COMPLAINT_TYPES, "R-001F-03", {6: FEW, 7: None, 8: MANY}),
		(SHOE_DEFECTS, "R-001F-03", {7: FEW, 8: None, 9: MANY}),
		(CLOTHES_DEFECTS, "R-001F-03", {5: FEW, 6: None, 7: MANY}),
		(SHOE_MISUSES, "R-001F-03", {1: FEW, 2: None, 3: MANY}),
		(CLOTHES_MISUSES, "R-001F-03", {5: FEW, 6: None, 7: MANY}),
	],
	ids=lambda value: value.requirement if isinstance(value, CountRule) else "",
)
def test_count_below_at_and_above_its_limit(rule, requirement, answers):
	assert rule.requirement == requirement
	assert {count: rule.breach(count) for count in answers} == answers


def test_8d_report_asks_for_all_eight_steps():
	steps = set(re.findall(r"\bD\d\b", inspect.getsource(eight_d_rules)))
	assert steps == {f"D{number}" for number in range(1, 9)}
	assert EIGHT_D_STEPS.breach(len(steps)) is None


# 000-K: agreed reply times (R-000K-21, e.2.3)


@pytest.mark.parametrize(
	("changes_made", "by_general_manager", "refusal"),
	[
		(0, False, None),  # the first change: the customer service staff
		(0, True, None),
		(1, False, ChangeRefusal.LAST_CHANGE_IS_HIGHER),  # the second is the last: the general manager only
		(1, True, None),
		(2, False, ChangeRefusal.NO_CHANGE_LEFT),
		(2, True, ChangeRefusal.NO_CHANGE_LEFT),  # a third one nobody may agree
	],
)
def test_agreed_time_is_changed_twice_at_most(changes_made, by_general_manager, refusal):
	assert AGREED["last_change_role"] == GENERAL_MANAGER
	assert change_refusal(changes_made, AGREED["maximum_promise_changes"], by_general_manager) is refusal


@pytest.mark.parametrize(("passed", "taken_over"), [(0, False), (1, False), (2, True), (3, True)])
def test_second_agreed_time_that_passes_takes_the_case_to_the_general_manager(passed, taken_over):
	assert AGREED["takes_over_role"] == GENERAL_MANAGER
	assert is_taken_over(passed, AGREED["missed_promises_limit"]) is taken_over


@pytest.mark.parametrize(
	("answered", "passed"),
	[
		("2026-03-05 10:00", 0),  # at the first agreed time: in time
		("2026-03-05 10:01", 1),
		("2026-03-06 10:00", 1),  # at the second, renegotiated one
		("2026-03-06 10:01", 2),
		(None, 2),
	],
)
def test_agreed_times_count_when_they_pass_unsolved_renegotiated_or_not(answered, passed):
	solved_at = answered and datetime.fromisoformat(answered)
	times = (datetime(2026, 3, 5, 10), datetime(2026, 3, 6, 10))
	agreements = [Agreement(due_at, solved_at) for due_at in times]
	assert passed_unsolved(agreements, datetime(2026, 3, 9, 10)) == passed


def test_slip_of_document_000_k_climbs_level_by_level_to_the_general_manager():
	# R-000K-14; the slip is reviewed before it is issued (e.2.12).
	roles = [step.get("role") or step["recipient_type"] for step in AGREED["escalation_steps"]]
	assert roles == ["Department Manager", "Complaint Vice President", GENERAL_MANAGER]
	assert AGREED["slips_need_review"] == 1


# 000-C: the second re-review (R-000C-07)


@pytest.mark.parametrize(
	("round_number", "role"),
	[(1, "Complaint Reviewer"), (2, "Complaint Vice President"), (3, GENERAL_MANAGER)],
)
def test_second_re_review_goes_to_a_higher_level(round_number, role):
	ladder = ("Complaint Reviewer", "Complaint Vice President", GENERAL_MANAGER)
	assert role_for_round(round_number, procedure("000-C")["maximum_re_review_rounds"], ladder) == role


# 001-E: a drink is changed at the counter below 10 yuan (R-001E-05, e.2.10)


@pytest.mark.parametrize(
	("amount", "role"),
	[("0", "counter"), ("9.99", "counter"), ("10", "supervisor"), ("10.01", "supervisor")],
)
def test_exactly_ten_yuan_is_not_below_ten(amount, role):
	limits = (Limit("counter", Decimal(10), below=True), Limit("supervisor", None))
	assert required_role(limits, Decimal(amount)) == role


# 002: widespread (R-002A-08, e.2.7)

NOW = datetime(2026, 6, 30, 12)
DAY = timedelta(days=1)


def reports(*customers: str, before: timedelta = DAY) -> list[Report]:
	return [
		Report(f"CC-{index}", customer, "No Power", NOW - before) for index, customer in enumerate(customers)
	]


@pytest.mark.parametrize(("times", "found"), [(2, []), (3, [3]), (4, [4])])
def test_same_problem_of_the_same_customer_three_times(times, found):
	raised = signals(reports(*["Anna"] * times), NOW)
	assert [signal.count for signal in raised] == found
	assert {signal.spread for signal in raised} <= {Spread.ONE_CUSTOMER_REPEATEDLY}


@pytest.mark.parametrize(
	("customers", "found"),
	[(("Anna", "Ben"), []), (("Anna", "Ben", "Cai"), [3]), (("Anna", "Ben", "Cai", "Dora"), [4])],
)
def test_same_problem_of_three_different_customers(customers, found):
	raised = signals(reports(*customers), NOW)
	assert [signal.count for signal in raised] == found
	assert {signal.spread for signal in raised} <= {Spread.DIFFERENT_CUSTOMERS}


@pytest.mark.parametrize(
	("age", "found"), [(89 * DAY, 1), (90 * DAY, 1), (90 * DAY + timedelta(seconds=1), 0)]
)
def test_window_of_ninety_days_is_the_default(age, found):
	assert Thresholds().window_days == 90
	assert len(signals(reports("Anna", "Ben", "Cai", before=age), NOW)) == found


# 003: rates in whole percent (R-003A-04 to R-003A-06, e.2.5)

DUE = datetime(2026, 3, 9, 10)


def cohort(timely: int, late: int, unanswered: int) -> list[Reply]:
	return [
		*[Reply(DUE, DUE)] * timely,
		*[Reply(DUE, DUE + timedelta(minutes=1))] * late,
		*[Reply(DUE)] * unanswered,
	]


@pytest.mark.parametrize(
	("replies", "now", "figures"),
	[
		(cohort(5, 1, 0), DUE + DAY, (5, 6, 0, 83)),  # the document's own example
		(cohort(5, 0, 1), DUE + DAY, (5, 6, 0, 83)),  # past due and unanswered is not timely
		(cohort(5, 0, 1), DUE, (5, 5, 1, 100)),  # still inside its time: shown apart
		(cohort(0, 0, 2), DUE, (0, 0, 2, None)),  # nothing to count yet: blank
		([], DUE, (0, 0, 0, None)),
		(cohort(0, 1, 0), DUE + DAY, (0, 1, 0, 0)),
	],
)
def test_timely_reply_rate(replies, now, figures):
	rate = timely_reply_rate(replies, now)
	assert (rate.numerator, rate.denominator, rate.open, rate.whole_percent) == figures


@pytest.mark.parametrize(
	("reached", "of", "percent"),
	[(4, 5, 80), (5, 6, 83), (0, 5, 0), (5, 5, 100), (1, 8, 13), (2, 3, 67), (0, 0, None)],
)
def test_contact_and_final_result_rates_are_whole_percent(reached, of, percent):
	assert rate_of([True] * reached + [False] * (of - reached)).whole_percent == percent


# 000-K: five recipients of the monthly report (R-000K-25)


@pytest.mark.parametrize("left_out", list(Recipient))
def test_monthly_report_goes_to_all_five(left_out):
	assert len(Recipient) == 5
	assert missing_recipients(set(Recipient) - {left_out}) == (left_out,)
	assert missing_recipients(Recipient) == ()


# Severities: own words, own ranks, never mapped by word (e.2.8)


@pytest.mark.parametrize(
	("code", "words"),
	[
		("000-A", ["Major", "Moderate", "Minor"]),
		("000-E", ["Special Complaint", "Ordinary Complaint"]),
		("002-A", ["Serious", "Urgent", "Routine", "Inquiry"]),
		("004-A", ["Urgent", "Important", "Routine"]),
	],
)
def test_severities_stand_in_the_words_and_the_order_of_the_document(code, words):
	rows = sorted(procedure(code)["severities"], key=lambda row: row["rank"])
	assert [(row["severity"], row["rank"]) for row in rows] == [
		(word, rank) for rank, word in enumerate(words, 1)
	]
