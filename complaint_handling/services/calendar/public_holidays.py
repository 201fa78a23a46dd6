"""Public holidays and make-up workdays of a country and year, as the `holidays` library knows them.

The library knows make-up workdays (调休) only once they are announced. For a year that is not announced yet it
returns the statutory days alone and says nothing: `is_published` tells the two apart.
"""

from dataclasses import dataclass
from datetime import date

import holidays

import frappe
from frappe import _
from frappe.utils import getdate

from complaint_handling.domain.announcement import DayKind
from complaint_handling.exceptions import CalendarError

# How many years the library is searched for make-up workdays, before and after this year and the one asked for.
YEARS_BACK, YEARS_AHEAD = 5, 2


@dataclass(frozen=True)
class PublicDay:
	"""A day that the country has off, or works to make up for one."""

	date: date
	kind: DayKind
	name: str


def subdivisions_of(country: str) -> list[str]:
	"""Return the codes of the subdivisions that have holidays of their own; none for an unknown country."""
	code = _code(country)
	return list(holidays.list_supported_countries().get(code, ()))


def public_days(country: str, subdivision: str | None, year: int, language: str = "en") -> list[PublicDay]:
	"""Return the public holidays and make-up workdays of a year in order, named in the language if possible.

	A make-up workday in December for a holiday of January belongs to the year in which it is worked.
	Raises CalendarError for a country, subdivision or year that the library does not know.
	"""
	known = _library(country, subdivision, (year, year + 1), language)
	days = [PublicDay(day, DayKind.HOLIDAY, name) for day, name in known.items() if day.year == year]
	days += [
		PublicDay(day, DayKind.MAKE_UP_WORKDAY, _("Make-up Workday"))
		for day in _make_up_workdays(known)
		if day.year == year
	]
	return sorted(days, key=lambda day: day.date)


def is_published(country: str, subdivision: str | None, year: int) -> bool:
	"""Tell whether nothing more is to be expected for a year.

	A country that moves workdays announces them year by year. Such a year is published once the library
	knows a make-up workday in it, or in a later year; a country that never had one is always published.
	"""
	# From years ago that are known for certain to the last year that can be.
	first, last = sorted((year, getdate().year))
	years = range(first - YEARS_BACK, last + YEARS_AHEAD + 1)
	worked = {day.year for day in _make_up_workdays(_library(country, subdivision, years))} & set(years)
	return not worked or max(worked) >= year


def source() -> str:
	"""Return what the days come from, to be kept with the year."""
	return f"holidays {holidays.__version__}"


def _make_up_workdays(known: holidays.HolidayBase) -> set[date]:
	# Set by the library for the countries that move workdays.
	return set(getattr(known, "weekend_workdays", ()))


def _library(
	country: str, subdivision: str | None, years: range | tuple[int, ...], language: str = "en"
) -> holidays.HolidayBase:
	try:
		known = holidays.country_holidays(_code(country), subdiv=subdivision or None, years=years)
	except NotImplementedError:
		frappe.throw(
			_("No public holidays are known for {0} {1}. Import an announcement instead.").format(
				_(country), subdivision or ""
			),
			CalendarError,
		)
	wanted = _language(known, language)
	if not wanted:
		return known
	return holidays.country_holidays(_code(country), subdiv=subdivision or None, years=years, language=wanted)


def _language(known: holidays.HolidayBase, language: str) -> str | None:
	"""Return the library's name of a language of ours, English where it does not have that one."""
	ours = language.replace("-", "_")
	for wanted in (ours, "zh_CN" if ours == "zh" else ours, ours.split("_")[0], "en_US"):
		if wanted in known.supported_languages:
			return wanted
	return None


def _code(country: str) -> str:
	return (frappe.get_cached_value("Country", country, "code") or country).upper()
