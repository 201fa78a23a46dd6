"""The authorities and platforms that send complaints on, with the period in which they expect an answer."""

import frappe

from complaint_handling.constants import SETTINGS
from complaint_handling.setup import read_data


def create_authorities() -> None:
	"""Enter the shipped authorities, their periods to be verified, while the settings name none."""
	settings = frappe.get_doc(SETTINGS)
	if settings.authorities:
		return
	for row in read_data("authorities"):
		settings.append("authorities", row)
	settings.save(ignore_permissions=True)
