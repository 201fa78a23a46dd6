"""Who reads which document of a case: one predicate, as SQL for lists and as Python for one document.

Roles, User Permissions and shares are the host's. These rules can only take away:

- a user whose roles that read a DocType are all roles of a department (Complaint Handler, Complaint Department
  Manager) is *narrow* there: only what concerns the own department is read;
- the person complained about reads nothing of the case, whatever the role;
- a case restricted to named persons is read by its owner, by whom it is shared with by name, by the general manager
  and the auditor; the person named on an issued slip of it reads that slip;
- what belongs to a complaint is read by who reads the complaint; a deferral request by who reads its slip; a slip
  that another slip asked for also by who reads that one; clocks and escalations by who reads the document
  they belong to; rows of child tables by who reads their parent.

Only Administrator is exempt.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint

from complaint_handling.constants import (
	AUTHORITY_CASE,
	CASE_DOCTYPES,
	COMPLAINT,
	CONTACT,
	DEFERRAL,
	DEPARTMENT_MANAGER,
	DEPARTMENT_ROLES,
	EIGHT_D,
	ESCALATION_LOG,
	EVALUATION,
	MILESTONE,
	PROMISE,
	RE_REVIEW_ROUND,
	REVISIT,
	SLIP,
	WORKFLOW_DOCTYPES,
)
from complaint_handling.domain.states import SlipState
from complaint_handling.services.access import restricted_cases

SOURCE_TABLE = "Complaint 8D Source"
TEAM_TABLE = "Complaint Team Member"
EVERYTHING = ""
NOTHING = "1=0"
# DocTypes that are read by whoever reads their complaint, their slip, or the document they refer to.
OF_COMPLAINT = (CONTACT, PROMISE, RE_REVIEW_ROUND, REVISIT, EVALUATION, AUTHORITY_CASE)
OF_SLIP = (DEFERRAL,)
OF_REFERENCE = (MILESTONE, ESCALATION_LOG)
# What clocks and escalations refer to.
CLOCKED_DOCTYPES = (*WORKFLOW_DOCTYPES, AUTHORITY_CASE)
# What the rule needs to know of a stored document.
FIELDS = {
	COMPLAINT: ("name", "responsible_department", "complained_about_user"),
	SLIP: (
		"name",
		"complaint",
		"department",
		"responsible_user",
		"escalated_to",
		"requested_by_slip",
		"workflow_state",
	),
	EIGHT_D: ("name",),
	**dict.fromkeys(OF_COMPLAINT, ("name", "complaint")),
	**dict.fromkeys(OF_SLIP, ("name", "complaint", "slip")),
	**dict.fromkeys(OF_REFERENCE, ("name", "complaint", "reference_doctype", "reference_name")),
}


@dataclass(frozen=True)
class Reader:
	"""A user, and what the rules ask about him; each fact is read once, when it is first needed."""

	user: str

	@cached_property
	def roles(self) -> frozenset[str]:
		return frozenset(frappe.get_roles(self.user))

	@cached_property
	def employees(self) -> list[str]:
		"""The user's active employees: one, or one in each company."""
		return [row.name for row in self._employee_rows]

	@cached_property
	def departments(self) -> frozenset[str]:
		"""The own departments; of a department's manager also those below."""
		own = {row.department for row in self._employee_rows if row.department}
		return frozenset(own | _departments_below(own)) if self.manages_department else frozenset(own)

	@property
	def manages_department(self) -> bool:
		return DEPARTMENT_MANAGER in self.roles

	@cached_property
	def is_complained_about(self) -> bool:
		return bool(frappe.db.exists(COMPLAINT, {"complained_about_user": self.user}))

	@cached_property
	def is_kept_from_restricted(self) -> bool:
		"""Whether the site has cases restricted to named persons, and no role of the user reads them all."""
		return restricted_cases.keep_out(self.roles)

	@cached_property
	def _employee_rows(self) -> list[frappe._dict]:
		# What decides over permissions cannot itself ask for permission.
		filters = {"user_id": self.user, "status": "Active"}
		return frappe.get_all("Employee", filters=filters, fields=["name", "department"])

	def reads(self, doctype: str) -> bool:
		"""Tell whether a role of the user reads the DocType at all."""
		return any(row.role in self.roles for row in _reading_rows(doctype))

	def is_narrow(self, doctype: str) -> bool:
		"""Tell whether only roles of a department let the user read the DocType.

		A role that reads own documents only adds none of other departments.
		"""
		reading = {row.role for row in _reading_rows(doctype) if not cint(row.if_owner)} & self.roles
		return bool(reading) and reading.issubset(DEPARTMENT_ROLES)


