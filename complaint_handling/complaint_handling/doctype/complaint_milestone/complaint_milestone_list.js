frappe.listview_settings["Complaint Milestone"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Met: "green", Missed: "red", Overdue: "red", "Due Soon": "orange", "On Track": "blue" };
		return [__(doc.state, null, "Complaint Milestone"), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
};
