"""Clocks between zones: the system in Asia/Kolkata, calendars elsewhere, a user in Europe/Berlin."""

from collections.abc import Iterator
from datetime import datetime

import pytest

import frappe

from complaint_handling.constants import MILESTONE
from complaint_handling.services.calendar import calendar_cache, calendars
from complaint_handling.services.clock import clock_times
from complaint_handling.services.overview import work_day
from tests import factories
from tests.factories import as_user
from tests.integration.test_calendars import make_calendar

# Shanghai is two and a half hours ahead of Kolkata; Berlin four and a half behind it, three and a half in summer.


@pytest.fixture(autouse=True)
def system_in_kolkata(site_connection: None) -> Iterator[None]:
	"""Let the site store its times in the zone of Kolkata."""
	settings = frappe.get_doc("System Settings")
	settings.time_zone = "Asia/Kolkata"
	settings.flags.ignore_mandatory = True
	settings.save()
	_forget()
	yield
	frappe.db.rollback()
	_forget()


def _forget() -> None:
	frappe.clear_document_cache("System Settings", "System Settings")
	frappe.db.value_cache.clear()
	frappe.local.system_settings = frappe._dict()
	calendar_cache.look_again()


@pytest.fixture
def shanghai() -> str:
	return make_calendar("Shanghai", time_zone="Asia/Shanghai").name


@pytest.fixture
def berlin() -> str:
	return make_calendar("Berlin", time_zone="Europe/Berlin").name


def due(calendar: str, start: str, value: float, unit: str, **more) -> datetime:
	target = frappe.new_doc("Complaint Procedure Target")
	target.update({"calendar": calendar, "target_value": value, "target_unit": unit, **more})
	return clock_times.due_of(target, None, datetime.fromisoformat(start))


def milestone(calendar: str, unit: str = "Working Hours", **times: str) -> dict:
	return {
		"calendar": calendar,
		"target_unit": unit,
		"extend_over_holidays": 0,
		"paused_at": None,
		"paused_hours": 0,
		**{name: datetime.fromisoformat(moment) for name, moment in times.items()},
	}


@pytest.mark.parametrize(
	("start", "value", "unit", "end"),
	[
		# Friday 10:00 in Shanghai and two working days: Tuesday 10:00 in Shanghai.
		("2026-03-06 07:30", 2, "Working Days", "2026-03-10 07:30"),
		# Friday 22:30 in Shanghai: counts from Monday 9:00 there.
		("2026-03-06 20:00", 2, "Working Hours", "2026-03-09 08:30"),
		# Still Sunday in Kolkata, Monday 0:30 in Shanghai: that Monday counts.
		("2026-03-08 22:00", 1, "Working Days", "2026-03-10 06:30"),
		# Over lunch in Shanghai.
		("2026-03-06 08:30", 2, "Working Hours", "2026-03-06 12:00"),
		("2026-03-06 07:30", 24, "Hours", "2026-03-07 07:30"),
		("2026-03-06 07:30", 90, "Minutes", "2026-03-06 09:00"),
	],
)
def test_a_calendar_in_shanghai(shanghai, start, value, unit, end):
	assert due(shanghai, start, value, unit) == datetime.fromisoformat(end)


@pytest.mark.parametrize(
	("start", "value", "unit", "end"),
	[
		# Summer time begins on Sunday 2026-03-29. Elapsed: the same clock time in Kolkata, an hour later in Berlin.
		("2026-03-28 16:30", 24, "Hours", "2026-03-29 16:30"),
		# Working: Friday 17:00 in Berlin and two hours is Monday 10:00 there, an hour earlier in Kolkata.
		("2026-03-27 21:30", 2, "Working Hours", "2026-03-30 13:30"),
		("2026-03-27 21:30", 1, "Working Days", "2026-03-30 20:30"),
		# It ends on Sunday 2026-10-25.
		("2026-10-24 15:30", 24, "Hours", "2026-10-25 15:30"),
		("2026-10-23 20:30", 2, "Working Hours", "2026-10-26 14:30"),
		("2026-10-23 20:30", 1, "Working Days", "2026-10-26 21:30"),
	],
)
def test_daylight_saving_in_berlin(berlin, start, value, unit, end):
	assert due(berlin, start, value, unit) == datetime.fromisoformat(end)


