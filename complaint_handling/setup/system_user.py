"""The dedicated user that takes workflow steps for a job or a customer: never logs in, never assigned or notified."""

import frappe

from complaint_handling.constants import AGENT, COORDINATOR, SYSTEM_USER

# Those of the shipped transitions that follow from an answer of the customer. Where a site's Workflow gives these
# steps to other roles, an administrator gives them to this user too.
ROLES = (AGENT, COORDINATOR)
PICTURE = "/assets/complaint_handling/images/logo.svg"


def create_system_user() -> None:
	"""Create the user where the site has none; one that an administrator changed stays as it is.

	Written as rows: the host's `insert` would make a Contact, share the user with himself, ask the network for a
	picture and write a mail.
	"""
	if frappe.db.exists("User", SYSTEM_USER):
		return
	user = frappe.new_doc("User")
	user.update(
		{
			"name": SYSTEM_USER,
			"email": SYSTEM_USER,
			"first_name": "Complaint Handling",
			"full_name": "Complaint Handling",
			"user_image": PICTURE,
			"enabled": 0,
			"user_type": "System User",
			"send_welcome_email": 0,
			"thread_notify": 0,
		}
	)
	for role in ROLES:
		user.append("roles", {"role": role})
	user.set_parent_in_children()
	user.db_insert()
	for row in user.roles:
		row.db_insert()


def remove_system_user() -> None:
	"""Remove the user; what he wrote goes with the documents of the app."""
	if frappe.db.exists("User", SYSTEM_USER):
		frappe.delete_doc("User", SYSTEM_USER, force=True, ignore_permissions=True)
