"""What integration tests share."""

from collections.abc import Iterator

import pytest

from tests import factories


@pytest.fixture(scope="session")
def committed_cast(site_connection: None) -> dict[str, str]:
	"""The cast and an outgoing mail account, made once and left on the site: a user costs seconds."""
	import frappe

	factories.make_outgoing_account()
	cast = factories.make_cast()
	factories.make_customer()
	factories.make_item()
	frappe.db.commit()
	return cast


@pytest.fixture
def cast(committed_cast: dict[str, str], rolled_back: None) -> dict[str, str]:
	"""A user for every role, with employees who report up the line: role word -> user."""
	return dict(committed_cast)


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
