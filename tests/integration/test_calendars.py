"""Complaint Calendar: its form, public holidays, announcements, the cache of compiled calendars, warnings."""

import io
from datetime import date, datetime

import openpyxl
import pytest

import frappe
from frappe.utils import getdate

from complaint_handling.api import calendar as api
from complaint_handling.constants import CALENDAR, COORDINATOR, MILESTONE
from complaint_handling.exceptions import CalendarError
from complaint_handling.jobs.calendars import warn_of_calendars_that_run_out
from complaint_handling.services.calendar import (
	calendar_cache,
	calendar_years,
	calendars,
	moved_due_times,
	public_holidays,
)
from tests import factories
from tests.factories import as_user
from tests.integration import cases

WEEKDAYS = calendars.WEEKDAYS[:5]
HOURS = (("09:00:00", "12:00:00"), ("13:30:00", "18:00:00"))
FRIDAY_NOON = datetime(2026, 9, 18, 11)


def make_calendar(name: str = "Test Office", **values):
	periods = [
		{"weekday": weekday, "start_time": start, "end_time": end}
		for weekday in WEEKDAYS
		for start, end in HOURS
	]
	return frappe.get_doc({"doctype": CALENDAR, "calendar_name": name, "periods": periods, **values}).insert()


def make_holiday_list(name: str = "Test Holidays", **days: int):
	return frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": name,
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
			"holidays": [
				{"holiday_date": day.replace("_", "-")[1:], "description": "Day off", "weekly_off": weekly}
				for day, weekly in days.items()
			],
		}
	).insert()


def hours_of(doc, day: str) -> list[tuple[str, str, str]]:
	return [
		(row.kind, str(row.start_time)[:5].rstrip(":"), str(row.end_time)[:5])
		for row in doc.exceptions
		if getdate(row.date) == getdate(day)
	]


def works(name: str, day: date) -> bool:
	return calendars.compiled(name, datetime(2026, 3, 2)).is_working_day(day)


# The form


def test_a_make_up_workday_without_times_has_ordinary_hours():
	doc = make_calendar(exceptions=[{"date": "2026-09-20", "kind": "Make-up Workday"}])
	doc.reload()
	assert hours_of(doc, "2026-09-20") == [
		("Make-up Workday", "9:00", "12:00"),
		("Make-up Workday", "13:30", "18:00"),
	]
	# Friday 11:00 and two working days, a make-up Sunday being the first of them.
	assert calendars.compiled(doc.name, FRIDAY_NOON).add_working_days(FRIDAY_NOON, 2) == datetime(
		2026, 9, 21, 11
	)


@pytest.mark.parametrize(
	("exceptions", "row"),
	[
		([{"date": "2026-09-20", "kind": "Half Day"}], "row 1"),
		([{"date": "2026-09-20", "kind": "Own Hours", "start_time": "09:00"}], "row 1"),
		([{"date": "2026-09-20", "kind": "Closed"}, {"date": "2026-09-20", "kind": "Worked Day"}], "row 2"),
		([{"date": "2026-09-20", "kind": "Closed"}, {"date": "2026-09-20", "kind": "Closed"}], "row 2"),
	],
)
def test_contradicting_exceptions_are_refused_with_the_row(exceptions, row):
	with pytest.raises(CalendarError, match=row):
		make_calendar(exceptions=exceptions)


def test_a_year_has_one_row():
	with pytest.raises(CalendarError, match="2027"):
		make_calendar(years=[{"year": 2027, "status": "Published"}, {"year": 2027, "status": "Provisional"}])


def test_the_zone_is_that_of_the_country_of_the_company():
	company = factories.make_company()
	assert not make_calendar("Of China", company=company).time_zone  # several zones: the site's
	frappe.db.set_value("Company", company, "country", "Germany")
	frappe.clear_document_cache("Company", company)
	assert make_calendar("Of Germany", company=company).time_zone == "Europe/Berlin"


def test_weekly_days_off_of_the_holiday_list_are_ignored():
	days = make_holiday_list(_2026_03_10=1, _2026_03_11=0)
	doc = make_calendar(holiday_list=days.name)
	assert works(doc.name, date(2026, 3, 10))
	assert not works(doc.name, date(2026, 3, 11))


