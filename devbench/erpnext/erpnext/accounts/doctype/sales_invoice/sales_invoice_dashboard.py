from frappe import _


def get_data() -> dict:
	return {
		"fieldname": "sales_invoice",
		"non_standard_fieldnames": {"Sales Invoice": "return_against"},
		"internal_links": {
			"Sales Order": ["items", "sales_order"],
			"Delivery Note": ["items", "delivery_note"],
		},
		"transactions": [
			{"label": _("Reference"), "items": ["Delivery Note", "Sales Order"]},
			{"label": _("Returns"), "items": ["Sales Invoice"]},
		],
	}
