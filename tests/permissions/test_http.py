"""The doors as they are from outside: real requests to a real web server, with API keys."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

import frappe
from frappe.utils.password import set_encrypted_password

from complaint_handling.constants import CASE_DOCTYPES, COMPLAINT, COORDINATOR, REVISIT, SLIP
from complaint_handling.integrations.frappe.requests import REFERENCES, guard
from complaint_handling.services.access.reading_rules import child_doctypes_of_cases
from tests import factories
from tests.conftest import WebServer
from tests.permissions.conftest import Case, make_case

MASTERS = ("Item", "Customer", "Department", "Company")


class Client:
	"""A user's requests to the site under test."""

	def __init__(self, server: WebServer, user: str) -> None:
		self.address = server.address
		self.headers = {"Authorization": f"token {_api_key(user)}", "Host": server.site}

	def get(self, path: str, **arguments: Any) -> requests.Response:
		return self._send("GET", path, params=_as_text(arguments))

	def post(self, path: str, **arguments: Any) -> requests.Response:
		return self._send("POST", path, json=arguments)

	def call(self, method: str, **arguments: Any) -> Any:
		"""Return what a whitelisted function answers."""
		response = self.get(f"/api/method/{method}", **arguments)
		assert response.status_code == 200, (method, response.status_code, response.text[:500])
		answer = response.json()
		return answer.get("message", answer.get("results"))

	def _send(self, verb: str, path: str, **values: Any) -> requests.Response:
		return requests.request(verb, self.address + path, headers=self.headers, timeout=60, **values)


def _as_text(arguments: dict[str, Any]) -> dict[str, str]:
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()}


def _api_key(user: str) -> str:
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	frappe.db.set_value("User", user, "api_key", key)
	set_encrypted_password("User", user, secret, "api_secret")
	return f"{key}:{secret}"


@pytest.fixture
def served(web_server: WebServer) -> Iterator[tuple[Case, dict[str, Client]]]:
	"""A committed case in which `person` is complained about, and a client for each user; removed afterwards."""
	before = {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in MASTERS}
	case = make_case(suffix=" Web")
	person = case.person("web.person", COORDINATOR, "System Manager", department=case.service)
	other = case.person("web.other", COORDINATOR, "System Manager", department=case.service)
	with factories.as_user(person):
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "web_evidence.txt",
				"content": f"evidence {case.complaint.name}",
				"attached_to_doctype": COMPLAINT,
				"attached_to_name": case.complaint.name,
				"is_private": 1,
			}
		).insert()
	case.name_person(person)
	clients = {
		"person": Client(web_server, person),
		"other": Client(web_server, other),
		"handler": Client(web_server, case.service_handler),
	}
	case.file_url = file.file_url
	frappe.db.commit()
	try:
		yield case, clients
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		_remove(case, before)
		frappe.db.commit()


def _remove(case: Case, before: dict[str, set[str]]) -> None:
	"""Take out what was committed, past the rule that evidence is not deleted."""
	frappe.delete_doc("File", frappe.db.get_value("File", {"file_url": case.file_url}), force=True)
	documents = case.documents()
	names = ("in", [name for _doctype, name in documents])
	for reference in REFERENCES.values():
		if frappe.db.table_exists(reference.doctype):
			frappe.db.delete(
				reference.doctype,
				{reference.doctype_field: ("in", CASE_DOCTYPES), reference.name_field: names},
			)
	for child in child_doctypes_of_cases():
		frappe.db.delete(child, {"parent": names})
	for doctype, name in documents:
		frappe.db.delete(doctype, {"name": name})
	users = frappe.get_all("User", filters={"name": ("like", "%@permissions.example.com")}, pluck="name")
	for doctype, field in (
		("Employee", "user_id"),
		("Has Role", "parent"),
		("Activity Log", "user"),
		("User", "name"),
	):
		frappe.db.delete(doctype, {field: ("in", users)})
	frappe.db.delete("__Auth", {"name": ("in", users)})
	for doctype, known in before.items():
		for name in set(frappe.get_all(doctype, pluck="name")) - known:
			frappe.db.delete(doctype, {"name": name})
	frappe.clear_cache()


