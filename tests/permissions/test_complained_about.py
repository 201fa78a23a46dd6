"""The person complained about: every door of the host, open before he is named and closed after."""

import json
from collections.abc import Callable

import pytest
from werkzeug.exceptions import Forbidden

import frappe
from frappe import client
from frappe.desk import reportview
from frappe.desk.doctype.tag.tag import DocTags, get_documents_for_tag
from frappe.desk.form import assign_to
from frappe.desk.form.document_follow import follow_document
from frappe.desk.form.load import get_communications, get_docinfo, getdoc
from frappe.desk.form.utils import add_comment
from frappe.desk.search import search_link
from frappe.model.document import Document
from frappe.share import add_docshare
from frappe.utils import add_days, now_datetime
from frappe.utils.global_search import search as search_globally
from frappe.utils.global_search import sync_global_search
from frappe.utils.response import download_private_file

from complaint_handling.constants import (
	CASE_DOCTYPES,
	COMPLAINT,
	CONTACT,
	COORDINATOR,
	EIGHT_D,
	REVISIT,
	SLIP,
)
from complaint_handling.exceptions import AccessRefusedError
from tests import factories
from tests.permissions.conftest import Case, listed, make_case, readable, stop_mails, write_row

SUBJECT = "Quillwort spindle complaint"


@pytest.fixture
def person(case: Case) -> str:
	"""Somebody with every right that a role gives, an employee of the company: not yet named."""
	user = case.person("zacharias", COORDINATOR, "System Manager", "Quality Manager", department=case.service)
	frappe.db.set_value("User", user, {"document_follow_notify": 1, "allowed_in_mentions": 1})
	case.complaint.db_set("subject", SUBJECT)
	return user


@pytest.fixture
def other(case: Case) -> str:
	"""Somebody else with the same rights, from whom nothing is taken."""
	user = case.person("ottilie", COORDINATOR, "System Manager", department=case.service)
	frappe.db.set_value("User", user, {"document_follow_notify": 1, "allowed_in_mentions": 1})
	stop_mails(user)
	return user


def refused(action: Callable[[], object]) -> bool:
	"""Tell whether the host or a hook refuses."""
	try:
		action()
	except frappe.PermissionError:
		return True
	return False


# Reading.


def test_roles_open_nothing_of_the_case(case: Case, person: str, other: str) -> None:
	for doctype in CASE_DOCTYPES:
		assert readable(doctype, case.names(doctype), person) == case.names(doctype), doctype
	case.name_person(person)
	for doctype in CASE_DOCTYPES:
		names = case.names(doctype)
		assert names
		for ptype in ("read", "write", "print", "email", "share", "export", "report", "submit", "cancel"):
			assert not readable(doctype, names, person, ptype), (doctype, ptype)
		assert not listed(doctype, person) & names, doctype
		assert readable(doctype, names, other) == names, doctype
		assert names <= listed(doctype, other), doctype
		assert readable(doctype, names, "Administrator") == names, doctype


def test_other_cases_stay_readable(case: Case, person: str) -> None:
	unrelated = make_case(suffix=" Two")
	case.name_person(person)
	for doctype in CASE_DOCTYPES:
		assert readable(doctype, unrelated.names(doctype), person) == unrelated.names(doctype), doctype
		assert unrelated.names(doctype) <= listed(doctype, person), doctype


def test_8d_with_one_complaint_about_the_person_is_withheld(case: Case, person: str) -> None:
	unrelated = make_case(suffix=" Two")
	eight_d = frappe.get_doc(EIGHT_D, next(iter(unrelated.names(EIGHT_D))))
	share(eight_d, person)
	case.name_person(person)
	eight_d.append("complaints", {"complaint": case.complaint.name})
	eight_d.save()
	assert not readable(EIGHT_D, {eight_d.name}, person)
	assert eight_d.name not in listed(EIGHT_D, person)


