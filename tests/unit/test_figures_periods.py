"""Duties that come back: daily, weekly, monthly, every four months, annual (requirements, section e.1)."""

from datetime import date

import pytest

from complaint_handling.domain.recurrence import (
	ANNUALLY,
	DAILY,
	EVERY_FOUR_MONTHS,
	MONTHLY,
	WEEKLY,
	is_overdue,
	month_of,
	next_due,
	period_before,
	year_of,
)

from .test_figures_durations import CALENDARS

CALENDAR = CALENDARS["Standard Working Week"]


# fmt: off
@pytest.mark.parametrize(
	("duty", "every", "last_done", "due", "why"),
	[
		# R-000K-24: the customer representative's check
		("daily", DAILY, "2026-03-04", "2026-03-05", "Wednesday to Thursday"),
		("daily", DAILY, "2026-03-06", "2026-03-09", "over a weekend"),
		("daily", DAILY, "2026-05-08", "2026-05-09", "a make-up Saturday is checked"),
		("daily", DAILY, "2026-04-30", "2026-05-06", "over a holiday"),
		("daily", DAILY, "2026-12-31", "2027-01-04", "across a year end"),
		# R-000K-10: suggestion boxes; R-001A-07: site patrol
		("weekly", WEEKLY, "2026-03-04", "2026-03-11", "Wednesday to Wednesday"),
		("weekly", WEEKLY, "2026-02-28", "2026-03-09", "from a make-up Saturday: the next Saturday is closed"),
		("weekly", WEEKLY, "2026-05-02", "2026-05-09", "onto a make-up Saturday"),
		("weekly", WEEKLY, "2026-04-24", "2026-05-06", "Friday 1 May to Tuesday 5 May are closed"),
		("weekly", WEEKLY, "2026-12-28", "2027-01-04", "across a year end"),
		# R-000K-25: the monthly report
		("monthly", MONTHLY, "2026-03-02", "2026-04-02", "Thursday"),
		("monthly", MONTHLY, "2026-07-01", "2026-08-03", "1 August is a Saturday"),
		("monthly", MONTHLY, "2026-04-09", "2026-05-09", "onto a make-up Saturday"),
		("monthly", MONTHLY, "2026-09-01", "2026-10-08", "1 October is a holiday"),
		("monthly", MONTHLY, "2026-12-01", "2027-01-04", "1 January 2027 is a holiday before a weekend"),
		# R-000K-23: the goodwill visit to each customer
		("visit", EVERY_FOUR_MONTHS, "2026-03-04", "2026-07-06", "4 July is a Saturday"),
		("visit", EVERY_FOUR_MONTHS, "2026-01-09", "2026-05-09", "onto a make-up Saturday"),
		("visit", EVERY_FOUR_MONTHS, "2026-06-02", "2026-10-08", "2 October lies in the holidays"),
		("visit", EVERY_FOUR_MONTHS, "2026-08-27", "2026-12-28", "27 December is a Sunday"),
		("visit", EVERY_FOUR_MONTHS, "2026-10-31", "2027-03-01", "28 February, a Sunday, is the month's last"),
		# R-000K-26: the annual summary
		("annual", ANNUALLY, "2026-01-05", "2027-01-05", "Tuesday"),
		("annual", ANNUALLY, "2026-01-01", "2027-01-04", "1 January is a holiday before a weekend"),
	],
)
def test_duty_is_due_on_the_day_worked_out_by_hand(duty, every, last_done, due, why):
	begun_on = date(2025, 12, 1)
	assert next_due(every, begun_on, date.fromisoformat(last_done), CALENDAR) == date.fromisoformat(due)
# fmt: on


@pytest.mark.parametrize(
	("every", "due"), [(WEEKLY, date(2026, 3, 9)), (EVERY_FOUR_MONTHS, date(2026, 7, 2))]
)
def test_duty_never_done_counts_from_its_beginning(every, due):
	assert next_due(every, date(2026, 3, 2)) == due


@pytest.mark.parametrize(("today", "overdue"), [(8, False), (9, False), (10, True)])
def test_duty_is_in_time_on_its_day(today, overdue):
	assert is_overdue(date(2026, 3, 9), date(2026, 3, today)) is overdue


@pytest.mark.parametrize(
	("period", "first", "last"),
	[
		(period_before(month_of(date(2026, 3, 2))), "2026-02-01", "2026-02-28"),
		(period_before(month_of(date(2027, 1, 4))), "2026-12-01", "2026-12-31"),
		(period_before(month_of(date(2028, 3, 1))), "2028-02-01", "2028-02-29"),
		(period_before(year_of(date(2027, 1, 4))), "2026-01-01", "2026-12-31"),
	],
)
def test_report_is_about_the_period_that_has_ended(period, first, last):
	days = date.fromisoformat(first), date.fromisoformat(last)
	assert (period.first_day, period.last_day) == days
	assert all(period.holds(day) for day in days)
