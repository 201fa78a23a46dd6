"""Propose the authorities and platforms to sites that were there before; emptied later, the list stays empty."""

from complaint_handling.setup.authorities import create_authorities


def execute() -> None:
	"""Enter the shipped authorities where the settings name none yet."""
	create_authorities()