# The cache


def test_the_cache_follows_calendar_exceptions_and_holiday_list():
	days = make_holiday_list(_2026_03_11=0)
	doc = make_calendar(holiday_list=days.name)
	tuesday, saturday = date(2026, 3, 10), date(2026, 3, 14)
	assert (works(doc.name, tuesday), works(doc.name, saturday)) == (True, False)
	doc.append("exceptions", {"date": saturday, "kind": "Worked Day"})
	doc.save()
	assert works(doc.name, saturday)
	days.append("holidays", {"holiday_date": tuesday, "description": "Day off"})
	days.save()
	assert not works(doc.name, tuesday)
	doc.holiday_list = None
	doc.save()
	assert works(doc.name, tuesday)


def test_the_cache_follows_a_change_that_tells_nobody():
	days = make_holiday_list(_2026_03_11=0)
	doc = make_calendar(holiday_list=days.name)
	assert not works(doc.name, date(2026, 3, 11))
	frappe.db.delete("Holiday", {"parent": days.name})
	frappe.db.set_value(
		"Complaint Calendar Period", doc.periods[0].name, "end_time", "10:00:00", update_modified=False
	)
	calendar_cache.look_again()  # as the next transaction does
	assert works(doc.name, date(2026, 3, 11))
	assert not calendars.compiled(doc.name, FRIDAY_NOON).is_open(datetime(2026, 3, 9, 11))


def test_a_rolled_back_change_is_forgotten(site_connection):
	doc = make_calendar()
	frappe.db.savepoint("before_change")
	before = calendars.compiled(doc.name, FRIDAY_NOON)
	doc.append("exceptions", {"date": "2026-03-14", "kind": "Worked Day"})
	doc.save()
	assert works(doc.name, date(2026, 3, 14))
	frappe.db.rollback(save_point="before_change")
	calendar_cache.look_again()
	assert calendars.compiled(doc.name, FRIDAY_NOON) is before


def test_a_compiled_calendar_is_kept_and_costs_one_query():
	doc = make_calendar()
	first = calendars.compiled(doc.name, FRIDAY_NOON)
	calendar_cache.look_again()
	queries = []
	original = frappe.db.sql
	frappe.db.sql = lambda *arguments, **options: queries.append(arguments) or original(*arguments, **options)
	try:
		for _ in range(10):
			assert calendars.compiled(doc.name, FRIDAY_NOON) is first
			calendars.zone_of(doc.name)
	finally:
		frappe.db.sql = original
	assert len(queries) == 1


def test_a_calendar_of_another_site_is_not_taken():
	doc = make_calendar()
	here = calendars.compiled(doc.name, FRIDAY_NOON)
	site, frappe.local.site = frappe.local.site, "another.localhost"
	calendar_cache.look_again()  # every site has its own `frappe.local`
	try:
		assert calendars.compiled(doc.name, FRIDAY_NOON) is not here
	finally:
		frappe.local.site = site


def test_an_unsaved_calendar_can_be_tried():
	doc = make_calendar()
	saturday = date(2026, 3, 14)
	tried = frappe.get_doc(CALENDAR, doc.name)
	tried.append("exceptions", {"date": saturday, "kind": "Holiday"})
	tried.append("exceptions", {"date": "2026-03-10", "kind": "Closed"})
	with calendars.trying(tried):
		assert not works(doc.name, date(2026, 3, 10))
		assert not calendars.around_the_clock(doc.name, FRIDAY_NOON).is_working_day(saturday)
		# A day that this calendar alone is closed is no public holiday.
		assert calendars.around_the_clock(doc.name, FRIDAY_NOON).is_working_day(date(2026, 3, 10))
	assert works(doc.name, date(2026, 3, 10))


# Public holidays


@pytest.mark.parametrize(
	("country", "year", "published"),
	[
		("China", 2026, True),
		("China", 2025, True),
		("China", 2090, False),
		("Germany", 2026, True),
		("Germany", 2090, True),
	],
)
def test_a_year_without_make_up_workdays_is_provisional_where_there_are_such_days(country, year, published):
	assert public_holidays.is_published(country, None, year) is published


