"""Uninstallation: mirrors installation and leaves ERPNext's records untouched."""

from complaint_handling.setup import removal, role_profiles, system_user, workflows


def before_uninstall() -> None:
	"""Remove what the host does not: workflows, role profiles, references to the app's documents, roles.

	All of it before the host removes the DocTypes and commits; it commits nothing after that.
	"""
	workflows.remove_workflows()
	role_profiles.remove_role_profiles()
	removal.remove_references()
	removal.remove_roles()
	system_user.remove_system_user()
