"""Every duration of the documents through the services that set and move the clocks of a site."""

import pytest

import frappe

from complaint_handling.constants import CALENDAR, PROCEDURE
from complaint_handling.services.clock import clock_times
from tests.figures import (
	FIGURES,
	HOLIDAYS,
	MAKE_UP_PERIODS,
	MAKE_UP_WORKDAYS,
	SCHEDULES,
	Figure,
	Situation,
	shipped_periods,
)

CALENDARS = ("Standard Working Week", "Six-day Week")


@pytest.fixture
def with_holidays(rolled_back: None) -> dict[str, str]:
	"""The shipped calendars with public holidays and make-up workdays: shipped name -> name of the copy."""
	holidays = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": "Holidays of the Figures",
			"from_date": min(HOLIDAYS),
			"to_date": max(HOLIDAYS),
			"holidays": [{"holiday_date": day, "description": "Holiday"} for day in sorted(HOLIDAYS)],
		}
	).insert(ignore_permissions=True)
	return {name: copy_of(name, holidays.name) for name in CALENDARS}


def copy_of(calendar: str, holiday_list: str) -> str:
	made_up = [
		{"date": day, "kind": "Make-up Workday", "start_time": start, "end_time": end}
		for day in MAKE_UP_WORKDAYS
		for start, end in MAKE_UP_PERIODS
	]
	copy = frappe.get_doc(
		{
			"doctype": CALENDAR,
			"calendar_name": f"{calendar} of the Figures",
			"holiday_list": holiday_list,
			"periods": shipped_periods(calendar),
			"exceptions": made_up,
		}
	)
	return copy.insert(ignore_permissions=True).name


def due_of(figure: Figure, situation: Situation, calendars: dict[str, str]):
	procedure = frappe.get_doc(PROCEDURE, {"code": figure.code, "docstatus": 1})
	(target,) = (row for row in procedure.targets if figure.names(row))
	target.calendar = calendars[clock_times.calendar_of(target, procedure)]
	demand = situation.due if target.from_demand else None
	if target.from_demand and situation.pause:
		return situation.due  # the customer's own deadline waits for nobody
	due = clock_times.due_of(target, procedure, situation.start, demand)
	if not situation.pause:
		return due
	paused_at, resumed_at = situation.pause
	milestone = {**target.as_dict(), "paused_at": paused_at}
	return clock_times.resumed_due_of(milestone, due, resumed_at)


@pytest.mark.parametrize("figure", FIGURES, ids=str)
def test_figure_is_due_as_worked_out_by_hand(figure, with_holidays):
	schedule = SCHEDULES[figure.schedule]
	found = {row.name: due_of(figure, row, with_holidays) for row in schedule}
	assert found == {row.name: row.due for row in schedule}
