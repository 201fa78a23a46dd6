frappe.listview_settings["Complaint Deferral Request"] = {
	add_fields: ["workflow_state"],
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	hide_name_column: true,
	get_indicator(doc) {
		const state = doc.workflow_state;
		const colours = {
			Draft: "gray",
			"Department Opinion": "orange",
			"Customer Service Opinion": "orange",
			"Refused by Customer Service": "red",
			"With General Manager's Office": "purple",
			Agreed: "green",
			Refused: "darkgrey",
			Withdrawn: "gray",
		};
		return [__(state, null, "Complaint Deferral Request"), colours[state] || "gray", `workflow_state,=,${state}`];
	},
};
