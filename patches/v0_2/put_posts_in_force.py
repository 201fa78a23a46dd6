"""Give the responsible posts of existing sites their status and duty, which lists and routing read since 0.2.

A post whose last day is over has ended, every other one is in force. Slips get their round the same way: the first of
a department about a case, the second, further ones.
"""

import frappe
from frappe.query_builder import DocType
from frappe.utils import nowdate

POST, SLIP = "Complaint Responsible Post", "Complaint Handling Slip"
ROUNDS = ("First", "Second", "Repeated")


def execute() -> None:
	"""Fill what is empty; harmless when repeated."""
	if frappe.db.has_column(POST, "status"):
		_fill_posts()
	if frappe.db.has_column(SLIP, "slip_round"):
		_number_slips()


def _fill_posts() -> None:
	post = DocType(POST)
	empty = post.status.isnull() | (post.status == "")
	frappe.qb.update(post).set(post.status, "In Force").where(empty).run()
	frappe.qb.update(post).set(post.status, "Ended").where(
		(post.status == "In Force") & (post.valid_to < nowdate())
	).run()
	no_duty = post.duty.isnull() | (post.duty == "")
	frappe.qb.update(post).set(post.duty, "Answers Slips").where(no_duty).run()


def _number_slips() -> None:
	slips = frappe.get_all(
		SLIP,
		filters={
			"slip_kind": ("!=", "Process Engineering Request"),
			"workflow_state": ("!=", "Cancelled"),
		},
		fields=["name", "complaint", "department", "slip_round"],
		order_by="creation asc, name asc",
	)
	earlier: dict[tuple[str, str], list[str]] = {}
	for slip in slips:
		before = earlier.setdefault((slip.complaint, slip.department), [])
		if not slip.slip_round:
			values = {
				"slip_round": ROUNDS[min(len(before), 2)],
				"previous_slip": before[-1] if before else None,
			}
			frappe.db.set_value(SLIP, slip.name, values, update_modified=False)
		before.append(slip.name)
