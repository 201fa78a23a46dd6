"""Role Profiles: our roles combined with ERPNext's, so that our roles need no permission on its DocTypes."""

import frappe

from complaint_handling.setup import read_data


def create_role_profiles() -> None:
	"""Create the shipped Role Profiles that the site does not have; roles it does not know are left out."""
	for name, roles in read_data("role_profiles").items():
		if frappe.db.exists("Role Profile", name):
			continue
		profile = frappe.new_doc("Role Profile")
		profile.role_profile = name
		for role in roles:
			if frappe.db.exists("Role", role):
				profile.append("roles", {"role": role})
		profile.insert(ignore_permissions=True)


def remove_role_profiles() -> None:
	"""Remove the shipped Role Profiles and take them from the users that have them."""
	for name in read_data("role_profiles"):
		for user in frappe.get_all(
			"User", filters={"role_profile_name": name}, pluck="name", order_by="name"
		):
			frappe.db.set_value("User", user, "role_profile_name", None)
		if frappe.db.exists("Role Profile", name):
			frappe.delete_doc("Role Profile", name, force=True)
