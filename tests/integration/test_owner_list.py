"""The list of responsible posts that a department owes after a new organisation (R-003A-09)."""

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from complaint_handling.api import posts as api
from complaint_handling.constants import DEPARTMENT_MANAGER, OWNER_LIST, RESPONSIBLE_POST
from complaint_handling.exceptions import FieldLockedError
from complaint_handling.jobs.posts import keep_posts
from tests import factories
from tests.factories import as_user, employee_of, make_department
from tests.permissions.conftest import make_person

FRIDAY = "2026-03-06 10:00:00"
TUESDAY_IN_TIME, TUESDAY_LATE = "2026-03-10 10:00:00", "2026-03-10 10:00:01"


@pytest.fixture(autouse=True)
def friday(frozen_time, cast) -> None:
	frozen_time(FRIDAY)


@pytest.fixture
def service() -> str:
	return make_department("Test Technical Service")


@pytest.fixture
def post(cast, service) -> Document:
	return make_post(cast["handler"], service, substitute=employee_of(cast["department_manager"]))


def make_post(user: str, department: str, **values: Any) -> Document:
	return frappe.get_doc(
		{
			"doctype": RESPONSIBLE_POST,
			"company": factories.make_company(),
			"department": department,
			"employee": employee_of(user),
			"valid_from": "2026-01-01",
			**values,
		}
	).insert(ignore_permissions=True)


@pytest.fixture
def owed(cast, service, post) -> Document:
	with as_user(cast["coordinator"]):
		return frappe.get_doc(
			{
				"doctype": OWNER_LIST,
				"company": factories.make_company(),
				"department": service,
				"organised_on": FRIDAY,
				"confirmed_on": FRIDAY,
				"in_time": "Yes",
			}
		).insert()


def confirm(owed: Document, user: str) -> Document:
	with as_user(user):
		api.confirm_list(owed.name)
	return frappe.get_doc(OWNER_LIST, owed.name)


def test_list_is_due_two_working_days_after_the_organisation(owed):
	"""R-003A-09: by the company's ordinary calendar, Saturday not counted; nothing of it can be sent along."""
	assert get_datetime(owed.due_at) == get_datetime(TUESDAY_IN_TIME)
	assert (owed.confirmed_on, owed.in_time, owed.posts) == (None, None, [])


@pytest.mark.parametrize(("moment", "in_time"), [(TUESDAY_IN_TIME, "Yes"), (TUESDAY_LATE, "No")])
def test_head_confirms_what_is_in_force_and_the_list_keeps_it(
	cast, owed, post, service, frozen_time, moment, in_time
):
	frappe.db.set_value(RESPONSIBLE_POST, make_post(cast["reviewer"], service).name, "status", "Refused")
	frozen_time(moment)
	confirmed = confirm(owed, cast["department_manager"])
	assert (confirmed.confirmed_by, confirmed.in_time) == (cast["department_manager"], in_time)
	assert get_datetime(confirmed.confirmed_on) == get_datetime(moment)
	assert [(row.post, row.employee, row.substitute) for row in confirmed.posts] == [
		(post.name, employee_of(cast["handler"]), employee_of(cast["department_manager"]))
	]
	assert confirmed.posts[0].employee_name


def test_confirmed_list_stands_for_good(cast, owed):
	confirmed = confirm(owed, cast["department_manager"])
	with pytest.raises(frappe.ValidationError, match="confirmed already"):
		confirm(owed, cast["department_manager"])
	with as_user(cast["coordinator"]), pytest.raises(FieldLockedError):
		confirmed.posts = []
		confirmed.save()
	with pytest.raises(frappe.ValidationError, match="evidence"):
		confirmed.delete()


def test_owed_list_is_not_moved_to_another_day(cast, owed):
	with as_user(cast["department_manager"]), pytest.raises(frappe.ValidationError):
		owed.organised_on = "2026-03-01 10:00:00"
		owed.save()


def test_nobody_but_the_head_or_above_confirms(cast, owed):
	stranger = make_person("stranger", DEPARTMENT_MANAGER, department=make_department("Test Quality"))
	for user in (cast["coordinator"], cast["handler"], cast["quality_manager"], stranger):
		with pytest.raises(frappe.PermissionError):
			confirm(owed, user)
	assert confirm(owed, cast["vice_president"]).confirmed_by == cast["vice_president"]


def test_department_without_posts_enters_them_first(cast, owed, post):
	frappe.db.set_value(RESPONSIBLE_POST, post.name, "status", "Ended")
	with pytest.raises(frappe.ValidationError, match="no post in force"):
		confirm(owed, cast["department_manager"])


def test_every_department_with_posts_owes_its_list_once(cast, post, service):
	quality = make_department("Test Quality")
	make_post(cast["quality_manager"], quality)
	make_post(cast["reviewer"], quality, category="Product Quality")
	company = factories.make_company()
	with as_user(cast["coordinator"]):
		names = api.ask_for_lists(company, FRIDAY)
		assert api.ask_for_lists(company, FRIDAY) == []
	departments = frappe.get_all(OWNER_LIST, filters={"name": ("in", names)}, pluck="department")
	assert {service, quality} <= set(departments)
	assert len(departments) == len(set(departments))
	with as_user(cast["handler"]), pytest.raises(frappe.ValidationError, match="No permission"):
		api.ask_for_lists(company, FRIDAY)


def told(user: str, owed: Document) -> int:
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": owed.name})


def test_overdue_list_is_told_once_to_coordinator_and_head(cast, owed, frozen_time):
	people = (cast["coordinator"], cast["department_manager"])
	frozen_time(TUESDAY_IN_TIME)
	keep_posts()
	assert [told(user, owed) for user in people] == [0, 0]
	frozen_time(TUESDAY_LATE)
	keep_posts()
	keep_posts()
	assert [told(user, owed) for user in people] == [1, 1]
	filters = {"confirmed_on": ("is", "not set"), "due_at": ("<", TUESDAY_LATE)}
	with as_user(cast["coordinator"]):
		assert owed.name in frappe.get_list(OWNER_LIST, filters=filters, pluck="name")


def test_list_without_a_due_time_is_not_overdue(cast, owed, frozen_time):
	frappe.db.set_value(OWNER_LIST, owed.name, "due_at", None)
	frozen_time(TUESDAY_LATE)
	keep_posts()
	assert not told(cast["coordinator"], owed)


def test_confirmed_list_is_told_to_nobody(cast, owed, frozen_time):
	confirm(owed, cast["department_manager"])
	frozen_time(TUESDAY_LATE)
	keep_posts()
	assert not told(cast["coordinator"], owed)
