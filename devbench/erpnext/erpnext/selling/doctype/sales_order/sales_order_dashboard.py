from frappe import _


def get_data() -> dict:
	return {
		"fieldname": "sales_order",
		"non_standard_fieldnames": {
			"Delivery Note": "against_sales_order",
			"Maintenance Visit": "prevdoc_docname",
		},
		"transactions": [
			{"label": _("Fulfillment"), "items": ["Sales Invoice", "Delivery Note", "Maintenance Visit"]},
			{"label": _("Manufacturing"), "items": ["Work Order"]},
		],
	}
