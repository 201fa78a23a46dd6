"""One case with all its documents, and people who may or may not read it."""

from dataclasses import dataclass, field

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.naming import set_new_name
from frappe.utils import add_to_date, now_datetime

from complaint_handling.constants import (
	AGENT,
	AUDITOR,
	CASE_DOCTYPES,
	COMPLAINT,
	COMPLAINT_CHILD_DOCTYPES,
	CONTACT,
	COORDINATOR,
	DEFERRAL,
	DEPARTMENT_MANAGER,
	EIGHT_D,
	ESCALATION_LOG,
	GENERAL_MANAGER,
	HANDLER,
	MILESTONE,
	PROMISE,
	QUALITY_MANAGER,
	REVIEWER,
	REVISIT,
	SLIP,
	VICE_PRESIDENT,
)
from complaint_handling.services.access.complained_about import documents_of
from tests import factories

BROAD_ROLES = (
	AGENT,
	COORDINATOR,
	REVIEWER,
	VICE_PRESIDENT,
	GENERAL_MANAGER,
	AUDITOR,
	QUALITY_MANAGER,
)
ROLES = (*BROAD_ROLES, HANDLER, DEPARTMENT_MANAGER)


@dataclass
class Case:
	"""A complaint of two departments, `service` (below `works`) and `quality`, with one slip for each."""

	works: str
	service: str
	quality: str
	complaint: Document
	service_slip: Document
	quality_slip: Document
	suffix: str = ""
	people: dict[str, str] = field(default_factory=dict)

	def person(self, word: str, *roles: str, department: str | None = None) -> str:
		"""Return a user with these roles; an employee too when a department is named."""
		if word not in self.people:
			self.people[word] = make_person(word + self.suffix, *roles, department=department)
		return self.people[word]

	@property
	def service_handler(self) -> str:
		return self.person("service.handler", HANDLER, department=self.service)

	@property
	def quality_handler(self) -> str:
		return self.person("quality.handler", HANDLER, department=self.quality)

	@property
	def works_manager(self) -> str:
		return self.person("works.manager", DEPARTMENT_MANAGER, department=self.works)

	@property
	def coordinator(self) -> str:
		return self.person("coordinator", COORDINATOR, department=self.works)

	def documents(self) -> list[tuple[str, str]]:
		"""Return every document of the case as (DocType, name)."""
		return [
			(doctype, name)
			for doctype, names in sorted(documents_of(self.complaint.name).items())
			for name in sorted(names)
		]

	def names(self, doctype: str) -> set[str]:
		return {name for found, name in self.documents() if found == doctype}

	def name_person(self, user: str) -> None:
		"""Name a user as the person complained about, by saving the complaint as its form does."""
		complaint = frappe.get_doc(COMPLAINT, self.complaint.name)
		complaint.subject_type = "Person"
		complaint.complained_about_employee = factories.employee_of(user)
		complaint.save()
		assert complaint.complained_about_user == user
		self.complaint = complaint


def make_person(word: str, *roles: str, department: str | None = None) -> str:
	"""Return a system user, an active employee when a department is named.

	Written as rows: saving a user clears every cache of the site, which here would cost seconds a test.
	"""
	user = f"{word}@permissions.example.com"
	values = {"name": user, "email": user, "first_name": word, "enabled": 1, "user_type": "System User"}
	frappe.get_doc({"doctype": "User", **values}).db_insert()
	for role in roles:
		row = {"parent": user, "parenttype": "User", "parentfield": "roles", "role": role}
		frappe.get_doc({"doctype": "Has Role", "name": frappe.generate_hash(length=10), **row}).db_insert()
	if department:
		make_employee(user, department)
	return user


def make_employee(user: str, department: str) -> str:
	"""Return the active employee of a user, written as a row."""
	name = frappe.generate_hash(length=10)
	values = {"employee_name": user, "user_id": user, "department": department, "status": "Active"}
	company = frappe.db.get_value("Department", department, "company")
	frappe.get_doc({"doctype": "Employee", "name": name, "company": company, **values}).db_insert()
	return name


def make_case(company: str | None = None, suffix: str = "") -> Case:
	"""Return a case with at least one document of every DocType."""
	company = factories.make_company(company or factories.COMPANY)
	works = factories.make_department(f"Door Works{suffix}", company, is_group=1)
	service = factories.make_department(f"Door Service{suffix}", company, parent=works)
	quality = factories.make_department(f"Door Quality{suffix}", company)
	suffix = suffix.replace(" ", ".").lower()
	team = make_employee(make_person(f"team{suffix}", HANDLER), quality)
	complaint = factories.make_complaint(company=company)
	slips = [factories.make_slip(complaint, department) for department in (service, quality)]
	for slip in slips:
		# Issued without its workflow: what is tested here is who reads, not how it got there.
		slip.db_set("workflow_state", "Issued")
	factories.make_eight_d(complaint, (team,))
	factories.make_revisit(complaint)
	_add_deferral(slips[0])
	_add_records(complaint, slips)
	_add_what_is_missing(complaint)
	return Case(works, service, quality, complaint, *slips, suffix=suffix)