# What callers ask.


def allows(doc: Document, user: str) -> bool:
	"""Tell whether the rules let a user at a document of a case.

	A stored document is judged by what is stored: what a request put into the fields gives nobody access.
	A new one is judged by the complaints it belongs to.
	"""
	if user == "Administrator":
		return True
	reader, row = Reader(user), _stored_row(doc)
	if row is None:
		return all(_host_lets_read(reader, COMPLAINT, name) for name in _complaints_of_new(doc))
	return _may_read(reader, doc.doctype, row)


def is_kept_from(doctype: str, name: str, user: str) -> bool:
	"""Tell whether the rules keep the user from a stored document of a case, whatever the roles are."""
	row = frappe.db.get_value(doctype, name, FIELDS[doctype], as_dict=True)
	return bool(row) and user != "Administrator" and not _may_read(Reader(user), doctype, row)


def is_complained_about_in(doctype: str, name: str, user: str) -> bool:
	"""Tell whether a document of a case belongs to a complaint about the user."""
	row = frappe.db.get_value(doctype, name, FIELDS[doctype], as_dict=True)
	return bool(row) and user != "Administrator" and _is_withheld(Reader(user), doctype, row)


def query_condition(doctype: str, user: str | None = None) -> str:
	"""Return the rules for a DocType as a condition on its table; empty where they keep nothing back."""
	reader = Reader(user or frappe.session.user)
	if reader.user == "Administrator":
		return EVERYTHING
	if doctype in OF_COMPLAINT:
		return _of_complaint_condition(reader, doctype)
	if doctype in OF_SLIP:
		return _of_slip_condition(reader, doctype)
	if doctype in OF_REFERENCE:
		return _of_reference_condition(reader, doctype)
	conditions = []
	if reader.is_narrow(doctype):
		conditions.append(_NARROW_CONDITIONS[doctype](reader))
	if reader.is_complained_about:
		conditions.append(_WITHHOLDING_CONDITIONS[doctype](_quoted(reader.user)))
	if reader.is_kept_from_restricted:
		conditions.append(_RESTRICTING_CONDITIONS[doctype](_quoted(reader.user)))
	return " and ".join(f"({condition})" for condition in conditions)


def readable_condition(doctype: str, user: str) -> str:
	"""Return all that decides which rows of a DocType a user lists: roles, User Permissions, shares, the rules.

	Empty for every row, `1=0` for none. For use inside a query on another table.
	"""
	if user == "Administrator":
		return EVERYTHING
	if Reader(user).reads(doctype):
		# The host doubles each % for a query with parameters; these conditions go into queries without any.
		return build_match_conditions(doctype, user=user).replace("%%", "%")
	shared = frappe.share.get_shared(doctype, user)
	return f"`tab{doctype}`.`name` in ({_list(shared)})" if shared else NOTHING


def child_condition(child_doctype: str, user: str | None = None) -> str:
	"""Return the condition on a child table that leaves the rows of readable parents."""
	user = user or frappe.session.user
	parents = [doctype for doctype in CASE_DOCTYPES if child_doctype in _child_doctypes(doctype)]
	return reference_condition(f"`tab{child_doctype}`", "parenttype", "parent", user, parents)


def reference_condition(
	table: str, doctype_field: str, name_field: str, user: str, doctypes: Iterable[str] = CASE_DOCTYPES
) -> str:
	"""Return the condition on a table of references that leaves those to documents the user reads.

	References to other DocTypes stay, and nothing is asked of them. Empty when the user reads everything.
	"""
	readable = {doctype: readable_condition(doctype, user) for doctype in doctypes}
	restricted = {doctype: condition for doctype, condition in readable.items() if condition}
	if not restricted:
		return EVERYTHING
	others = f"ifnull({table}.`{doctype_field}`, '') not in ({_list(restricted)})"
	allowed = [
		f"({table}.`{doctype_field}` = {_quoted(doctype)} and {_exists(doctype, f'{table}.`{name_field}`', condition)})"
		for doctype, condition in restricted.items()
		if condition != NOTHING
	]
	return f"({' or '.join([others, *allowed])})"