def test_proposal_is_shown_then_written_to_a_new_holiday_list():
	doc = make_calendar()
	proposal = api.propose_public_holidays(doc.name, "China", 2026)
	assert proposal["status"] == "Published"
	rows = {row["date"]: row for row in proposal["rows"]}
	assert (rows["2026-10-10"]["kind"], rows["2026-10-10"]["change"]) == ("Make-up Workday", "New")
	assert (rows["2026-10-01"]["kind"], rows["2026-10-01"]["change"]) == ("Holiday", "New")
	assert not frappe.get_doc(CALENDAR, doc.name).exceptions
	api.write_public_holidays(doc.name, "China", 2026)
	doc.reload()
	listed = frappe.get_doc("Holiday List", doc.holiday_list)
	assert date(2026, 10, 1) in [getdate(row.holiday_date) for row in listed.holidays]
	assert hours_of(doc, "2026-10-10")[1] == ("Make-up Workday", "13:30", "18:00")
	assert [(row.year, row.country, row.status) for row in doc.years] == [(2026, "China", "Published")]
	assert works(doc.name, date(2026, 10, 10))
	assert not works(doc.name, date(2026, 10, 7))


def test_writing_a_proposal_twice_doubles_nothing():
	doc = make_calendar()
	api.write_public_holidays(doc.name, "China", 2026)
	once = frappe.get_doc(CALENDAR, doc.name)
	holidays = frappe.db.count("Holiday", {"parent": once.holiday_list})
	assert {row["change"] for row in api.propose_public_holidays(doc.name, "China", 2026)["rows"]} == {
		"Already There"
	}
	api.write_public_holidays(doc.name, "China", 2026)
	again = frappe.get_doc(CALENDAR, doc.name)
	assert (len(again.exceptions), len(again.years)) == (len(once.exceptions), 1)
	assert frappe.db.count("Holiday", {"parent": once.holiday_list}) == holidays


def test_a_second_year_widens_the_holiday_list():
	doc = make_calendar()
	for year in (2026, 2025):
		api.write_public_holidays(doc.name, "Germany", year, "BY")
	doc.reload()
	listed = frappe.get_doc("Holiday List", doc.holiday_list)
	assert (getdate(listed.from_date), getdate(listed.to_date)) == (date(2025, 1, 1), date(2026, 12, 31))
	assert [(row.year, row.subdivision) for row in doc.years] == [(2025, "BY"), (2026, "BY")]


def test_who_may_not_write_holiday_lists_gets_exceptions(cast):
	doc = make_calendar()
	with as_user(cast["coordinator"]):
		assert "calendar itself" in api.propose_public_holidays(doc.name, "China", 2026)["written_to"]
		api.write_public_holidays(doc.name, "China", 2026)
	doc.reload()
	assert not doc.holiday_list
	assert hours_of(doc, "2026-10-01")[0][0] == "Holiday"
	assert not works(doc.name, date(2026, 10, 1))


def test_own_exceptions_and_weekly_days_off_are_left_alone():
	days = make_holiday_list(_2026_10_01=1)
	doc = make_calendar(
		holiday_list=days.name,
		exceptions=[{"date": "2026-10-02", "kind": "Own Hours", "start_time": "10:00", "end_time": "11:00"}],
	)
	api.write_public_holidays(doc.name, "China", 2026)
	doc.reload()
	assert hours_of(doc, "2026-10-02") == [("Own Hours", "10:00", "11:00")]
	assert hours_of(doc, "2026-10-01")[0][0] == "Holiday"
	assert frappe.db.get_value("Holiday", {"parent": days.name, "holiday_date": "2026-10-01"}, "weekly_off")


def test_a_country_that_the_library_does_not_know_is_refused():
	doc = make_calendar()
	with pytest.raises(CalendarError, match="Bavaria"):
		api.propose_public_holidays(doc.name, "China", 2026, "Bavaria")


