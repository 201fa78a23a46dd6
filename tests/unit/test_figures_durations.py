"""Every duration of the documents, from the shipped procedures, in every situation (requirements, e.1)."""

from datetime import date, datetime, time

import pytest

from complaint_handling.domain.business_calendar import BusinessCalendar
from complaint_handling.domain.calendar_rules import CalendarRules, WorkingPeriod
from complaint_handling.domain.clocks import Target, due_at, resumed_due
from complaint_handling.domain.owner_list import owner_list_due
from tests.figures import (
	FIGURES,
	HOLIDAYS,
	MAKE_UP_PERIODS,
	MAKE_UP_WORKDAYS,
	SCHEDULES,
	Figure,
	Situation,
	procedure,
	shipped_codes,
	shipped_periods,
)

YEARS = (date(2026, 1, 1), date(2027, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SITUATIONS = {
	"inside hours",
	"outside hours",
	"over a weekend",
	"over a make-up Saturday",
	"over a holiday",
	"across a pause",
	"across a year end",
}
AROUND_THE_CLOCK = BusinessCalendar.compile(CalendarRules.around_the_clock(HOLIDAYS), *YEARS)


def compiled(name: str) -> BusinessCalendar:
	weekly: dict[int, tuple[WorkingPeriod, ...]] = {}
	for row in shipped_periods(name):
		weekday = WEEKDAYS.index(row["weekday"])
		weekly[weekday] = (*weekly.get(weekday, ()), period(row["start_time"], row["end_time"]))
	made_up = tuple(period(*times) for times in MAKE_UP_PERIODS)
	rules = CalendarRules(weekly, HOLIDAYS, {day: made_up for day in MAKE_UP_WORKDAYS})
	return BusinessCalendar.compile(rules, *YEARS)


def period(start: str, end: str) -> WorkingPeriod:
	return WorkingPeriod(time.fromisoformat(start), time.fromisoformat(end))


CALENDARS = {name: compiled(name) for name in ("Standard Working Week", "Six-day Week")}


def counted_by(figure: Figure) -> tuple[Target, BusinessCalendar | None]:
	row = figure.target
	length = Target(row["target_value"], row["target_unit"])
	if row.get("extend_over_holidays"):
		return length.as_working_hours(), AROUND_THE_CLOCK
	return length, CALENDARS[figure.calendar_name] if length.unit.needs_calendar else None


def due_of(figure: Figure, situation: Situation) -> datetime:
	length, calendar = counted_by(figure)
	due = due_at(calendar, situation.start, length)
	return resumed_due(due, *situation.pause, calendar) if situation.pause else due


@pytest.mark.parametrize("figure", FIGURES, ids=str)
def test_figure_is_due_as_worked_out_by_hand(figure):
	found = {row.name: due_of(figure, row) for row in SCHEDULES[figure.schedule]}
	assert found == {row.name: row.due for row in SCHEDULES[figure.schedule]}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedule_covers_every_situation(name):
	assert {row.name for row in SCHEDULES[name]} >= SITUATIONS


@pytest.mark.parametrize("name", SCHEDULES)
def test_situations_are_what_they_are_called(name):
	rows = {row.name: row for row in SCHEDULES[name]}
	assert rows["inside hours"].start.weekday() < 5
	assert not time(9) <= rows["outside hours"].start.time() < time(18)
	assert rows["over a make-up Saturday"].start.date() <= date(2026, 5, 9)
	assert rows["over a make-up Saturday"].due.date() >= date(2026, 5, 9)
	assert rows["over a holiday"].due.date() in HOLIDAYS or any(
		rows["over a holiday"].start.date() < day < rows["over a holiday"].due.date() for day in HOLIDAYS
	)
	assert (rows["across a year end"].start.year, rows["across a year end"].due.year) == (2026, 2027)
	assert rows["across a pause"].pause


@pytest.mark.parametrize("situation", SCHEDULES["2 working days"], ids=lambda row: row.name)
def test_owner_list_is_due_two_working_days_after_the_reorganisation(situation):
	# R-003A-09. Saturday counts for the reply to a slip only, so this runs on the ordinary calendar.
	if situation.pause is None:
		calendar = CALENDARS["Standard Working Week"]
		assert owner_list_due(calendar, situation.start) == situation.due


def test_total_of_document_000_a_is_one_and_two_and_three_working_days():
	# e.2.1: the 3 working days run from the end of the investigation.
	calendar = CALENDARS["Standard Working Week"]
	lengths = [Figure("", "000-A", stage, "").target for stage in ("Initial Assessment", "Investigation")]
	moment = datetime(2026, 3, 2, 10)
	for row in [*lengths, Figure("", "000-A", "Solution Approved", "").target]:
		moment = due_at(calendar, moment, Target(row["target_value"], row["target_unit"]))
	assert moment == datetime(2026, 3, 10, 10)  # Tue 1, Thu 3, Fri 4, Mon 5, Tue 10 March 6
	assert Figure("", "000-A", "Solution Approved", "").target["starts_on"] == "Complaint Verified"


@pytest.mark.parametrize("figure", [row for row in FIGURES if row.code == "000-E"], ids=str)
def test_times_of_document_000_e_run_from_the_receipt(figure):
	assert figure.target["starts_on"] == "Complaint Registered"  # e.2.14


def test_measures_of_document_002_run_from_the_registration():
	rows = [row for row in procedure("002-A")["targets"] if row["stage"] == "Corrective Measures"]
	assert {row["starts_on"] for row in rows} == {"Complaint Registered"}  # e.2.15


def test_work_on_site_runs_from_the_approval_of_the_plan():
	row = Figure("", "004-A", "Work on Site", "", severity="Urgent").target
	assert row["starts_on"] == "Solution Approved"  # e.2.21


@pytest.mark.parametrize("code", shipped_codes())
def test_short_targets_run_in_working_time_unless_the_case_is_urgent(code):
	# e.2.2: below 24 h in service hours, elapsed when urgent; 24 h and more elapsed.
	for row in procedure(code)["targets"]:
		hours = row["target_value"] / (60 if row["target_unit"] == "Minutes" else 1)
		if row["target_unit"] in ("Minutes", "Hours"):
			assert hours >= 24 or row.get("only_urgent"), row
		if row["target_unit"] == "Working Hours":
			assert hours < 24 and not row.get("only_urgent"), row


@pytest.mark.parametrize("code", shipped_codes())
def test_saturday_counts_for_the_reply_to_a_slip_of_document_003_only(code):
	counted = {row["stage"] for row in procedure(code)["targets"] if row.get("calendar")}
	assert counted == ({"Slip Reply"} if code.startswith("003") else set())


PAUSING = {
	**{f"000-{letter}": {"Solution Approved", "Revised Solution"} for letter in "ABCDFGHIJ"},
	**{f"001-{letter}": {"Solution Approved", "Revised Solution"} for letter in "ABCDEF"},
	"000-E": {"Handling Result"},
	"000-K": {"Revised Solution"},
	"002-A": {"Corrective Measures", "Revised Solution"},
	"003-A": {"Final Result"},
	"003-B": {"Final Result"},
	"004-A": {"Facts Verified", "Solution Approved", "Revised Solution", "Work on Site"},
}


@pytest.mark.parametrize("code", shipped_codes())
def test_only_what_waits_for_the_customer_stands_still_meanwhile(code):
	rows = procedure(code)["targets"]
	assert {row["stage"] for row in rows if row.get("pauses_with_customer")} == PAUSING[code]
	# A first answer, the reply to a slip and what ends with an answer to the customer wait for nobody.
	assert not [row for row in rows if row.get("pauses_with_customer") and row["stops_on"] == "Slip Reported"]
