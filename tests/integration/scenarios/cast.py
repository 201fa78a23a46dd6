"""The people of the scenarios: the cast of the tests, and a second department beside it."""

from collections.abc import Iterable, Mapping

from complaint_handling.constants import AUDITOR, DEPARTMENT_MANAGER, HANDLER
from tests.factories import employee_of, make_department, make_employee, make_user

SERVICE, QUALITY, SALES, PRODUCTION = (
	"Test Technical Service",
	"Test Quality",
	"Test Sales",
	"Test Production",
)
# Who joins the cast of `tests/factories.py`: word, role, department, superior.
OTHERS = (
	("production_manager", DEPARTMENT_MANAGER, PRODUCTION, "vice_president"),
	("production_handler", HANDLER, PRODUCTION, "production_manager"),
	("auditor", AUDITOR, SALES, "general_manager"),
)


def assemble(cast: Mapping[str, str]) -> dict[str, str]:
	"""Return the whole cast, word -> user; who joins it is rolled back with the test."""
	users = dict(cast)
	join(users, OTHERS)
	return users


def join(users: dict[str, str], others: Iterable[tuple[str, str, str, str]]) -> None:
	"""Let further people join: word, role, department and superior of each."""
	for word, role, department, superior in others:
		users[word] = make_user(f"test.{word.replace('_', '.')}@example.com", role)
		make_employee(users[word], make_department(department), employee_of(users[superior]))
