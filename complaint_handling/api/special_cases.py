"""What the buttons for special cases call: hold, restriction, group, authority, claimant, old complaints."""

import frappe

from complaint_handling.constants import AUTHORITY_CASE, COMPLAINT
from complaint_handling.services.special_cases import (
	authority_cases,
	claimant_reviews,
	group_cases,
	import_template,
	imported_cases,
	legal_holds,
	restrictions,
)

# Every function below checks the user's right on each complaint itself, in the service.


@frappe.whitelist(methods=["POST"])
def set_hold(complaint: str, reason: str) -> None:
	"""Put a complaint on legal hold."""
	legal_holds.set_hold(complaint, reason)


@frappe.whitelist(methods=["POST"])
def release_hold(complaint: str, reason: str) -> None:
	"""Release a complaint from its legal hold."""
	legal_holds.release_hold(complaint, reason)


@frappe.whitelist(methods=["POST"])
def restrict(complaint: str, reason: str) -> None:
	"""Restrict a case to named persons."""
	restrictions.restrict(complaint, reason)


@frappe.whitelist(methods=["POST"])
def lift_restriction(complaint: str, reason: str) -> None:
	"""Let everybody read a case again whose role reads complaints."""
	restrictions.lift(complaint, reason)


@frappe.whitelist(methods=["POST"])
def merge(complaints: str | list, leading: str) -> list[str]:
	"""Bring complaints into the group of a leading one; return those that joined."""
	return group_cases.merge(_names(complaints), leading)


@frappe.whitelist(methods=["POST"])
def leave_group(complaint: str, reason: str) -> None:
	"""Take a complaint out of its group."""
	group_cases.leave(complaint, reason)


@frappe.whitelist(methods=["POST"])
def adopt_solution(complaint: str) -> bool:
	"""Copy the solution of the group case to a member; False when it has it already."""
	return group_cases.adopt_solution(complaint)


@frappe.whitelist(methods=["POST"])
def review_claimant(complaint: str, verdict: str, remark: str | None = None) -> None:
	"""Record the verdict on a claimant."""
	claimant_reviews.review(complaint, verdict, remark)


@frappe.whitelist(methods=["POST"])
def archive_imported(complaints: str | list) -> list[dict]:
	"""Archive imported complaints; return an answer for each."""
	return imported_cases.archive(_names(complaints))


@frappe.whitelist()
def find_by_external_number(number: str) -> list[dict]:
	"""Return the readable cases of authorities whose number contains a text, with their complaints."""
	return authority_cases.find(number)


@frappe.whitelist()
def get_badges(complaint: str) -> dict:
	"""Return what the form of a complaint shows in its headline beside its own fields."""
	frappe.get_doc(COMPLAINT, complaint).check_permission("read")
	may_read = frappe.has_permission(AUTHORITY_CASE, "read")
	return {
		"authorities": authority_cases.unanswered(complaint) if may_read else [],
		"members": len(group_cases.members(complaint)),
	}


@frappe.whitelist()
def download_import_template() -> None:
	"""Answer with the template for old complaints, its columns in the user's language."""
	if not frappe.has_permission(COMPLAINT, "import"):
		raise frappe.PermissionError
	frappe.response.update(
		{
			"type": "binary",
			"filename": "imported-complaints.csv",
			"filecontent": import_template.content().encode("utf-8-sig"),
		}
	)


def _names(value: str | list) -> list[str]:
	names = frappe.parse_json(value)
	if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
		frappe.throw(frappe._("Name the complaints as a list."))
	return names