def test_form_rest_report_search_and_print_are_closed(case: Case, person: str) -> None:
	doors = reading_doors(case)
	with factories.as_user(person):
		assert all(not refused(door) and door() is not None for door in doors.values()), open_doors(doors)
	case.name_person(person)
	with factories.as_user(person):
		assert not open_doors(doors)


def reading_doors(case: Case) -> dict[str, Callable[[], object]]:
	"""Return each way to read the complaint as a call that gives something back or is refused."""
	complaint, slip = case.complaint.name, case.service_slip.name
	filters = {"complaint": complaint}
	return {
		"form": lambda: getdoc(COMPLAINT, complaint) or True,
		"form of the slip": lambda: getdoc(SLIP, slip) or True,
		"timeline": lambda: get_docinfo(doctype=COMPLAINT, name=complaint) or True,
		"mails": lambda: get_communications(COMPLAINT, complaint) or True,
		"REST document": lambda: client.get(COMPLAINT, complaint),
		"REST value": lambda: client.get_value(COMPLAINT, "subject", {"name": complaint}) or None,
		"REST value of the slip": lambda: client.get_value(SLIP, "instruction", {"name": slip}) or None,
		"REST list": lambda: client.get_list(COMPLAINT, filters={"subject": SUBJECT}) or None,
		"REST list of the 8D": lambda: (
			client.get_list(EIGHT_D, filters={"name": next(iter(case.names(EIGHT_D)))}) or None
		),
		"REST list of contacts": lambda: client.get_list(CONTACT, filters=filters) or None,
		"rows of a child table": lambda: (
			client.get_list("Complaint Item", filters={"parent": complaint}, parent=COMPLAINT) or None
		),
		"validate link": lambda: client.validate_link(COMPLAINT, complaint, '["subject"]').get("subject"),
		"report view": lambda: report_view(COMPLAINT, "subject", SUBJECT) or None,
		"link search": lambda: link_search(COMPLAINT, SUBJECT) or None,
		"print": lambda: may_print(COMPLAINT, complaint) or True,
		"sharing": lambda: frappe.share.add(COMPLAINT, complaint, "Administrator") and True,
		"comment": lambda: add_comment(COMPLAINT, complaint, "text", "me@example.com", "me") and True,
	}


def open_doors(doors: dict[str, Callable[[], object]]) -> list[str]:
	found = []
	for word, door in doors.items():
		try:
			if door() is not None:
				found.append(word)
		except frappe.PermissionError:
			pass
	return found


def may_print(doctype: str, name: str) -> None:
	# Not imported above: the module opens the site's log.
	frappe.get_attr("frappe.www.printview.validate_print_permission")(frappe.get_doc(doctype, name))


def report_view(doctype: str, fieldname: str, value: str) -> list:
	frappe.local.form_dict = frappe._dict(
		doctype=doctype,
		fields=json.dumps([f"`tab{doctype}`.`{fieldname}`"]),
		filters=json.dumps([[doctype, fieldname, "=", value]]),
		start=0,
		page_length=20,
		view="Report",
	)
	return (reportview.get() or {}).get("values", [])


def link_search(doctype: str, text: str) -> list:
	# Before 15.0 the host answers through the response, later by returning.
	return search_link(doctype, text) or frappe.response.pop("results", [])


def test_no_field_of_the_app_is_in_global_search(case: Case, person: str) -> None:
	modules = frappe.get_all("DocType", filters={"module": "Complaint Handling"}, pluck="name")
	for doctype in modules:
		meta = frappe.get_meta(doctype)
		assert not [field.fieldname for field in meta.fields if field.in_global_search], doctype
		assert not meta.get("show_name_in_global_search"), doctype
		assert not meta.get("allow_guest_to_view") and not meta.get("has_web_view"), doctype
	case.complaint.reload()
	case.complaint.save()
	sync_global_search()
	with factories.as_user(person):
		assert not search_globally("Quillwort")


