"""What buttons on the complaint call."""

import frappe
from frappe.model.document import Document

from complaint_handling.constants import COMPLAINT, EIGHT_D
from complaint_handling.services.slips import findings


@frappe.whitelist(methods=["POST"])
def collect_findings(complaint: str) -> int:
	"""Bring causes and measures of the reported slips to the complaint; return the number of slips used."""
	doc = frappe.get_doc(COMPLAINT, complaint)
	doc.check_permission("write")
	return findings.collect(doc)


@frappe.whitelist()
def make_eight_d_report(source_name: str, target_doc: str | Document | None = None) -> Document:
	"""Return an unsaved 8D report of a complaint."""
	doc = frappe.get_doc(COMPLAINT, source_name)
	doc.check_permission("read")
	frappe.has_permission(EIGHT_D, "create", throw=True)
	return findings.open_eight_d(doc)
