"""Every duration of the documents as a table: what is received when is due when (requirements, section e.1).

The expectations were worked out by hand on a paper calendar, not by the code under test. `SCHEDULES` hold them by
length; `FIGURES` say which target of which shipped procedure has that length, under its requirement. A preset
whose figure is changed therefore fails here.

The calendar: Monday to Friday (the six-day week: to Saturday), 9:00 to 12:00 and 13:00 to 18:00, with the public
holidays and make-up workdays of mainland China for 2026 and New Year's Day 2027.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parent.parent / "complaint_handling" / "setup" / "data"


def _days(first: str, last: str) -> set[date]:
	day, end = date.fromisoformat(first), date.fromisoformat(last)
	return {day + timedelta(days=offset) for offset in range((end - day).days + 1)}


HOLIDAYS = frozenset(
	_days("2026-01-01", "2026-01-03")
	| _days("2026-02-15", "2026-02-23")
	| _days("2026-04-04", "2026-04-06")
	| _days("2026-05-01", "2026-05-05")
	| _days("2026-06-19", "2026-06-21")
	| _days("2026-09-25", "2026-09-27")
	| _days("2026-10-01", "2026-10-07")
	| _days("2027-01-01", "2027-01-01")
)
# 9 May 2026 is a Saturday, 20 September 2026 a Sunday.
MAKE_UP_WORKDAYS = tuple(
	date.fromisoformat(day)
	for day in ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
)
MAKE_UP_PERIODS = (("09:00:00", "12:00:00"), ("13:00:00", "18:00:00"))


@dataclass(frozen=True)
class Situation:
	"""A start and what is due then; with a pause, what is due when the clock stood still in it."""

	name: str
	start: datetime
	due: datetime
	pause: tuple[datetime, datetime] | None
	why: str


@dataclass(frozen=True)
class Figure:
	"""A duration of a document: its requirement, and the target of a shipped procedure that holds it."""

	requirement: str
	code: str
	stage: str
	schedule: str
	severity: str | None = None
	slip_kind: str | None = None
	only_urgent: bool = False

	def __str__(self) -> str:
		marks = [self.severity, self.slip_kind, "urgent" if self.only_urgent else None]
		return " ".join(filter(None, (self.requirement, self.code, self.stage, *marks)))

	@property
	def target(self) -> dict[str, Any]:
		"""The one target of the shipped procedure that this figure names."""
		(found,) = (row for row in procedure(self.code)["targets"] if self.names(row))
		return found

	def names(self, row: Any) -> bool:
		"""Tell whether a row of targets, shipped or stored, is the one of this figure."""
		return (
			row.get("stage"),
			row.get("severity") or None,
			row.get("slip_kind") or None,
			bool(row.get("only_urgent")),
		) == (self.stage, self.severity, self.slip_kind, self.only_urgent)

	@property
	def calendar_name(self) -> str:
		"""The calendar that the target counts by: its own, else the procedure's."""
		return self.target.get("calendar") or procedure(self.code)["default_calendar"]


def procedure(code: str) -> dict[str, Any]:
	"""Return the shipped procedure of a document."""
	return json.loads((_DATA / "procedures" / f"{code.lower().replace('-', '_')}.json").read_text("utf-8"))


def shipped_codes() -> list[str]:
	"""Return the codes of every shipped procedure."""
	paths = sorted((_DATA / "procedures").glob("*.json"))
	return [json.loads(path.read_text("utf-8"))["code"] for path in paths]


def shipped_periods(calendar: str) -> list[dict[str, str]]:
	"""Return the weekly working periods of a shipped calendar."""
	for path in sorted((_DATA / "calendars").glob("*.json")):
		values = json.loads(path.read_text("utf-8"))
		if values["calendar_name"] == calendar:
			return values["periods"]
	raise KeyError(calendar)


def _situation(name: str, start: str, due: str, why: str, pause: tuple[str, str] | None = None) -> Situation:
	at = datetime.fromisoformat
	return Situation(name, at(start), at(due), pause and (at(pause[0]), at(pause[1])), why)


