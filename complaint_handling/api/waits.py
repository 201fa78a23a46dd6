"""What the complaint's form asks about its waits."""

from typing import Any

import frappe

from complaint_handling.constants import COMPLAINT
from complaint_handling.services.overview import waits


@frappe.whitelist()
def get_waits(complaint: str) -> list[dict[str, Any]]:
	"""Return who waits for whom in a complaint that the user may read, the longest first."""
	frappe.get_doc(COMPLAINT, complaint).check_permission("read")
	return waits.open_waits({"name": complaint})