def test_who_may_not_write_the_calendar_may_not_propose(cast):
	doc = make_calendar()
	with as_user(cast["handler"]):
		for refused in (
			lambda: api.propose_public_holidays(doc.name, "China", 2026),
			lambda: api.write_public_holidays(doc.name, "China", 2026),
			lambda: api.import_announcement(doc.name, 2026, "2026-10-01\tHoliday"),
			lambda: api.copy_to_year(doc.name, 2026, 2027),
			lambda: api.get_moved_due_times(doc.name),
		):
			with pytest.raises(frappe.PermissionError):
				refused()


# Announcements

ANNOUNCEMENT = """date	kind	from	to	note
2027-10-01	Holiday			National Day
2027-10-09	Make-up Workday
2027-02-05	Half Day	09:00	12:00	Eve
"""


def test_an_announcement_is_written_as_a_whole_and_publishes_the_year():
	doc = make_calendar(years=[{"year": 2027, "status": "Provisional"}])
	assert api.import_announcement(doc.name, 2027, ANNOUNCEMENT) == 3
	doc.reload()
	assert hours_of(doc, "2027-02-05") == [("Half Day", "9:00", "12:00")]
	assert len(hours_of(doc, "2027-10-09")) == 2
	assert [(row.year, row.status) for row in doc.years] == [(2027, "Published")]
	assert {row.origin for row in doc.exceptions} == {"Announced"}


def test_importing_again_replaces_what_was_announced_and_nothing_else():
	doc = make_calendar(exceptions=[{"date": "2027-05-05", "kind": "Closed", "note": "Stocktaking"}])
	api.import_announcement(doc.name, 2027, ANNOUNCEMENT)
	first = [(str(row.date), row.kind) for row in frappe.get_doc(CALENDAR, doc.name).exceptions]
	api.import_announcement(doc.name, 2027, ANNOUNCEMENT)
	assert [(str(row.date), row.kind) for row in frappe.get_doc(CALENDAR, doc.name).exceptions] == first
	api.import_announcement(doc.name, 2027, "2027-10-02,Holiday\n2027-05-05,Holiday")
	left = {str(row.date): row.kind for row in frappe.get_doc(CALENDAR, doc.name).exceptions}
	assert left == {"2027-05-05": "Closed", "2027-10-02": "Holiday"}


@pytest.mark.parametrize(
	("row", "note"),
	[
		("2027-10-01,Holiday,,,国庆节，中秋节", "国庆节，中秋节"),
		("2027-10-01;Holiday;;;国庆节，中秋节", "国庆节，中秋节"),
		("2027-10-01，Holiday，，，国庆节", "国庆节"),
	],
)
def test_chinese_comma_separates_only_where_nothing_else_does(row, note):
	(found,) = api.check_announcement(make_calendar().name, 2027, row)["rows"]
	assert (found["kind"], found["note"]) == ("Holiday", note)


def test_form_that_was_never_saved_is_to_be_saved_first():
	form = make_calendar().as_dict(convert_dates_to_str=True)
	for name in (None, "new-complaint-calendar-1"):
		with pytest.raises(CalendarError, match="Save the calendar first"):
			api.get_moved_due_times({**form, "name": name})
	del form["name"]
	with pytest.raises(CalendarError, match="Save the calendar first"):
		api.get_moved_due_times(form)


def test_a_wrong_row_writes_nothing_and_is_named():
	doc = make_calendar()
	rows = (
		ANNOUNCEMENT + "2027-10-40\tHoliday\n2028-01-01\tHoliday\n2027-12-01\tParty\n2027-12-02\tHalf Day\n"
	)
	errors = api.check_announcement(doc.name, 2027, rows)["errors"]
	assert [error[:6] for error in errors] == ["Row 5:", "Row 6:", "Row 7:", "Row 8:"]
	with pytest.raises(CalendarError, match="Row 6"):
		api.import_announcement(doc.name, 2027, rows)
	assert not frappe.get_doc(CALENDAR, doc.name).exceptions


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_sheet_is_read_and_kept_with_the_calendar(suffix):
	doc = make_calendar()
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"announcement.{suffix}",
			"content": _sheet(suffix),
			"is_private": 1,
		}
	).insert()
	assert api.import_announcement(doc.name, 2027, file_url=file.file_url) == 2
	doc.reload()
	assert hours_of(doc, "2027-02-05") == [("Half Day", "9:00", "12:00")]
	assert frappe.db.get_value("File", file.name, "attached_to_name") == doc.name
	assert doc.years[0].source.startswith("announcement")