# fmt: off
SCHEDULES: dict[str, tuple[Situation, ...]] = {
	"a quarter of a working hour": (
		_situation("inside hours", "2026-03-04 10:00", "2026-03-04 10:15", "Wednesday"),
		_situation("outside hours", "2026-03-04 20:00", "2026-03-05 09:15", "counts from Thursday's opening"),
		_situation("over a weekend", "2026-03-06 17:50", "2026-03-09 09:05", "10 minutes of Friday, 5 of Monday"),
		_situation("over a make-up Saturday", "2026-05-08 17:50", "2026-05-09 09:05", "Saturday 9 May is worked"),
		_situation("over a holiday", "2026-04-30 17:50", "2026-05-06 09:05", "1 to 5 May are closed"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-05 09:15",
			"10 minutes were left when it stopped", ("2026-03-04 10:05", "2026-03-05 09:05")),
		_situation("across a year end", "2026-12-31 17:50", "2027-01-04 09:05", "Friday 1 January and a weekend"),
	),
	"15 minutes": (
		_situation("inside hours", "2026-03-04 10:00", "2026-03-04 10:15", "elapsed"),
		_situation("outside hours", "2026-03-04 23:50", "2026-03-05 00:05", "runs through the night"),
		_situation("over a weekend", "2026-03-07 11:00", "2026-03-07 11:15", "a Saturday is like any day"),
		_situation("over a make-up Saturday", "2026-05-09 11:50", "2026-05-09 12:05", "and runs over lunch"),
		_situation("over a holiday", "2026-10-01 08:00", "2026-10-01 08:15", "the National Day"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-04 10:45",
			"half an hour stood still", ("2026-03-04 10:05", "2026-03-04 10:35")),
		_situation("across a year end", "2026-12-31 23:50", "2027-01-01 00:05", "over midnight"),
	),
	"2 working hours": (
		_situation("inside hours", "2026-03-04 14:00", "2026-03-04 16:00", "one afternoon"),
		_situation("over lunch", "2026-03-04 11:30", "2026-03-04 14:30", "half an hour before it, 1.5 h after"),
		_situation("outside hours", "2026-03-04 20:00", "2026-03-05 11:00", "9:00 + 2 h on Thursday"),
		_situation("over a weekend", "2026-03-06 17:00", "2026-03-09 10:00", "1 h on Friday, 1 h on Monday"),
		_situation("over a make-up Saturday", "2026-05-08 17:00", "2026-05-09 10:00", "1 h on Friday, 1 h on Saturday"),
		_situation("over a holiday", "2026-04-30 17:00", "2026-05-06 10:00", "1 h on Thursday, 1 h on Wednesday"),
		_situation("across a pause", "2026-03-04 14:00", "2026-03-05 11:00",
			"1 h was left when it stopped", ("2026-03-04 15:00", "2026-03-05 10:00")),
		_situation("across a year end", "2026-12-31 17:00", "2027-01-04 10:00", "1 h on Thursday, 1 h on Monday"),
	),
	"2 hours": (
		_situation("inside hours", "2026-03-04 14:00", "2026-03-04 16:00", "elapsed"),
		_situation("outside hours", "2026-03-04 23:00", "2026-03-05 01:00", "runs through the night"),
		_situation("over a weekend", "2026-03-06 23:00", "2026-03-07 01:00", "runs into Saturday"),
		_situation("over a make-up Saturday", "2026-05-09 11:30", "2026-05-09 13:30", "and runs over lunch"),
		_situation("over a holiday", "2026-05-01 11:00", "2026-05-01 13:00", "Labour Day"),
		_situation("across a pause", "2026-03-04 14:00", "2026-03-04 16:45",
			"45 minutes stood still", ("2026-03-04 15:00", "2026-03-04 15:45")),
		_situation("across a year end", "2026-12-31 23:00", "2027-01-01 01:00", "over midnight"),
	),
	"24 hours": (
		_situation("inside hours", "2026-03-04 10:00", "2026-03-05 10:00", "elapsed"),
		_situation("outside hours", "2026-03-04 20:00", "2026-03-05 20:00", "the hours of the day do not matter"),
		_situation("over a weekend", "2026-03-06 17:00", "2026-03-07 17:00", "due on Saturday"),
		_situation("over a make-up Saturday", "2026-05-08 17:00", "2026-05-09 17:00", "worked or not: the same"),
		_situation("over a holiday", "2026-04-30 17:00", "2026-05-01 17:00", "runs on over Labour Day"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-06 03:00",
			"17 h stood still, the night among them", ("2026-03-04 16:00", "2026-03-05 09:00")),
		_situation("across a year end", "2026-12-31 10:00", "2027-01-01 10:00", "due on New Year's Day"),
	),
	"24 hours, not on holidays": (
		_situation("inside hours", "2026-03-04 10:00", "2026-03-05 10:00", "elapsed"),
		_situation("outside hours", "2026-03-04 20:00", "2026-03-05 20:00", "the hours of the day do not matter"),
		_situation("over a weekend", "2026-03-06 17:00", "2026-03-07 17:00", "a weekend is no statutory holiday"),
		_situation("over a make-up Saturday", "2026-05-08 17:00", "2026-05-09 17:00", "worked or not: the same"),
		_situation("over a holiday", "2026-04-30 17:00", "2026-05-06 17:00", "7 h on Thursday, 17 h from 6 May on"),
		_situation("from a holiday", "2026-05-02 11:00", "2026-05-07 00:00", "the whole of 6 May, to its midnight"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-06 03:00",
			"17 h stood still", ("2026-03-04 16:00", "2026-03-05 09:00")),
		_situation("across a pause over a holiday", "2026-04-30 10:00", "2026-05-06 22:00",
			"due 6 May 10:00; 4 h of 30 April and 8 h of 6 May stood still", ("2026-04-30 20:00", "2026-05-06 08:00")),
		_situation("across a year end", "2026-12-31 10:00", "2027-01-02 10:00", "New Year's Day does not count"),
	),
	"72 hours": (
		_situation("inside hours", "2026-03-02 10:00", "2026-03-05 10:00", "elapsed"),
		_situation("outside hours", "2026-03-02 20:00", "2026-03-05 20:00", "the hours of the day do not matter"),
		_situation("over a weekend", "2026-03-06 17:00", "2026-03-09 17:00", "Saturday and Sunday count"),
		_situation("over a make-up Saturday", "2026-05-07 17:00", "2026-05-10 17:00", "due on Sunday"),
		_situation("over a holiday", "2026-04-29 17:00", "2026-05-02 17:00", "runs on over Labour Day"),
		_situation("across a pause", "2026-03-02 10:00", "2026-03-06 10:00",
			"24 h stood still", ("2026-03-03 12:00", "2026-03-04 12:00")),
		_situation("across a year end", "2026-12-30 10:00", "2027-01-02 10:00", "New Year's Day counts"),
	),
	"1 working day": (
		_situation("inside hours", "2026-03-04 10:00", "2026-03-05 10:00", "the same clock time on Thursday"),
		_situation("in the lunch break", "2026-03-04 12:30", "2026-03-05 13:00", "counts from 13:00"),
		_situation("outside hours", "2026-03-04 20:00", "2026-03-06 09:00", "counts from Thursday 9:00"),
		_situation("over a weekend", "2026-03-06 10:00", "2026-03-09 10:00", "Friday to Monday"),
		_situation("over a make-up Saturday", "2026-05-08 10:00", "2026-05-09 10:00", "Saturday 9 May is worked"),
		_situation("over a holiday", "2026-04-30 10:00", "2026-05-06 10:00", "1 to 5 May are closed"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-05 15:00",
			"2 h of Wednesday and 2 h of Thursday stood still", ("2026-03-04 16:00", "2026-03-05 11:00")),
		_situation("across a year end", "2026-12-31 10:00", "2027-01-04 10:00", "Thursday to Monday"),
	),
	"2 working days": (
		_situation("inside hours", "2026-03-03 10:00", "2026-03-05 10:00", "Tuesday to Thursday"),
		_situation("outside hours", "2026-03-03 20:00", "2026-03-06 09:00", "counts from Wednesday 9:00"),
		_situation("over a weekend", "2026-03-06 10:00", "2026-03-10 10:00", "Monday 1, Tuesday 2: no Saturday"),
		_situation("over a make-up Saturday", "2026-05-08 10:00", "2026-05-11 10:00", "Saturday 1, Monday 2"),
		_situation("over a holiday", "2026-04-30 10:00", "2026-05-07 10:00", "Wednesday 6 May 1, Thursday 2"),
		_situation("across a pause", "2026-03-04 10:00", "2026-03-09 16:00",
			"5 h were left on Thursday 14:00", ("2026-03-05 14:00", "2026-03-09 10:00")),
		_situation("across a year end", "2026-12-30 10:00", "2027-01-04 10:00", "Thursday 1, Monday 2"),
	),
	"2 working days, Saturday worked": (
		_situation("inside hours", "2026-03-03 10:00", "2026-03-05 10:00", "Tuesday to Thursday"),
		_situation("outside hours", "2026-03-05 20:00", "2026-03-09 09:00", "from Friday 9:00: Saturday 1, Monday 2"),
		_situation("over a weekend", "2026-03-06 10:00", "2026-03-09 10:00", "the document's own example"),
		_situation("over a make-up Saturday", "2026-05-08 10:00", "2026-05-11 10:00", "Saturday 1 as always, Monday 2"),
		_situation("over a make-up Sunday", "2026-09-18 10:00", "2026-09-20 10:00", "Saturday 1, Sunday 2"),
		_situation("over a holiday", "2026-09-24 10:00", "2026-09-29 10:00",
			"Friday 25 to Sunday 27 are closed, the Saturday too: Monday 1, Tuesday 2"),
		_situation("across a pause", "2026-03-06 10:00", "2026-03-09 18:00",
			"7 h of Saturday stood still", ("2026-03-07 10:00", "2026-03-09 09:00")),
		_situation("across a year end", "2026-12-31 10:00", "2027-01-04 10:00",
			"Friday 1 January is closed: Saturday 1, Monday 2"),
	),
	"3 working days": (
		_situation("inside hours", "2026-03-02 10:00", "2026-03-05 10:00", "Monday to Thursday"),
		_situation("outside hours", "2026-03-02 20:00", "2026-03-06 09:00", "counts from Tuesday 9:00"),
		_situation("over a weekend", "2026-03-05 10:00", "2026-03-10 10:00", "Friday 1, Monday 2, Tuesday 3"),
		_situation("over a make-up Saturday", "2026-05-07 10:00", "2026-05-11 10:00", "Friday 1, Saturday 2, Monday 3"),
		_situation("over a holiday", "2026-04-29 10:00", "2026-05-07 10:00", "Thursday 1, 6 May 2, 7 May 3"),
		_situation("across a pause", "2026-03-02 10:00", "2026-03-05 14:00",
			"1 h of Tuesday and 2 h of Wednesday stood still", ("2026-03-03 17:00", "2026-03-04 11:00")),
		_situation("across a year end", "2026-12-30 10:00", "2027-01-05 10:00", "Thursday 1, Monday 2, Tuesday 3"),
	),
	"7 working days": (
		_situation("inside hours", "2026-03-02 10:00", "2026-03-11 10:00", "4 days to Friday 6, 3 to Wednesday 11"),
		_situation("outside hours", "2026-03-02 20:00", "2026-03-12 09:00", "counts from Tuesday 9:00"),
		_situation("over a weekend", "2026-03-07 11:00", "2026-03-18 09:00", "counts from Monday 9:00"),
		_situation("over a make-up Saturday", "2026-05-08 10:00", "2026-05-18 10:00",
			"Saturday 9 is the 1st, Friday 15 the 6th, Monday 18 the 7th"),
		_situation("over a holiday", "2026-04-28 10:00", "2026-05-11 10:00",
			"29 and 30 April, 6 to 9 May (Saturday made up), 11 May"),
		_situation("across a pause", "2026-03-02 10:00", "2026-03-13 10:00",
			"7 + 8 + 1 h stood still: two days", ("2026-03-05 10:00", "2026-03-09 10:00")),
		_situation("across a year end", "2026-12-28 10:00", "2027-01-07 10:00", "29 to 31 December, 4 to 7 January"),
	),
}

