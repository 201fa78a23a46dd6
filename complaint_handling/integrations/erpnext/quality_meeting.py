"""Quality Meeting: the complaints that it coordinates among the connections."""

from complaint_handling.constants import COMPLAINT
from complaint_handling.integrations.erpnext import connections


def add_connections(data: dict) -> dict:
	"""Show the complaints about which the meeting was called."""
	return connections.add(data, COMPLAINT, fieldname="coordination_meeting")
