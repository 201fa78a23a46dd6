from frappe import _


def get_data() -> dict:
	return {
		"fieldname": "delivery_note",
		"non_standard_fieldnames": {"Quality Inspection": "reference_name"},
		"internal_links": {"Sales Order": ["items", "against_sales_order"]},
		"transactions": [
			{"label": _("Related"), "items": ["Sales Invoice"]},
			{"label": _("Reference"), "items": ["Sales Order", "Quality Inspection"]},
		],
	}
