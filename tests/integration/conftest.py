"""What integration tests share."""

from collections.abc import Iterator

import pytest

from tests import factories


@pytest.fixture
def cast() -> dict[str, str]:
	"""A user for every role, with employees who report up the line."""
	return factories.make_cast()


@pytest.fixture
def frozen_time() -> Iterator[object]:
	"""Set the clock of this process: `frozen_time("2026-03-02 10:00:00")` (system zone, naive)."""
	import time_machine

	travellers: list[time_machine.travel] = []

	def move_to(moment: str) -> None:
		from zoneinfo import ZoneInfo

		from frappe.utils import get_datetime, get_system_timezone

		aware = get_datetime(moment).replace(tzinfo=ZoneInfo(get_system_timezone()))
		while travellers:
			travellers.pop().stop()
		traveller = time_machine.travel(aware, tick=False)
		traveller.start()
		travellers.append(traveller)

	yield move_to
	while travellers:
		travellers.pop().stop()
