"""The stage of the scenarios."""

import pytest

from tests.integration.scenarios.cast import assemble
from tests.integration.scenarios.play import Play, Scenario, Stage, Step, numbers_shown
from tests.unit.test_coverage import numbers_in


class Theatre:
	"""Plays the scenario of a test and holds its docstring to what its steps show."""

	def __init__(self, stage: Stage, docstring: str) -> None:
		self.stage = stage
		self.docstring = docstring

	def play(self, scenario: Scenario, steps: tuple[Step, ...]) -> Play:
		"""Play the steps; the numbers that the test's docstring cites are those that the steps show."""
		play = self.stage.play(scenario, steps)
		assert set(numbers_in(self.docstring)) == numbers_shown(steps)
		return play


@pytest.fixture
def theatre(cast, frozen_time, request) -> Theatre:
	"""Play a scenario with the cast of the tests; `pytest -s` prints its table, a failure shows it."""

	def show(text: str) -> None:
		if request.config.getoption("capture") == "no":
			print(text)
		request.node.add_report_section("call", "scenario", text)

	return Theatre(Stage(assemble(cast), frozen_time, show), request.function.__doc__ or "")