def _sheet(suffix: str) -> bytes:
	if suffix == "csv":
		return "日期;类型;从;到\n2027年10月1日;Holiday\n2027/2/5;Half Day;9:00;12:00\n".encode("gb18030")
	book = openpyxl.Workbook()
	book.active.append(["date", "kind", "from", "to", "note"])
	book.active.append([date(2027, 10, 1), "Holiday", None, None, "National Day"])
	book.active.append([datetime(2027, 2, 5), "Half Day", "09:00", "12:00", None])
	content = io.BytesIO()
	book.save(content)
	return content.getvalue()


def test_words_of_the_users_language_are_accepted():
	doc = make_calendar()
	frappe.local.lang = "zh"
	try:
		kind = frappe._("Make-up Workday", context="Complaint Calendar Exception")
		api.import_announcement(doc.name, 2027, f"2027-10-09，{kind}")
	finally:
		frappe.local.lang = "en"
	assert hours_of(frappe.get_doc(CALENDAR, doc.name), "2027-10-09")[0][0] == "Make-up Workday"


# Copying forward


def test_own_exceptions_are_copied_once():
	doc = make_calendar(
		exceptions=[
			{"date": "2024-02-29", "kind": "Closed"},
			{"date": "2024-12-24", "kind": "Half Day", "start_time": "09:00", "end_time": "12:00"},
			{"date": "2024-12-31", "kind": "Closed", "note": "Stocktaking"},
		]
	)
	api.import_announcement(doc.name, 2024, "2024-10-01,Holiday")
	assert [row["date"] for row in api.propose_copy(doc.name, 2024, 2025)["rows"]] == [
		"2025-12-24",
		"2025-12-31",
	]
	assert api.copy_to_year(doc.name, 2024, 2025) == 2
	assert api.copy_to_year(doc.name, 2024, 2025) == 0
	doc.reload()
	assert hours_of(doc, "2025-12-24") == [("Half Day", "9:00", "12:00")]
	assert api.copy_to_year(doc.name, 2025, 2026) == 2


# Due times that a change would move


def test_due_times_that_a_calendar_would_move_are_listed_and_not_moved(cast):
	complaint = cases.in_handling(cast)
	milestone = frappe.get_doc(
		MILESTONE,
		frappe.get_all(
			MILESTONE,
			filters={"complaint": complaint.name, "target_unit": ("in", ("Working Hours", "Working Days"))},
			pluck="name",
			order_by="due_at desc",
		)[0],
	)
	doc = frappe.get_doc(CALENDAR, milestone.calendar)
	assert milestone.name not in _moved(doc.name)
	rows = f"{getdate(milestone.due_at)}, Closed"
	announced = api.check_announcement(doc.name, getdate(milestone.due_at).year, rows)
	assert announced["moved"] >= 1
	doc.append("exceptions", {"date": getdate(milestone.due_at), "kind": "Closed"})
	found = _moved(doc.as_dict(convert_dates_to_str=True))
	assert found[milestone.name]["would_be_due_at"] > milestone.due_at
	assert milestone.name not in _moved(doc.name)  # nothing was saved
	doc.save()
	assert milestone.name in _moved(doc.name)
	assert frappe.db.get_value(MILESTONE, milestone.name, "due_at") == milestone.due_at


def _moved(calendar) -> dict:
	found = api.get_moved_due_times(calendar)
	assert found["count"] >= len(found["rows"])
	return {row["name"]: row for row in found["rows"]}