def test_links_dialog_lists_no_case() -> None:
	"""The host's dialog Links lists linked documents without asking for permission."""
	for doctype in CASE_DOCTYPES:
		module = frappe.get_meta_module(doctype)
		assert getattr(module, "exclude_from_linked_with", False), doctype


# What the host keeps in rows of its own.


def test_rows_about_the_case_are_hidden(case: Case, person: str, other: str) -> None:
	rows = add_rows(case)
	for doctype, name in rows.items():
		assert name in listed(doctype, person), doctype
		assert readable(doctype, {name}, person), doctype
	case.name_person(person)
	for doctype, name in rows.items():
		assert name not in listed(doctype, person), doctype
		assert not readable(doctype, {name}, person), doctype
		assert name in listed(doctype, other), doctype
		assert readable(doctype, {name}, other), doctype


def add_rows(case: Case) -> dict[str, str]:
	"""Write one row of each of the host's DocTypes that refers to the slip and return their names."""
	reference = {"reference_doctype": SLIP, "reference_name": case.service_slip.name}
	document = {"document_type": SLIP, "document_name": case.service_slip.name}
	track = {"reference_type": SLIP, "reference_name": case.service_slip.name}
	values = {
		"Comment": {"comment_type": "Comment", "content": "hidden", **reference},
		"Communication": {
			"subject": "hidden",
			"content": "hidden",
			"communication_medium": "Email",
			**reference,
		},
		"Version": {"ref_doctype": SLIP, "docname": case.service_slip.name, "data": "{}"},
		"Tag Link": {"tag": "hidden", "title": "hidden", **document},
		"View Log": {"viewed_by": "x", **reference},
		"Activity Log": {"subject": "hidden", **reference},
		"Access Log": {"export_from": SLIP, "reference_document": case.service_slip.name, "page": "hidden"},
		"Email Queue": {"message": "hidden", "status": "Sent", **reference},
		"Document Follow": {
			"ref_doctype": SLIP,
			"ref_docname": case.service_slip.name,
			"user": "Administrator",
		},
		"DocShare": {"share_doctype": SLIP, "share_name": case.service_slip.name, "user": "Administrator"},
		"Milestone": {"track_field": "workflow_state", "value": "hidden", **track},
		"ToDo": {"description": "hidden", "allocated_to": "Administrator", "status": "Open", **track},
		"File": {
			"file_name": "hidden.txt",
			"file_url": "/private/files/hidden.txt",
			"is_private": 1,
			"attached_to_doctype": SLIP,
			"attached_to_name": case.service_slip.name,
		},
		"Energy Point Log": {"reason": "hidden", "points": 1, "type": "Appreciation", **reference},
	}
	names = {}
	for doctype, fields in values.items():
		if frappe.db.exists("DocType", doctype):
			names[doctype] = write_row(doctype, **fields).name
	return names


def test_attachments_of_mails_are_hidden(case: Case, person: str, other: str) -> None:
	mail = write_row("Communication", reference_doctype=COMPLAINT, reference_name=case.complaint.name)
	file = attach(mail, "letter")
	assert file.is_private
	assert file.name in listed("File", person)
	case.name_person(person)
	assert file.name not in listed("File", person)
	assert file.name in listed("File", other)


def test_open_workflow_actions_are_hidden(case: Case, person: str, other: str) -> None:
	action = frappe.get_doc(
		{
			"doctype": "Workflow Action",
			"status": "Open",
			"reference_doctype": COMPLAINT,
			"reference_name": case.complaint.name,
			"workflow_state": "Registered",
			"permitted_roles": [{"role": COORDINATOR}],
		}
	).insert(ignore_permissions=True)
	personal = frappe.copy_doc(action)
	personal.user = person
	personal.insert(ignore_permissions=True)
	assert {action.name, personal.name} <= listed("Workflow Action", person)
	case.name_person(person)
	assert not {action.name, personal.name} & listed("Workflow Action", person)
	assert not readable("Workflow Action", {action.name}, person)
	assert not frappe.db.exists("Workflow Action", personal.name)
	assert action.name in listed("Workflow Action", other)


