"""An announced year of holidays: what is read of a sheet, and how a wrong row is refused."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.announcement import AnnouncedDay, DayKind, read_announcement

KINDS = {str(kind).lower(): kind for kind in DayKind} | {"调休上班日": DayKind.MAKE_UP_WORKDAY}
HEADS = ["date", "kind", "from", "to", "note"]


def read(*rows):
	return read_announcement(rows, 2026, KINDS)


def error(*rows):
	_days, errors = read(*rows)
	assert len(errors) == 1, errors
	return errors[0].row, errors[0].message.format(*errors[0].values)


@pytest.mark.parametrize(
	"cell",
	[
		date(2026, 10, 1),
		datetime(2026, 10, 1),
		"2026-10-01",
		"2026-10-01 00:00:00",
		"2026/10/1",
		"2026.10.1",
		"2026年10月1日",
		" 2026 年 10 月 1 日 ",
	],
)
def test_dates_as_people_and_spreadsheets_write_them(cell):
	days, errors = read([cell, "Holiday"])
	assert (days, errors) == ([AnnouncedDay(1, date(2026, 10, 1), DayKind.HOLIDAY)], [])


@pytest.mark.parametrize(
	("cell", "read_as"),
	[
		("9:00", time(9)),
		("09:00:00", time(9)),
		("9：30", time(9, 30)),
		(time(9), time(9)),
		(timedelta(hours=9), time(9)),
		(datetime(1899, 12, 30, 9), time(9)),
	],
)
def test_times_as_people_and_spreadsheets_write_them(cell, read_as):
	days, _errors = read(["2026-10-01", "Own Hours", cell, "18:00"])
	assert days[0].start == read_as


@pytest.mark.parametrize("end", ["24:00", "0:00"])
def test_midnight_as_the_end_is_the_end_of_the_day(end):
	days, errors = read(
		["2026-10-01", "Own Hours", "20:00", end], ["2026-10-01", "Own Hours", "8:00", "20:00"]
	)
	assert ([day.end for day in days], errors) == ([time(0), time(20)], [])
	assert error(
		["2026-10-01", "Own Hours", "20:00", end], ["2026-10-01", "Own Hours", "23:00", "23:30"]
	) == (2, "The working time overlaps that of row 1.")


def test_headings_and_empty_rows_are_passed_over_and_counted():
	days, errors = read(HEADS, [], [None, "", " "], ["2026-10-10", "调休上班日", None, "", "For 7 October"])
	assert errors == []
	assert days == [AnnouncedDay(4, date(2026, 10, 10), DayKind.MAKE_UP_WORKDAY, note="For 7 October")]


def test_an_empty_sheet_holds_nothing():
	assert read() == read(HEADS) == ([], [])


@pytest.mark.parametrize(
	("row", "message"),
	[
		([None, "Holiday"], "— is no date. Write it as in 2026-10-01."),
		(["2026-02-30", "Holiday"], "2026-02-30 is no date. Write it as in 2026-10-01."),
		(["1.10.2026", "Holiday"], "1.10.2026 is no date. Write it as in 2026-10-01."),
		(["2027-01-01", "Holiday"], "2027-01-01 is not in the year 2026. Import it with its own year."),
		(["2026-10-01", "Own Hours", "9", "12:00"], "9 is no time. Write it as in 09:00."),
		(["2026-10-01", "Own Hours", "25:00", "12:00"], "25:00 is no time. Write it as in 09:00."),
		(["2026-10-01", "Holiday", "9:00", "12:00"], "A day of the kind Holiday has no working time."),
		(["2026-10-01", "Closed", None, "12:00"], "A day of the kind Closed has no working time."),
		(["2026-10-01", "Half Day"], "A day of the kind Half Day needs its working time."),
		(["2026-10-01", "Worked Day", "9:00"], "A working period needs both times, from and to."),
		(
			["2026-10-01", "Own Hours", "12:00", "9:00"],
			"The working time must end after it starts, not at 09:00.",
		),
		(
			["2026-10-01", "Own Hours", "9:00", "9:00"],
			"The working time must end after it starts, not at 09:00.",
		),
		(["2026-10-01"], "— is no kind of day. Use one of: Worked Day, Make-up Workday,"),
		(["2026-10-01", "Party"], "Party is no kind of day. Use one of: Worked Day, Make-up Workday,"),
	],
)
def test_a_wrong_row_is_refused_with_its_number(row, message):
	number, text = error(["2026-01-01", "Holiday"], row)
	assert number == 2
	assert text.startswith(message)


@pytest.mark.parametrize(
	("first", "second", "message"),
	[
		(("Holiday",), ("Closed",), "2026-10-01 is already Holiday in row 1."),
		(("Holiday",), ("Holiday",), "2026-10-01 is given twice, first in row 1."),
		(("Worked Day",), ("Worked Day", "9:00", "12:00"), "2026-10-01 is given twice, first in row 1."),
		(("Own Hours", "9:00", "12:00"), ("Own Hours", "11:59", "13:00"), "The working time overlaps"),
		(("Own Hours", "9:00", "12:00"), ("Own Hours", "8:00", "18:00"), "The working time overlaps"),
	],
)
def test_rows_of_one_date_must_not_contradict_each_other(first, second, message):
	number, text = error(["2026-10-01", *first], ["2026-10-01", *second])
	assert number == 2
	assert text.startswith(message)


def test_several_periods_of_one_date_belong_together():
	days, errors = read(
		["2026-10-01", "Own Hours", "13:00", "15:00"], ["2026-10-01", "Own Hours", "9:00", "13:00"]
	)
	assert (len(days), errors) == (2, [])


def test_every_wrong_row_is_named_and_the_right_ones_are_read():
	days, errors = read(["2026-10-01", "Party"], ["2026-10-02", "Holiday"], ["never", "Holiday"])
	assert [day.row for day in days] == [2]
	assert [wrong.row for wrong in errors] == [1, 3]


CELLS = st.one_of(
	st.none(),
	st.text(max_size=12),
	st.integers(),
	st.dates(),
	st.times(),
	st.sampled_from(["2026-10-01", "Holiday", "Own Hours", "9:00", "18:00"]),
)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_whatever_a_sheet_holds_is_read_or_refused(rows):
	days, errors = read(*rows)
	assert len(days) + len(errors) <= len(rows)
	assert not {day.row for day in days} & {wrong.row for wrong in errors}
	assert all(wrong.message.format(*wrong.values) for wrong in errors)