def may_read_reference(doctype: str | None, name: str | None, user: str) -> bool:
	"""Tell whether the user reads the document of a case that a row refers to; True for any other reference."""
	if doctype not in CASE_DOCTYPES or not name or not frappe.db.exists(doctype, name):
		return True
	return bool(frappe.has_permission(doctype, "read", doc=name, user=user))


def child_doctypes_of_cases() -> set[str]:
	"""Return the child tables of the documents of a case, an administrator's own included."""
	return set().union(*(_child_doctypes(doctype) for doctype in CASE_DOCTYPES))


# The rules on one row.


def _may_read(reader: Reader, doctype: str, row: frappe._dict) -> bool:
	if _is_withheld(reader, doctype, row):
		return False
	if doctype in OF_COMPLAINT:
		if not row.complaint:
			return not reader.is_narrow(doctype)
		return _host_lets_read(reader, COMPLAINT, row.complaint)
	if doctype in OF_SLIP:
		return _host_lets_read(reader, SLIP, row.slip)
	if doctype in OF_REFERENCE:
		if row.reference_doctype not in CLOCKED_DOCTYPES:
			return True
		return _host_lets_read(reader, row.reference_doctype, row.reference_name)
	if _is_restricted_from(reader, doctype, row):
		return doctype == SLIP and restricted_cases.is_named_on_slip(reader.user, row)
	return not reader.is_narrow(doctype) or _NARROW_ROWS[doctype](reader, row)


def _is_withheld(reader: Reader, doctype: str, row: frappe._dict) -> bool:
	if doctype == COMPLAINT:
		return row.complained_about_user == reader.user
	complaints = _sources(row.name) if doctype == EIGHT_D else [row.complaint]
	if doctype in OF_REFERENCE and row.reference_doctype == EIGHT_D:
		complaints += _sources(row.reference_name)
	names = [name for name in complaints if name]
	if not names:
		return False
	return bool(frappe.db.exists(COMPLAINT, {"name": ("in", names), "complained_about_user": reader.user}))


def _is_restricted_from(reader: Reader, doctype: str, row: frappe._dict) -> bool:
	if not reader.is_kept_from_restricted:
		return False
	own = [row.name] if doctype == COMPLAINT else [row.get("complaint")]
	return restricted_cases.is_outsider(reader.user, _sources(row.name) if doctype == EIGHT_D else own)


def _narrow_complaint(reader: Reader, row: frappe._dict) -> bool:
	if reader.manages_department and row.responsible_department in reader.departments:
		return True
	return _has_own_slip(reader, [row.name]) or _is_escalated_to(reader, COMPLAINT, row.name)


def _narrow_slip(reader: Reader, row: frappe._dict) -> bool:
	if _concerns(reader, row):
		return True
	asking = row.requested_by_slip and frappe.db.get_value(
		SLIP, row.requested_by_slip, FIELDS[SLIP], as_dict=True
	)
	return bool(asking) and _concerns(reader, asking)


def _concerns(reader: Reader, row: frappe._dict) -> bool:
	return (
		row.department in reader.departments
		or reader.user in (row.responsible_user, row.escalated_to)
		or _is_escalated_to(reader, SLIP, row.name)
	)


def _narrow_eight_d(reader: Reader, row: frappe._dict) -> bool:
	team = {"parent": row.name, "parenttype": EIGHT_D, "employee": ("in", reader.employees)}
	if reader.employees and frappe.db.exists(TEAM_TABLE, team):
		return True
	return _has_own_slip(reader, _sources(row.name)) or _is_escalated_to(reader, EIGHT_D, row.name)


def _has_own_slip(reader: Reader, complaints: list[str]) -> bool:
	slips = frappe.get_all(
		SLIP,
		filters={"complaint": ("in", complaints), "workflow_state": ("!=", str(SlipState.DRAFT))},
		fields=FIELDS[SLIP],
	)
	return any(_narrow_slip(reader, slip) for slip in slips)


