frappe.listview_settings["Complaint Responsible Post"] = {
	hide_name_column: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Proposed: "orange", "In Force": "green", Refused: "red", Ended: "gray" };
		return [
			__(doc.status, null, "Complaint Responsible Post"),
			colours[doc.status] || "gray",
			`status,=,${doc.status}`,
		];
	},
};
