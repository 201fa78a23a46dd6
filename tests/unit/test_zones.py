"""The same moment on the clocks of two zones, against the standard library's aware times."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.zones import between_zones

KOLKATA, SHANGHAI, BERLIN = (ZoneInfo(name) for name in ("Asia/Kolkata", "Asia/Shanghai", "Europe/Berlin"))
ZONES = st.sampled_from([KOLKATA, SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("UTC")])
# Summer time begins and ends within these days.
CHANGES = st.one_of(
	st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31)),
	st.datetimes(datetime(2026, 10, 23), datetime(2026, 11, 3)),
	st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),
)


@pytest.mark.parametrize(
	("moment", "from_zone", "to_zone", "converted"),
	[
		(datetime(2026, 3, 6, 10), KOLKATA, SHANGHAI, datetime(2026, 3, 6, 12, 30)),
		(datetime(2026, 3, 6, 1), SHANGHAI, BERLIN, datetime(2026, 3, 5, 18)),
		(datetime(2026, 7, 6, 1), SHANGHAI, BERLIN, datetime(2026, 7, 5, 19)),
		(datetime(2026, 3, 29, 2, 30), BERLIN, SHANGHAI, datetime(2026, 3, 29, 9, 30)),  # left out
		(datetime(2026, 10, 25, 2, 30), BERLIN, SHANGHAI, datetime(2026, 10, 25, 8, 30)),  # comes twice
		(datetime(2026, 10, 25, 9, 30), SHANGHAI, BERLIN, datetime(2026, 10, 25, 2, 30)),  # the second time
		(datetime(2026, 3, 6, 10), BERLIN, BERLIN, datetime(2026, 3, 6, 10)),
	],
)
def test_the_clock_of_another_zone(moment, from_zone, to_zone, converted):
	assert between_zones(moment, from_zone, to_zone) == converted


def test_an_aware_moment_is_refused():
	with pytest.raises(ValueError):
		between_zones(datetime(2026, 3, 6, tzinfo=timezone.utc), KOLKATA, SHANGHAI)


@given(CHANGES, ZONES, ZONES)
def test_converting_equals_the_standard_library(moment, from_zone, to_zone):
	aware = moment.replace(tzinfo=from_zone).astimezone(to_zone)
	if from_zone is to_zone:
		aware = moment
	assert between_zones(moment, from_zone, to_zone) == aware.replace(tzinfo=None)


@given(CHANGES, ZONES, ZONES)
def test_order_is_kept_but_for_the_hour_that_comes_twice(moment, from_zone, to_zone):
	later = moment + timedelta(hours=2)
	assert between_zones(moment, from_zone, to_zone) <= between_zones(later, from_zone, to_zone)