def test_tags_tell_no_title(case: Case, person: str) -> None:
	DocTags(COMPLAINT).add(case.complaint.name, "spindle")
	nobody = case.person("role.less")
	case.name_person(person)
	for user in (person, nobody):
		with factories.as_user(user):
			assert not [row for row in get_documents_for_tag("#spindle") if row["doctype"] == COMPLAINT]


# Access given before the person was named.


def share(doc: Document, user: str | None, everyone: int = 0) -> str:
	"""Share as the host did before the rule: a share with everyone is refused today."""
	rights = {"read": 1, "write": 1, "share": 1}
	reference = {"share_doctype": doc.doctype, "share_name": doc.name}
	return write_row("DocShare", user=user, everyone=everyone, **rights, **reference).name


def test_shares_end_and_win_nothing(case: Case, person: str, other: str) -> None:
	documents = [frappe.get_doc(doctype, name) for doctype, name in case.documents()]
	own = [share(doc, person) for doc in documents]
	everyone = [share(doc, None, everyone=1) for doc in documents]
	others = share(case.complaint, other)
	case.name_person(person)
	assert not frappe.get_all("DocShare", filters={"name": ("in", own + everyone)})
	assert frappe.db.exists("DocShare", others)
	for doctype in CASE_DOCTYPES:
		assert not readable(doctype, case.names(doctype), person), doctype
		assert not listed(doctype, person) & case.names(doctype), doctype


def test_shares_do_not_open_a_list_that_user_permissions_narrow(case: Case, person: str) -> None:
	frappe.permissions.add_user_permission(
		"Company", case.complaint.company, person, ignore_permissions=True, applicable_for=None
	)
	share(case.complaint, person)
	case.name_person(person)
	assert case.complaint.name not in listed(COMPLAINT, person)


def test_assignments_end(case: Case, person: str, other: str) -> None:
	stop_mails(person)
	for doc in (case.complaint, case.service_slip):
		assign_to.add({"doctype": doc.doctype, "name": doc.name, "assign_to": [person, other]})
	revisit = next(iter(case.names(REVISIT)))
	frappe.db.set_value(REVISIT, revisit, "assigned_to", person)
	assert person in frappe.db.get_value(COMPLAINT, case.complaint.name, "_assign")
	frappe.db.delete("Notification Log", {"for_user": person})
	case.name_person(person)
	for doc in (case.complaint, case.service_slip):
		assert json.loads(frappe.db.get_value(doc.doctype, doc.name, "_assign")) == [other]
		left = {"reference_name": doc.name, "allocated_to": person, "status": ("!=", "Cancelled")}
		assert not frappe.db.exists("ToDo", left)
	assert not frappe.db.get_value(REVISIT, revisit, "assigned_to")
	assert not listed("ToDo", person)
	assert not frappe.db.exists("Notification Log", {"for_user": person})


def test_follows_keys_and_reminders_end(case: Case, person: str, other: str) -> None:
	for user in (person, other):
		assert follow_document(COMPLAINT, case.complaint.name, user)
	case.complaint.get_document_share_key()
	with factories.as_user(person):
		frappe.get_doc(
			{
				"doctype": "Reminder",
				"description": "look at it",
				"remind_at": add_days(now_datetime(), 1),
				"reminder_doctype": COMPLAINT,
				"reminder_docname": case.complaint.name,
			}
		).insert()
	case.name_person(person)
	follows = frappe.get_all("Document Follow", filters={"ref_docname": case.complaint.name}, pluck="user")
	assert follows == [other]
	assert not frappe.db.exists("Document Share Key", {"reference_docname": case.complaint.name})
	assert not frappe.db.exists("Reminder", {"user": person})