def test_rest_keeps_the_case_from_the_person(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	for doctype, name in case.documents():
		path = f"/api/resource/{doctype}"
		filters = [["name", "=", name]]
		assert clients["person"].get(f"{path}/{name}").status_code == 403, doctype
		assert clients["person"].get(path, filters=filters).json()["data"] == [], doctype
		assert clients["other"].get(f"{path}/{name}").json()["data"]["name"] == name, doctype
		assert clients["other"].get(path, filters=filters).json()["data"] == [{"name": name}], doctype
	for method, keys in (
		("frappe.desk.form.load.getdoc", ("doctype", "name")),
		("frappe.desk.form.load.get_docinfo", ("doctype", "name")),
		("frappe.client.get", ("doctype", "name")),
		("frappe.desk.like.toggle_like", ("doctype", "name")),
		("frappe.desk.form.document_follow.get_follow_users", ("doctype", "doc_name")),
		("frappe.social.doctype.energy_point_log.energy_point_log.get_reviews", ("doctype", "docname")),
		("frappe.utils.print_format.download_pdf", ("doctype", "name")),
	):
		arguments = dict(zip(keys, (COMPLAINT, case.complaint.name), strict=True))
		assert clients["person"].get(f"/api/method/{method}", **arguments).status_code in (403, 404), method


def test_counting_and_searching_tell_nothing(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	by_name = {"name": case.complaint.name, "subject": ["like", "Grinding%"]}
	for word, expected in (("person", 0), ("other", 1)):
		client = clients[word]
		for filters in (by_name, [[COMPLAINT, "name", "=", case.complaint.name]]):
			for counting in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
				assert client.call(counting, doctype=COMPLAINT, filters=filters) == expected, (word, counting)
		comments = {"reference_name": case.complaint.name}
		told = client.call("frappe.client.get_count", doctype="Comment", filters=comments)
		assert bool(told) is bool(expected)
		found = client.call(
			"frappe.desk.search.search_widget",
			doctype=COMPLAINT,
			txt=case.complaint.name,
			filter_fields=["description"],
			ignore_user_permissions=1,
		)
		found = found or client.get(
			"/api/method/frappe.desk.search.search_link",
			doctype=COMPLAINT,
			txt=case.complaint.name,
			ignore_user_permissions=1,
		).json().get("results")
		assert bool(found) is bool(expected), word
		groups = client.call(
			"frappe.desk.listview.get_group_by_count",
			doctype=COMPLAINT,
			current_filters=[],
			field="assigned_to",
		)
		assert groups == []
	rows = {"doctype": "Complaint Item", "filters": {"parent": case.complaint.name}}
	assert clients["person"].get("/api/method/frappe.client.get_count", **rows).status_code == 403
	listed = clients["person"].call("frappe.client.get_list", **rows, parent=COMPLAINT)
	assert listed == []


def test_uploaded_file_is_closed_to_its_uploader(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	assert clients["other"].get(case.file_url).text == f"evidence {case.complaint.name}"
	answer = clients["person"].get(case.file_url)
	assert answer.status_code == 403, answer.text
	record = frappe.db.get_value("File", {"file_url": case.file_url})
	for method, arguments in (
		("download_file", {"file_url": case.file_url}),
		("frappe.handler.download_file", {"file_url": case.file_url}),
		("frappe.core.api.file.zip_files", {"files": [record]}),
		("frappe.core.doctype.file.file.zip_files", {"files": [{"name": record}]}),
		("frappe.core.api.file.unzip_file", {"name": record}),
	):
		answers = {
			word: clients[word].get(f"/api/method/{method}", **arguments) for word in ("person", "other")
		}
		assert answers["person"].status_code == 403, (method, answers["person"].text)
		assert answers["other"].status_code != 403, method


def test_links_of_a_customer_name_no_case(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	for doctype, name in (("Customer", case.complaint.customer), (COMPLAINT, case.complaint.name)):
		answer = clients["person"].get(
			"/api/method/frappe.desk.form.linked_with.get", doctype=doctype, docname=name
		)
		# Genuine ERPNext gives the person no Customer to begin with; the stand-in's host asks for nothing.
		links = answer.json().get("message") or {} if answer.status_code == 200 else {}
		assert answer.status_code in (200, 403)
		assert not set(links) & set(CASE_DOCTYPES)


def test_handler_gets_no_slip_of_another_department(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	handler, path = clients["handler"], f"/api/resource/{SLIP}"
	own, other = case.service_slip.name, case.quality_slip.name
	assert handler.get(f"{path}/{own}").json()["data"]["name"] == own
	assert handler.get(f"{path}/{other}").status_code == 403
	assert handler.post("/api/method/frappe.client.get", doctype=SLIP, name=other).status_code == 403
	found = handler.get(path, limit_page_length=0, filters=[["complaint", "=", case.complaint.name]]).json()
	assert found["data"] == [{"name": own}]
	count = handler.call("frappe.client.get_count", doctype=SLIP, filters={"complaint": case.complaint.name})
	assert count == 1
	changed = requests.put(
		f"{handler.address}{path}/{other}",
		headers=handler.headers,
		json={"department": case.service, "finding": "taken over"},
		timeout=60,
	)
	assert changed.status_code == 403


# Every row at once, and documents that are only named.

STATES = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
CUSTOM_FIELD = "frappe.desk.query_report.get_data_for_custom_field"
REPORT_RUN = "frappe.desk.query_report.run"
GOAL = "frappe.utils.goal.get_monthly_goal_graph_data"
PREVIEW = "frappe.automation.doctype.auto_repeat.auto_repeat.generate_message_preview"
TITLE = "frappe.desk.search.get_link_title"
UNASSIGN = "frappe.desk.form.assign_to.remove"
ADD_TAGS = "frappe.desk.doctype.tag.tag.add_tags"
TAGGED = "frappe.desk.doctype.tag.tag.get_tagged_docs"
# A report of the host that everybody may run; what is asked for is the added column.
REPORT = "ToDo"


def host_lists_custom_field() -> bool:
	"""Tell whether the host's own function asks for permission, as later versions do."""
	return "get_list" in inspect.unwrap(frappe.get_attr(CUSTOM_FIELD)).__code__.co_names


def column_doors(column: str) -> dict[str, dict[str, Any]]:
	"""Return each function that answers with the values of a column in every row, with what to ask it."""
	doors = {STATES: {"doctype": COMPLAINT, "workflow_state_field": column, "states": ["x"]}}
	if host_lists_custom_field():
		return doors
	added = {"doctype": COMPLAINT, "fieldname": column, "link_field": "name", "insert_after_index": 0}
	return {
		**doors,
		CUSTOM_FIELD: {"doctype": COMPLAINT, "field": column},
		REPORT_RUN: {"report_name": REPORT, "filters": {}, "custom_columns": [added]},
	}


def test_column_of_every_row_is_for_who_reads_every_row(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	for column in ("workflow_state", "complainant_phone"):
		for method, arguments in column_doors(column).items():
			for word, expected in (("person", 403), ("handler", 403), ("other", 200)):
				answer = clients[word].post(f"/api/method/{method}", **arguments)
				assert answer.status_code == expected, (word, method, column, answer.text[:300])
			if method == STATES and column == "workflow_state":
				states = {row["workflow_state"] for row in answer.json()["message"]}
				assert frappe.db.get_value(COMPLAINT, case.complaint.name, column) in states
	computed = {"doctype": COMPLAINT, "workflow_state_field": "concat(complainant_phone)", "states": ["x"]}
	assert clients["other"].post(f"/api/method/{STATES}", **computed).status_code == 403
	elsewhere = {"doctype": "User", "workflow_state_field": "user_type", "states": ["x"]}
	assert clients["person"].post(f"/api/method/{STATES}", **elsewhere).status_code == 200


def test_column_saved_in_a_report_is_for_who_reads_every_row(served: tuple[Case, dict[str, Client]]) -> None:
	_case, clients = served
	if host_lists_custom_field():
		pytest.skip("this host lists the values itself")
	added = {"doctype": COMPLAINT, "fieldname": "description", "link_field": "name", "label": "x"}
	report = frappe.get_doc(
		{
			"doctype": "Report",
			"report_name": "Web Door Report",
			"ref_doctype": "ToDo",
			"report_type": "Custom Report",
			"reference_report": REPORT,
			"is_standard": "No",
			"json": json.dumps({"columns": [added], "filters": {}}),
		}
	).insert()
	frappe.db.commit()
	try:
		for word, expected in (("person", 403), ("other", 200)):
			answer = clients[word].post(f"/api/method/{REPORT_RUN}", report_name=report.name, filters={})
			assert answer.status_code == expected, (word, answer.text[:300])
	finally:
		frappe.db.rollback()
		frappe.delete_doc("Report", report.name, force=True)
		frappe.db.commit()


def test_goal_adds_up_no_rows_that_are_not_read(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	arguments = {
		"title": "x",
		"goal_value_field": "simultaneous_sessions",
		"goal_total_field": "simultaneous_sessions",
		"goal_history_field": "bio",
		"goal_doctype": COMPLAINT,
		"goal_doctype_link": "complained_about_user",
		"goal_field": "name",
		"date_field": "creation",
		"aggregation": "count",
		"filters": {"subject": ["like", "Grinding%"]},
	}
	for word, user, expected in (
		("person", case.person("web.person"), 403),
		("handler", case.service_handler, 403),
		("other", case.person("web.other"), 200),
	):
		answer = clients[word].post(f"/api/method/{GOAL}", doctype="User", docname=user, **arguments)
		assert answer.status_code == expected, (word, answer.text[:500])
	# The fields that the graph shows of the document itself have levels too.
	arguments |= {"goal_total_field": "complainant_phone", "goal_doctype": "User", "filters": {}}
	about = {"doctype": COMPLAINT, "docname": case.complaint.name}
	assert clients["handler"].post(f"/api/method/{GOAL}", **about, **arguments).status_code == 403


def test_document_that_is_named_is_asked_for(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	complaint, revisit, tag = case.complaint.name, next(iter(case.names(REVISIT))), "Web Door Tag"
	assignee = case.person("web.other")
	frappe.db.set_value(REVISIT, revisit, "assigned_to", assignee)
	frappe.db.commit()
	doors = [
		(TITLE, {"doctype": COMPLAINT, "docname": complaint}),
		(ADD_TAGS, {"dt": COMPLAINT, "docs": [complaint], "tags": [tag]}),
		(TAGGED, {"doctype": COMPLAINT, "tag": f"%{tag}%"}),
		(UNASSIGN, {"doctype": COMPLAINT, "name": complaint, "assign_to": "x"}),
		(UNASSIGN, {"doctype": REVISIT, "name": revisit, "assign_to": assignee}),
	]
	if "reference_dt" in inspect.signature(frappe.get_attr(PREVIEW)).parameters:
		template = {"reference_dt": COMPLAINT, "reference_doc": complaint, "message": "{{ doc.subject }}"}
		doors.append((PREVIEW, template))
	try:
		for method, arguments in doors:
			answer = clients["person"].post(f"/api/method/{method}", **arguments)
			assert answer.status_code == 403, (method, answer.text[:300])
		frappe.db.rollback()
		assert frappe.db.get_value(REVISIT, revisit, "assigned_to") == assignee
		assert not frappe.db.exists("Tag Link", {"document_name": complaint})
		for method, arguments in doors:
			answer = clients["other"].post(f"/api/method/{method}", **arguments)
			assert answer.status_code == 200, (method, answer.text[:300])
	finally:
		frappe.db.rollback()
		frappe.db.delete("Tag", {"name": tag})
		frappe.db.commit()


def test_handler_reaches_no_document_of_another_department(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	slip, revisit, handler = case.quality_slip.name, next(iter(case.names(REVISIT))), clients["handler"]
	for method, arguments in (
		(TITLE, {"doctype": SLIP, "docname": slip}),
		(ADD_TAGS, {"dt": SLIP, "docs": [slip], "tags": ["x"]}),
		(TAGGED, {"doctype": SLIP, "tag": "%"}),
		(UNASSIGN, {"doctype": SLIP, "name": slip, "assign_to": "x"}),
		# He reads the revisit, but the host would take its visitor away.
		(UNASSIGN, {"doctype": REVISIT, "name": revisit, "assign_to": "x"}),
	):
		answer = handler.post(f"/api/method/{method}", **arguments)
		assert answer.status_code == 403, (method, answer.text[:300])
	assert handler.call(TITLE, doctype=COMPLAINT, docname=case.complaint.name)


def test_filter_in_place_of_a_name_reaches_nothing(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	for method, arguments in (
		(TITLE, {"doctype": COMPLAINT, "docname": {"subject": ["like", "%"]}}),
		(TITLE, {"doctype": COMPLAINT, "docname": [["name", "like", "%"]]}),
		(UNASSIGN, {"doctype": COMPLAINT, "name": ["=", case.complaint.name], "assign_to": ["like", "%"]}),
		(UNASSIGN, {"doctype": ["=", COMPLAINT], "name": case.complaint.name, "assign_to": "x"}),
	):
		answer = clients["person"].post(f"/api/method/{method}", **arguments)
		assert answer.status_code == 403, (method, answer.text[:300])


def test_every_way_to_call_a_method_is_asked(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	title = {"doctype": COMPLAINT, "docname": case.complaint.name}
	tag = {"tag": "x", "dt": COMPLAINT, "dn": case.complaint.name}
	ways = [
		(f"/api/method/{TITLE}", title),
		(f"/api/method/{TITLE}/", title),
		(f"/api/method/{TITLE}/anything", title),
		("/api/method/ping", {**title, "cmd": TITLE}),
		(f"/api/v1/method/{TITLE}/anything", title),
		(f"/api/v2/method/{TITLE}", title),
		("/api/v2/method/Tag/add_tag", tag),
		("/api/v2/method/Tag/add_tag/", tag),
	]
	for path, arguments in ways:
		answer = clients["person"].post(path, **arguments)
		assert answer.status_code in (403, 404), (path, answer.status_code, answer.text[:300])
		assert guarded(path, arguments, case.person("web.person")), path
	assert not frappe.db.exists("Tag Link", {"document_name": case.complaint.name})
	for path in ("/api/v2/method/No Such DocType/add_tag", "/api/method/ping", "/app"):
		assert not guarded(path, tag, case.person("web.person")), path


def guarded(path: str, arguments: dict[str, Any], user: str) -> bool:
	"""Tell whether the guard refuses such a request: also by a path that this version of the host has not."""
	frappe.local.request = Request(EnvironBuilder(path=path).get_environ())
	try:
		with factories.as_user(user):
			frappe.local.form_dict = frappe._dict(arguments)
			guard()
	except frappe.PermissionError:
		return True
	finally:
		del frappe.local.request
		frappe.local.form_dict = frappe._dict()
	return False


@pytest.mark.parametrize(
	"arguments",
	[
		{"fields": '["name", "complainant_name", "complainant_phone"]'},
		{"fields": '["name"]', "filters": '[["complainant_phone", "like", "%1%"]]'},
		{"fields": '["name"]', "order_by": "complainant_phone asc"},
	],
)
def test_a_list_names_no_private_column(
	served: tuple[Case, dict[str, Client]], arguments: dict[str, str]
) -> None:
	"""R-000E-12, R-000D-12: who reads a case without its private data learns none by asking for a list."""
	_case, clients = served
	handler = clients["handler"]
	path = "/api/method/frappe.desk.reportview.get"
	assert handler.get(f"/api/resource/{COMPLAINT}", **arguments).status_code == 403
	assert handler.get(path, doctype=COMPLAINT, **arguments).status_code == 403
	plain = {"fields": ["name", "subject"], "filters": [["subject", "like", "%complainant_phone%"]]}
	assert handler.get(f"/api/resource/{COMPLAINT}", **plain).status_code == 200
	assert handler.get(path, doctype=COMPLAINT, **plain).status_code == 200


def test_a_mail_is_not_moved_out_of_a_case_that_is_not_read(served: tuple[Case, dict[str, Client]]) -> None:
	case, clients = served
	mail = frappe.get_doc(
		{
			"doctype": "Communication",
			"subject": "Evidence",
			"content": "The crate was sound",
			"reference_doctype": COMPLAINT,
			"reference_name": case.complaint.name,
		}
	).insert(ignore_permissions=True)
	frappe.db.commit()
	try:
		moved = {"name": mail.name, "reference_doctype": "ToDo", "reference_name": "mine"}
		path = "/api/method/frappe.email.relink"
		assert clients["person"].post(path, **moved).status_code == 403
		frappe.db.set_value(COMPLAINT, case.complaint.name, "legal_hold", 1)
		frappe.db.commit()
		assert clients["other"].post(path, **moved).status_code == 417
		frappe.db.rollback()
		assert frappe.db.get_value("Communication", mail.name, "reference_name") == case.complaint.name
	finally:
		frappe.db.set_value(COMPLAINT, case.complaint.name, "legal_hold", 0)
		frappe.db.delete("Communication", {"name": mail.name})
		frappe.db.commit()
