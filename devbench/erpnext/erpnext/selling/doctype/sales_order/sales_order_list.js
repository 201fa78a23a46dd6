frappe.listview_settings["Sales Order"] = {
	add_fields: ["customer_name", "status", "per_delivered", "per_billed", "currency"],

	get_indicator(doc) {
		const colors = {
			Completed: "green",
			Closed: "green",
			"On Hold": "orange",
			"To Bill": "orange",
			"To Deliver": "orange",
			"To Deliver and Bill": "orange",
		};
		return [__(doc.status), colors[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