def test_notices_that_name_the_case_are_removed(case: Case, person: str, other: str) -> None:
	for user in (person, other):
		for values in (
			{"document_type": COMPLAINT, "document_name": case.complaint.name, "subject": "about it"},
			{
				"document_type": "User",
				"document_name": user,
				"email_content": f"<li>{case.service_slip.name}</li>",
			},
			{"document_type": "User", "document_name": user, "subject": "something else"},
		):
			frappe.get_doc(
				{"doctype": "Notification Log", "type": "Alert", "for_user": user, **values}
			).insert(ignore_permissions=True)
	case.name_person(person)
	assert frappe.get_all("Notification Log", filters={"for_user": person}, pluck="subject") == [
		"something else"
	]
	assert len(frappe.get_all("Notification Log", filters={"for_user": other})) == 3


def test_mails_that_still_wait_leave_the_person_out(case: Case, person: str, other: str) -> None:
	both, alone = queue_mail(case, person, other), queue_mail(case, person)
	case.name_person(person)
	assert [row.recipient for row in frappe.get_doc("Email Queue", both).recipients] == [other]
	assert not frappe.db.exists("Email Queue", alone)


def queue_mail(case: Case, *recipients: str) -> str:
	mail = frappe.get_doc(
		{
			"doctype": "Email Queue",
			"message": "text",
			"status": "Not Sent",
			"reference_doctype": COMPLAINT,
			"reference_name": case.complaint.name,
			"recipients": [{"recipient": recipient, "status": "Not Sent"} for recipient in recipients],
		}
	)
	return mail.insert(ignore_permissions=True).name


# New access.


