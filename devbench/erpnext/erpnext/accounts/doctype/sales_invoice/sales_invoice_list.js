frappe.listview_settings["Sales Invoice"] = {
	add_fields: ["customer_name", "status", "is_return", "currency"],

	get_indicator(doc) {
		const colors = { Paid: "green", Unpaid: "orange", "Partly Paid": "yellow", Overdue: "red" };
		return [__(doc.status), colors[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
