"""Uninstallation: mirrors installation and leaves ERPNext's records untouched."""

from complaint_handling.setup import removal, role_profiles, workflows


def before_uninstall() -> None:
	"""Remove workflows, role profiles and whatever refers to the app's documents, while its DocTypes exist."""
	workflows.remove_workflows()
	role_profiles.remove_role_profiles()
	removal.remove_references()


def after_uninstall() -> None:
	"""Remove the roles, once no DocType names them any more."""
	removal.remove_roles()
