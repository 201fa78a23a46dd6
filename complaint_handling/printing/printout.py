"""One document as the current user may see it on paper: values, labels, and the rows of its case."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from complaint_handling.constants import (
	COMPLAINT,
	CONTACT,
	EIGHT_D,
	ESCALATION_LOG,
	MILESTONE,
	PROMISE,
	REVISIT,
	SLIP,
)
from complaint_handling.printing.markup import (
	CONTEXT,
	FORMATS,
	bilingual,
	format_time,
	html_pieces,
	money,
	number,
	text_pieces,
	unbroken_time,
)

MASK = Markup('<span class="ch-masked">***</span>')

# The field of a linked record that people know it by, where its name is a code or carries an abbreviation.
LINK_TITLES = {"Customer": "customer_name", "Department": "department_name", "Employee": "employee_name"}
# Linked records whose names are words of the procedure.
TRANSLATED_LINKS = ("Complaint Category", "Department", "DocType", "Role", "Workflow State")
# Fields of type Data that hold such words.
TRANSLATED_FIELDS = ("severity", "stage", "stops_on", "target_unit", "next_due_stage")
# Fields that every document has and no DocType describes.
STANDARD_FIELDS = {
	"creation": frappe._dict(fieldname="creation", fieldtype="Datetime"),
	"owner": frappe._dict(fieldname="owner", fieldtype="Link", options="User"),
}


class Printout:
	"""One document as the current user may see it on paper."""

	def __init__(self, doc: Document, form_number: str, revision: str) -> None:
		self.doc = doc
		self.form_number = form_number
		self.revision = revision
		self.record_as_of = format_time(doc.modified)
		self.printed_at = format_time(now_datetime())
		self.time_zone = frappe.get_system_settings("time_zone") or ""
		self._layer = 0
		self._titles: dict[tuple[str, str], str] = {}
		self._levels: dict[str, set[int]] = {}

	# Words

	def label(self, source: str) -> Markup:
		"""Return a label with the second language under the first."""
		return bilingual(source, CONTEXT, block=True)

	def words(self, source: str) -> Markup:
		"""Return a word with the second language beside the first."""
		return bilingual(source, CONTEXT)

	def field_label(self, fieldname: str, row: Any = None, block: bool = True) -> Markup:
		"""Return the label of a field as the form of its DocType calls it."""
		row = self.doc if row is None else row
		return bilingual(_field(row, fieldname).label, row.doctype, block=block)

	# Values

	def may_read(self, fieldname: str, row: Any = None) -> bool:
		"""Tell whether the current user may read the permission level of a field."""
		row = self.doc if row is None else row
		level = _field(row, fieldname).permlevel or 0
		return level == 0 or level in self._levels_of(row.get("parenttype") or row.doctype)

	def value(self, fieldname: str, row: Any = None) -> Markup:
		"""Return the value of a field of the document or of another row, ready for the page."""
		row = self.doc if row is None else row
		if not self.may_read(fieldname, row):
			return MASK
		value = row.get(fieldname)
		if value is None or value == "":
			return Markup()
		field = _field(row, fieldname)
		if field.fieldtype == "Link":
			return self._link(value, field)
		if field.fieldtype == "Currency":
			return escape(money(value, self._currency(field, row)))
		if fieldname in TRANSLATED_FIELDS or field.fieldtype == "Select":
			return bilingual(value, row.doctype)
		return FORMATS.get(field.fieldtype, escape)(value)

	def pieces(self, fieldname: str, row: Any = None) -> list[Markup]:
		"""Return a value in pieces between which a page may end: one, unless it is a long text."""
		row = self.doc if row is None else row
		text = row.get(fieldname)
		if not text or not self.may_read(fieldname, row):
			return [self.value(fieldname, row)]
		fieldtype = _field(row, fieldname).fieldtype
		if fieldtype == "Text Editor":
			return html_pieces(text)
		if fieldtype in ("Text", "Small Text", "Long Text"):
			return text_pieces(text)
		return [self.value(fieldname, row)]

	def options(self, fieldname: str) -> list[tuple[Markup, bool]]:
		"""Return the options of a Select field and whether each is chosen, for boxes to tick."""
		chosen = self.doc.get(fieldname)
		options = _field(self.doc, fieldname).options.split("\n")
		return [(bilingual(option, self.doc.doctype), option == chosen) for option in options if option]

	def target(self, milestone: Any) -> Markup:
		"""Return the target of a milestone as number and unit; empty for the customer's own deadline."""
		if not milestone.target_value:
			return Markup()
		unit = bilingual(milestone.target_unit, milestone.doctype, singular=milestone.target_value == 1)
		return Markup("{} {}").format(number(milestone.target_value), unit)

	def layer(self) -> int:
		"""Return a layer below the text of the page and below every earlier one."""
		self._layer -= 1
		return self._layer

	# The case

	@cached_property
	def complaint(self) -> Document | None:
		"""The complaint that the document belongs to, if the current user may read it."""
		name = self.doc.name if self.doc.doctype == COMPLAINT else self.doc.get("complaint")
		if not name or not frappe.has_permission(COMPLAINT, "read", doc=name):
			return None
		return self.doc if self.doc.doctype == COMPLAINT else frappe.get_doc(COMPLAINT, name)

	@cached_property
	def slips(self) -> list[Any]:
		return self._of_complaint(
			SLIP,
			"creation asc",
			"department responsible_employee instruction finding cause cause_status workflow_state issued_by issued_on "
			"reply_due_at reported_by reported_on reply_in_time completed_by completed_on",
		)

	@cached_property
	def contacts(self) -> list[Any]:
		return self._of_complaint(
			CONTACT,
			"contacted_on asc",
			"contacted_on direction channel purpose summary contacted_by next_answer_due",
		)

	@cached_property
	def promises(self) -> list[Any]:
		return self._of_complaint(
			PROMISE,
			"sequence asc",
			"sequence kind due_at state kept_on promised_on promised_by told_how change_reason",
		)

	@cached_property
	def escalations(self) -> list[Any]:
		# A warning before the due time is no escalation.
		return self._list(
			ESCALATION_LOG,
			[["complaint", "=", self.doc.name], ["kind", "!=", "Warning"]],
			"escalated_at asc",
			"stage reference_name level deadline escalated_at escalated_to reason",
		)

	@cached_property
	def revisits(self) -> list[Any]:
		return self._of_complaint(
			REVISIT,
			"creation asc",
			"purpose method planned_on revisited_on revisited_by workflow_state satisfaction_with_result "
			"satisfaction_with_process comments",
		)

	@cached_property
	def eight_d_reports(self) -> list[Any]:
		sources = frappe.get_all(  # names only; which of the reports may be read is asked below
			"Complaint 8D Source", filters={"complaint": self.doc.name, "parenttype": EIGHT_D}, pluck="parent"
		)
		return self._list(
			EIGHT_D,
			[["name", "in", sources]],
			"creation asc",
			"title workflow_state opened_on verified_on verified_by is_effective closed_on closed_by",
		)

	@cached_property
	def milestones(self) -> list[Any]:
		"""The clocks of the document: of the whole case for a complaint, its own for any other."""
		if self.doc.doctype == COMPLAINT:
			filters = [["complaint", "=", self.doc.name]]
		else:
			filters = [["reference_doctype", "=", self.doc.doctype], ["reference_name", "=", self.doc.name]]
		fields = "stage reference_doctype reference_name target_value target_unit started_at due_at done_at done_by state"
		return self._list(MILESTONE, filters, "started_at asc, due_at asc", fields)

	@cached_property
	def timeline(self) -> list[dict[str, Any]]:
		"""What happened in the case in the order of time: `at`, `event`, `detail`, `by`, `reference`."""
		events = [*self._own_events(), *self._contact_events(), *self._slip_events(), *self._later_events()]
		events.sort(key=lambda event: event["at"])
		return [{**event, "at": unbroken_time(event["at"])} for event in events]

	def _own_events(self) -> Iterable[dict[str, Any]]:
		doc = self.doc
		yield from self._event(doc, "received_on", "Complaint received", self.value("channel"))
		yield from self._event(
			doc, "assessed_on", "Complaint assessed", self.value("justified"), "assessed_by"
		)
		yield from self._event(
			doc, "verified_on", "Complaint verified", self.value("verification_result"), "verified_by"
		)
		yield from self._event(doc, "proposed_on", "Solution proposed", "", "proposed_by")
		yield from self._event(doc, "endorsed_on", "Solution endorsed", "", "endorsed_by")
		yield from self._event(
			doc, "approved_on", "Solution approved", self.value("approval_comment"), "approved_by"
		)
		yield from self._event(doc, "consent_on", "Customer answered", self.value("consent_method"))
		yield from self._event(doc, "executed_on", "Solution executed", "")
		yield from self._event(doc, "closed_on", "Complaint closed", "", "closed_by")

	def _contact_events(self) -> Iterable[dict[str, Any]]:
		for row in self.contacts:
			what = Markup(", ").join(filter(None, (self.value(name, row) for name in ("purpose", "channel"))))
			yield from self._event(row, "contacted_on", "Contact with the customer", what, "contacted_by")

	def _slip_events(self) -> Iterable[dict[str, Any]]:
		for row in self.slips:
			department = self.value("department", row)
			yield from self._event(row, "issued_on", "Slip issued", department, "issued_by")
			yield from self._event(row, "reported_on", "Department reported", department, "reported_by")
			yield from self._event(row, "completed_on", "Slip completed", department, "completed_by")

	def _later_events(self) -> Iterable[dict[str, Any]]:
		for row in self.escalations:
			yield from self._event(
				row, "escalated_at", "Escalated", self.value("stage", row), "escalated_to", row.reference_name
			)
		for row in self.eight_d_reports:
			yield from self._event(row, "opened_on", "8D opened", "")
			yield from self._event(row, "closed_on", "8D closed", "", "closed_by")
		for row in self.revisits:
			answer = self.value("satisfaction_with_result", row)
			yield from self._event(row, "revisited_on", "Customer revisited", answer, "revisited_by")

	def _event(
		self, row: Any, time: str, event: str, detail: Markup | str, by: str = "", reference: str = ""
	) -> Iterable[dict[str, Any]]:
		if not row.get(time):
			return
		yield {
			"at": get_datetime(row.get(time)),
			"event": self.words(event),
			"detail": detail,
			"by": self.value(by, row) if by else Markup(),
			"reference": reference
			or ("" if row.name == self.doc.name or row.doctype == CONTACT else row.name),
		}

	# Reading

	def _of_complaint(self, doctype: str, order_by: str, fields: str) -> list[Any]:
		return self._list(doctype, [["complaint", "=", self.doc.name]], order_by, fields)

	def _list(self, doctype: str, filters: list[list[Any]], order_by: str, fields: str) -> list[Any]:
		"""Return the rows that the current user may read; none where the DocType itself is closed to him."""
		if not frappe.has_permission(doctype, "read"):
			return []
		names = ["name", *fields.split()]
		rows = frappe.get_list(doctype, filters=filters, fields=names, order_by=order_by, limit_page_length=0)
		return [frappe._dict(row, doctype=doctype) for row in rows]

	def _levels_of(self, doctype: str) -> set[int]:
		if doctype not in self._levels:
			roles = set(frappe.get_roles())
			rules = frappe.get_meta(doctype).permissions
			self._levels[doctype] = {rule.permlevel for rule in rules if rule.read and rule.role in roles}
		return self._levels[doctype]

	def _link(self, value: str, field: Any) -> Markup:
		title = self._title(field.options, value)
		if field.options in TRANSLATED_LINKS:
			return bilingual(title, field.options)
		if field.options == "Customer" and title != value:
			return escape(f"{title} ({value})")
		return escape(title)

	def _title(self, doctype: str, name: str) -> str:
		key = (doctype, name)
		if key not in self._titles:
			if doctype == "User":
				title = frappe.utils.get_fullname(name)
			else:
				title = doctype in LINK_TITLES and frappe.db.get_value(doctype, name, LINK_TITLES[doctype])
			self._titles[key] = title or name
		return self._titles[key]

	def _currency(self, field: Any, row: Any) -> str:
		own = field.options and ":" not in field.options and row.get(field.options)
		return own or frappe.get_cached_value("Company", self.doc.company, "default_currency") or ""


def _field(row: Any, fieldname: str) -> Any:
	field = frappe.get_meta(row.doctype).get_field(fieldname) or STANDARD_FIELDS.get(fieldname)
	if not field:
		raise AttributeError(f"{row.doctype} has no field {fieldname}")
	return field
