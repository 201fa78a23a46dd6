from frappe import _


def get_data() -> dict:
	return {
		"fieldname": "item_code",
		"non_standard_fieldnames": {"Batch": "item", "Work Order": "production_item"},
		"transactions": [
			{"label": _("Sell"), "items": ["Sales Order", "Delivery Note", "Sales Invoice"]},
			{"label": _("Manufacture"), "items": ["Work Order"]},
			{"label": _("Traceability"), "items": ["Serial No", "Batch"]},
		],
	}
