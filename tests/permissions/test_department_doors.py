"""What the host keeps in rows of its own, for a user of another department and for one without a role."""

import frappe
from frappe.desk.form import assign_to
from frappe.desk.form.document_follow import follow_document
from frappe.desk.form.utils import add_comment

from complaint_handling.constants import SLIP
from tests.permissions.conftest import Case, listed, readable, stop_mails


def test_slip_that_moves_on_leaves_nobody_behind(case: Case) -> None:
	before, after = case.service_handler, case.quality_handler
	for user in (before, after):
		stop_mails(user)
		frappe.db.set_value("User", user, "document_follow_notify", 1)
	slip = case.service_slip
	assert follow_document(SLIP, slip.name, before)
	assign_to.add({"doctype": SLIP, "name": slip.name, "assign_to": [before]})
	slip.db_set("workflow_state", "Draft")
	slip.reload()
	slip.department = case.quality
	slip.save()
	assert not readable(SLIP, {slip.name}, before)
	assert not frappe.db.exists("Document Follow", {"ref_docname": slip.name})
	assert not frappe.db.exists(
		"ToDo", {"reference_name": slip.name, "allocated_to": before, "status": "Open"}
	)
	assert before not in (frappe.db.get_value(SLIP, slip.name, "_assign") or "")
	assert not listed("ToDo", before)
	assign_to.add({"doctype": SLIP, "name": slip.name, "assign_to": [after]})
	assert len(listed("ToDo", after)) == 1


def test_mention_in_a_slip_reaches_its_department_only(case: Case) -> None:
	users = (case.service_handler, case.quality_handler, case.person("role.less"))
	content = ""
	for user in users:
		stop_mails(user)
		frappe.db.set_value("User", user, "allowed_in_mentions", 1)
		content += f'<span class="mention" data-id="{user}" data-value="x" data-denotation-char="@">x</span>'
	add_comment(SLIP, case.service_slip.name, f"<div>{content} see this</div>", "me@example.com", "me")
	told = set(frappe.get_all("Notification Log", filters={"type": "Mention"}, pluck="for_user"))
	# Who has no role of the app is told, as the host tells him: an escalation may go to such a superior.
	assert told & set(users) == {users[0], users[2]}
	for user in (users[0], users[2]):
		assert len(listed("Notification Log", user)) == 1
	case.service_slip.db_set("department", case.quality)
	assert not listed("Notification Log", users[0])


def test_comments_on_another_departments_slip_are_hidden(case: Case) -> None:
	for slip in (case.service_slip, case.quality_slip):
		add_comment(SLIP, slip.name, f"on {slip.name}", "me@example.com", "me")
	frappe.permissions.add_permission("Comment", "Complaint Handler", 0)
	frappe.clear_cache(doctype="Comment")
	try:
		on_slips = {"reference_doctype": SLIP, "comment_type": "Comment"}
		found = set(frappe.get_all("Comment", filters=on_slips, pluck="name"))
		own = {"reference_name": case.service_slip.name, **on_slips}
		assert listed("Comment", case.service_handler) & found == set(
			frappe.get_all("Comment", filters=own, pluck="name")
		)
	finally:
		frappe.db.rollback()
		frappe.clear_cache(doctype="Comment")
