"""Installation and migration: create what is absent, overwrite nothing."""

from complaint_handling.setup import authorities, presets, role_profiles, system_user, workflows


def after_install() -> None:
	"""Create workflows, role profiles and presets on a new site."""
	ensure_setup()
	authorities.create_authorities()


def after_migrate() -> None:
	"""Create what a newer version added; what an administrator changed stays."""
	ensure_setup()


def ensure_setup() -> None:
	"""Bring the site's set-up up to date. Safe to run any number of times."""
	workflows.create_workflows()
	role_profiles.create_role_profiles()
	presets.create_presets()
	system_user.create_system_user()
