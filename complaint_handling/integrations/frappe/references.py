"""The permission hooks of DocTypes whose rows refer to another document by two fields."""

from dataclasses import dataclass

import frappe
from frappe.model.document import Document

from complaint_handling.compat import NO_OBJECTION
from complaint_handling.constants import CASE_DOCTYPES
from complaint_handling.services.access.reading_rules import may_read_reference, reference_condition


@dataclass(frozen=True)
class Reference:
	"""Where a DocType keeps the document that its rows refer to, and the hooks that follow from it."""

	doctype: str
	doctype_field: str
	name_field: str

	def get_permission_query_conditions(self, user: str | None = None) -> str:
		"""Leave the rows that refer to a readable document of a case, or to something else."""
		user = user or frappe.session.user
		return reference_condition(f"`tab{self.doctype}`", self.doctype_field, self.name_field, user)

	def has_permission(self, doc: Document, ptype: str | None = None, user: str | None = None) -> bool | None:
		"""Object to a row that refers to a document of a case which the user does not read."""
		doctype, name = self.of(doc)
		return NO_OBJECTION if may_read_reference(doctype, name, user or frappe.session.user) else False

	def of(self, doc: Document) -> tuple[str | None, str | None]:
		"""Return the DocType and name that a row refers to."""
		return doc.get(self.doctype_field), doc.get(self.name_field)

	def is_to_case(self, doc: Document) -> bool:
		"""Tell whether a row refers to a document of a case."""
		doctype, name = self.of(doc)
		return doctype in CASE_DOCTYPES and bool(name)
