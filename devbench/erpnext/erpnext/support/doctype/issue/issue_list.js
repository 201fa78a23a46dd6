frappe.listview_settings["Issue"] = {
	add_fields: ["priority", "status"],

	get_indicator(doc) {
		const colors = { Open: "red", Replied: "orange", "On Hold": "blue", Resolved: "green", Closed: "gray" };
		return [__(doc.status), colors[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
