"""The sites of the benchmarks: made as the tests make theirs, and left for the next run."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from devbench.processes import LOOPBACK
from devbench.services import root_password
from devbench.site import ensure_ready
from devbench.state import SITES

HOLDERS = 20
BUFFER_POOL = 1 << 30


def prepare(*sites: str) -> None:
	"""Make the sites when they are not there and go to the folder from which the host knows them."""
	for site in sites:
		ensure_ready(site, assets=False)
	os.chdir(SITES)


@contextmanager
def memory_for_the_data(site: str) -> Iterator[None]:
	"""Let MariaDB keep all rows in memory meanwhile, as a server that holds so many cases would."""
	import pymysql

	import frappe

	with connected(site):
		address = {"host": frappe.conf.db_host or LOOPBACK, "port": int(frappe.conf.db_port or 3306)}
	with pymysql.connect(user="root", password=root_password(), **address) as root, root.cursor() as cursor:
		cursor.execute("select @@innodb_buffer_pool_size")
		before = cursor.fetchone()[0]
		cursor.execute("set global innodb_buffer_pool_size = %s", max(before, BUFFER_POOL))
		try:
			yield
		finally:
			cursor.execute("set global innodb_buffer_pool_size = %s", before)


def warm_up(site: str) -> None:
	"""Read every row and index entry of the cases once."""
	import frappe

	with connected(site):
		for doctype in ("Customer Complaint", "Complaint Handling Slip", "Complaint Milestone"):
			for index in {
				row.Key_name for row in frappe.db.sql(f"show index from `tab{doctype}`", as_dict=True)
			}:
				frappe.db.sql(
					f"select count(*) from `tab{doctype}` force index (`{index}`) where length(modified) > 0"
				)


@contextmanager
def connected(site: str) -> Iterator[None]:
	"""Connect as a job of the host does: nothing is cached in the process, everything is committed for good."""
	import frappe

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	try:
		yield
	finally:
		frappe.db.rollback()
		frappe.destroy()


def fill(site: str, cases: int) -> None:
	"""Bring a site to this number of open cases; those of an earlier run are used again."""
	import frappe

	from tests import open_cases

	with connected(site):
		known = frappe.db.count("Customer Complaint", {"name": ("like", "OPEN-C-%")})
		if known > cases:
			open_cases.remove()
			known = 0
		if known < cases:
			slip, holders = _cast()
			open_cases.make_open_cases(slip, holders, known + 1, cases, _far_away())
			frappe.db.commit()
			_analyze()


def _cast() -> tuple[str, list[str]]:
	"""Return a slip to copy and the handlers of the cases: twenty in four departments, each below a manager."""
	import frappe

	from complaint_handling.constants import DEPARTMENT_MANAGER, HANDLER, MILESTONE, SLIP
	from tests import factories
	from tests.integration import cases

	cast = factories.make_cast()
	factories.make_outgoing_account()
	holders = []
	for number in range(HOLDERS):
		department = factories.make_department(f"Benchmark {number % 4}")
		manager = factories.make_user(f"manager.{number % 4}@example.com", DEPARTMENT_MANAGER)
		above = factories.make_employee(manager, department, factories.employee_of(cast["vice_president"]))
		holders.append(factories.make_user(f"handler.{number}@example.com", HANDLER))
		factories.make_employee(holders[-1], department, above)
	slip = frappe.db.get_value(SLIP, {"name": ("not like", "OPEN-%"), "workflow_state": "Issued"})
	if not slip:
		slip = cases.issued_slip(cast).name
	complaint = frappe.db.get_value(SLIP, slip, "complaint")
	# The documents that are copied take no part themselves.
	frappe.db.set_value(MILESTONE, {"complaint": complaint}, "next_action_at", None)
	frappe.db.commit()
	return slip, holders


def _far_away() -> object:
	from frappe.utils import add_to_date, now_datetime

	return add_to_date(now_datetime(), days=30)


def _analyze() -> None:
	import frappe

	for doctype in ("Customer Complaint", "Complaint Handling Slip", "Complaint Milestone"):
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")