def test_new_share_is_refused(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	for doctype, name in case.documents():
		with pytest.raises(AccessRefusedError):
			add_docshare(doctype, name, user=person, flags={"ignore_share_permission": True})
		with pytest.raises(AccessRefusedError):
			add_docshare(doctype, name, everyone=1, flags={"ignore_share_permission": True})
	assert add_docshare(COMPLAINT, case.complaint.name, user=other)


def test_share_cannot_be_turned_to_the_person(case: Case, person: str, other: str) -> None:
	given = add_docshare(COMPLAINT, case.complaint.name, user=other)
	case.name_person(person)
	given.reload()
	given.user = person
	with pytest.raises(AccessRefusedError):
		given.save(ignore_permissions=True)


def test_new_assignment_is_refused_and_shares_nothing(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	nobody = case.person("role.less")
	for user in (person, nobody, case.person("far.handler", "Complaint Handler")):
		for doc in (case.complaint, case.service_slip):
			with pytest.raises(AccessRefusedError):
				assign_to.add({"doctype": doc.doctype, "name": doc.name, "assign_to": [user]})
		assert not frappe.db.exists("DocShare", {"user": user})
	assign_to.add({"doctype": COMPLAINT, "name": case.complaint.name, "assign_to": [other]})
	task = frappe.get_doc("ToDo", {"reference_name": case.complaint.name, "allocated_to": other})
	task.allocated_to = person
	with pytest.raises(AccessRefusedError):
		task.save(ignore_permissions=True)


def test_assignment_to_anything_else_is_the_hosts_matter(case: Case, person: str) -> None:
	case.name_person(person)
	nobody = case.person("role.less")
	stop_mails(nobody)
	for user in (person, nobody):
		assert frappe.get_doc({"doctype": "ToDo", "description": "buy milk", "allocated_to": user}).insert()
	assign_to.add({"doctype": "Customer", "name": case.complaint.customer, "assign_to": [nobody]})
	assert frappe.db.exists("DocShare", {"user": nobody, "share_doctype": "Customer"})


def test_new_follow_is_refused(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	with pytest.raises(AccessRefusedError):
		follow_document(COMPLAINT, case.complaint.name, person)
	assert follow_document(COMPLAINT, case.complaint.name, other)


def test_new_key_is_refused(case: Case, person: str) -> None:
	assert case.service_slip.get_document_share_key()
	case.name_person(person)
	with pytest.raises(AccessRefusedError):
		case.service_slip.get_document_share_key()


def test_mention_tells_the_person_nothing(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	content = "".join(
		f'<span class="mention" data-id="{user}" data-value="x" data-denotation-char="@">x</span>'
		for user in (person, other)
	)
	add_comment(COMPLAINT, case.complaint.name, f"<div>{content} secret</div>", other, other)
	told = frappe.get_all("Notification Log", filters={"type": "Mention"}, pluck="for_user")
	assert other in told
	assert person not in told
	assert not frappe.db.exists("Notification Log", {"for_user": person})


def test_mail_about_the_case_leaves_the_person_out(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	mail = frappe.get_doc("Email Queue", queue_mail(case, person, f"Ottilie <{other}>"))
	assert [row.recipient for row in mail.recipients] == [f"Ottilie <{other}>"]
	assert not frappe.get_doc("Email Queue", queue_mail(case, person)).recipients


def test_slip_added_later_is_withheld_too(case: Case, person: str) -> None:
	case.name_person(person)
	slip = factories.make_slip(case.complaint, case.service)
	assert not readable(SLIP, {slip.name}, person)
	assert slip.name not in listed(SLIP, person)


def test_person_gets_a_user_after_the_complaint(case: Case, person: str, other: str) -> None:
	employee = factories.employee_of(person)
	frappe.db.set_value("Employee", employee, "user_id", None)
	complaint = frappe.get_doc(COMPLAINT, case.complaint.name)
	complaint.update({"subject_type": "Person", "complained_about_employee": employee})
	complaint.save()
	assert not complaint.complained_about_user
	share(complaint, person)
	assert readable(COMPLAINT, {complaint.name}, person)

	document = frappe.get_doc("Employee", employee)
	document.user_id = person
	document.flags.ignore_mandatory = document.flags.ignore_links = True
	document.save(ignore_permissions=True)
	assert frappe.db.get_value(COMPLAINT, complaint.name, "complained_about_user") == person
	assert not readable(COMPLAINT, {complaint.name}, person)
	assert not frappe.db.exists("DocShare", {"user": person, "share_name": complaint.name})


def test_naming_somebody_else_gives_the_case_back(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	case.name_person(other)
	for doctype in CASE_DOCTYPES:
		assert readable(doctype, case.names(doctype), person) == case.names(doctype), doctype
		assert not readable(doctype, case.names(doctype), other), doctype


# Files.


def attach(doc: Document, content: str, **values: object) -> Document:
	return frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{content}.txt",
			"content": content,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			**values,
		}
	).insert(ignore_permissions=True)


def test_file_of_the_case_is_not_served_to_the_person(case: Case, person: str, other: str) -> None:
	content = f"evidence {case.service_slip.name}"
	with factories.as_user(person):
		uploaded_by_person = attach(case.service_slip, content, is_private=1)
	with factories.as_user(other):
		file = attach(case.service_slip, f"more {content}", is_private=1)
	everything = {file.name, uploaded_by_person.name}
	assert readable("File", everything, person) == everything
	case.name_person(person)
	assert not readable("File", everything, person)
	assert not listed("File", person) & everything
	assert readable("File", everything, other) == everything
	with factories.as_user(person), pytest.raises(Forbidden):
		download_private_file(file.file_url)


def test_public_upload_becomes_private_and_leaves_no_public_copy(case: Case) -> None:
	content = f"public evidence {case.complaint.name}"
	for doctype in (COMPLAINT, SLIP, EIGHT_D, REVISIT):
		doc = frappe.get_doc(doctype, next(iter(case.names(doctype))))
		file = attach(doc, f"{content} {frappe.scrub(doctype)}", is_private=0)
		assert file.is_private
		assert file.file_url.startswith("/private/files/")
		assert frappe.db.get_value("File", file.name, "is_private")
		assert file.get_content() == f"{content} {frappe.scrub(doctype)}"
		public = frappe.get_site_path("public", "files", file.file_url.rpartition("/")[2])
		assert not frappe.utils.os.path.exists(public)


def test_public_file_in_use_elsewhere_stays_public(case: Case) -> None:
	content = f"price list {case.complaint.name}"
	elsewhere = attach(frappe.get_doc("User", "Administrator"), content, is_private=0)
	attached = attach(case.complaint, content, is_private=0)
	elsewhere.reload()
	assert not elsewhere.is_private
	assert elsewhere.get_content() == content
	assert attached.is_private
	assert attached.file_url != elsewhere.file_url
	elsewhere.update({"attached_to_doctype": COMPLAINT, "attached_to_name": case.complaint.name})
	elsewhere.save(ignore_permissions=True)
	assert elsewhere.is_private
	assert elsewhere.file_url.startswith("/private/files/")


def test_link_to_a_file_elsewhere_is_private(case: Case) -> None:
	link = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "drawing",
			"file_url": "https://files.example.com/drawing.pdf",
			"attached_to_doctype": COMPLAINT,
			"attached_to_name": case.complaint.name,
		}
	).insert(ignore_permissions=True)
	assert frappe.db.get_value("File", link.name, "is_private")
	assert link.name not in listed("File", case.person("role.less"))


def test_files_of_another_department_are_not_listed(case: Case) -> None:
	files = [attach(slip, f"finding {slip.name}") for slip in (case.service_slip, case.quality_slip)]
	elsewhere = attach(
		frappe.get_doc("User", case.service_handler), f"own {case.complaint.name}", is_private=0
	)
	found = listed("File", case.service_handler)
	assert files[0].name in found
	assert files[1].name not in found
	assert elsewhere.name in found


# Private data.


def test_change_log_keeps_private_data_to_itself(case: Case) -> None:
	complaint = frappe.get_doc(COMPLAINT, case.complaint.name)
	complaint.complainant_phone = "+86 21 5550 0199"
	complaint.impact = "The line stands still"
	complaint.save(ignore_version=False)
	data = frappe.get_all(
		"Version", filters={"docname": complaint.name}, pluck="data", order_by="creation desc"
	)[0]
	changed = {row[0]: row[1:] for row in json.loads(data)["changed"]}
	assert changed["impact"][1] == "The line stands still"
	assert changed["complainant_phone"] == ["•••", "•••"]


def test_handler_reads_no_private_data(case: Case) -> None:
	private = [field.fieldname for field in frappe.get_meta(COMPLAINT).fields if field.permlevel]
	assert "complainant_phone" in private
	with factories.as_user(case.service_handler):
		assert not [name for name in private if client.get(COMPLAINT, case.complaint.name).get(name)]
		rows = client.get_list(COMPLAINT, fields=["name", *private], filters={"name": case.complaint.name})
		assert rows and not [name for name in private if rows[0].get(name)]
		contact = next(iter(case.names(CONTACT)))
		assert not client.get(CONTACT, contact).get("contacted_person")
	with factories.as_user(case.coordinator):
		assert client.get(COMPLAINT, case.complaint.name).get("complainant_phone")


def test_customers_contact_needs_the_hosts_own_permission(case: Case) -> None:
	contact = frappe.get_doc({"doctype": "Contact", "first_name": "Wang"}).insert()
	case.complaint.db_set("contact", contact.name)
	assert not readable("Contact", {contact.name}, case.service_handler)
	assert contact.name not in listed("Contact", case.service_handler)


def test_mail_to_a_customer_still_goes_out(case: Case, person: str, other: str) -> None:
	case.name_person(person)
	with factories.as_user(other):
		made = frappe.get_attr("frappe.core.doctype.communication.email.make")(
			doctype=COMPLAINT,
			name=case.complaint.name,
			content="Dear customer",
			subject="Your complaint",
			recipients="wang@customer.example.com",
			send_email=False,
		)
	assert frappe.db.get_value("Communication", made["name"], "reference_name") == case.complaint.name
