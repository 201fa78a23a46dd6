"""Widespread problems: against a plain count, whatever the order of the reports."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_handling.domain.widespread import Report, Signal, Spread, Thresholds, signals

NOW = datetime(2026, 6, 30, 12)
REPORTS = st.lists(
	st.builds(
		Report,
		st.integers(0, 999).map("CC-{}".format),
		st.sampled_from(("Anna", "Ben", "Cai", "Dora", None)),
		st.sampled_from(("No Power", "Noise")),
		st.integers(-5, 150).map(lambda days: NOW - timedelta(days=days)),
	),
	max_size=25,
	unique_by=lambda report: report.case,
)


def counted(reports: list[Report]) -> set[tuple]:
	"""Count again, plainly: (problem, spread, customer, count)."""
	inside = [r for r in reports if r.customer and 0 <= (NOW - r.reported_at).days <= 90]
	found = set()
	for problem in ("No Power", "Noise"):
		names = [report.customer for report in inside if report.problem == problem]
		for name in set(names):
			if names.count(name) >= 3:
				found.add((problem, Spread.ONE_CUSTOMER_REPEATEDLY, name, names.count(name)))
		if len(set(names)) >= 3:
			found.add((problem, Spread.DIFFERENT_CUSTOMERS, None, len(set(names))))
	return found


@given(REPORTS)
def test_signals_are_those_of_a_plain_count(reports):
	raised = signals(reports, NOW)
	assert {(s.problem, s.spread, s.customer, s.count) for s in raised} == counted(reports)
	assert len(raised) == len(counted(reports))


@given(REPORTS)
def test_order_of_the_reports_does_not_matter(reports):
	assert signals(reports[::-1], NOW) == signals(reports, NOW)


@given(REPORTS, st.integers(0, 4), st.integers(0, 4))
def test_a_higher_threshold_raises_no_more(reports, repeated, customers):
	lower = signals(reports, NOW, Thresholds(repeated + 1, customers + 1))
	higher = signals(reports, NOW, Thresholds(repeated + 2, customers + 2))
	assert set(higher) <= set(lower)


def test_a_signal_names_its_cases_in_the_order_of_their_reports():
	reports = [Report(f"CC-{day}", "Anna", "Noise", NOW - timedelta(days=day)) for day in (1, 3, 2)]
	cases = ("CC-3", "CC-2", "CC-1")
	assert signals(reports, NOW) == (Signal("Noise", Spread.ONE_CUSTOMER_REPEATEDLY, 3, cases, "Anna"),)


def test_zero_switches_a_test_off():
	reports = [
		Report(f"CC-{name}{n}", name, "Noise", NOW) for name in ("Anna", "Ben", "Cai") for n in range(3)
	]
	assert signals(reports, NOW, Thresholds(0, 0)) == ()


@pytest.mark.parametrize("values", [(-1, 3, 90), (3, -1, 90), (3, 3, 0)])
def test_thresholds_that_make_no_sense_raise_value_error(values):
	with pytest.raises(ValueError):
		Thresholds(*values)
