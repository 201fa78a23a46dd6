from frappe import _


def get_data() -> dict:
	return {
		"fieldname": "customer",
		"transactions": [
			{"label": _("Orders"), "items": ["Sales Order", "Delivery Note", "Sales Invoice"]},
			{"label": _("Support"), "items": ["Issue", "Maintenance Visit", "Warranty Claim"]},
		],
	}
