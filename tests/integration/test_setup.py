"""Migration keeps what an administrator changed; uninstalling leaves nothing of ours and all of ERPNext's."""

import json

import pytest

import frappe

from complaint_handling.constants import COMPLAINT, OWN_ROLES, PROCEDURE, WORKFLOW_DOCTYPES
from complaint_handling.install import ensure_setup
from complaint_handling.setup import read_data, read_folder

# Run on a site of its own, in a process of its own: what it leaves is read by the test as JSON.
MAKE_CASE = """
import sys
sys.path.insert(0, {repository!r})
import frappe
from tests import factories
from tests.integration import cases
frappe.flags.in_test = True
factories.make_outgoing_account()
cast = factories.make_cast()
order = factories.make_sales_order()
complaint = cases.executing(cast, sales_order=order.name)
cases.reported_slip(cast, cases.in_handling(cast))
frappe.get_doc({{"doctype": "File", "file_name": "picture.txt", "content": "x", "attached_to_doctype": complaint.doctype, "attached_to_name": complaint.name, "is_private": 1}}).insert()
complaint.add_comment("Comment", "To be removed")
frappe.get_doc({{"doctype": "Report", "report_name": "Complaints of mine", "ref_doctype": complaint.doctype, "report_type": "Report Builder", "is_standard": "No"}}).insert()
frappe.get_doc({{"doctype": "Workflow State", "workflow_state_name": "State of Mine"}}).insert()
frappe.db.commit()
"""
COUNT_FOREIGN = """
import json
import frappe
counted = {{}}
for doctype in frappe.get_all("DocType", filters={{"issingle": 0, "is_virtual": 0, "module": ("not in", ("Complaint Handling",))}}, pluck="name", order_by="name"):
	counted[doctype] = frappe.db.count(doctype)
counted["columns"] = {{table: sorted(frappe.db.get_table_columns(table)) for table in ("Sales Order", "Customer", "Item", "Delivery Note", "Issue")}}
counted["documents"] = [frappe.get_doc("Sales Order", name).as_json() for name in frappe.get_all("Sales Order", pluck="name", order_by="name")]
print("FIGURES" + json.dumps(counted, default=str))
"""


def test_set_up_run_again_changes_nothing():
	names = (
		"Workflow",
		"Workflow State",
		"Workflow Action Master",
		"Role Profile",
		PROCEDURE,
		"Complaint Category",
	)
	before = {doctype: _fingerprint(doctype) for doctype in names}
	ensure_setup()
	ensure_setup()
	assert {doctype: _fingerprint(doctype) for doctype in names} == before


def test_migration_keeps_a_workflow_that_an_administrator_edited():
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	workflow.transitions[0].action = workflow.transitions[1].action
	workflow.send_email_alert = 1
	workflow.save()
	ensure_setup()
	kept = frappe.get_doc("Workflow", workflow.name)
	assert kept.send_email_alert == 1
	assert kept.transitions[0].action == workflow.transitions[1].action
	assert frappe.db.count("Workflow", {"document_type": COMPLAINT}) == 1


def test_deactivated_workflow_of_ours_beside_one_of_the_company_is_not_made_again():
	workflow = frappe.get_doc("Workflow", {"document_type": COMPLAINT})
	own = frappe.copy_doc(workflow)
	own.workflow_name = "Complaints of the Company"
	own.insert()
	ensure_setup()
	assert frappe.db.get_value("Workflow", {"document_type": COMPLAINT, "is_active": 1}) == own.name
	assert frappe.db.count("Workflow", {"document_type": COMPLAINT}) == 2


@pytest.mark.scratch_site
def test_migrating_twice_changes_nothing_and_uninstalling_leaves_only_what_is_not_ours(host, scratch_site):
	_run(host, scratch_site, MAKE_CASE)
	_bench(host, scratch_site, "migrate", "--skip-search-index")
	first = _tables_of_ours(host, scratch_site)
	_bench(host, scratch_site, "migrate", "--skip-search-index")
	assert _tables_of_ours(host, scratch_site) == first

	before = _figures(host, scratch_site)
	_bench(host, scratch_site, "uninstall-app", "complaint_handling", "--yes", "--no-backup")
	after = _figures(host, scratch_site)
	assert after["columns"] == before["columns"]
	assert after["documents"] == before["documents"]
	for doctype in (
		"Sales Order",
		"Customer",
		"Item",
		"Employee",
		"Company",
		"Department",
		"Contact",
	):
		assert after[doctype] == before[doctype], doctype
	# The system's own user goes too.
	assert after["User"] == before["User"] - 1
	_assert_nothing_left(host, scratch_site)