def _is_escalated_to(reader: Reader, doctype: str, name: str) -> bool:
	escalated = {"reference_doctype": doctype, "reference_name": name, "escalated_to": reader.user}
	return bool(frappe.db.exists(ESCALATION_LOG, escalated))


_NARROW_ROWS: dict[str, Callable[[Reader, frappe._dict], bool]] = {
	COMPLAINT: _narrow_complaint,
	SLIP: _narrow_slip,
	EIGHT_D: _narrow_eight_d,
}


# The same rules as SQL.


def _of_complaint_condition(reader: Reader, doctype: str) -> str:
	readable = readable_condition(COMPLAINT, reader.user)
	complaint = f"`tab{doctype}`.`complaint`"
	without = NOTHING if reader.is_narrow(doctype) else f"ifnull({complaint}, '') = ''"
	if not readable:
		return EVERYTHING if without != NOTHING else f"ifnull({complaint}, '') != ''"
	if readable == NOTHING:
		return without
	return f"({without} or {_exists(COMPLAINT, complaint, readable)})"


def _of_slip_condition(reader: Reader, doctype: str) -> str:
	readable = readable_condition(SLIP, reader.user)
	if not readable or readable == NOTHING:
		return readable
	return _exists(SLIP, f"`tab{doctype}`.`slip`", readable)


def _of_reference_condition(reader: Reader, doctype: str) -> str:
	table = f"`tab{doctype}`"
	return reference_condition(table, "reference_doctype", "reference_name", reader.user, CLOCKED_DOCTYPES)


def _narrow_complaint_condition(reader: Reader) -> str:
	name = f"`tab{COMPLAINT}`.`name`"
	conditions = [
		f"{name} in (select slip.`complaint` from `tab{SLIP}` slip where {_own_slip_condition(reader, 'slip')})",
		_escalated_condition(reader, COMPLAINT, name),
	]
	if reader.manages_department and reader.departments:
		own = _list(reader.departments)
		conditions.append(f"`tab{COMPLAINT}`.`responsible_department` in ({own})")
	return " or ".join(conditions)


def _narrow_slip_condition(reader: Reader) -> str:
	return _concerning_or_asked_condition(reader, f"`tab{SLIP}`")


def _narrow_eight_d_condition(reader: Reader) -> str:
	name, parenttype = f"`tab{EIGHT_D}`.`name`", _quoted(EIGHT_D)
	conditions = [
		f"{name} in (select source.`parent` from `tab{SOURCE_TABLE}` source join `tab{SLIP}` slip"
		f" on slip.`complaint` = source.`complaint` where source.`parenttype` = {parenttype}"
		f" and {_own_slip_condition(reader, 'slip')})",
		_escalated_condition(reader, EIGHT_D, name),
	]
	if reader.employees:
		conditions.append(
			f"{name} in (select member.`parent` from `tab{TEAM_TABLE}` member"
			f" where member.`parenttype` = {parenttype} and member.`employee` in ({_list(reader.employees)}))"
		)
	return " or ".join(conditions)


def _own_slip_condition(reader: Reader, alias: str) -> str:
	issued = f"ifnull({alias}.`workflow_state`, '') != {_quoted(str(SlipState.DRAFT))}"
	return f"{issued} and ({_concerning_or_asked_condition(reader, alias)})"


def _concerning_or_asked_condition(reader: Reader, slip: str) -> str:
	asking = (
		f"exists (select 1 from `tab{SLIP}` asking where asking.`name` = {slip}.`requested_by_slip`"
		f" and ({_concerning_condition(reader, 'asking')}))"
	)
	return f"{_concerning_condition(reader, slip)} or {asking}"


def _concerning_condition(reader: Reader, slip: str) -> str:
	user = _quoted(reader.user)
	conditions = [
		f"{slip}.`responsible_user` = {user}",
		f"{slip}.`escalated_to` = {user}",
		_escalated_condition(reader, SLIP, f"{slip}.`name`"),
	]
	if reader.departments:
		conditions.append(f"{slip}.`department` in ({_list(reader.departments)})")
	return " or ".join(conditions)


