frappe.listview_settings["Delivery Note"] = {
	add_fields: ["customer_name", "status", "is_return", "currency"],

	get_indicator(doc) {
		const colors = { Completed: "green", "To Bill": "orange", "Partially Billed": "yellow" };
		return [__(doc.status), colors[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
