import frappe
from frappe import _
from frappe.model.document import Document


def add_role_for_portal_user(portal_user: Document, role: str) -> None:
	"""Give a newly listed portal user the role, or ask for it when the one who saves may not."""
	if not portal_user.is_new() or role in frappe.get_roles(portal_user.user):
		return
	if "System Manager" not in frappe.get_roles():
		frappe.msgprint(_("Please add {1} role to user {0}.").format(portal_user.user, role), alert=True)
		return
	frappe.get_doc("User", portal_user.user).add_roles(role)


def get_parents_for_user(parenttype: str) -> list[str]:
	"""Return the customers or suppliers that list the session's user as portal user."""
	return frappe.get_all(
		"Portal User", filters={"user": frappe.session.user, "parenttype": parenttype}, pluck="parent"
	)
