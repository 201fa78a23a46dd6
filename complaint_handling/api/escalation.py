"""What the button on an escalation calls."""

import frappe

from complaint_handling.constants import ESCALATION_LOG
from complaint_handling.services.sweep import escalation_log


@frappe.whitelist(methods=["POST"])
def acknowledge(name: str) -> None:
	"""Confirm as its recipient that an escalation was taken up."""
	frappe.has_permission(ESCALATION_LOG, "read", doc=name, throw=True)
	escalation_log.acknowledge(name)
