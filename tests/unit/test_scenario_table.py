"""The table of a scenario: columns stay straight with Chinese text, long cells wrap."""

from tests.integration.scenarios.table import render, width_of


def test_chinese_letters_are_twice_as_wide():
	assert (width_of("GM"), width_of("总经理"), width_of("GM 总经理")) == (2, 6, 9)


def test_columns_stay_straight_and_long_cells_wrap():
	table = render(("Who", "Step"), (6, 12), [("总经理", "approves the whole plan"), ("agent", "a\nb")])
	assert table.split("\n") == [
		"Who     Step",
		"------  ------------",
		"总经理  approves the",
		"        whole plan",
		"agent   a",
		"        b",
	]


def test_a_word_that_is_wider_than_its_column_is_not_cut():
	assert render(("A",), (3,), [("R-000A-01",)]).split("\n")[-1] == "R-000A-01"