def test_elapsed_hours_stand_still_on_a_holiday_of_the_calendars_zone():
	calendar = make_calendar(
		"Holidays", time_zone="Asia/Shanghai", exceptions=[{"date": "2026-10-01", "kind": "Holiday"}]
	).name
	# 1 October begins at 21:30 in Kolkata.
	assert due(calendar, "2026-09-30 20:30", 2, "Hours", extend_over_holidays=1) == datetime(
		2026, 10, 1, 22, 30
	)


def test_warning_lies_in_working_time_of_the_calendar(berlin):
	target = frappe.new_doc("Complaint Procedure Target")
	target.update(
		{"calendar": berlin, "target_value": 2, "target_unit": "Working Hours", "warn_at_percent": 75}
	)
	start, end = datetime(2026, 3, 27, 21, 30), datetime(2026, 3, 30, 13, 30)
	assert clock_times.warn_of(target, None, start, end) == datetime(2026, 3, 30, 13, 0)


def test_a_pause_over_the_change_takes_the_working_time_of_berlin(berlin):
	row = milestone(berlin, paused_at="2026-03-27 21:30")
	resumed, end = datetime(2026, 3, 30, 13, 30), datetime(2026, 3, 30, 14, 30)
	assert clock_times.paused_hours(row, resumed) == 2
	# Monday 11:00 in Berlin and two hours, lunch between them.
	assert clock_times.resumed_due_of(row, end, resumed) == datetime(2026, 3, 30, 18, 0)


def test_an_elapsed_pause_over_the_change_takes_what_passed(berlin):
	row = milestone(berlin, "Hours", paused_at="2026-03-28 16:30")
	resumed, end = datetime(2026, 3, 29, 16, 30), datetime(2026, 3, 29, 20, 0)
	assert clock_times.paused_hours(row, resumed) == 24
	assert clock_times.resumed_due_of(row, end, resumed) == datetime(2026, 3, 30, 20, 0)


def test_what_lasted_for_years_is_still_measured(shanghai):
	row = milestone(shanghai, started_at="2022-03-07 06:30", paused_at="2022-03-07 07:30")
	assert clock_times.elapsed_hours(row, datetime(2026, 3, 9, 6, 30)) == 1
	assert clock_times.paused_hours(row, datetime(2026, 3, 9, 6, 30)) > 7000
	moved = clock_times.resumed_due_of(row, datetime(2022, 3, 8, 6, 30), datetime(2026, 3, 9, 6, 30))
	assert moved == datetime(2026, 3, 9, 14, 30)  # six and a half hours were left


def test_a_pause_that_began_in_the_year_before_the_due_time(shanghai):
	row = milestone(shanghai, paused_at="2026-11-16 06:30")
	end = datetime(2027, 1, 5, 6, 30)
	assert clock_times.resumed_due_of(row, end, datetime(2026, 11, 17, 6, 30)) == datetime(2027, 1, 5, 15, 30)


def test_the_zone_of_the_user_changes_nothing_that_is_stored(cast):
	frappe.db.set_value("User", cast["agent"], "time_zone", "Europe/Berlin")
	frappe.clear_document_cache("User", cast["agent"])
	with as_user(cast["agent"]):
		abroad = factories.make_complaint(received_on="2026-03-06 07:30:00")
	here = factories.make_complaint(received_on="2026-03-06 07:30:00")
	assert _due_times(abroad.name) == _due_times(here.name) != []


def _due_times(complaint: str) -> list[tuple]:
	return frappe.get_all(
		MILESTONE,
		filters={"complaint": complaint},
		fields=["stage", "due_at"],
		order_by="stage",
		as_list=True,
	)


def test_last_working_day_is_looked_up_in_the_calendars_time(shanghai, monkeypatch):
	asked, compiled = [], calendars.compiled
	monkeypatch.setattr(work_day, "_default_calendar", lambda: shanghai)
	monkeypatch.setattr(
		calendars, "compiled", lambda name, around: asked.append(around) or compiled(name, around)
	)
	monday = work_day.Day(datetime(2026, 3, 9, 22, 0), "Administrator", mine=False)
	assert monday.last_working_day == datetime(2026, 3, 6)
	assert asked == [datetime(2026, 3, 10, 0, 30)]