def _add_deferral(slip: Document) -> None:
	# Only the department requests one, of a procedure that knows deferrals: here it only has to be there.
	write_row(
		DEFERRAL,
		naming_series="CDR-.YYYY.-.#####",
		slip=slip.name,
		**{name: slip.get(name) for name in ("complaint", "complaint_subject", "company", "department")},
		cause_of_delay="Material Shortage",
		reason="The material comes late",
		new_date=add_to_date(now_datetime(), days=30),
		workflow_state="Draft",
	)


def _add_what_is_missing(complaint: Document) -> None:
	"""Add a row of every other DocType of a case, past the rules of its own saving: it only has to be there."""
	for doctype in COMPLAINT_CHILD_DOCTYPES:
		if frappe.db.exists(doctype, {"complaint": complaint.name}):
			continue
		series = frappe.get_meta(doctype).get_field("naming_series")
		values = {"complaint": complaint.name, "company": complaint.company}
		write_row(doctype, naming_series=series.default if series else None, **values)


def _add_records(complaint: Document, slips: list[Document]) -> None:
	eight_d = frappe.get_doc(EIGHT_D, documents_of(complaint.name)[EIGHT_D][0])
	frappe.get_doc(
		{
			"doctype": CONTACT,
			"complaint": complaint.name,
			"contacted_on": now_datetime(),
			"direction": "Outgoing",
			"channel": "Telephone",
			"purpose": "Progress Notice",
			"contacted_person": "Manager Wang",
			"summary": "Told that a technician is on the way",
		}
	).insert()
	if not frappe.db.exists(PROMISE, {"complaint": complaint.name}):
		frappe.get_doc(
			{
				"doctype": PROMISE,
				"complaint": complaint.name,
				"sequence": 1,
				"due_at": add_to_date(now_datetime(), hours=2),
				"promised_on": now_datetime(),
				"state": "Open",
			}
		).insert()
	for document in (complaint, *slips, eight_d):
		add_milestone(document, complaint.name)


def add_milestone(document: Document, complaint: str, escalated_to: str | None = None) -> None:
	"""Add a clock of a document, and its escalation."""
	milestone = frappe.get_doc(
		{
			"doctype": MILESTONE,
			# As the engine does it: never the default company of the site.
			"company": frappe.db.get_value(COMPLAINT, complaint, "company"),
			"stage": "Tested Stage",
			"reference_doctype": document.doctype,
			"reference_name": document.name,
			"complaint": complaint,
			"state": "On Track",
			"started_at": now_datetime(),
			"due_at": add_to_date(now_datetime(), days=1),
		}
	).insert()
	log = frappe.get_doc(
		{
			"doctype": ESCALATION_LOG,
			"reference_doctype": document.doctype,
			"reference_name": document.name,
			"milestone": milestone.name,
			"complaint": complaint,
			"level": 1,
			"escalated_to": escalated_to,
		}
	)
	log.insert(set_name=frappe.generate_hash(length=20))


@pytest.fixture
def case() -> Case:
	"""A case whose documents stand in the test's transaction."""
	made = make_case()
	assert {doctype for doctype, _name in made.documents()} == set(CASE_DOCTYPES)
	return made


def listed(doctype: str, user: str) -> set[str]:
	"""Return what a user lists of a DocType, none where the host refuses the list."""
	with factories.as_user(user):
		try:
			return set(frappe.get_list(doctype, pluck="name", limit_page_length=0))
		except frappe.PermissionError:
			return set()


def readable(doctype: str, names: set[str], user: str, ptype: str = "read") -> set[str]:
	"""Return which of these documents a user may open."""
	return {name for name in names if frappe.has_permission(doctype, ptype, doc=name, user=user)}


def stop_mails(user: str) -> None:
	"""Leave a user the notices in the Desk only: the site under test sends no mail, and fails when it shall."""
	write_row("Notification Settings", name=user, enabled=1, enable_email_notifications=0)


def write_row(doctype: str, **values: object) -> Document:
	"""Write a row past every rule, as it may stand on a site from before."""
	row = frappe.get_doc({"doctype": doctype, **values})
	set_new_name(row)
	row.db_insert()
	return row