FIGURES = (
	# Document 000
	Figure("R-000A-07", "000-A", "Record at Once", "a quarter of a working hour"),
	Figure("R-000A-07", "000-A", "Record at Once", "15 minutes", only_urgent=True),
	Figure("R-000A-10", "000-A", "Initial Assessment", "1 working day"),
	Figure("R-000A-11", "000-A", "Initial Assessment", "15 minutes", only_urgent=True),
	Figure("R-000A-12", "000-A", "Investigation", "2 working days"),
	Figure("R-000A-14", "000-A", "Solution Approved", "3 working days"),
	Figure("R-000E-03", "000-E", "Record at Once", "a quarter of a working hour"),
	Figure("R-000E-03", "000-E", "Record at Once", "15 minutes", only_urgent=True),
	Figure("R-000E-08", "000-E", "Acceptance", "24 hours, not on holidays"),
	Figure("R-000E-08", "000-E", "Handling Result", "7 working days"),
	Figure("R-000E-09", "000-E", "Handling Result", "3 working days", severity="Special Complaint"),
	Figure("R-000G-01", "000-G", "Record at Once", "a quarter of a working hour"),
	Figure("R-000G-01", "000-G", "Record at Once", "15 minutes", only_urgent=True),
	Figure("R-000K-11", "000-K", "Record at Once", "a quarter of a working hour"),
	Figure("R-000K-11", "000-K", "Reply to the Customer", "3 working days"),
	Figure("R-000K-14", "000-K", "Department Reply", "2 working days"),
	# Document 002
	Figure("R-002A-10", "002-A", "First Answer", "24 hours"),
	Figure("R-002A-12", "002-A", "Corrective Measures", "72 hours", severity="Serious"),
	Figure("R-002A-12", "002-A", "Corrective Measures", "72 hours", severity="Urgent"),
	# Document 003
	Figure("R-003A-04", "003-A", "Slip Reply", "2 working days, Saturday worked", slip_kind="Complaint Slip"),
	Figure("R-003A-04", "003-A", "Slip Reply", "2 working days, Saturday worked", slip_kind="Service Slip"),
	Figure("R-003A-17", "003-A", "Engineering Solution", "2 working hours", slip_kind="Process Engineering Request"),
	Figure("R-003A-17", "003-A", "Engineering Solution", "2 hours", slip_kind="Process Engineering Request",
		only_urgent=True),
	Figure("R-003B-01", "003-B", "Slip Reply", "2 working days, Saturday worked", slip_kind="Complaint Slip"),
	Figure("R-003B-01", "003-B", "Slip Reply", "2 working days, Saturday worked", slip_kind="Service Slip"),
	Figure("R-003A-17", "003-B", "Engineering Solution", "2 working hours", slip_kind="Process Engineering Request"),
	# Document 004
	Figure("R-004A-02", "004-A", "First Answer", "2 working hours"),
	Figure("R-004A-03", "004-A", "First Answer", "2 hours", only_urgent=True),
	Figure("R-004A-03", "004-A", "Customer's Own Deadline", "24 hours"),
	Figure("R-004A-04", "004-A", "Facts Verified", "1 working day"),
	Figure("R-004A-05", "004-A", "Solution Approved", "2 working days"),
	Figure("R-004A-06", "004-A", "Work on Site", "24 hours", severity="Urgent"),
)
# fmt: on