def _escalated_condition(reader: Reader, doctype: str, name: str) -> str:
	return (
		f"{name} in (select escalation.`reference_name` from `tab{ESCALATION_LOG}` escalation"
		f" where escalation.`escalated_to` = {_quoted(reader.user)}"
		f" and escalation.`reference_doctype` = {_quoted(doctype)})"
	)


_NARROW_CONDITIONS: dict[str, Callable[[Reader], str]] = {
	COMPLAINT: _narrow_complaint_condition,
	SLIP: _narrow_slip_condition,
	EIGHT_D: _narrow_eight_d_condition,
}

_ABOUT_USER = f"select about.`name` from `tab{COMPLAINT}` about where about.`complained_about_user` ="
_WITHHOLDING_CONDITIONS: dict[str, Callable[[str], str]] = {
	COMPLAINT: lambda user: f"ifnull(`tab{COMPLAINT}`.`complained_about_user`, '') != {user}",
	SLIP: lambda user: f"ifnull(`tab{SLIP}`.`complaint`, '') not in ({_ABOUT_USER} {user})",
	EIGHT_D: lambda user: (
		f"`tab{EIGHT_D}`.`name` not in (select source.`parent` from `tab{SOURCE_TABLE}` source"
		f" where source.`parenttype` = {_quoted(EIGHT_D)} and source.`complaint` in ({_ABOUT_USER} {user}))"
	),
}

# A case restricted to named persons.
_RESTRICTING_CONDITIONS: dict[str, Callable[[str], str]] = {
	COMPLAINT: restricted_cases.complaint_condition,
	SLIP: restricted_cases.slip_condition,
	EIGHT_D: lambda user: (
		f"not exists (select 1 from `tab{SOURCE_TABLE}` source where source.`parent` = `tab{EIGHT_D}`.`name`"
		f" and source.`parenttype` = {_quoted(EIGHT_D)}"
		f" and {restricted_cases.is_closed_to(user, 'source.`complaint`')})"
	),
}


# Look-ups.


def _reading_rows(doctype: str) -> list[Document]:
	"""Return the rows of permission that give read, the administrator's where there are any."""
	rows = frappe.get_meta(doctype).permissions
	return [row for row in rows if not cint(row.permlevel) and cint(row.read)]


def _child_doctypes(doctype: str) -> set[str]:
	return {field.options for field in frappe.get_meta(doctype).get_table_fields()}


def _departments_below(departments: set[str]) -> set[str]:
	if not departments:
		return set()
	above, below = DocType("Department"), DocType("Department").as_("below")
	rows = (
		frappe.qb.from_(above)
		.join(below)
		.on((below.lft > above.lft) & (below.rgt < above.rgt))
		.select(below.name)
		.where(above.name.isin(list(departments)))
	).run()
	return {name for (name,) in rows}


def _host_lets_read(reader: Reader, doctype: str, name: str) -> bool:
	return bool(frappe.db.exists(doctype, name)) and may_read_reference(doctype, name, reader.user)


def _stored_row(doc: Document) -> frappe._dict | None:
	return frappe.db.get_value(doc.doctype, doc.name, FIELDS[doc.doctype], as_dict=True) if doc.name else None


def _complaints_of_new(doc: Document) -> list[str]:
	if doc.doctype == COMPLAINT:
		return []
	complaints = (
		[row.complaint for row in doc.complaints] if doc.doctype == EIGHT_D else [doc.get("complaint")]
	)
	return [name for name in complaints if name]


def _sources(eight_d: str) -> list[str]:
	sources = {"parent": eight_d, "parenttype": EIGHT_D}
	return frappe.get_all(SOURCE_TABLE, filters=sources, pluck="complaint")


def _exists(doctype: str, name: str, condition: str) -> str:
	# By the primary key of one row, and only for rows that refer to the DocType: an uncorrelated `in (...)`
	# would collect every readable document first.
	return f"exists (select 1 from `tab{doctype}` where `tab{doctype}`.`name` = {name} and ({condition}))"


def _list(values: Iterable[str]) -> str:
	return ", ".join(_quoted(value) for value in sorted(values))


def _quoted(value: str) -> str:
	# The host runs list queries without parameters: a % stays a single one.
	return frappe.db.escape(value, percent=False)
