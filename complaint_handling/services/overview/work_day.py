"""Whose work of which day the work list shows, and how its parts read: the earliest rows a reader may see."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

import frappe

from complaint_handling.constants import SETTINGS
from complaint_handling.services.calendar import calendars

MAXIMUM_ROWS = 100

Row = dict[str, Any]


@dataclass(frozen=True)
class Day:
	"""Whose work of which day: now (naive, system zone), the reader, and whether only his own rows count."""

	now: datetime
	user: str
	mine: bool

	@property
	def begins(self) -> datetime:
		return datetime.combine(self.now.date(), time.min)

	@property
	def ends(self) -> datetime:
		return self.begins + timedelta(days=1)

	@cached_property
	def last_working_day(self) -> datetime:
		"""The last day before today on which anybody worked: on a Monday it is not Sunday."""
		day = self.begins - timedelta(days=1)
		calendar = _default_calendar()
		if not calendar:
			return day
		compiled = calendars.compiled(calendar, calendars.to_calendar_time(self.now, calendar))
		return next(
			(
				day - timedelta(days=back)
				for back in range(15)
				if compiled.is_working_day((day - timedelta(days=back)).date())
			),
			day,
		)


def listed(doctype: str, filters: Row, fields: list[str], order_by: str) -> list[frappe._dict]:
	"""Return the first rows of a list as the reader sees it."""
	return frappe.get_list(
		doctype,
		filters=filters,
		fields=["name", *fields],
		order_by=order_by,
		limit=MAXIMUM_ROWS,
		# A due time wrapped in ifnull() would be looked for in every open row instead of in the index.
		ignore_ifnull=True,
	)


def _default_calendar() -> str | None:
	procedure = frappe.db.get_single_value(SETTINGS, "default_procedure")
	return procedure and frappe.get_cached_value("Complaint Procedure", procedure, "default_calendar")