def _assert_nothing_left(host, site: str) -> None:
	states = sorted({row["state"] for shipped in read_folder("workflows") for row in shipped["states"]})
	script = f"""
import json
import frappe
left = {{
	"doctypes": frappe.get_all("DocType", filters={{"module": "Complaint Handling"}}, pluck="name"),
	"tables": [table for table in frappe.db.get_tables(cached=False) if table.startswith("tabComplaint ") or table == "tabCustomer Complaint"],
	"modules": frappe.get_all("Module Def", filters={{"app_name": "complaint_handling"}}, pluck="name"),
	"roles": frappe.get_all("Role", filters={{"name": ("in", {list(OWN_ROLES)!r})}}, pluck="name"),
	"has_role": frappe.get_all("Has Role", filters={{"role": ("in", {list(OWN_ROLES)!r})}}, pluck="name"),
	"profiles": frappe.get_all("Role Profile", filters={{"name": ("in", {list(read_data("role_profiles"))!r})}}, pluck="name"),
	"workflows": frappe.get_all("Workflow", filters={{"document_type": ("in", {list(WORKFLOW_DOCTYPES)!r})}}, pluck="name"),
	"states": frappe.get_all("Workflow State", filters={{"name": ("in", {states!r})}}, pluck="name"),
	"reports": frappe.get_all("Report", filters={{"ref_doctype": "{COMPLAINT}"}}, pluck="name"),
	"files": frappe.get_all("File", filters={{"attached_to_doctype": "{COMPLAINT}"}}, pluck="name"),
	"comments": frappe.get_all("Comment", filters={{"reference_doctype": "{COMPLAINT}"}}, pluck="name"),
	"todos": frappe.get_all("ToDo", filters={{"reference_type": ("like", "Complaint%")}}, pluck="name"),
	"actions": frappe.get_all("Workflow Action", filters={{"reference_doctype": ("in", {list(WORKFLOW_DOCTYPES)!r})}}, pluck="name"),
	"notifications": frappe.get_all("Notification Log", filters={{"document_type": ("like", "Complaint%")}}, pluck="name"),
	"custom_fields": frappe.get_all("Custom Field", filters={{"module": "Complaint Handling"}}, pluck="name"),
	"series": [row[0] for row in frappe.db.sql("select name from tabSeries") if row[0].startswith(("CC-", "CHS-", "8D-", "CR-"))],
}}
kept = frappe.db.exists("Workflow State", "State of Mine")
print("FIGURES" + json.dumps({{"left": left, "kept": kept}}))
"""
	found = _run(host, site, script)
	assert found["left"] == {key: [] for key in found["left"]}
	assert found["kept"] == "State of Mine"


def _tables_of_ours(host, site: str) -> dict:
	script = """
import hashlib
import json
import frappe
figures = {{}}
for doctype in frappe.get_all("DocType", filters={{"module": "Complaint Handling", "issingle": 0}}, pluck="name", order_by="name"):
	rows = frappe.db.sql(f"select * from `tab{{doctype}}` order by name")
	figures[doctype] = hashlib.sha256(repr(rows).encode()).hexdigest()
for doctype in ("Workflow", "Workflow State", "Workflow Transition", "Role Profile", "Workspace", "Print Format"):
	figures[doctype] = [list(map(str, row)) for row in frappe.db.sql(f"select name, modified from `tab{{doctype}}` order by name")]
print("FIGURES" + json.dumps(figures))
"""
	return _run(host, site, script)


def _figures(host, site: str) -> dict:
	return _run(host, site, COUNT_FOREIGN)


def _run(host, site: str, script: str) -> dict | None:
	"""Run a script on the site in a process of its own and return the figures that it printed."""
	import os
	import subprocess
	import sys
	from pathlib import Path

	repository = str(Path(__file__).resolve().parents[2])
	body = script.replace("{repository!r}", repr(repository)).replace("{{", "{").replace("}}", "}")
	prologue = f"import frappe\nfrappe.init(site={site!r}, sites_path='.')\nfrappe.connect()\n"
	done = subprocess.run(
		[sys.executable, "-c", prologue + body],
		cwd=host.sites,
		capture_output=True,
		text=True,
		env={**os.environ, "PYTHONPATH": repository},
		check=False,
	)
	assert done.returncode == 0, done.stderr
	lines = [line for line in done.stdout.splitlines() if line.startswith("FIGURES")]
	return json.loads(lines[-1].removeprefix("FIGURES")) if lines else None


def _bench(host, site: str, *arguments: str) -> None:
	done = host.bench(site, *arguments)
	assert done.returncode == 0, done.stdout + done.stderr


def _fingerprint(doctype: str) -> list:
	return frappe.get_all(doctype, fields=["name", "modified"], order_by="name asc")
