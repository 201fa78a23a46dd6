"""Item and Batch: their complaints among the connections."""

from complaint_handling.constants import COMPLAINT, EIGHT_D
from complaint_handling.integrations.erpnext import connections


def add_item_connections(data: dict) -> dict:
	"""Show the complaints and 8D reports about an Item."""
	return connections.add(data, COMPLAINT, EIGHT_D)


def add_batch_connections(data: dict) -> dict:
	"""Show the complaints and 8D reports about a Batch."""
	return connections.add(data, COMPLAINT, EIGHT_D, fieldname="batch_no")