@pytest.mark.parametrize(
	("paused_hours", "due_at", "would_be"),
	[
		(0, "2026-03-10 11:00", "2026-03-11 11:00"),
		# Four hours of waiting moved it; they are counted again after the new time.
		(4, "2026-03-10 16:30", "2026-03-11 16:30"),
		# Agreed by people: no calendar moves it.
		(0, "2026-03-20 11:00", "2026-03-20 11:00"),
	],
)
def test_pauses_are_counted_again_and_what_was_agreed_stays(paused_hours, due_at, would_be):
	doc = make_calendar(time_zone=frappe.utils.get_system_timezone())
	row = {
		"calendar": doc.name,
		"target_value": 2,
		"target_unit": "Working Days",
		"extend_over_holidays": 0,
		"started_at": "2026-03-06 11:00",
		"original_due_at": "2026-03-10 11:00",
		"due_at": due_at,
		"paused_hours": paused_hours,
	}
	assert moved_due_times.would_be_due(row) == frappe.utils.get_datetime(due_at)
	doc.append("exceptions", {"date": "2026-03-09", "kind": "Closed"})
	with calendars.trying(doc):
		assert moved_due_times.would_be_due(row) == frappe.utils.get_datetime(would_be)


# Running out


@pytest.mark.parametrize(
	("years", "on", "found"),
	[
		([], date(2026, 3, 1), ["No public holidays are known for 2026."]),
		([(2026, "Published")], date(2026, 10, 31), []),
		([(2026, "Published")], date(2026, 11, 1), ["No public holidays are known for 2027."]),
		(
			[(2026, "Published"), (2027, "Provisional")],
			date(2026, 11, 1),
			["The public holidays of 2027 are provisional: check them again."],
		),
		([(2026, "Published"), (2027, "Published")], date(2026, 12, 31), []),
	],
)
def test_a_calendar_runs_out_when_the_year_ahead_is_unknown(years, on, found):
	doc = make_calendar(years=[{"year": year, "status": status} for year, status in years])
	assert calendar_years.shortcomings(doc, on) == found


def test_a_holiday_list_that_ends_within_sixty_days_runs_out():
	days = make_holiday_list(_2026_03_11=0)
	frappe.db.set_value("Holiday List", days.name, "to_date", "2026-08-31")
	doc = make_calendar(holiday_list=days.name)
	assert calendar_years.shortcomings(doc, date(2026, 7, 2)) == []
	assert len(calendar_years.shortcomings(doc, date(2026, 7, 3))) == 1


def test_managers_are_told_once_a_month(cast, frozen_time):
	coordinator = cast["coordinator"]
	frozen_time("2026-11-02 06:00:00")
	name = calendar_years.calendars_in_use()[0]

	def told() -> int:
		return frappe.db.count(
			"Notification Log", {"for_user": coordinator, "document_type": CALENDAR, "document_name": name}
		)

	before = told()
	warn_of_calendars_that_run_out()
	warn_of_calendars_that_run_out()
	assert told() == before + 1
	frozen_time("2026-12-01 06:00:00")
	warn_of_calendars_that_run_out()
	assert told() == before + 2
	assert not frappe.db.exists("Notification Log", {"for_user": cast["handler"], "document_type": CALENDAR})


def test_one_notice_tells_of_all_calendars_whatever_else_was_told_of_one(cast, frozen_time):
	frozen_time("2026-11-02 06:00:00")
	in_use = calendar_years.calendars_in_use()
	frappe.db.set_value(CALENDAR, {"name": ("in", in_use)}, "warned_on", None)
	other = {"for_user": cast["coordinator"], "document_type": CALENDAR, "document_name": in_use[0]}
	frappe.get_doc({"doctype": "Notification Log", "subject": "Shared with you", **other}).insert()
	before = set(frappe.get_all("Notification Log", {"for_user": cast["coordinator"]}, pluck="name"))
	warn_of_calendars_that_run_out()
	logs = frappe.get_all("Notification Log", {"for_user": cast["coordinator"]}, ["name", "email_content"])
	(told,) = [log for log in logs if log.name not in before]
	assert len(in_use) > 1
	assert all(name in told.email_content for name in in_use)


def test_calendars_that_nothing_counts_by_are_no_concern():
	assert make_calendar("Unused").name not in calendar_years.calendars_in_use()
