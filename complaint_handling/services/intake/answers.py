"""Texts that are proposed to whoever answers a customer; a person reads and changes them before they go out."""

from frappe import _
from frappe.model.document import Document


def not_justified(complaint: Document, reason: str, evidence: str, other_recourse: str) -> str:
	"""Return the proposed answer to a complaint that is not justified: reason, evidence, other recourse (R-000F-05)."""
	greeting = (
		_("Dear {0},").format(complaint.complainant_name)
		if complaint.complainant_name
		else _("Dear customer,")
	)
	paragraphs = [
		greeting,
		_("Thank you for telling us. We have looked into your complaint {0} with care.").format(
			complaint.name
		),
		_("We cannot accept it, for this reason: {0}").format(reason) if reason else "",
		_("This is what it rests on: {0}").format(evidence) if evidence else "",
		_("If you see it differently, you can turn to: {0}").format(other_recourse) if other_recourse else "",
		_("We are sorry that we cannot give you another answer, and remain at your service."),
	]
	return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
