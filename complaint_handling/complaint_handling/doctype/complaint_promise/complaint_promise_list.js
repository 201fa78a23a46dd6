frappe.listview_settings["Complaint Promise"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Open: "blue", Kept: "green", Missed: "red", Replaced: "gray" };
		return [__(doc.state, null, "Complaint Promise"), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
};
