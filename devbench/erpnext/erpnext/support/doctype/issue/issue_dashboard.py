from frappe import _


def get_data() -> dict:
	return {"fieldname": "issue", "transactions": []}
